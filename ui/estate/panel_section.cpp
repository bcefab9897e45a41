#include "ui/estate/panel_section.h"

namespace gw::ui {

PanelSection::PanelSection(const QString& title, QWidget* parent) : QWidget(parent) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    head_ = new QHBoxLayout;
    head_->setContentsMargins(space::s4, space::s3, space::s4, space::s2);
    head_->setSpacing(space::s2);
    title_ = new Text(title, TextStyle::Strong);
    head_->addWidget(title_);
    head_->addStretch(1);
    outer->addLayout(head_);
    outer->addWidget(new Divider);
    column_ = new QVBoxLayout;
    column_->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    column_->setSpacing(space::s2);
    outer->addLayout(column_);
    outer->addWidget(new Divider);
}

LinkLabel* PanelSection::addLink(const QString& text) {
    auto* link = new LinkLabel(text);
    head_->addWidget(link);
    return link;
}

void PanelSection::clear() {
    emptyLayout(column_);
}

void emptyLayout(QLayout* layout) {
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        } else if (QLayout* inner = item->layout()) {
            emptyLayout(inner);
        }
        delete item;
    }
}

} // namespace gw::ui
