// Drawing that the style, the widgets and item delegates share, so that a control looks the same wherever it is drawn.
#pragma once

#include "ui/style/theme.h"

#include <QKeySequence>
#include <QPainter>
#include <QRectF>
#include <QString>

namespace gw::ui {

// DangerQuiet is a default button with red ink, for an ending action beside others.
enum class ButtonKind { Default, Primary, Danger, Ghost, DangerQuiet };

struct ButtonState {
    bool enabled = true;
    bool hovered = false;
    bool pressed = false;
    bool checked = false;
};

struct ButtonLook {
    QColor fill;   // invalid for none
    QColor border; // invalid for none
    QColor ink;
    QColor hint; // of the key on the button
};

[[nodiscard]] ButtonLook buttonLook(ButtonKind kind, const ButtonState& state, const Theme& theme);
// The look between that without the pointer and that with it; `hover` is from 0 to 1.
[[nodiscard]] ButtonLook buttonLook(ButtonKind kind, ButtonState state, double hover, const Theme& theme);

// A filled, bordered, rounded rectangle; the border lies inside `rect` and stays crisp. Invalid colours are left out.
void paintPanel(QPainter& painter, const QRectF& rect, const QColor& fill, const QColor& border, qreal radius, qreal width = 1.0,
                Qt::PenStyle style = Qt::SolidLine);
// The focus ring of rows and fields, inside `rect`.
void paintFocusInside(QPainter& painter, const QRectF& rect, qreal radius, const Theme& theme);
// A soft shadow around a popup's body. `margin` is the room around the body that the shadow may use.
void paintShadow(QPainter& painter, const QRectF& body, qreal radius, int margin);
// Selection, hover and keyboard focus of a table row or list row: tint, 3-px bar, ring.
struct RowState {
    bool hovered = false;
    bool selected = false;
    bool focused = false;
    bool windowActive = true;
    double hover = 1; // how far `hovered` has faded in
};
void paintRow(QPainter& painter, const QRect& rect, const RowState& state, const Theme& theme);
void paintCheckMark(QPainter& painter, const QRectF& box, Qt::CheckState state, bool enabled, bool hovered, const Theme& theme);

// Draws `text` with every digit in a cell as wide as the widest digit: countdowns must not jitter, and Qt 6.4 cannot
// switch on tabular figures. The baseline is set as by QPainter::drawText with Qt::AlignVCenter.
void paintTabular(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& text);
[[nodiscard]] qreal tabularWidth(const QFont& font, const QString& text);

// "Ctrl K" in a small frame, as at the right of fields and menus. Returns the width used; draws right-aligned at `right`.
int paintKeyCap(QPainter& painter, int right, int centreY, const QString& key, const Theme& theme);
[[nodiscard]] int keyCapWidth(const QString& key, const Theme& theme);
// "Ctrl K" for Ctrl+K: as people read it on a button.
[[nodiscard]] QString keyText(const QKeySequence& sequence);

} // namespace gw::ui
