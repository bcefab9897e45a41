#include "ui/style/paint.h"
#include "ui/style/style_parts.h"

#include <QStyle>

namespace gw::ui::parts {

void menuItem(QPainter& painter, const QStyleOptionMenuItem& option, const Theme& theme) {
    const QRect rect = option.rect;
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        painter.fillRect(QRect(rect.left() + space::s2, rect.center().y(), rect.width() - 2 * space::s2, 1),
                         theme.color(Color::BorderSubtle));
        return;
    }
    const bool enabled = option.state & QStyle::State_Enabled;
    if (option.state & QStyle::State_Selected && enabled) {
        paintPanel(painter, rect, theme.color(Color::BgSelected), {}, radius::tag);
    }
    const QRect iconArea(rect.left() + space::s2, rect.center().y() - size::icon / 2 + 1, size::icon, size::icon);
    if (option.checkType != QStyleOptionMenuItem::NotCheckable) {
        if (option.checked) {
            painter.drawPixmap(iconArea, iconPixmap(QStringLiteral("check"), size::icon, theme.color(Color::AccentText),
                                                    painter.device()->devicePixelRatio()));
        }
    } else if (!option.icon.isNull()) {
        option.icon.paint(&painter, iconArea, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    }
    const QRect text = rect.adjusted(menuIconColumn + space::s1, 0, -space::s3, 0);
    painter.setFont(option.font);
    painter.setPen(theme.color(enabled ? Color::TextPrimary : Color::TextDisabled));
    painter.drawText(text, int(Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic | Qt::TextSingleLine),
                     option.text.section(u'\t', 0, 0));
    if (option.text.contains(u'\t')) {
        painter.setPen(theme.color(enabled ? Color::TextTertiary : Color::TextDisabled));
        painter.drawText(text, int(Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine), option.text.section(u'\t', 1));
    }
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
        icon(QStringLiteral("chevron-right"), enabled ? Color::TextSecondary : Color::TextDisabled)
            .paint(&painter, QRect(rect.right() - 20, rect.center().y() - 6, 12, 12));
    }
}

void menuBarItem(QPainter& painter, const QStyleOptionMenuItem& option, const Theme& theme) {
    painter.fillRect(option.rect, theme.color(Color::BgWindow));
    const bool enabled = option.state & QStyle::State_Enabled;
    if (option.state & (QStyle::State_Selected | QStyle::State_Sunken) && enabled) {
        paintPanel(painter, option.rect, theme.color(Color::BgSelected), {}, radius::tag);
    }
    painter.setPen(theme.color(enabled ? Color::TextPrimary : Color::TextDisabled));
    painter.drawText(option.rect, int(Qt::AlignCenter | Qt::TextShowMnemonic), option.text);
}

void tabShape(QPainter& painter, const QStyleOptionTab& option, const Theme& theme) {
    const QRect rect = option.rect;
    if (option.state & QStyle::State_MouseOver && !(option.state & QStyle::State_Selected) &&
        option.state & QStyle::State_Enabled) {
        paintPanel(painter, QRectF(rect).adjusted(1, 4, -1, -5), theme.color(Color::BgHover), {}, radius::tag);
    }
    if (option.state & QStyle::State_Selected) {
        painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), theme.color(Color::AccentFill));
    }
    if (option.state & QStyle::State_HasFocus) paintFocusInside(painter, QRectF(rect).adjusted(0, 2, 0, -3), radius::tag, theme);
}

int tabCountWidth(const QString& text, const Theme& theme) {
    const QString count = text.section(u'\t', 1);
    return count.isEmpty() ? 0 : space::s2 + QFontMetrics(theme.font(TextStyle::Caption)).horizontalAdvance(count);
}

