#include "ui/style/style.h"

#include "ui/style/paint.h"
#include "ui/style/style_parts.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPainterPath>
#include <QPushButton>
#include <QScrollBar>
#include <QTabBar>
#include <QToolButton>

namespace gw::ui {
namespace {

constexpr int popupListMargin = 4;

QRegion roundedRegion(const QRect& rect, int radius) {
    QPainterPath path;
    path.addRoundedRect(rect, radius, radius);
    return QRegion(path.toFillPolygon().toPolygon());
}

} // namespace

Style::Style(const Theme& theme) : QProxyStyle(QStringLiteral("Fusion")), theme_(theme) {}

void Style::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton*>(widget) != nullptr || qobject_cast<QComboBox*>(widget) != nullptr ||
        qobject_cast<QScrollBar*>(widget) != nullptr || qobject_cast<QTabBar*>(widget) != nullptr ||
        qobject_cast<QLineEdit*>(widget) != nullptr || qobject_cast<QAbstractSpinBox*>(widget) != nullptr ||
        qobject_cast<QHeaderView*>(widget) != nullptr) {
        widget->setAttribute(Qt::WA_Hover);
    }
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
    case PM_DefaultFrameWidth:
    case PM_SpinBoxFrameWidth:
    case PM_ComboBoxFrameWidth:
    case PM_MenuPanelWidth:
    case PM_SplitterWidth:
        return 1;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_ButtonDefaultIndicator:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseOverlap:
    case PM_MenuBarPanelWidth:
    case PM_ToolBarFrameWidth:
        return 0;
    case PM_ScrollBarExtent:
        return 12;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
    case PM_ListViewIconSize:
        return size::icon;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
    case PM_HeaderMargin:
    case PM_ToolTipLabelFrameWidth:
    case PM_MenuBarHMargin:
        return space::s2;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return space::s4;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
    case PM_MenuBarVMargin:
    case PM_MenuBarItemSpacing:
        return space::s1;
    case PM_FocusFrameHMargin:
        return 4;
    case PM_MenuButtonIndicator:
        return 16;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const {
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ComboBox_Popup:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_Widget_Animation_Duration:
    case SH_Menu_FlashTriggeredItem:
    case SH_ScrollBar_Transient:
    case SH_Menu_SloppySubMenus:
    case SH_ScrollView_FrameOnlyAroundContents:
        return 0;
    case SH_MenuBar_MouseTracking:
    case SH_Menu_MouseTracking:
    case SH_ComboBox_ListMouseTracking:
    case SH_MenuBar_AltKeyNavigation:
    case SH_Menu_Scrollable:
    case SH_ItemView_ShowDecorationSelected:
    case SH_ScrollBar_LeftClickAbsolutePosition:
    case SH_TabBar_PreferNoArrows:
        return 1;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_ToolTip_WakeUpDelay:
        return 500;
    case SH_Table_GridLineColor:
        return static_cast<int>(theme_.color(Color::BorderSubtle).rgba());
    case SH_Menu_Mask:
    case SH_ToolTip_Mask:
        if (auto* mask = qstyleoption_cast<QStyleHintReturnMask*>(data); mask != nullptr && option != nullptr) {
            mask->region = roundedRegion(option->rect, radius::control);
            return 1;
        }
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const {
    switch (type) {
    case CT_PushButton:
        return {size.width() + 2 * (space::s3 + 1), std::max(size::control, size.height())};
    case CT_LineEdit:
        return {size.width() + 2 * parts::fieldPadding, std::max(size::control, size.height() + 4)};
    case CT_ComboBox:
        return {size.width() + parts::fieldPadding + parts::comboArrowWidth + space::s1, std::max(size::control, size.height())};
    case CT_SpinBox:
        return {size.width() + 2 * parts::fieldPadding + parts::spinButtonWidth + space::s2, std::max(size::control, size.height())};
    case CT_CheckBox:
    case CT_RadioButton: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {base.width(), std::max(size::minTarget, base.height())};
    }
    case CT_ToolButton: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {std::max(base.width(), size::control), std::max(base.height(), size::control)};
    }
    case CT_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
            if (item->menuItemType == QStyleOptionMenuItem::Separator) return {size.width(), 9};
            int width = parts::menuIconColumn + space::s4 + QFontMetrics(item->font).size(Qt::TextShowMnemonic, item->text.section(u'\t', 0, 0)).width();
            if (item->text.contains(u'\t')) width += space::s6 + item->reservedShortcutWidth;
            return {width + space::s4, size::control - 2};
        }
        break;
    case CT_MenuBarItem:
        return {size.width() + 2 * space::s2, std::max(size.height(), size::rowDense)};
    case CT_TabBarTab:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
            // As wide as the chosen tab's heavier letters, so that choosing moves nothing.
            const QFontMetrics metrics(theme_.font(TextStyle::Strong));
            const int iconRoom = tab->icon.isNull() ? 0 : tab->iconSize.width() + space::s2;
            return {metrics.size(Qt::TextShowMnemonic, tab->text).width() + iconRoom + 2 * space::s2 + space::s1, 36};
        }
        break;
    case CT_HeaderSection: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {base.width(), std::max(base.height(), size::tableHeader)};
    }
    case CT_ItemViewItem: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        const bool popup = widget != nullptr && widget->window()->windowType() == Qt::Popup;
        return {base.width() + (popup ? 2 * popupListMargin : 0), std::max(base.height(), popup ? size::control - 2 : size::row)};
    }
    case CT_ProgressBar:
        return {size.width(), std::max(6, std::min(size.height(), 6))};
    default:
        break;
    }
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

