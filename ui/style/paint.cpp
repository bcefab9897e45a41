#include "ui/style/paint.h"

#include "ui/style/fade.h"

#include <QFontMetricsF>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <vector>

namespace gw::ui {

ButtonLook buttonLook(ButtonKind kind, const ButtonState& state, const Theme& theme) {
    const auto color = [&theme](Color token) { return theme.color(token); };
    ButtonLook look;
    const bool solid = kind == ButtonKind::Primary || kind == ButtonKind::Danger;
    if (!state.enabled) {
        look.ink = look.hint = color(Color::TextDisabled);
        if (kind != ButtonKind::Ghost) look.border = color(Color::BorderSubtle);
        if (solid) look.fill = color(Color::BgHover);
        return look;
    }
    if (solid) {
        const bool danger = kind == ButtonKind::Danger;
        look.fill = color(danger ? Color::DangerFill : Color::AccentFill);
        if (state.hovered) look.fill = color(danger ? Color::DangerFillHover : Color::AccentFillHover);
        if (state.pressed) look.fill = color(danger ? Color::DangerFillHover : Color::AccentFillPressed);
        look.ink = look.hint = color(danger ? Color::DangerOn : Color::AccentOn);
        return look;
    }
    look.ink = color(kind == ButtonKind::Ghost ? Color::TextSecondary : Color::TextPrimary);
    if (kind == ButtonKind::DangerQuiet) look.ink = color(Color::DeniedText);
    look.hint = color(Color::TextTertiary);
    if (kind != ButtonKind::Ghost) {
        look.fill = color(Color::BgSurface);
        look.border = color(Color::BorderDefault);
    }
    if (state.checked) {
        look.fill = color(Color::AccentTint);
        look.ink = color(Color::AccentText);
        look.border = color(Color::AccentBorder);
    }
    if (state.hovered && !state.checked) look.fill = color(Color::BgHover);
    if (state.pressed) look.fill = color(Color::BgPressed);
    return look;
}

ButtonLook buttonLook(ButtonKind kind, ButtonState state, double hover, const Theme& theme) {
    state.hovered = false;
    const ButtonLook without = buttonLook(kind, state, theme);
    state.hovered = true;
    const ButtonLook with = buttonLook(kind, state, theme);
    return {blended(without.fill, with.fill, hover), blended(without.border, with.border, hover), blended(without.ink, with.ink, hover),
            blended(without.hint, with.hint, hover)};
}

void paintPanel(QPainter& painter, const QRectF& rect, const QColor& fill, const QColor& border, qreal radius, qreal width,
                Qt::PenStyle style) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    if (border.isValid()) {
        QPen pen(border, width, style);
        if (style == Qt::CustomDashLine || style == Qt::DashLine) {
            pen.setStyle(Qt::CustomDashLine);
            pen.setDashPattern({3.0 / width, 2.0 / width});
            pen.setCapStyle(Qt::FlatCap);
        }
        painter.setPen(pen);
        const qreal inset = width / 2;
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset);
    } else {
        painter.setPen(Qt::NoPen);
        painter.drawRoundedRect(rect, radius, radius);
    }
    painter.restore();
}

void paintFocusInside(QPainter& painter, const QRectF& rect, qreal radius, const Theme& theme) {
    paintPanel(painter, rect, {}, theme.color(Color::Focus), radius, stroke::focus);
}

namespace {

// A square whose corners hold the falling-off of the shadow and whose middle is one pixel: the parts are stretched.
// Drawing it anew would cost more than all else in a popup.
const QPixmap& shadowPatch(int corner, int margin, bool dark, qreal ratio) {
    struct Patch {
        int corner = 0, margin = 0;
        bool dark = false;
        qreal ratio = 0;
        QPixmap pixmap;
    };
    static std::vector<Patch> patches;
    for (const Patch& known : patches) {
        if (known.corner == corner && known.margin == margin && known.dark == dark && qFuzzyCompare(known.ratio, ratio))
            return known.pixmap;
    }
    const int side = 2 * corner + 1;
    QPixmap pixmap(QSize(side, side) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const float darkest = dark ? 0.55F : 0.20F;
    for (int spread = margin; spread > 0; --spread) {
        QColor layer(0, 0, 0);
        layer.setAlphaF(darkest * 2 * (1 - float(spread) / float(margin)) / float(margin));
        painter.setBrush(layer);
        const qreal inset = margin - spread;
        painter.drawRoundedRect(QRectF(0, 0, side, side).adjusted(inset, inset, -inset, -inset), corner - inset, corner - inset);
    }
    painter.end();
    patches.push_back({corner, margin, dark, ratio, pixmap});
    return patches.back().pixmap;
}

} // namespace

void paintShadow(QPainter& painter, const QRectF& body, qreal radius, int margin) {
    const int corner = margin + static_cast<int>(std::lround(radius));
    const qreal ratio = painter.device()->devicePixelRatio();
    const QPixmap& patch = shadowPatch(corner, margin, Theme::of(nullptr).scheme() == Scheme::Dark, ratio);
    // It lies a little lower than the body, as if lit from above; what would leave the room is cut off there.
    const QRectF area = body.adjusted(-margin, -margin, margin, margin);
    const qreal drop = margin / 4.0;
    const QRectF lowered = area.translated(0, drop);
    const qreal x[] = {lowered.left(), lowered.left() + corner, lowered.right() - corner, lowered.right()};
    const qreal y[] = {lowered.top(), lowered.top() + corner, lowered.bottom() - corner, lowered.bottom()};
    const qreal from[] = {0.0, corner * ratio, (corner + 1) * ratio, (2 * corner + 1) * ratio};
    painter.save();
    painter.setClipRect(area.adjusted(0, 0, 0, drop), Qt::IntersectClip);
    for (int row = 0; row < 3; ++row) {
        for (int column = 0; column < 3; ++column) {
            if (row == 1 && column == 1) continue;
            painter.drawPixmap(QRectF(QPointF(x[column], y[row]), QPointF(x[column + 1], y[row + 1])), patch,
                               QRectF(QPointF(from[column], from[row]), QPointF(from[column + 1], from[row + 1])));
        }
    }
    painter.restore();
}

void paintRow(QPainter& painter, const QRect& rect, const RowState& state, const Theme& theme) {
    if (state.selected) {
        painter.fillRect(rect, theme.color(state.windowActive ? Color::BgSelected : Color::BgSelectedInactive));
        const QColor bar = theme.color(state.windowActive ? Color::AccentFill : Color::BorderStrong);
        painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), bar);
    } else if (state.hovered) {
        painter.fillRect(rect, blended({}, theme.color(Color::BgHover), state.hover));
    }
    if (state.focused && state.windowActive) paintFocusInside(painter, rect, radius::tag, theme);
}

