#include "ui/review/table_ink.h"

#include "ui/widgets/environment_tag.h"

#include <QPainter>

#include <cmath>

namespace gw::ui {

using policy::lint::Severity;

QString severityIcon(Severity severity) {
    switch (severity) {
    case Severity::Low:
        return QStringLiteral("finding-low");
    case Severity::Medium:
        return QStringLiteral("finding-medium");
    case Severity::High:
        return QStringLiteral("finding-high");
    case Severity::Critical:
        return QStringLiteral("finding-critical");
    case Severity::Error:
        break;
    }
    return QStringLiteral("finding-error");
}

Color severityColor(Severity severity) {
    switch (severity) {
    case Severity::Low:
        return Color::SevLow;
    case Severity::Medium:
        return Color::SevMedium;
    case Severity::High:
        return Color::SevHigh;
    case Severity::Critical:
        return Color::SevCritical;
    case Severity::Error:
        break;
    }
    return Color::SevError;
}

TableInk::TableInk(const Theme& theme, qreal ratio)
    : body(theme.font(TextStyle::Body)), strong(theme.font(TextStyle::Strong)), code(theme.font(TextStyle::Code)),
      caption(theme.font(TextStyle::Caption)), pixelRatio(ratio) {
    for (std::size_t i = 0; i < severities.size(); ++i) {
        const auto severity = static_cast<Severity>(i);
        severities[i] = iconPixmap(severityIcon(severity), size::icon, theme.color(severityColor(severity)), ratio);
    }
    constexpr sessions::Environment kinds[] = {sessions::Environment::Prod, sessions::Environment::Stage, sessions::Environment::Dev,
                                               sessions::Environment::Shared};
    for (std::size_t i = 0; i < environments.size(); ++i) {
        const int width = EnvironmentTag::width(kinds[i], true, theme);
        QPixmap drawn(static_cast<int>(std::ceil(width * ratio)), static_cast<int>(std::ceil(size::tag * ratio)));
        drawn.setDevicePixelRatio(ratio);
        drawn.fill(Qt::transparent);
        QPainter painter(&drawn);
        EnvironmentTag::paint(painter, QRect(0, 0, width, size::tag), kinds[i], true, theme);
        painter.end();
        environments[i] = drawn;
    }
    const auto small = [&](const char* name, Color color) { return iconPixmap(QLatin1String(name), 14, theme.color(color), ratio); };
    opened = small("chevron-down", Color::TextTertiary);
    closed = small("chevron-right", Color::TextTertiary);
    ascending = small("chevron-up", Color::TextSecondary);
    descending = small("chevron-down", Color::TextSecondary);
}

} // namespace gw::ui
