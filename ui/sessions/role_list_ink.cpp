#include "ui/sessions/role_list_ink.h"

#include "ui/style/paint.h"
#include "ui/widgets/environment_tag.h"

#include <QPainter>

#include <cmath>

namespace gw::ui {

namespace {

template <class Draw>
QPixmap drawn(int width, int height, qreal ratio, Draw draw) {
    if (width <= 0) return {};
    QPixmap pixmap(static_cast<int>(std::ceil(width * ratio)), static_cast<int>(std::ceil(height * ratio)));
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    draw(painter);
    return pixmap;
}

} // namespace

RoleListInk::RoleListInk(const Theme& theme, qreal ratio)
    : body(theme.font(TextStyle::Body)), strong(theme.font(TextStyle::Strong)), code(theme.font(TextStyle::Code)),
      caption(theme.font(TextStyle::Caption)), pixelRatio(ratio) {
    for (const bool on : {false, true})
        check[on] = drawn(size::icon, size::icon, ratio, [&](QPainter& painter) {
            paintCheckMark(painter, QRectF(0, 0, size::icon, size::icon), on ? Qt::Checked : Qt::Unchecked, true, false, theme);
        });
    star[0] = iconPixmap(QStringLiteral("favourite"), size::icon, theme.color(Color::TextTertiary), ratio);
    star[1] = iconPixmap(QStringLiteral("favourite-on"), size::icon, theme.color(Color::ChangedMark), ratio);
    refused = iconPixmap(QStringLiteral("deny"), size::icon, theme.color(Color::DeniedText), ratio);
    for (std::size_t i = 0; i < tags.size(); ++i) {
        const auto environment = static_cast<sessions::Environment>(i);
        const int width = EnvironmentTag::width(environment, false, theme);
        tags[i] = drawn(width, size::tag, ratio, [&](QPainter& painter) {
            EnvironmentTag::paint(painter, QRect(0, 0, width, size::tag), environment, false, theme);
        });
    }
}

} // namespace gw::ui
