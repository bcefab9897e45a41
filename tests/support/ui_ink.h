// Is text cut off? Asked of pictures and of labels.
#pragma once

#include "ui/widgets/text.h"

#include <QImage>
#include <QStringList>
#include <QWidget>

namespace gw::test {

// A widget drawn at the size it asks for, at a device pixel ratio.
inline QImage drawn(QWidget& widget, qreal ratio) {
    widget.resize(widget.sizeHint());
    QImage image(widget.size() * ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::transparent);
    widget.render(&image, {}, {}, QWidget::DrawChildren);
    return image;
}

// True where a column of pixels has one colour between the rounded corners: nothing was written across it.
inline bool columnIsPlain(const QImage& image, int x, int cornerRows) {
    const QRgb first = image.pixel(x, cornerRows);
    for (int y = cornerRows; y < image.height() - cornerRows; ++y) {
        if (image.pixel(x, y) != first) return false;
    }
    return true;
}

// One line for each visible label below `root` that is narrower or lower than its text and does not elide on purpose.
inline QStringList clippedLabels(QWidget* root) {
    QStringList clipped;
    for (const auto* label : root->findChildren<ui::Text*>()) {
        if (!label->isVisible() || label->text().isEmpty()) continue;
        const QSize wanted = label->wordWrap() ? QSize(0, label->heightForWidth(label->width())) : label->minimumSizeHint();
        if (label->width() < wanted.width() || label->height() < wanted.height()) {
            clipped.append(QStringLiteral("\"%1\" has %2 x %3, needs %4 x %5")
                               .arg(label->text())
                               .arg(label->width())
                               .arg(label->height())
                               .arg(wanted.width())
                               .arg(wanted.height()));
        }
    }
    return clipped;
}

} // namespace gw::test
