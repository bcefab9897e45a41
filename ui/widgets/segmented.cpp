#include "ui/widgets/segmented.h"

#include "ui/style/focus_ring.h"
#include "ui/style/paint.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

namespace gw::ui {

Segmented::Segmented(const QString& accessibleName, QWidget* parent) : QWidget(parent) {
    setAccessibleName(accessibleName);
    setFocusPolicy(Qt::StrongFocus);
    setFocusRingRadius(this, radius::control);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
}

void Segmented::setItems(const QStringList& texts) {
    items_.clear();
    for (const QString& text : texts) items_.push_back({text, {}, true});
    if (current_ >= count()) current_ = -1;
    describe();
    updateGeometry();
    update();
}

void Segmented::setCurrent(int index) {
    if (index < -1 || index >= count()) return;
    current_ = index;
    describe();
    update();
}

void Segmented::setItemEnabled(int index, bool enabled, const QString& reason) {
    if (index < 0 || index >= count()) return;
    items_[static_cast<std::size_t>(index)].enabled = enabled;
    items_[static_cast<std::size_t>(index)].reason = reason;
    update();
}

void Segmented::setSmall(bool isSmall) {
    small_ = isSmall;
    updateGeometry();
}

void Segmented::describe() {
    setAccessibleDescription(current_ >= 0 ? text(current_) : QString());
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

int Segmented::itemWidth(int index) const {
    // The chosen item's heavier letters decide, so that choosing moves nothing.
    const QFontMetrics metrics(Theme::of(this).font(TextStyle::Strong));
    return metrics.horizontalAdvance(text(index)) + 2 * (space::s2 + 2);
}

QSize Segmented::sizeHint() const {
    int width = 0;
    for (int i = 0; i < count(); ++i) width += itemWidth(i);
    return {width, small_ ? size::controlSmall : size::control};
}

QRect Segmented::itemRect(int index) const {
    int natural = 0;
    for (int i = 0; i < count(); ++i) natural += itemWidth(i);
    const int extra = std::max(0, width() - natural);
    int left = 0;
    for (int i = 0; i <= index; ++i) {
        const int share = extra * (i + 1) / count() - extra * i / count();
        const int itsWidth = itemWidth(i) + share;
        if (i == index) {
            const QRect item(left, 0, itsWidth, height());
            return layoutDirection() == Qt::RightToLeft ? QRect(width() - left - itsWidth, 0, itsWidth, height()) : item;
        }
        left += itsWidth;
    }
    return {};
}

int Segmented::itemAt(const QPoint& position) const {
    for (int i = 0; i < count(); ++i) {
        if (itemRect(i).contains(position)) return i;
    }
    return -1;
}

void Segmented::choose(int index) {
    if (index < 0 || index >= count() || index == current_ || !items_[static_cast<std::size_t>(index)].enabled) return;
    setCurrent(index);
    Q_EMIT currentChanged(index);
}

void Segmented::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    const QRectF frame = QRectF(rect());
    paintPanel(painter, frame, theme.color(Color::BgSurface), {}, radius::control);
    QPainterPath inside;
    inside.addRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), radius::control - 0.5, radius::control - 0.5);
    painter.save();
    painter.setClipPath(inside);
    for (int i = 0; i < count(); ++i) {
        const Item& item = items_[static_cast<std::size_t>(i)];
        const QRect area = itemRect(i);
        const bool on = i == current_;
        const bool usable = item.enabled && isEnabled();
        if (on) {
            painter.fillRect(area, theme.color(usable ? Color::BgSelected : Color::BgHover));
        } else if (i == hovered_ && usable) {
            painter.fillRect(area, theme.color(Color::BgHover));
        }
        painter.setFont(theme.font(on ? TextStyle::Strong : TextStyle::Body));
        painter.setPen(theme.color(!usable ? Color::TextDisabled : on ? Color::AccentText : Color::TextSecondary));
        painter.drawText(area, Qt::AlignCenter, item.text);
        const bool lastItem = layoutDirection() == Qt::RightToLeft ? area.left() <= 0 : area.right() >= width() - 1;
        if (!lastItem) {
            const int x = layoutDirection() == Qt::RightToLeft ? area.left() : area.right();
            painter.fillRect(QRect(x, 0, 1, height()), theme.color(Color::BorderDefault));
        }
    }
    painter.restore();
    paintPanel(painter, frame, {}, theme.color(Color::BorderDefault), radius::control);
}

void Segmented::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) choose(itemAt(event->position().toPoint()));
}

void Segmented::mouseMoveEvent(QMouseEvent* event) {
    const int now = itemAt(event->position().toPoint());
    if (now == hovered_) return;
    hovered_ = now;
    update();
}

void Segmented::leaveEvent(QEvent*) {
    hovered_ = -1;
    update();
}

void Segmented::keyPressEvent(QKeyEvent* event) {
    const int forward = layoutDirection() == Qt::RightToLeft ? -1 : 1;
    int step = 0;
    int from = current_;
    switch (event->key()) {
    case Qt::Key_Right:
        step = forward;
        break;
    case Qt::Key_Left:
        step = -forward;
        break;
    case Qt::Key_Down:
        step = 1;
        break;
    case Qt::Key_Up:
        step = -1;
        break;
    case Qt::Key_Home:
        step = 1;
        from = -1;
        break;
    case Qt::Key_End:
        step = -1;
        from = count();
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    if (from < 0 && step < 0) from = count();
    for (int i = from + step; i >= 0 && i < count(); i += step) {
        if (items_[static_cast<std::size_t>(i)].enabled) {
            choose(i);
            return;
        }
    }
}

bool Segmented::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int index = itemAt(help->pos());
        const QString reason = index >= 0 ? items_[static_cast<std::size_t>(index)].reason : QString();
        if (!reason.isEmpty()) {
            QToolTip::showText(help->globalPos(), reason, this, itemRect(index));
            return true;
        }
    }
    return QWidget::event(event);
}

} // namespace gw::ui