void tabLabel(QPainter& painter, const QStyleOptionTab& option, const Theme& theme) {
    const bool selected = option.state & QStyle::State_Selected;
    const bool enabled = option.state & QStyle::State_Enabled;
    painter.save();
    QRect area = option.rect;
    if (!option.icon.isNull()) {
        option.icon.paint(&painter,
                          QRect(area.left() + space::s2, area.center().y() - size::icon / 2 + 1, size::icon, size::icon));
        area.adjust(size::icon + space::s2, 0, 0, 0);
    }
    painter.setFont(theme.font(selected ? TextStyle::Strong : TextStyle::Body));
    painter.setPen(theme.color(!enabled ? Color::TextDisabled : selected ? Color::TextPrimary : Color::TextSecondary));
    const QString title = option.text.section(u'\t', 0, 0), count = option.text.section(u'\t', 1);
    const int countWidth = tabCountWidth(option.text, theme);
    area.setRight(area.right() - countWidth);
    painter.drawText(area, int(Qt::AlignCenter | Qt::TextShowMnemonic), title);
    if (!count.isEmpty()) {
        const int end = area.center().x() + (painter.fontMetrics().size(Qt::TextShowMnemonic, title).width() + 1) / 2;
        painter.setFont(theme.font(TextStyle::Caption));
        painter.setPen(theme.color(!enabled ? Color::TextDisabled : Color::TextTertiary));
        painter.drawText(QRect(end + space::s2, area.top(), countWidth, area.height()), int(Qt::AlignVCenter | Qt::AlignLeft), count);
    }
    painter.restore();
}

void headerSection(QPainter& painter, const QStyleOptionHeader& option, const Theme& theme) {
    painter.fillRect(option.rect, theme.color(option.state & QStyle::State_MouseOver && option.state & QStyle::State_Enabled
                                                  ? Color::BgHover
                                                  : Color::BgWindow));
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.color(Color::BorderSubtle));
}

void headerLabel(QPainter& painter, const QStyleOptionHeader& option, const Theme& theme) {
    painter.save();
    painter.setFont(theme.font(TextStyle::Caption));
    painter.setPen(theme.color(Color::TextSecondary));
    QRect area = option.rect;
    const QFontMetrics metrics = painter.fontMetrics();
    const bool sorted = option.sortIndicator != QStyleOptionHeader::None;
    const int arrowRoom = sorted ? 14 : 0;
    const QString text = metrics.elidedText(option.text, Qt::ElideRight, area.width() - arrowRoom);
    painter.drawText(area.adjusted(0, 0, option.textAlignment & Qt::AlignRight ? -arrowRoom : 0, 0),
                     int(option.textAlignment | Qt::AlignVCenter), text);
    if (sorted) {
        const int x =
            option.textAlignment & Qt::AlignRight ? area.right() - 11 : area.left() + metrics.horizontalAdvance(text) + 3;
        const QString name =
            option.sortIndicator == QStyleOptionHeader::SortDown ? QStringLiteral("chevron-down") : QStringLiteral("chevron-up");
        icon(name, Color::AccentText).paint(&painter, QRect(x, area.center().y() - 5, 12, 12));
    }
    painter.restore();
}

void scrollBar(QPainter& painter, const QStyleOptionSlider& option, const QRect& slider, const Theme& theme) {
    if (option.maximum <= option.minimum) return;
    const bool active = option.activeSubControls & QStyle::SC_ScrollBarSlider || option.state & QStyle::State_Sunken;
    const qreal thickness = option.state & QStyle::State_MouseOver || active ? 8 : 6;
    QRectF handle = slider;
    if (option.orientation == Qt::Vertical) {
        handle = QRectF(slider.center().x() + 0.5 - thickness / 2, slider.top() + 2, thickness, slider.height() - 4);
    } else {
        handle = QRectF(slider.left() + 2, slider.center().y() + 0.5 - thickness / 2, slider.width() - 4, thickness);
    }
    paintPanel(painter, handle, theme.color(active ? Color::BorderStrong : Color::BorderDefault), {}, thickness / 2);
}

} // namespace gw::ui::parts
