#include "ui/inspector/coverage_bar.h"

#include "ui/style/paint.h"

#include <QPainter>

#include <algorithm>

namespace gw::ui {

namespace {

constexpr int legendRow = 24;
constexpr int legendSquare = 14;

void hatch(QPainter& painter, const QRectF& area, const QColor& line, const QColor& ground) {
    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    painter.fillRect(area, ground);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(line, 2));
    constexpr qreal step = 5;
    // From one origin, so that the stripes of neighbouring lines meet.
    const qreal shift = area.top() - step * std::floor(area.top() / step);
    for (qreal y = area.top() - shift - step; y < area.bottom() + area.width() + step; y += step)
        painter.drawLine(QPointF(area.left() - 1, y - 1), QPointF(area.right() + 1, y + area.width() + 1));
    painter.restore();
}

void dashedLine(QPainter& painter, const QRectF& area, const QColor& color) {
    QPen pen(color, 1);
    pen.setDashPattern({3, 2});
    pen.setCapStyle(Qt::FlatCap);
    painter.setPen(pen);
    const qreal x = area.left() + area.width() / 2;
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
}

} // namespace

void paintCoverageBar(QPainter& painter, const QRect& area, const ShadeRun& shade, const Theme& theme) {
    const QColor color = theme.color(barOf(shade));
    const QRectF bar(area);
    if (shade.hostile) return hatch(painter, bar, color, theme.color(Color::SamlHostile));
    switch (shade.shade) {
    case Shade::Signed: painter.fillRect(bar, color); break;
    case Shade::Unproven:
        painter.fillRect(QRectF(bar.left(), bar.top(), 1.5, bar.height()), color);
        painter.fillRect(QRectF(bar.right() - 1.5, bar.top(), 1.5, bar.height()), color);
        break;
    case Shade::Broken:
        for (qreal y = bar.top() + 1; y < bar.bottom() - 1; y += 10) painter.fillRect(QRectF(bar.left(), y, bar.width(), 6), color);
        break;
    case Shade::Unsigned:
    case Shade::Removed: dashedLine(painter, bar.adjusted(0, 0, 0, 0), color); break;
    }
}

void paintCoverageSquare(QPainter& painter, const QRectF& area, const ShadeRun& shade, const Theme& theme) {
    const QColor color = theme.color(barOf(shade));
    if (shade.hostile) {
        hatch(painter, area, color, theme.color(Color::SamlHostile));
        return paintPanel(painter, area, {}, color, 1);
    }
    if (shade.mark == Mark::Claim && shade.shade == Shade::Signed) return paintPanel(painter, area, theme.color(Color::SamlClaim), color, 1);
    switch (shade.shade) {
    case Shade::Signed: return paintPanel(painter, area, color, {}, 1);
    case Shade::Unproven: return paintPanel(painter, area, theme.color(Color::DependsTint), color, 1, 2);
    case Shade::Broken:
        paintPanel(painter, area, theme.color(Color::ExpiringTint), color, 1, 1.5);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(color, 1.5));
        painter.drawLine(area.topLeft() + QPointF(2, 2), area.bottomRight() - QPointF(2, 2));
        painter.restore();
        return;
    case Shade::Removed: return paintPanel(painter, area, {}, theme.color(Color::AccentFill), 1);
    case Shade::Unsigned: return paintPanel(painter, area, {}, color, 1, 1, Qt::DashLine);
    }
}

CoverageStrip::CoverageStrip(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void CoverageStrip::set(const Shading& shading, std::size_t total, const QString& words) {
    runs_ = shading.runs();
    total_ = total;
    setToolTip(words);
    setAccessibleName(words);
    update();
}

void CoverageStrip::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    const QRectF frame(rect());
    paintPanel(painter, frame, theme.color(Color::BgCode), theme.color(Color::BorderDefault), 2);
    if (total_ == 0) return;
    const QRectF inside = frame.adjusted(2, 2, -2, -2);
    for (const ShadeRun& run : runs_) {
        const qreal from = inside.left() + inside.width() * run.range.begin / static_cast<qreal>(total_);
        const qreal width = std::max(0.75, inside.width() * run.range.size() / static_cast<qreal>(total_));
        const QRectF part(from, inside.top(), std::min(width, inside.right() - from), inside.height());
        if (run.hostile)
            hatch(painter, part, theme.color(Color::DeniedMark), theme.color(Color::SamlHostile));
        else if (run.shade >= Shade::Broken)
            painter.fillRect(part, theme.color(barOf(run)));
    }
}

CoverageLegend::CoverageLegend(QWidget* parent) : QWidget(parent) {
    setFont(Theme::of(this).font(TextStyle::Small));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    set({});
}

void CoverageLegend::set(const Shading& shading) {
    const ShadeRun kinds[] = {{{}, Shade::Signed, Mark::Plain, false},   {{}, Shade::Signed, Mark::Claim, false},
                              {{}, Shade::Unproven, Mark::Plain, false}, {{}, Shade::Broken, Mark::Plain, false},
                              {{}, Shade::Unsigned, Mark::Plain, false}, {{}, Shade::Unsigned, Mark::Posing, true}};
    const QString words[] = {tr("signed"), tr("signed and used as a claim"), tr("signed, key not vouched for"),
                             tr("signature does not hold"), tr("not signed, not used"), tr("unsigned, posing as a claim")};
    entries_.clear();
    for (std::size_t i = 0; i < std::size(kinds); ++i) {
        const bool always = i == 0 || i == 4;
        const bool occurs = std::any_of(shading.runs().begin(), shading.runs().end(), [&](const ShadeRun& run) {
            return kinds[i].hostile ? run.hostile : run.shade == kinds[i].shade && (kinds[i].mark == Mark::Plain || run.mark == kinds[i].mark);
        });
        if (always || occurs) entries_.push_back({kinds[i], words[i]});
    }
    QStringList all;
    for (const Entry& entry : entries_) all.append(entry.words);
    setAccessibleName(tr("What the colours and shapes mean: %1").arg(all.join(QStringLiteral("; "))));
    updateGeometry();
    update();
}

QSize CoverageLegend::sizeHint() const {
    int widest = 0;
    for (const Entry& entry : entries_) widest = std::max(widest, fontMetrics().horizontalAdvance(entry.words));
    return {widest + legendSquare + 3 * space::s2 + space::s4, static_cast<int>(entries_.size()) * legendRow + space::s4};
}

void CoverageLegend::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.setFont(theme.font(TextStyle::Small));
    int y = space::s2;
    for (const Entry& entry : entries_) {
        paintCoverageSquare(painter, QRectF(space::s3, y + (legendRow - legendSquare) / 2.0, legendSquare, legendSquare), entry.shade, theme);
        painter.setPen(theme.color(Color::TextSecondary));
        const QRect words(space::s3 + legendSquare + space::s2, y, width() - legendSquare - space::s3 - 2 * space::s2, legendRow);
        painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, painter.fontMetrics().elidedText(entry.words, Qt::ElideRight, words.width()));
        y += legendRow;
    }
}

} // namespace gw::ui
