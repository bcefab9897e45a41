#include "ui/widgets/environment_tag.h"

#include "ui/style/paint.h"

#include <QFontMetrics>
#include <QPainter>

namespace gw::ui {

using sessions::Environment;

namespace {

constexpr int glyphSize = 8;
constexpr int glyphGap = 6;
constexpr int tagPadding = 7;
constexpr int chipPadding = 6;
constexpr int chipIcon = 14;
constexpr int chipGap = 5;

QFont tagFont(const Theme& theme) {
    QFont font = theme.font(TextStyle::Caption);
    font.setWeight(theme.font(TextStyle::Strong).weight());
    return font;
}

struct TagLook {
    QColor fill, border, ink;
    Qt::PenStyle line = Qt::SolidLine;
};

TagLook lookOf(Environment environment, bool quiet, const Theme& theme) {
    const auto color = [&theme](Color token) { return theme.color(token); };
    switch (environment) {
    case Environment::Prod:
        return quiet ? TagLook{{}, {}, color(Color::EnvProdText)}
                     : TagLook{color(Color::EnvProdFill), {}, color(Color::EnvProdOn)};
    case Environment::Stage:
        return quiet ? TagLook{{}, {}, color(Color::EnvStageText)}
                     : TagLook{color(Color::EnvStageFill), color(Color::EnvStageBorder), color(Color::EnvStageOn)};
    case Environment::Dev:
        return {{}, quiet ? QColor() : color(Color::EnvDevBorder), color(Color::EnvDevText)};
    case Environment::Shared:
        return {{}, quiet ? QColor() : color(Color::EnvSharedBorder), color(Color::EnvSharedText), Qt::DashLine};
    case Environment::None:
        break;
    }
    return {};
}

void paintGlyph(QPainter& painter, const QRectF& box, Environment environment, const QColor& ink) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, 1.5));
    painter.setBrush(Qt::NoBrush);
    const QPointF centre = box.center();
    switch (environment) {
    case Environment::Prod: {
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        const qreal half = box.width() / 2;
        const QPointF diamond[] = {centre - QPointF(0, half), centre + QPointF(half, 0), centre + QPointF(0, half),
                                   centre - QPointF(half, 0)};
        painter.drawConvexPolygon(diamond, 4);
        break;
    }
    case Environment::Stage: {
        const QRectF disc = box.adjusted(0.5, 0.5, -0.5, -0.5);
        painter.drawEllipse(disc);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawPie(disc, 90 * 16, 180 * 16);
        break;
    }
    case Environment::Dev:
        painter.setPen(QPen(ink, 1.75));
        painter.drawEllipse(box.adjusted(1, 1, -1, -1));
        break;
    case Environment::Shared:
        painter.drawLine(QPointF(centre.x(), box.top() + 0.5), QPointF(centre.x(), box.bottom() - 0.5));
        painter.drawLine(QPointF(box.left() + 0.5, centre.y()), QPointF(box.right() - 0.5, centre.y()));
        break;
    case Environment::None:
        break;
    }
    painter.restore();
}

} // namespace

QString environmentWord(Environment environment) {
    switch (environment) {
    case Environment::Prod:
        return QStringLiteral("prod");
    case Environment::Stage:
        return QStringLiteral("stage");
    case Environment::Dev:
        return QStringLiteral("dev");
    case Environment::Shared:
        return QStringLiteral("shared");
    case Environment::None:
        break;
    }
    return {};
}

EnvironmentTag::EnvironmentTag(Environment environment, bool quiet, QWidget* parent)
    : QWidget(parent), environment_(environment), quiet_(quiet) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setEnvironment(environment);
}

void EnvironmentTag::setEnvironment(Environment environment) {
    environment_ = environment;
    setAccessibleName(environmentWord(environment));
    updateGeometry();
    update();
}

