#include "ui/estate/code_lines.h"

#include "ui/style/paint.h"
#include "ui/widgets/code_highlight.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace gw::ui {
namespace {

constexpr int rowHeight = type::code.line, pad = space::s2, textGap = space::s3, bar = 3;
// Around a tinted line an excerpt shows this many more.
constexpr int around = 2;
// An excerpt of no more lines than this is shown whole.
constexpr int shortEnough = 12;
constexpr int leastLetters = 8; // on a line, however narrow the place

struct ToneLook {
    Color tint, mark;
};

ToneLook lookOf(LineTone tone) {
    switch (tone) {
    case LineTone::Allowed:
        return {Color::AllowedTint, Color::AllowedMark};
    case LineTone::Denied:
        return {Color::DeniedTint, Color::DeniedMark};
    case LineTone::Depends:
        return {Color::DependsTint, Color::DependsMark};
    case LineTone::Plain:
        break;
    }
    return {Color::BgCode, Color::BgCode};
}

bool holds(const std::vector<LineRange>& ranges, int line, int more = 0) {
    return std::any_of(ranges.begin(), ranges.end(),
                       [&](const LineRange& each) { return line >= each.first - more && line <= each.last + more; });
}

// Something after it makes a comma of a list's last line.
bool sameLine(const QString& one, const QString& other) {
    const auto bare = [](const QString& line) { return line.endsWith(QLatin1Char(',')) ? line.chopped(1) : line; };
    return bare(one) == bare(other);
}

qsizetype blanksOf(const QString& line) {
    qsizetype blanks = 0;
    while (blanks < line.size() && line.at(blanks) == QLatin1Char(' ')) ++blanks;
    return blanks;
}

// In the middle: names of resources and roles differ at their end. The indentation is kept.
QString elided(const QString& line, const QFontMetrics& metrics, int room) {
    if (metrics.horizontalAdvance(line) <= room) return line;
    const qsizetype blanks = blanksOf(line);
    const QString indent = line.left(blanks);
    return indent + metrics.elidedText(line.mid(blanks), Qt::ElideMiddle, room - metrics.horizontalAdvance(indent));
}

// What all lines of an excerpt are indented by.
int indentOf(const QStringList& lines, LineRange range) {
    int least = 1000;
    for (int line = range.first; line <= range.last && line < lines.size(); ++line) {
        const QString& text = lines.at(line);
        const qsizetype blanks = blanksOf(text);
        if (blanks < text.size()) least = std::min(least, static_cast<int>(blanks));
    }
    return least == 1000 ? 0 : least;
}

} // namespace

