#include "ui/style/style.h"

#include "ui/style/paint.h"
#include "ui/style/style_parts.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTabBar>
#include <QToolButton>

namespace gw::ui {
Style::Style(const Theme& theme) : QProxyStyle(QStringLiteral("Fusion")), theme_(theme) {}

void Style::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    // Tips quote what came from outside, which must not be taken for markup. The class is Qt's own and has no header.
    if (auto* tip = qobject_cast<QLabel*>(widget); tip != nullptr && tip->inherits("QTipLabel")) tip->setTextFormat(Qt::PlainText);
    if (qobject_cast<QAbstractButton*>(widget) != nullptr || qobject_cast<QComboBox*>(widget) != nullptr ||
        qobject_cast<QScrollBar*>(widget) != nullptr || qobject_cast<QTabBar*>(widget) != nullptr ||
        qobject_cast<QLineEdit*>(widget) != nullptr || qobject_cast<QAbstractSpinBox*>(widget) != nullptr ||
        qobject_cast<QHeaderView*>(widget) != nullptr) {
        widget->setAttribute(Qt::WA_Hover);
    }
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const {
    const QRect rect = option->rect;
    const bool enabled = option->state & State_Enabled;
    const bool hovered = option->state & State_MouseOver;
    switch (element) {
    case PE_PanelLineEdit:
        // The line edit inside a spin box or combo box has no frame of its own.
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option); frame != nullptr && frame->lineWidth > 0) {
            parts::field(*painter, rect, *option, widget, theme_);
        }
        return;
    case PE_FrameLineEdit:
        parts::field(*painter, rect, *option, widget, theme_);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: {
        const Qt::CheckState state = option->state & State_On         ? Qt::Checked
                                     : option->state & State_NoChange ? Qt::PartiallyChecked
                                                                      : Qt::Unchecked;
        paintCheckMark(*painter, rect, state, enabled, hovered, theme_);
        return;
    }
    case PE_IndicatorRadioButton:
        parts::radioMark(*painter, *option, theme_);
        return;
    case PE_FrameFocusRect:
        // Controls have the ring around them (FocusRing); only cells draw it inside.
        if (qobject_cast<const QAbstractItemView*>(widget) != nullptr && !parts::inPopup(widget))
            paintFocusInside(*painter, rect, radius::tag, theme_);
        return;
    case PE_Frame:
    case PE_FrameGroupBox:
    case PE_FrameWindow:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option); frame != nullptr && frame->lineWidth <= 0)
            return;
        if (parts::isTextArea(widget)) return parts::field(*painter, rect, *option, widget, theme_);
        if (element == PE_FrameGroupBox) {
            paintPanel(*painter, rect.adjusted(0, parts::groupTitleHeight, 0, 0), {}, theme_.color(Color::BorderSubtle),
                       radius::card);
            return;
        }
        // Square: the contents are, and would cover round corners.
        paintPanel(*painter, rect, {}, theme_.color(parts::inPopup(widget) ? Color::BorderDefault : Color::BorderSubtle), 0);
        return;
    case PE_PanelScrollAreaCorner:
        painter->fillRect(rect, theme_.color(Color::BgSurface));
        return;
    case PE_FrameMenu:
        paintPanel(*painter, rect, {}, theme_.color(Color::BorderDefault), radius::control);
        return;
    case PE_PanelMenu:
        painter->fillRect(rect, theme_.color(Color::BgPopup));
        return;
    case PE_PanelTipLabel:
        paintPanel(*painter, rect, theme_.color(Color::BgPopup), theme_.color(Color::BorderDefault), radius::control);
        return;
    case PE_PanelItemViewRow:
        return;
    case PE_PanelItemViewItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option)) {
            const bool first = item->viewItemPosition == QStyleOptionViewItem::Beginning ||
                               item->viewItemPosition == QStyleOptionViewItem::OnlyOne ||
                               item->viewItemPosition == QStyleOptionViewItem::Invalid;
            const bool popup = parts::inPopup(widget);
            if (item->backgroundBrush.style() != Qt::NoBrush) painter->fillRect(rect, item->backgroundBrush);
            const bool active = popup || (widget != nullptr ? widget->isActiveWindow() : bool(option->state & State_Active));
            const RowState state{hovered, bool(option->state & State_Selected), false, active};
            if (popup) {
                if (state.selected || hovered) painter->fillRect(rect, theme_.color(Color::BgSelected));
            } else if (first) {
                paintRow(*painter, rect, state, theme_);
            } else if (state.selected || hovered) {
                painter->fillRect(rect, theme_.color(!state.selected      ? Color::BgHover
                                                     : state.windowActive ? Color::BgSelected
                                                                          : Color::BgSelectedInactive));
            }
        }
        return;
    case PE_FrameTabWidget:
    case PE_FrameStatusBarItem:
    case PE_PanelStatusBar:
    case PE_PanelToolBar:
    case PE_PanelMenuBar:
    case PE_FrameDefaultButton:
    case PE_IndicatorHeaderArrow: // headerLabel draws it beside the words
        return;
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme_.color(Color::BorderSubtle));
        return;
    case PE_IndicatorBranch:
        if (option->state & State_Children) {
            const QString name = option->state & State_Open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right");
            icon(name, Color::TextTertiary).paint(painter, QRect(rect.center() - QPoint(6, 6), QSize(12, 12)));
        }
        return;
    case PE_IndicatorArrowDown:
    case PE_IndicatorArrowUp:
    case PE_IndicatorArrowLeft:
    case PE_IndicatorArrowRight: {
        const QString name = element == PE_IndicatorArrowDown   ? QStringLiteral("chevron-down")
                             : element == PE_IndicatorArrowUp   ? QStringLiteral("chevron-up")
                             : element == PE_IndicatorArrowLeft ? QStringLiteral("chevron-left")
                                                                : QStringLiteral("chevron-right");
        const int side = std::min({rect.width(), rect.height(), size::icon});
        icon(name, enabled ? Color::TextSecondary : Color::TextDisabled)
            .paint(painter, QRect(rect.center() - QPoint(side / 2, side / 2), QSize(side, side)));
        return;
    }
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const {
    switch (element) {
    case CE_PushButtonBevel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option))
            return parts::pushButtonFrame(*painter, *button, theme_);
        break;
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option))
            return parts::pushButtonLabel(*painter, *button, theme_);
        break;
    case CE_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
            return parts::menuItem(*painter, *item, theme_);
        break;
    case CE_MenuBarItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
            return parts::menuBarItem(*painter, *item, theme_);
        break;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, theme_.color(Color::BgWindow));
        return;
    case CE_TabBarTabShape:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) return parts::tabShape(*painter, *tab, theme_);
        break;
    case CE_TabBarTabLabel:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) return parts::tabLabel(*painter, *tab, theme_);
        break;
    case CE_HeaderSection:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option))
            return parts::headerSection(*painter, *header, theme_);
        break;
    case CE_HeaderLabel:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option))
            return parts::headerLabel(*painter, *header, theme_);
        break;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, theme_.color(Color::BgWindow));
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                          theme_.color(Color::BorderSubtle));
        return;
    case CE_ProgressBarGroove:
    case CE_ProgressBarLabel:
        return;
    case CE_ProgressBarContents:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option))
            return parts::progressBar(*painter, *bar, theme_);
        break;
    case CE_Splitter:
        painter->fillRect(option->rect, theme_.color(Color::BorderSubtle));
        return;
    case CE_ComboBoxLabel:
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option); combo != nullptr && !combo->editable) {
            QRect area = proxy()->subControlRect(CC_ComboBox, combo, SC_ComboBoxEditField, widget);
            if (!combo->currentIcon.isNull()) {
                combo->currentIcon.paint(painter, QRect(area.left(), area.center().y() - 7, size::icon, size::icon));
                area.adjust(size::icon + space::s2, 0, 0, 0);
            }
            painter->setPen(theme_.color(combo->state & State_Enabled ? Color::TextPrimary : Color::TextDisabled));
            painter->drawText(area, int(Qt::AlignVCenter | Qt::AlignLeft),
                              combo->fontMetrics.elidedText(combo->currentText, Qt::ElideMiddle, area.width()));
        }
        return;
    case CE_ShapedFrame:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
            frame != nullptr && frame->frameShape == QFrame::HLine) {
            painter->fillRect(QRect(frame->rect.left(), frame->rect.center().y(), frame->rect.width(), 1),
                              theme_.color(Color::BorderSubtle));
            return;
        } else if (frame != nullptr && frame->frameShape == QFrame::VLine) {
            painter->fillRect(QRect(frame->rect.center().x(), frame->rect.top(), 1, frame->rect.height()),
                              theme_.color(Color::BorderSubtle));
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                               const QWidget* widget) const {
    switch (control) {
    case CC_ComboBox:
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option))
            return parts::comboBox(*painter, *combo, widget, theme_);
        break;
    case CC_SpinBox:
        if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option)) {
            return parts::spinBox(*painter, *spin, subControlRect(CC_SpinBox, spin, SC_SpinBoxUp, widget),
                                  subControlRect(CC_SpinBox, spin, SC_SpinBoxDown, widget), widget, theme_);
        }
        break;
    case CC_ScrollBar:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            return parts::scrollBar(*painter, *bar, subControlRect(CC_ScrollBar, bar, SC_ScrollBarSlider, widget), theme_);
        }
        break;
    case CC_ToolButton:
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option))
            return parts::toolButton(*painter, *button, theme_);
        break;
    default:
        break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

} // namespace gw::ui