void paintCheckMark(QPainter& painter, const QRectF& box, Qt::CheckState state, bool enabled, bool hovered, const Theme& theme) {
    const bool on = state != Qt::Unchecked;
    QColor fill = theme.color(hovered && enabled ? Color::BgHover : Color::BgSurface);
    QColor border = theme.color(enabled ? Color::BorderStrong : Color::BorderDefault);
    QColor ink = theme.color(Color::AccentOn);
    if (on && enabled) {
        fill = theme.color(hovered ? Color::AccentFillHover : Color::AccentFill);
        border = QColor();
    } else if (on) {
        fill = theme.color(Color::BgHover);
        ink = theme.color(Color::TextDisabled);
    }
    paintPanel(painter, box, fill, border, radius::tag, stroke::control);
    if (!on) return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, stroke::icon, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    const auto at = [&box](qreal x, qreal y) { return QPointF(box.left() + x * box.width(), box.top() + y * box.height()); };
    if (state == Qt::Checked) {
        const QPointF points[] = {at(0.25, 0.52), at(0.43, 0.69), at(0.76, 0.33)};
        painter.drawPolyline(points, 3);
    } else {
        painter.drawLine(at(0.28, 0.5), at(0.72, 0.5));
    }
    painter.restore();
}

namespace {

qreal digitWidth(const QFontMetricsF& metrics) {
    qreal widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit) widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

} // namespace

qreal tabularWidth(const QFont& font, const QString& text) {
    const QFontMetricsF metrics(font);
    const qreal cell = digitWidth(metrics);
    qreal width = 0;
    for (const QChar letter : text) width += letter.isDigit() ? cell : metrics.horizontalAdvance(letter);
    return width;
}

void paintTabular(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& text) {
    const QFontMetricsF metrics(painter.font());
    const qreal cell = digitWidth(metrics);
    const qreal width = tabularWidth(painter.font(), text);
    qreal x = rect.left();
    if (alignment & Qt::AlignRight) x = rect.right() - width;
    if (alignment & Qt::AlignHCenter) x = rect.center().x() - width / 2;
    const qreal baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    for (const QChar letter : text) {
        const qreal advance = metrics.horizontalAdvance(letter);
        const qreal room = letter.isDigit() ? cell : advance;
        painter.drawText(QPointF(x + (room - advance) / 2, baseline), QString(letter));
        x += room;
    }
}

namespace {

constexpr int keyCapHeight = 18;
constexpr int keyCapPadding = 6;

} // namespace

int keyCapWidth(const QString& key, const Theme& theme) {
    const QFontMetrics metrics(theme.font(TextStyle::Caption));
    return std::max(keyCapHeight, metrics.horizontalAdvance(key) + 2 * keyCapPadding);
}

int paintKeyCap(QPainter& painter, int right, int centreY, const QString& key, const Theme& theme) {
    const int width = keyCapWidth(key, theme);
    const QRectF cap(right - width, centreY - keyCapHeight / 2, width, keyCapHeight);
    paintPanel(painter, cap, theme.color(Color::BgSurface), theme.color(Color::BorderDefault), radius::tag);
    painter.fillRect(QRectF(cap.left() + 2, cap.bottom() - 2, cap.width() - 4, 1), theme.color(Color::BorderDefault));
    painter.save();
    painter.setFont(theme.font(TextStyle::Caption));
    painter.setPen(theme.color(Color::TextSecondary));
    painter.drawText(cap.adjusted(0, 0, 0, -1), Qt::AlignCenter, key);
    painter.restore();
    return width;
}

QString keyText(const QKeySequence& sequence) {
    QString text = sequence.toString(QKeySequence::NativeText);
    // "Ctrl++" is zooming in: only the joining signs become blanks.
    for (qsizetype i = 1; i + 1 < text.size(); ++i) {
        if (text[i] == QLatin1Char('+')) text[i] = QLatin1Char(' ');
    }
    return text;
}

} // namespace gw::ui
