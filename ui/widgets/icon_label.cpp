#include "ui/widgets/icon_label.h"

#include "ui/style/paint.h"

namespace gw::ui {

IconLabel::IconLabel(const QString& iconName, Color color, int size, QWidget* parent)
    : QWidget(parent), iconName_(iconName), color_(color), size_(size) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void IconLabel::setIconName(const QString& iconName) {
    iconName_ = iconName;
    update();
}

void IconLabel::setColorToken(Color color) {
    color_ = color;
    update();
}

void IconLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QPixmap pixmap = iconPixmap(iconName_, size_, Theme::of(this).color(color_), devicePixelRatioF());
    painter.drawPixmap((width() - size_) / 2, (height() - size_) / 2, pixmap);
}

Card::Card(QWidget* parent) : QWidget(parent) {}

void Card::setColors(Color ground, Color border) {
    ground_ = ground;
    border_ = border;
    update();
}

void Card::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    paintPanel(painter, rect(), theme.color(ground_), theme.color(border_), radius::card);
}

Divider::Divider(Qt::Orientation orientation, QWidget* parent) : QWidget(parent) {
    if (orientation == Qt::Horizontal) {
        setFixedHeight(stroke::hairline);
    } else {
        setFixedWidth(stroke::hairline);
    }
}

void Divider::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::of(this).color(Color::BorderSubtle));
}

Panel::Panel(Color ground, QWidget* parent) : QWidget(parent), ground_(ground) {}

void Panel::setGround(Color ground) {
    ground_ = ground;
    update();
}

void Panel::setEdges(Qt::Edges edges) {
    edges_ = edges;
    update();
}

void Panel::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(ground_));
    const QColor line = theme.color(Color::BorderSubtle);
    if (edges_ & Qt::TopEdge) painter.fillRect(QRect(0, 0, width(), 1), line);
    if (edges_ & Qt::BottomEdge) painter.fillRect(QRect(0, height() - 1, width(), 1), line);
    if (edges_ & Qt::LeftEdge) painter.fillRect(QRect(0, 0, 1, height()), line);
    if (edges_ & Qt::RightEdge) painter.fillRect(QRect(width() - 1, 0, 1, height()), line);
}

} // namespace gw::ui
