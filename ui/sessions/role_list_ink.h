// What every row of the role list is painted with, made once for a theme and a pixel ratio: finding a font and drawing a
// rounded tag cost more than all the letters of a row.
#pragma once

#include "models/sessions/providers/provider.h"
#include "ui/style/theme.h"

#include <QFontMetricsF>
#include <QPixmap>

#include <array>

namespace gw::ui {

struct InkedFont {
    explicit InkedFont(const QFont& made) : font(made), metrics(made) {}
    QFont font;
    QFontMetricsF metrics;
};

struct RoleListInk {
    RoleListInk(const Theme& theme, qreal ratio);

    InkedFont body, strong, code, caption;
    qreal pixelRatio;
    std::array<QPixmap, 2> check, star;              // off, on
    std::array<QPixmap, 5> tags;                     // by sessions::Environment
    QPixmap refused;
};

} // namespace gw::ui
