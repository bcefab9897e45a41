#include "ui/widgets/scroll_column.h"

#include "ui/widgets/icon_label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace gw::ui {

ScrollColumn::ScrollColumn(int widest, QWidget* parent) : QScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // A frame has a shape of that name.
    auto* ground = new ui::Panel(Color::BgSurface);
    QWidget* holder = ground;
    if (widest > 0) {
        auto* row = new QHBoxLayout(ground);
        row->setContentsMargins(0, 0, 0, 0);
        holder = new QWidget;
        holder->setMaximumWidth(widest);
        row->addWidget(holder);
    }
    column_ = new QVBoxLayout(holder);
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(0);
    setWidget(ground);
}

} // namespace gw::ui
