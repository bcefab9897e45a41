// A titled part of a screen's side panel, with an optional link at the right of its title.
#pragma once

#include "ui/widgets/widgets.h"

#include <QVBoxLayout>

namespace gw::ui {

class PanelSection : public QWidget {
    Q_OBJECT
public:
    explicit PanelSection(const QString& title, QWidget* parent = nullptr);
    // The caller names it.
    LinkLabel* addLink(const QString& text);
    void setTitle(const QString& title) { title_->setFullText(title); }
    [[nodiscard]] QVBoxLayout* column() const { return column_; }
    // Removes all below the title.
    void clear();

private:
    QHBoxLayout* head_;
    Text* title_;
    QVBoxLayout* column_;
};

// Takes everything out of a layout; what was in it is deleted later, since it may be what asks for it.
void emptyLayout(QLayout* layout);

} // namespace gw::ui
