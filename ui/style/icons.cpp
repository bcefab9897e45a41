#include "ui/style/theme.h"

#include <QApplication>
#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

#include <cmath>

namespace gw::ui {
namespace {

struct Key {
    QString name;
    int pixels;
    QRgb color;
    friend bool operator==(const Key&, const Key&) = default;
};

size_t qHash(const Key& key, size_t seed = 0) {
    return qHashMulti(seed, key.name, key.pixels, key.color);
}

// GUI thread only, like QPixmap itself. Bounded: a window shows some dozens of icons in a handful of colours.
constexpr int cacheLimit = 1500;

QHash<Key, QPixmap>& cache() {
    static QHash<Key, QPixmap> pixmaps;
    return pixmaps;
}

QByteArray source(const QString& name) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QPixmap render(const QByteArray& svg, int pixels) {
    QPixmap pixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(svg);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    return pixmap;
}

class ThemedEngine : public QIconEngine {
public:
    ThemedEngine(QString name, Color token) : name_(std::move(name)), token_(token) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        const qreal ratio = painter->device()->devicePixelRatio();
        const int side = std::min(rect.width(), rect.height());
        const QRect square(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side);
        painter->drawPixmap(square, scaledPixmap(square.size() * ratio, mode, state, ratio));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        return scaledPixmap(size, mode, state, 1.0);
    }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override {
        const Theme& theme = Theme::of(nullptr);
        const QColor color = theme.color(mode == QIcon::Disabled ? Color::TextDisabled : token_);
        const int side = std::min(size.width(), size.height());
        return iconPixmap(name_, static_cast<int>(std::lround(side / scale)), color, scale);
    }
    QIconEngine* clone() const override { return new ThemedEngine(name_, token_); }
    QString iconName() override { return name_; }
    bool isNull() override { return name_.isEmpty(); }

private:
    QString name_;
    Color token_;
};

} // namespace

QPixmap iconPixmap(const QString& name, int size, const QColor& color, qreal devicePixelRatio) {
    const int pixels = static_cast<int>(std::lround(size * devicePixelRatio));
    if (name.isEmpty() || pixels <= 0) return {};
    const Key key{name, pixels, color.rgba()};
    auto& pixmaps = cache();
    auto found = pixmaps.constFind(key);
    if (found == pixmaps.constEnd()) {
        if (pixmaps.size() >= cacheLimit) pixmaps.clear();
        QByteArray svg = source(name);
        if (svg.isEmpty()) return {};
        svg.replace("currentColor", color.name().toLatin1());
        found = pixmaps.insert(key, render(svg, pixels));
    }
    QPixmap pixmap = *found;
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

QIcon icon(const QString& name, Color token) {
    return name.isEmpty() ? QIcon() : QIcon(new ThemedEngine(name, token));
}

QIcon applicationIcon() {
    QIcon result;
    const QByteArray svg = source(QStringLiteral("gatewarden"));
    for (const int pixels : {16, 32, 64, 128}) result.addPixmap(render(svg, pixels));
    return result;
}

} // namespace gw::ui