QRect Style::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const {
    switch (element) {
    case SE_LineEditContents:
        return option->rect.adjusted(parts::fieldPadding - 2, 0, -(parts::fieldPadding - 2), 0);
    case SE_ProgressBarGroove:
    case SE_ProgressBarContents:
        return option->rect;
    case SE_PushButtonFocusRect:
    case SE_CheckBoxFocusRect:
    case SE_RadioButtonFocusRect:
        return option->rect;
    default:
        return QProxyStyle::subElementRect(element, option, widget);
    }
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part, const QWidget* widget) const {
    const QRect rect = option->rect;
    if (control == CC_ComboBox) {
        switch (part) {
        case SC_ComboBoxArrow:
            return visualRect(option->direction, rect, QRect(rect.right() - parts::comboArrowWidth + 1, rect.top(), parts::comboArrowWidth, rect.height()));
        case SC_ComboBoxEditField:
            return visualRect(option->direction, rect, rect.adjusted(parts::fieldPadding, 1, -parts::comboArrowWidth, -1));
        case SC_ComboBoxListBoxPopup:
            return rect.translated(0, space::s1);
        default:
            return rect;
        }
    }
    if (control == CC_SpinBox) {
        const QRect buttons(rect.right() - parts::spinButtonWidth, rect.top() + 1, parts::spinButtonWidth, rect.height() - 2);
        const int half = buttons.height() / 2;
        switch (part) {
        case SC_SpinBoxUp:
            return visualRect(option->direction, rect, QRect(buttons.left(), buttons.top(), buttons.width(), half));
        case SC_SpinBoxDown:
            return visualRect(option->direction, rect, QRect(buttons.left(), buttons.top() + half, buttons.width(), buttons.height() - half));
        case SC_SpinBoxEditField:
            return visualRect(option->direction, rect, rect.adjusted(2, 1, -parts::spinButtonWidth, -1));
        default:
            return rect;
        }
    }
    if (control == CC_ScrollBar) {
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            const bool vertical = bar->orientation == Qt::Vertical;
            const int length = vertical ? rect.height() : rect.width();
            const qint64 range = qint64(bar->maximum) - bar->minimum;
            int slider = length;
            if (range > 0) {
                slider = static_cast<int>(qint64(bar->pageStep) * length / (range + bar->pageStep));
                slider = std::clamp(slider, std::min(length, pixelMetric(PM_ScrollBarSliderMin, option, widget)), length);
            }
            const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - slider, bar->upsideDown);
            const auto span = [&](int from, int to) {
                return vertical ? QRect(rect.left(), rect.top() + from, rect.width(), to - from)
                                : visualRect(option->direction, rect, QRect(rect.left() + from, rect.top(), to - from, rect.height()));
            };
            switch (part) {
            case SC_ScrollBarSlider: return span(start, start + slider);
            case SC_ScrollBarSubPage: return span(0, start);
            case SC_ScrollBarAddPage: return span(start + slider, length);
            case SC_ScrollBarGroove: return rect;
            default: return {};
            }
        }
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
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
        if (qobject_cast<const QAbstractItemView*>(widget) != nullptr) paintFocusInside(*painter, rect, radius::tag, theme_);
        return;
    case PE_Frame:
    case PE_FrameGroupBox:
    case PE_FrameWindow:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option); frame != nullptr && frame->lineWidth <= 0) return;
        paintPanel(*painter, rect, {}, theme_.color(Color::BorderSubtle), radius::card);
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
            const bool popup = widget != nullptr && widget->window()->windowType() == Qt::Popup;
            if (item->backgroundBrush.style() != Qt::NoBrush) painter->fillRect(rect, item->backgroundBrush);
            const bool active = popup || (widget != nullptr ? widget->isActiveWindow() : bool(option->state & State_Active));
            const RowState state{hovered, bool(option->state & State_Selected), false, active};
            if (popup) {
                if (state.selected || hovered) paintPanel(*painter, QRectF(rect), theme_.color(Color::BgHover), {}, radius::tag);
            } else if (first) {
                paintRow(*painter, rect, state, theme_);
            } else if (state.selected || hovered) {
                painter->fillRect(rect, theme_.color(!state.selected       ? Color::BgHover
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
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) return parts::pushButtonFrame(*painter, *button, theme_);
        break;
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) return parts::pushButtonLabel(*painter, *button, theme_);
        break;
    case CE_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) return parts::menuItem(*painter, *item, theme_);
        break;
    case CE_MenuBarItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) return parts::menuBarItem(*painter, *item, theme_);
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
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) return parts::headerSection(*painter, *header, theme_);
        break;
    case CE_HeaderLabel:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) return parts::headerLabel(*painter, *header, theme_);
        break;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, theme_.color(Color::BgWindow));
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), theme_.color(Color::BorderSubtle));
        return;
    case CE_ProgressBarGroove:
    case CE_ProgressBarLabel:
        return;
    case CE_ProgressBarContents:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option)) return parts::progressBar(*painter, *bar, theme_);
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
            painter->drawText(area, int(Qt::AlignVCenter | Qt::AlignLeft), combo->fontMetrics.elidedText(combo->currentText, Qt::ElideMiddle, area.width()));
        }
        return;
    case CE_ShapedFrame:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option); frame != nullptr && frame->frameShape == QFrame::HLine) {
            painter->fillRect(QRect(frame->rect.left(), frame->rect.center().y(), frame->rect.width(), 1), theme_.color(Color::BorderSubtle));
            return;
        } else if (frame != nullptr && frame->frameShape == QFrame::VLine) {
            painter->fillRect(QRect(frame->rect.center().x(), frame->rect.top(), 1, frame->rect.height()), theme_.color(Color::BorderSubtle));
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const {
    switch (control) {
    case CC_ComboBox:
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option)) return parts::comboBox(*painter, *combo, widget, theme_);
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
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option)) return parts::toolButton(*painter, *button, theme_);
        break;
    default:
        break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

} // namespace gw::ui