CodeLines::CodeLines(QWidget* parent) : QWidget(parent), font_(Theme::of(this).font(TextStyle::Code)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    cell_ = static_cast<int>(std::ceil(QFontMetricsF(font_).horizontalAdvance(QLatin1Char('0'))));
    connect(&Theme::of(this), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void CodeLines::setDocument(const QStringList& lines, const std::vector<LineRange>& tinted, LineTone tone) {
    excerpt_ = wraps_ = false;
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::MinimumExpanding);
    std::vector<Row> rows;
    rows.reserve(static_cast<std::size_t>(lines.size()));
    for (int line = 0; line < lines.size(); ++line)
        rows.push_back({line, lines.at(line), QString::number(line + 1), holds(tinted, line) ? tone : LineTone::Plain});
    take(std::move(rows));
}

void CodeLines::setExcerpt(const QStringList& lines, LineRange shown, const std::vector<LineRange>& tinted, LineTone tone) {
    excerpt_ = true;
    wraps_ = false;
    const bool whole = shown.last - shown.first < shortEnough;
    const int indent = indentOf(lines, {shown.first, shown.first});
    std::vector<Row> rows;
    for (int line = shown.first; line <= shown.last && line < lines.size(); ++line) {
        // A lone bracket is not worth a gap's line.
        if (!whole && !holds(tinted, line, around) && line != shown.first) {
            if (!rows.empty() && rows.back().line >= 0) rows.push_back({-1, {}, QStringLiteral("⋯"), LineTone::Plain});
            continue;
        }
        rows.push_back(
            {line, lines.at(line).mid(indent), QString::number(line + 1), holds(tinted, line) ? tone : LineTone::Plain});
    }
    take(std::move(rows));
}

void CodeLines::setDiff(const QStringList& gone, const QStringList& added) {
    excerpt_ = wraps_ = true;
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum); // as high as its width asks for
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    std::vector<Row> rows;
    // What both have at their beginning and end is no difference.
    qsizetype same = 0, tail = 0;
    while (same < gone.size() && same < added.size() && sameLine(gone.at(same), added.at(same))) ++same;
    while (tail < gone.size() - same && tail < added.size() - same &&
           sameLine(gone.at(gone.size() - 1 - tail), added.at(added.size() - 1 - tail)))
        ++tail;
    const auto add = [&](const QString& text, const QString& mark, LineTone tone) { rows.push_back({0, text, mark, tone}); };
    for (qsizetype i = std::max<qsizetype>(0, same - 1); i < same; ++i) add(added.at(i), QStringLiteral(" "), LineTone::Plain);
    for (qsizetype i = same; i < gone.size() - tail; ++i) add(gone.at(i), QStringLiteral("−"), LineTone::Denied);
    for (qsizetype i = same; i < added.size() - tail; ++i) add(added.at(i), QStringLiteral("+"), LineTone::Allowed);
    for (qsizetype i = added.size() - tail; i < std::min(added.size(), added.size() - tail + 1); ++i)
        add(added.at(i), QStringLiteral(" "), LineTone::Plain);
    take(std::move(rows));
}

