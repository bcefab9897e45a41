#include "ui/shell/status_strip.h"

#include "ui/widgets/text.h"

#include <QHBoxLayout>

#include <algorithm>

namespace gw::ui {

StatusStrip::StatusStrip(QWidget* parent) : Panel(Color::BgWindow, parent) {
    setObjectName(QStringLiteral("status"));
    setEdges(Qt::TopEdge);
    setFixedHeight(size::statusBar);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 1, 14, 0);
    row->setSpacing(space::s4);
    left_ = new QHBoxLayout;
    left_->setSpacing(space::s4);
    right_ = new QHBoxLayout;
    right_->setSpacing(space::s4);
    row->addLayout(left_);
    row->addStretch(1);
    row->addLayout(right_);
}

void StatusStrip::set(const QString& id, const QString& iconName, const QString& text, bool right) {
    auto found = std::find_if(items_.begin(), items_.end(), [&id](const Item& item) { return item.id == id; });
    if (text.isEmpty()) {
        if (found == items_.end()) return;
        delete found->box;
        items_.erase(found);
        return;
    }
    if (found == items_.end()) {
        auto* box = new QWidget(this);
        box->setObjectName(QStringLiteral("status.") + id);
        auto* row = new QHBoxLayout(box);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(space::s1 + 2);
        auto* mark = new IconLabel(iconName, Color::TextTertiary, 14, box);
        auto* words = new Text(text, TextStyle::Small, Color::TextSecondary, box);
        row->addWidget(mark);
        row->addWidget(words);
        (right ? right_ : left_)->addWidget(box);
        items_.push_back({id, box, mark, words});
        found = items_.end() - 1;
    }
    found->icon->setIconName(iconName);
    found->icon->setVisible(!iconName.isEmpty());
    static_cast<Text*>(found->text)->setFullText(text);
    found->box->setAccessibleName(text);
}

} // namespace gw::ui
