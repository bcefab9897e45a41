// How large the style makes things, and where their parts lie.
#include "ui/style/style.h"
#include "ui/style/style_parts.h"

#include <QPainterPath>
#include <QWidget>

#include <algorithm>

namespace gw::ui {
namespace {

constexpr int popupListMargin = 4;

// Room for the field's border and ring around the square viewport.
constexpr int textAreaFrame = 6;

QRegion roundedRegion(const QRect& rect, int radius) {
    QPainterPath path;
    path.addRoundedRect(rect, radius, radius);
    return QRegion(path.toFillPolygon().toPolygon());
}

} // namespace

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
    case PM_DefaultFrameWidth:
        return parts::isTextArea(widget) ? textAreaFrame : 1;
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
        return space::s2 - 1; // Qt adds one: what is in a column begins where its heading does
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
        return {size.width() + 2 * parts::fieldPadding + parts::spinButtonWidth + space::s2,
                std::max(size::control, size.height())};
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
            int width = parts::menuIconColumn + space::s4 +
                        QFontMetrics(item->font).size(Qt::TextShowMnemonic, item->text.section(u'\t', 0, 0)).width();
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
            return {metrics.size(Qt::TextShowMnemonic, tab->text.section(u'\t', 0, 0)).width() + parts::tabCountWidth(tab->text, theme_) + iconRoom +
                        2 * space::s2 + space::s1,
                    36};
        }
        break;
    case CT_HeaderSection: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {base.width(), std::max(base.height(), size::tableHeader)};
    }
    case CT_ItemViewItem: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        const bool popup = parts::inPopup(widget);
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
    case SE_ItemViewItemText: {
        // A combo box's list has its words where the box has them.
        const QRect text = QProxyStyle::subElementRect(element, option, widget);
        return parts::inPopup(widget) ? text.adjusted(popupListMargin, 0, 0, 0) : text;
    }
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

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                            const QWidget* widget) const {
    const QRect rect = option->rect;
    if (control == CC_ComboBox) {
        switch (part) {
        case SC_ComboBoxArrow:
            return visualRect(
                option->direction, rect,
                QRect(rect.right() - parts::comboArrowWidth + 1, rect.top(), parts::comboArrowWidth, rect.height()));
        case SC_ComboBoxEditField:
            return visualRect(option->direction, rect, rect.adjusted(parts::fieldPadding, 1, -parts::comboArrowWidth, -1));
        case SC_ComboBoxListBoxPopup:
            return rect.translated(0, space::s1);
        default:
            return rect;
        }
    }
    if (control == CC_GroupBox) {
        const auto* box = qstyleoption_cast<const QStyleOptionGroupBox*>(option);
        if (box != nullptr && (part == SC_GroupBoxLabel || part == SC_GroupBoxCheckBox || part == SC_GroupBoxContents)) {
            const bool checkable = box->subControls & SC_GroupBoxCheckBox;
            const int indicator = checkable ? size::icon + space::s2 : 0;
            if (part == SC_GroupBoxContents) return rect.adjusted(1, parts::groupTitleHeight + 1, -1, -1);
            const QRect title(rect.left(), rect.top(), rect.width(), parts::groupTitleHeight - space::s1);
            if (part == SC_GroupBoxCheckBox) {
                return visualRect(option->direction, rect,
                                  QRect(title.left(), title.center().y() - size::icon / 2 + 1, size::icon, size::icon));
            }
            return visualRect(option->direction, rect, title.adjusted(indicator, 0, 0, 0));
        }
    }
    if (control == CC_SpinBox) {
        const QRect buttons(rect.right() - parts::spinButtonWidth, rect.top() + 1, parts::spinButtonWidth, rect.height() - 2);
        const int half = buttons.height() / 2;
        switch (part) {
        case SC_SpinBoxUp:
            return visualRect(option->direction, rect, QRect(buttons.left(), buttons.top(), buttons.width(), half));
        case SC_SpinBoxDown:
            return visualRect(option->direction, rect,
                              QRect(buttons.left(), buttons.top() + half, buttons.width(), buttons.height() - half));
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
            const int start =
                sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - slider, bar->upsideDown);
            const auto span = [&](int from, int to) {
                return vertical
                           ? QRect(rect.left(), rect.top() + from, rect.width(), to - from)
                           : visualRect(option->direction, rect, QRect(rect.left() + from, rect.top(), to - from, rect.height()));
            };
            switch (part) {
            case SC_ScrollBarSlider:
                return span(start, start + slider);
            case SC_ScrollBarSubPage:
                return span(0, start);
            case SC_ScrollBarAddPage:
                return span(start + slider, length);
            case SC_ScrollBarGroove:
                return rect;
            default:
                return {};
            }
        }
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

} // namespace gw::ui
