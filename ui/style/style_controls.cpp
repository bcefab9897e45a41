#include "ui/style/paint.h"
#include "ui/style/style.h"
#include "ui/style/style_parts.h"

#include <QPlainTextEdit>
#include <QStyle>
#include <QTextEdit>
#include <QWidget>

namespace gw::ui::parts {
namespace {

ButtonState buttonState(const QStyleOption& option) {
    return {bool(option.state & QStyle::State_Enabled), bool(option.state & QStyle::State_MouseOver),
            bool(option.state & QStyle::State_Sunken), bool(option.state & QStyle::State_On)};
}

ButtonLook pushButtonLook(const QStyleOptionButton& option, const Theme& theme) {
    ButtonKind kind = ButtonKind::Default;
    if (option.features & QStyleOptionButton::DefaultButton) kind = ButtonKind::Primary;
    if (option.features & QStyleOptionButton::Flat) kind = ButtonKind::Ghost;
    return buttonLook(kind, buttonState(option), theme);
}

void chevron(QPainter& painter, const QRect& area, const QString& name, bool enabled, int side) {
    icon(name, enabled ? Color::TextSecondary : Color::TextDisabled)
        .paint(&painter, QRect(area.center().x() - side / 2, area.center().y() - side / 2 + 1, side, side));
}

} // namespace

bool isTextArea(const QWidget* widget) {
    return qobject_cast<const QPlainTextEdit*>(widget) != nullptr || qobject_cast<const QTextEdit*>(widget) != nullptr;
}

bool inPopup(const QWidget* widget) {
    return widget != nullptr && widget->window()->windowType() == Qt::Popup;
}

void pushButtonFrame(QPainter& painter, const QStyleOptionButton& option, const Theme& theme) {
    const ButtonLook look = pushButtonLook(option, theme);
    paintPanel(painter, option.rect, look.fill, look.border, radius::control);
}

void pushButtonLabel(QPainter& painter, const QStyleOptionButton& option, const Theme& theme) {
    const ButtonLook look = pushButtonLook(option, theme);
    QRect area = option.rect;
    if (!option.icon.isNull()) {
        const int textWidth =
            option.text.isEmpty() ? 0 : option.fontMetrics.size(Qt::TextShowMnemonic, option.text).width() + space::s2;
        const int left = area.left() + (area.width() - textWidth - option.iconSize.width()) / 2;
        option.icon.paint(
            &painter,
            QRect(left, area.center().y() - option.iconSize.height() / 2 + 1, option.iconSize.width(), option.iconSize.height()),
            Qt::AlignCenter, option.state & QStyle::State_Enabled ? QIcon::Normal : QIcon::Disabled);
        area.setLeft(left + option.iconSize.width() + space::s2);
        painter.setPen(look.ink);
        painter.drawText(area, int(Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic), option.text);
        return;
    }
    painter.setPen(look.ink);
    painter.drawText(area, int(Qt::AlignCenter | Qt::TextShowMnemonic), option.text);
}

void toolButton(QPainter& painter, const QStyleOptionToolButton& option, const Theme& theme) {
    const ButtonLook look = buttonLook(ButtonKind::Ghost, buttonState(option), theme);
    paintPanel(painter, option.rect, look.fill, look.border, radius::control);
    QRect area = option.rect;
    const bool iconOnly = option.toolButtonStyle == Qt::ToolButtonIconOnly || option.text.isEmpty();
    if (!option.icon.isNull() && option.toolButtonStyle != Qt::ToolButtonTextOnly) {
        const int left = iconOnly ? area.center().x() - option.iconSize.width() / 2 + 1 : area.left() + space::s2;
        option.icon.paint(
            &painter,
            QRect(left, area.center().y() - option.iconSize.height() / 2 + 1, option.iconSize.width(), option.iconSize.height()),
            Qt::AlignCenter, option.state & QStyle::State_Enabled ? QIcon::Normal : QIcon::Disabled);
        area.setLeft(left + option.iconSize.width() + space::s2);
        if (iconOnly) return;
        painter.setPen(look.ink);
        painter.drawText(area, int(Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic), option.text);
        return;
    }
    painter.setPen(look.ink);
    painter.drawText(area, int(Qt::AlignCenter | Qt::TextShowMnemonic), option.text);
}

void field(QPainter& painter, const QRect& rect, const QStyleOption& option, const QWidget* widget, const Theme& theme) {
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool readOnly = option.state & QStyle::State_ReadOnly;
    const bool focused = option.state & QStyle::State_HasFocus;
    const bool wrong = widget != nullptr && widget->property(Style::errorProperty).toBool();
    const QColor fill = theme.color(enabled && !readOnly ? Color::BgSurface : Color::BgSunken);
    if (focused) {
        paintPanel(painter, rect, fill, theme.color(Color::Focus), radius::control, stroke::focus);
    } else {
        const Color border = wrong ? Color::DeniedMark : enabled ? Color::BorderStrong : Color::BorderSubtle;
        paintPanel(painter, rect, fill, theme.color(border), radius::control, stroke::control);
    }
}

void radioMark(QPainter& painter, const QStyleOption& option, const Theme& theme) {
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool on = option.state & QStyle::State_On;
    const QRectF box = option.rect;
    QColor border = theme.color(enabled ? Color::BorderStrong : Color::BorderDefault);
    QColor fill = theme.color(option.state & QStyle::State_MouseOver && enabled ? Color::BgHover : Color::BgSurface);
    if (on && enabled) {
        fill = theme.color(Color::AccentFill);
        border = QColor();
    }
    paintPanel(painter, box, fill, border, box.width() / 2);
    if (on) {
        const qreal inset = box.width() * 0.31;
        paintPanel(painter, box.adjusted(inset, inset, -inset, -inset),
                   theme.color(enabled ? Color::AccentOn : Color::TextDisabled), {}, box.width());
    }
}

void comboBox(QPainter& painter, const QStyleOptionComboBox& option, const QWidget* widget, const Theme& theme) {
    if (option.frame) field(painter, option.rect, option, widget, theme);
    const QRect arrow = QStyle::visualRect(
        option.direction, option.rect,
        QRect(option.rect.right() - comboArrowWidth + 1, option.rect.top(), comboArrowWidth, option.rect.height()));
    chevron(painter, arrow, QStringLiteral("chevron-down"), option.state & QStyle::State_Enabled, 14);
}

void spinBox(QPainter& painter, const QStyleOptionSpinBox& option, const QRect& up, const QRect& down, const QWidget* widget,
             const Theme& theme) {
    if (option.frame) field(painter, option.rect, option, widget, theme);
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons) return;
    const auto button = [&](const QRect& rect, QStyle::SubControl part, const QString& name, bool enabled) {
        if (option.activeSubControls & part && enabled) {
            paintPanel(painter, QRectF(rect).adjusted(1, 1, -2, -1),
                       theme.color(option.state & QStyle::State_Sunken ? Color::BgPressed : Color::BgHover), {}, 3);
        }
        chevron(painter, rect.translated(0, -1), name, enabled, 10);
    };
    button(up, QStyle::SC_SpinBoxUp, QStringLiteral("chevron-up"), option.stepEnabled & QAbstractSpinBox::StepUpEnabled);
    button(down, QStyle::SC_SpinBoxDown, QStringLiteral("chevron-down"), option.stepEnabled & QAbstractSpinBox::StepDownEnabled);
}

void progressBar(QPainter& painter, const QStyleOptionProgressBar& option, const Theme& theme) {
    const qreal thickness = std::min(option.rect.height(), 6);
    const QRectF groove(option.rect.left(), option.rect.center().y() + 0.5 - thickness / 2, option.rect.width(), thickness);
    paintPanel(painter, groove, theme.color(Color::BgPressed), {}, thickness / 2);
    QRectF bar = groove;
    if (option.maximum <= option.minimum) {
        // Unknown length: a third, still. Nothing pulses.
        bar.setWidth(groove.width() / 3);
    } else {
        bar.setWidth(groove.width() * (qreal(option.progress) - option.minimum) / (qreal(option.maximum) - option.minimum));
    }
    if (option.direction == Qt::RightToLeft) bar.moveRight(groove.right());
    if (bar.width() >= 1) paintPanel(painter, bar, theme.color(Color::AccentFill), {}, thickness / 2);
}

} // namespace gw::ui::parts
