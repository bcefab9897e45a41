// The status bar: small facts with an icon, left and right.
#pragma once

#include "ui/widgets/icon_label.h"

#include <vector>

class QHBoxLayout;

namespace gw::ui {

class StatusStrip : public Panel {
    Q_OBJECT
public:
    explicit StatusStrip(QWidget* parent);
    // An empty text removes it. Within a side, in the order of first setting.
    void set(const QString& id, const QString& iconName, const QString& text, bool right);

private:
    struct Item {
        QString id;
        QWidget* box;
        IconLabel* icon;
        QWidget* text;
    };
    QHBoxLayout* left_ = nullptr;
    QHBoxLayout* right_ = nullptr;
    std::vector<Item> items_;
};

} // namespace gw::ui
