// The mark of coverage that stands beside lines, in the tree and in the legend: its shape says as much as its colour.
#pragma once

#include "ui/inspector/shading.h"

#include <QWidget>

#include <vector>

class QPainter;

namespace gw::ui {

// Solid: signed; two thin lines: signed, key not vouched for; broken: the signature does not hold; hatched: poses as signed;
// dashed line: not signed.
void paintCoverageBar(QPainter& painter, const QRect& area, const ShadeRun& shade, const Theme& theme);
// The same as a square, for the tree and the legend; a claim is framed.
void paintCoverageSquare(QPainter& painter, const QRectF& area, const ShadeRun& shade, const Theme& theme);

// How much of a document is signed, as one bar from its first to its last octet.
class CoverageStrip : public QWidget {
    Q_OBJECT
public:
    explicit CoverageStrip(QWidget* parent = nullptr);
    void set(const Shading& shading, std::size_t total, const QString& words);
    [[nodiscard]] QSize sizeHint() const override { return {110, 10}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<ShadeRun> runs_;
    std::size_t total_ = 0;
};

// What the shapes mean.
class CoverageLegend : public QWidget {
    Q_OBJECT
public:
    explicit CoverageLegend(QWidget* parent = nullptr);
    // Only what occurs in the document is explained.
    void set(const Shading& shading);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Entry {
        ShadeRun shade;
        QString words;
    };
    std::vector<Entry> entries_;
};

} // namespace gw::ui
