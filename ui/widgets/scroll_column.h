// What a page or a side panel scrolls: a ground in the surface's colour and in its middle one column, no wider than it
// reads well. Scrolls downwards only, and leaves the keyboard to what stands in the column.
#pragma once

#include "ui/style/tokens.h"

#include <QScrollArea>

class QVBoxLayout;

namespace gw::ui {

// The widest column of a page.
inline constexpr int pageColumn = 760;

class ScrollColumn : public QScrollArea {
    Q_OBJECT
public:
    // `widest` in pixels; 0 for a column as wide as its place.
    explicit ScrollColumn(int widest = 0, QWidget* parent = nullptr);
    // Of the column; without margins and spacing until the caller gives it some.
    [[nodiscard]] QVBoxLayout* column() const { return column_; }

private:
    QVBoxLayout* column_;
};

} // namespace gw::ui
