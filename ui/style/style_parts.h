// The style's drawing, by control. Private to ui/style.
#pragma once

#include "ui/style/theme.h"

#include <QStyleOption>

class QPainter;
class QWidget;

namespace gw::ui::parts {

// Controls.
void pushButtonFrame(QPainter& painter, const QStyleOptionButton& option, const Theme& theme);
void pushButtonLabel(QPainter& painter, const QStyleOptionButton& option, const Theme& theme);
void toolButton(QPainter& painter, const QStyleOptionToolButton& option, const Theme& theme);
void field(QPainter& painter, const QRect& rect, const QStyleOption& option, const QWidget* widget, const Theme& theme);
void radioMark(QPainter& painter, const QStyleOption& option, const Theme& theme);
void comboBox(QPainter& painter, const QStyleOptionComboBox& option, const QWidget* widget, const Theme& theme);
void spinBox(QPainter& painter, const QStyleOptionSpinBox& option, const QRect& up, const QRect& down, const QWidget* widget,
             const Theme& theme);
void progressBar(QPainter& painter, const QStyleOptionProgressBar& option, const Theme& theme);

// Views and popups.
void menuItem(QPainter& painter, const QStyleOptionMenuItem& option, const Theme& theme);
void menuBarItem(QPainter& painter, const QStyleOptionMenuItem& option, const Theme& theme);
void tabShape(QPainter& painter, const QStyleOptionTab& option, const Theme& theme);
// A tab's text may have a count, after a tabulator; with the gap before it, 0 where there is none.
[[nodiscard]] int tabCountWidth(const QString& text, const Theme& theme);
void tabLabel(QPainter& painter, const QStyleOptionTab& option, const Theme& theme);
void headerSection(QPainter& painter, const QStyleOptionHeader& option, const Theme& theme);
void headerLabel(QPainter& painter, const QStyleOptionHeader& option, const Theme& theme);
void scrollBar(QPainter& painter, const QStyleOptionSlider& option, const QRect& slider, const Theme& theme);

// A field of several lines: drawn like a line edit.
[[nodiscard]] bool isTextArea(const QWidget* widget);
// In a window of its own above the others: a combo box's list, a completer.
[[nodiscard]] bool inPopup(const QWidget* widget);

// The width that menu items keep for check mark and icon.
inline constexpr int menuIconColumn = 28;
inline constexpr int fieldPadding = 10;
inline constexpr int comboArrowWidth = 28;
inline constexpr int spinButtonWidth = 22;
inline constexpr int groupTitleHeight = 24;

} // namespace gw::ui::parts
