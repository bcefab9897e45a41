// What every row of a table is painted with, made once for a theme and a pixel ratio: finding a font and drawing an icon cost
// more than all the letters of a row.
#pragma once

#include "models/policy/lint/rule.h"
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

struct TableInk {
    TableInk(const Theme& theme, qreal ratio);

    InkedFont body, strong, code, caption;
    qreal pixelRatio;
    std::array<QPixmap, 5> severities;   // by policy::lint::Severity
    std::array<QPixmap, 4> environments; // by estate::Environment, from Prod on
    QPixmap opened, closed, ascending, descending;
};

[[nodiscard]] QString severityIcon(policy::lint::Severity severity);
[[nodiscard]] Color severityColor(policy::lint::Severity severity);

} // namespace gw::ui