int EnvironmentTag::width(Environment environment, bool quiet, const Theme& theme) {
    if (environment == Environment::None) return 0;
    const int content = glyphSize + glyphGap + QFontMetrics(tagFont(theme)).horizontalAdvance(environmentWord(environment));
    return content + (quiet ? 2 : 2 * tagPadding);
}

QSize EnvironmentTag::sizeHint() const {
    return {width(environment_, quiet_, Theme::of(this)), size::tag};
}

int EnvironmentTag::paint(QPainter& painter, const QRect& area, Environment environment, bool quiet, const Theme& theme) {
    const int used = width(environment, quiet, theme);
    if (used == 0) return 0;
    const TagLook look = lookOf(environment, quiet, theme);
    const QRectF tag(area.left(), area.top() + (area.height() - size::tag) / 2, used, size::tag);
    if (look.fill.isValid() || look.border.isValid()) {
        paintPanel(painter, tag, look.fill, look.border, radius::tag, stroke::hairline, look.line);
    }
    const qreal left = tag.left() + (quiet ? 1 : tagPadding);
    paintGlyph(painter, QRectF(left, tag.center().y() - glyphSize / 2.0, glyphSize, glyphSize), environment, look.ink);
    painter.save();
    painter.setFont(tagFont(theme));
    painter.setPen(look.ink);
    painter.drawText(QRectF(left + glyphSize + glyphGap, tag.top(), used, tag.height()), Qt::AlignVCenter | Qt::AlignLeft,
                     environmentWord(environment));
    painter.restore();
    return used;
}

void EnvironmentTag::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paint(painter, rect(), environment_, quiet_, Theme::of(this));
}

namespace {

struct ChipLook {
    Color ink, tint;
};

ChipLook lookOf(ChipKind kind) {
    switch (kind) {
    case ChipKind::Allowed:
        return {Color::AllowedText, Color::AllowedTint};
    case ChipKind::Denied:
        return {Color::DeniedText, Color::DeniedTint};
    case ChipKind::Depends:
        return {Color::DependsText, Color::DependsTint};
    case ChipKind::Expiring:
        return {Color::ExpiringText, Color::ExpiringTint};
    case ChipKind::Expired:
        return {Color::ExpiredText, Color::ExpiredTint};
    case ChipKind::Drift:
        return {Color::DriftText, Color::DriftTint};
    case ChipKind::Changed:
        return {Color::ChangedText, Color::ChangedTint};
    case ChipKind::Neutral:
        break;
    }
    return {Color::TextSecondary, Color::BgHover};
}

QFont chipFont(const Theme& theme) {
    QFont font = theme.font(TextStyle::Small);
    font.setWeight(theme.font(TextStyle::Caption).weight());
    return font;
}

} // namespace

Chip::Chip(ChipKind kind, const QString& iconName, const QString& text, QWidget* parent) : QWidget(parent), kind_(kind) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    set(kind, iconName, text);
}

void Chip::set(ChipKind kind, const QString& iconName, const QString& text) {
    kind_ = kind;
    iconName_ = iconName;
    text_ = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const {
    const int iconRoom = iconName_.isEmpty() ? 0 : chipIcon + chipGap;
    return {2 * chipPadding + iconRoom + QFontMetrics(chipFont(Theme::of(this))).horizontalAdvance(text_) + 1, size::tag};
}

void Chip::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    const ChipLook look = lookOf(kind_);
    QPainter painter(this);
    paintPanel(painter, rect(), theme.color(look.tint), {}, radius::tag);
    int x = chipPadding;
    if (!iconName_.isEmpty()) {
        painter.drawPixmap(x, (height() - chipIcon) / 2,
                           iconPixmap(iconName_, chipIcon, theme.color(look.ink), devicePixelRatioF()));
        x += chipIcon + chipGap;
    }
    painter.setFont(chipFont(theme));
    painter.setPen(theme.color(look.ink));
    painter.drawText(QRect(x, 0, rect().width() - x, height()), int(Qt::AlignVCenter | Qt::AlignLeft), text_);
}

} // namespace gw::ui
