#include "ui/inspector/code_area.h"
#include "ui/inspector/code_area_metrics.h"
#include "ui/inspector/coverage_bar.h"
#include "ui/style/paint.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace gw::ui {

namespace {

Color colorOf(const CodePart& part) {
    if (part.shade.mark != Mark::Plain) return Color::TextPrimary;
    switch (part.ink) {
    case Ink::Text: return Color::TextPrimary;
    case Ink::Tag: return Color::CodeKey;
    case Ink::Name: return Color::TextSecondary;
    case Ink::Value: return Color::CodeString;
    case Ink::Comment:
    case Ink::Quiet: return Color::TextSecondary;
    }
    return Color::TextPrimary;
}

} // namespace

void CodeArea::paintEvent(QPaintEvent* event) {
    const Theme& theme = Theme::of(this);
    QPainter painter(viewport());
    painter.fillRect(event->rect(), theme.color(Color::BgCode));
    if (!source_) return;
    const int scrolled = verticalScrollBar()->value();
    const int first = std::max(0, (event->rect().top() + scrolled - code::top) / code::rowHeight);
    const int last = std::min(rowCount() - 1, (event->rect().bottom() + scrolled - code::top) / code::rowHeight);
    for (int row = first; row <= last; ++row) paintRowAt(painter, row, code::top + row * code::rowHeight - scrolled);
    if (hasFocus()) paintFocusInside(painter, QRectF(viewport()->rect()), 0, theme);
}

void CodeArea::paintRowAt(QPainter& painter, int index, int top) const {
    const Theme& theme = Theme::of(this);
    const CodeRow row = source_->row(index);
    const inspect::Range range = source_->rowRange(index);
    const int ground = textLeft() - code::textGap;
    const QRect area(ground, top, viewport()->width() - ground, code::rowHeight);
    if (row.uniform && groundOf(row.shade) != Color::BgCode) {
        // A claim has its own ground, and only behind itself.
        ShadeRun behind = row.shade;
        behind.mark = Mark::Plain;
        painter.fillRect(area, theme.color(groundOf(behind)));
    }
    painter.save();
    painter.setClipRect(area);
    painter.translate(-horizontalScrollBar()->value(), 0);
    paintFrames(painter, row, top);
    const inspect::Range chosen = selection();
    if (chosen.begin < range.end && chosen.end > range.begin) {
        const qreal from = xOf(row, std::max(chosen.begin, range.begin));
        const qreal to = chosen.end >= range.end ? xOf(row, range.end) + cell_ : xOf(row, chosen.end);
        painter.fillRect(QRectF(from, top, std::max(cell_ / 2, to - from), code::rowHeight),
                         theme.color(hasFocus() ? Color::BgSelected : Color::BgSelectedInactive));
    }
    paintMatches(painter, row, range, top);
    paintParts(painter, row, top);
    if (hasFocus() && (range.holds(caret_) || (caret_ == range.end && index + 1 == rowCount())))
        painter.fillRect(QRectF(std::round(xOf(row, caret_)) - 1, top + 2, 2, code::rowHeight - 4), theme.color(Color::Focus));
    painter.restore();
    paintGutter(painter, row, index, top);
}

void CodeArea::paintGutter(QPainter& painter, const CodeRow& row, int index, int top) const {
    const Theme& theme = Theme::of(this);
    const int barLeft = textLeft() - code::textGap - code::bar;
    const bool current = hasFocus() && index == caretRow();
    const bool pointed = pointer_ && source_->rowRange(index).holds(*pointer_);
    painter.fillRect(QRect(0, top, barLeft + code::bar, code::rowHeight), theme.color(current ? Color::BgHover : Color::BgCode));
    if (!source_->shading().empty()) paintCoverageBar(painter, QRect(barLeft, top, code::bar, code::rowHeight), row.shade, theme);
    if (pointed) {
        const QPixmap mark = iconPixmap(QStringLiteral("arrow-right"), 12, theme.color(Color::DeniedText), devicePixelRatioF());
        painter.drawPixmap(QPointF(1, top + 4), mark);
    }
    painter.setFont(code_);
    painter.setPen(theme.color(pointed ? Color::DeniedText : current ? Color::TextPrimary : Color::TextSecondary));
    const QString number = row.number.isEmpty() ? QString(QChar(0x21AA)) : row.number;
    const qreal width = static_cast<qreal>(number.size()) * cell_;
    painter.drawText(QPointF(barLeft - code::numberRight - width, top + baseline_), number);
}

// Neighbouring claims stand in one frame.
void CodeArea::paintFrames(QPainter& painter, const CodeRow& row, int top) const {
    const Theme& theme = Theme::of(this);
    qreal x = textLeft() + row.indent * cell_;
    for (std::size_t i = 0; i < row.parts.size();) {
        const ShadeRun shade = row.parts[i].shade;
        qreal width = 0;
        std::size_t end = i;
        for (; end < row.parts.size() && row.parts[end].shade.looksLike(shade); ++end) width += partWidth(row.parts[end]);
        i = end;
        const QRectF area(x, top, width, code::rowHeight);
        x += width;
        if (!row.uniform && groundOf(shade) != Color::BgCode && shade.mark == Mark::Plain) painter.fillRect(area, theme.color(groundOf(shade)));
        if (shade.mark == Mark::Plain) continue;
        const QRectF frame = area.adjusted(-1.5, 1.5, 1.5, -1.5);
        const bool good = shade.mark == Mark::Claim && shade.shade == Shade::Signed && !shade.hostile;
        paintPanel(painter, frame, theme.color(groundOf(shade)), theme.color(barOf(shade)), 2, 1, good ? Qt::SolidLine : Qt::DashLine);
    }
}

void CodeArea::paintParts(QPainter& painter, const CodeRow& row, int top) const {
    const Theme& theme = Theme::of(this);
    qreal x = textLeft() + row.indent * cell_;
    const qreal right = viewport()->width() + horizontalScrollBar()->value();
    for (const CodePart& part : row.parts) {
        const qreal width = partWidth(part);
        if (x < right && x + width > horizontalScrollBar()->value()) {
            painter.setFont(part.shade.mark == Mark::Plain ? code_ : heavy_);
            painter.setPen(theme.color(colorOf(part)));
            painter.drawText(QPointF(x, top + baseline_), part.text);
        }
        x += width;
    }
}

void CodeArea::paintMatches(QPainter& painter, const CodeRow& row, inspect::Range range, int top) const {
    if (matches_.empty()) return;
    const Theme& theme = Theme::of(this);
    const auto size = static_cast<std::uint32_t>(needleSize_);
    const std::uint32_t from = range.begin > size ? range.begin - size : 0;
    for (auto at = std::lower_bound(matches_.begin(), matches_.end(), from); at != matches_.end() && *at < range.end; ++at) {
        if (*at + size <= range.begin) continue;
        const qreal left = xOf(row, std::max(*at, range.begin));
        const qreal right = xOf(row, std::min(*at + size, range.end));
        paintPanel(painter, QRectF(left - 1, top + 2, right - left + 2, code::rowHeight - 4), {}, theme.color(Color::ChangedText), 3, 1.5);
    }
}

} // namespace gw::ui
