// Draws pictures for gatewardenctl map picture. See picture_door.h.
#include "app/gatewardenctl/picture_door.h"

#include <QBuffer>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgRenderer>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace gw::ctl {
namespace {

// What programs that show pictures still open, and what a page of PDF may measure.
constexpr double longestSide = 16'000, mostPixels = 120e6, sharpness = 2;
constexpr int longestPage = 14'400;

// The first of the look's fonts that is there: the renderer takes one name, and no list.
QByteArray withFont(QByteArray svg) {
    QString family = QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    const QStringList there = QFontDatabase::families();
    for (const char* each : {"Inter", "Noto Sans", "Cantarell", "Liberation Sans", "DejaVu Sans"})
        if (there.contains(QString::fromLatin1(each))) {
            family = QString::fromLatin1(each);
            break;
        }
    const QByteArray key("font-family=\"");
    const auto begin = svg.indexOf(key) + key.size(), end = svg.indexOf('"', begin);
    if (begin >= key.size() && end > begin) svg.replace(begin, end - begin, family.toHtmlEscaped().toUtf8());
    return svg;
}

QByteArray png(QSvgRenderer& renderer, std::string& problem) {
    const QSizeF size = renderer.viewBoxF().size();
    const double scale = std::min(
        {sharpness, longestSide / std::max(size.width(), size.height()), std::sqrt(mostPixels / (size.width() * size.height()))});
    QImage image((size * scale).toSize(), QImage::Format_RGB32);
    if (image.isNull()) {
        problem = "there is no memory for a picture of this size";
        return {};
    }
    image.fill(Qt::white);
    {
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        renderer.render(&painter, QRectF(QPointF(), QSizeF(image.size())));
    }
    QByteArray out;
    QBuffer buffer(&out);
    if (!buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, "PNG")) problem = "the picture cannot be written as PNG";
    return problem.empty() ? out : QByteArray();
}

QByteArray pdf(QSvgRenderer& renderer, std::string& problem) {
    const QSizeF size = renderer.viewBoxF().size();
    const double scale = std::min(1.0, longestPage / std::max(size.width(), size.height()));
    QByteArray out;
    QBuffer buffer(&out);
    if (!buffer.open(QIODevice::WriteOnly)) return {};
    {
        QPdfWriter writer(&buffer);
        writer.setCreator(QStringLiteral("Gatewarden"));
        writer.setPageSize(QPageSize(size * scale, QPageSize::Point, QString(), QPageSize::ExactMatch));
        writer.setPageMargins(QMarginsF());
        QPainter painter;
        if (!painter.begin(&writer)) {
            problem = "the picture cannot be written as PDF";
            return {};
        }
        renderer.render(&painter, QRectF(0, 0, writer.width(), writer.height()));
    }
    return out;
}

std::string draw(std::string_view svg, PictureForm form, std::string& problem) {
    // No window is opened, and none could be on a build machine.
    setenv("QT_QPA_PLATFORM", "offscreen", 1);
    // What Qt has to say about a desktop that is not there is nobody's business.
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
    int count = 1;
    char name[] = "gatewardenctl";
    char* words[] = {name, nullptr};
    const QGuiApplication application(count, static_cast<char**>(words));
    QSvgRenderer renderer;
    if (!renderer.load(withFont(QByteArray(svg.data(), static_cast<qsizetype>(svg.size()))))) {
        problem = "the picture cannot be drawn";
        return {};
    }
    const QByteArray out = form == PictureForm::Png ? png(renderer, problem) : pdf(renderer, problem);
    return out.toStdString();
}

constexpr PictureDoor door{draw};

} // namespace
} // namespace gw::ctl

extern "C" __attribute__((visibility("default"))) const gw::ctl::PictureDoor* gatewardenPictureDoor();
const gw::ctl::PictureDoor* gatewardenPictureDoor() {
    return &gw::ctl::door;
}