void CodeLines::take(std::vector<Row> rows) {
    rows_ = std::move(rows);
    qsizetype digits = 1, widest = 0;
    for (const Row& row : rows_) {
        digits = std::max(digits, row.gutter.size());
        widest = std::max(widest, row.text.size());
    }
    gutter_ = bar + pad + static_cast<int>(digits) * cell_ + textGap;
    widest_ = static_cast<int>(std::min<qsizetype>(widest, 20'000)) * cell_;
    setAccessibleDescription(excerpt_ ? text() : QString());
    updateGeometry();
    update();
}

void CodeLines::setClickable(bool clickable) {
    clickable_ = clickable;
    setCursor(clickable ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

int CodeLines::topOf(int line) const {
    const auto row = std::find_if(rows_.begin(), rows_.end(), [&](const Row& each) { return each.line >= line; });
    return pad + static_cast<int>(row - rows_.begin()) * rowHeight;
}

QString CodeLines::text() const {
    QStringList lines;
    for (const Row& row : rows_)
        lines.append(row.line < 0 ? QStringLiteral("…") : QStringLiteral("%1  %2").arg(row.gutter, row.text));
    return lines.join(QLatin1Char('\n'));
}

std::vector<qsizetype> CodeLines::breaksOf(const Row& row, int width) const {
    std::vector<qsizetype> breaks{0};
    const qsizetype size = row.text.size();
    // Letters have one width; what is wider is rare, and only cut.
    const qsizetype room = std::max(leastLetters, (width - gutter_ - pad) / cell_);
    if (wraps_ && size > room) {
        const qsizetype rest = std::max<qsizetype>(leastLetters, room - blanksOf(row.text) - 2);
        for (qsizetype at = room; at < size; at += rest) breaks.push_back(at);
    }
    breaks.push_back(size);
    return breaks;
}

int CodeLines::heightForWidth(int width) const {
    std::size_t lines = 0;
    for (const Row& row : rows_) lines += breaksOf(row, width).size() - 1;
    return 2 * pad + static_cast<int>(lines) * rowHeight;
}

QSize CodeLines::sizeHint() const {
    const int height = 2 * pad + static_cast<int>(rows_.size()) * rowHeight;
    return {excerpt_ ? 200 : gutter_ + widest_ + 2 * pad, height};
}

QSize CodeLines::minimumSizeHint() const {
    return {excerpt_ ? 80 : sizeHint().width(), sizeHint().height()};
}

void CodeLines::paintEvent(QPaintEvent* event) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    if (excerpt_)
        paintPanel(painter, QRectF(rect()), theme.color(Color::BgCode), theme.color(Color::BorderSubtle), radius::control);
    else
        painter.fillRect(event->rect(), theme.color(Color::BgCode));
    if (wraps_) {
        int top = pad;
        for (const Row& row : rows_) {
            const auto breaks = breaksOf(row, width());
            paintRow(painter, row, top, breaks);
            top += static_cast<int>(breaks.size() - 1) * rowHeight;
        }
        return;
    }
    const int first = std::max(0, (event->rect().top() - pad) / rowHeight);
    const int last = std::min(static_cast<int>(rows_.size()) - 1, (event->rect().bottom() - pad) / rowHeight);
    for (int row = first; row <= last; ++row) paintRow(painter, rows_[static_cast<std::size_t>(row)], pad + row * rowHeight, {});
}

void CodeLines::paintRow(QPainter& painter, const Row& row, int top, const std::vector<qsizetype>& breaks) const {
    const Theme& theme = Theme::of(this);
    if (row.tone != LineTone::Plain) {
        const ToneLook look = lookOf(row.tone);
        const int high = std::max(1, static_cast<int>(breaks.size()) - 1) * rowHeight;
        painter.fillRect(QRect(1, top, width() - 2, high), theme.color(look.tint));
        painter.fillRect(QRect(1, top, bar, high), theme.color(look.mark));
    }
    painter.setFont(font_);
    const QFontMetrics metrics(font_);
    int baseline = top + (rowHeight - metrics.height()) / 2 + metrics.ascent();
    painter.setPen(theme.color(row.tone == LineTone::Plain ? Color::TextTertiary : Color::TextPrimary));
    const int gutterText = gutter_ - textGap - static_cast<int>(row.gutter.size()) * cell_;
    painter.drawText(QPoint(gutterText, baseline), row.gutter);
    if (row.line < 0) return;
    const int room = width() - gutter_ - pad;
    const QString shown = excerpt_ && !wraps_ ? elided(row.text, metrics, room) : row.text;
    const auto spans = highlight(shown);
    int x = gutter_;
    qsizetype at = 0;
    std::size_t next = 1; // of the breaks
    const auto draw = [&](qsizetype length, Color ink) {
        while (length > 0) {
            if (next + 1 < breaks.size() && at == breaks[next]) {
                ++next;
                baseline += rowHeight;
                x = gutter_ + static_cast<int>(blanksOf(shown)) * cell_;
                painter.setPen(theme.color(Color::TextTertiary));
                painter.drawText(QPoint(x, baseline), QStringLiteral("↪"));
                x += 2 * cell_;
            }
            const qsizetype some = next + 1 < breaks.size() ? std::min(length, breaks[next] - at) : length;
            const QString part = shown.mid(at, some);
            painter.setPen(theme.color(ink));
            painter.drawText(QPoint(x, baseline), part);
            x += metrics.horizontalAdvance(part);
            at += some;
            length -= some;
        }
    };
    for (const CodeSpan& span : spans) {
        draw(span.start - at, Color::TextPrimary);
        draw(span.length, span.color);
    }
    draw(shown.size() - at, Color::TextPrimary);
}

void CodeLines::mouseReleaseEvent(QMouseEvent* event) {
    if (clickable_ && event->button() == Qt::LeftButton && rect().contains(event->pos())) Q_EMIT clicked();
}

bool CodeLines::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && excerpt_ && !wraps_) {
        const int row = (static_cast<QHelpEvent*>(event)->pos().y() - pad) / rowHeight;
        if (row >= 0 && row < static_cast<int>(rows_.size())) {
            const QString& whole = rows_[static_cast<std::size_t>(row)].text;
            if (QFontMetrics(font_).horizontalAdvance(whole) > width() - gutter_ - pad)
                QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), whole.trimmed(), this);
        }
        return true;
    }
    return QWidget::event(event);
}

} // namespace gw::ui
