// How a table's rows are drawn, and what its cells say.
#include "ui/errors/utf8.h"
#include "ui/review/table_ink.h"
#include "ui/review/table_view.h"
#include "ui/style/paint.h"
#include "ui/widgets/time_text.h"

#include <QLocale>
#include <QPainter>
#include <QPaintEvent>
#include <QScrollBar>


namespace gw::ui {
namespace {

using policy::lint::Severity;

constexpr int gapLeft = space::s4;

QString severityWord(Severity severity) {
    switch (severity) {
    case Severity::Low:
        return TableView::tr("low");
    case Severity::Medium:
        return TableView::tr("medium");
    case Severity::High:
        return TableView::tr("high");
    case Severity::Critical:
        return TableView::tr("critical");
    case Severity::Error:
        break;
    }
    return TableView::tr("will not work");
}

QColor inkOf(CellTone tone, const Theme& theme) {
    switch (tone) {
    case CellTone::Quiet:
        return theme.color(Color::TextTertiary);
    case CellTone::Warning:
        return theme.color(Color::ExpiringText);
    case CellTone::Bad:
        return theme.color(Color::DeniedText);
    case CellTone::Plain:
        break;
    }
    return theme.color(Color::TextPrimary);
}

void drawText(QPainter& painter, const QRect& area, const QString& text, const InkedFont& font, const QColor& color, bool right, Qt::TextElideMode elide) {
    if (text.isEmpty() || area.width() <= 0) return;
    qreal width = font.metrics.horizontalAdvance(text);
    const QString* shown = &text;
    QString cut;
    if (width > area.width()) {
        cut = font.metrics.elidedText(text, elide, area.width());
        shown = &cut;
        width = area.width();
    }
    painter.setFont(font.font);
    painter.setPen(color);
    const qreal baseline = area.top() + (area.height() + font.metrics.ascent() - font.metrics.descent()) / 2;
    painter.drawText(QPointF(right ? area.right() + 1 - width : area.left(), baseline), *shown);
}

} // namespace

QString TableView::cellWords(std::size_t row, const ViewColumn& column) const {
    if (column.text) return column.text(row);
    if (table_ == nullptr || !column.column) return {};
    const QLocale locale;
    switch (table_->columns()[*column.column].kind) {
    case items::ColumnKind::Text:
        return fromUtf8(table_->text(*column.column, row));
    case items::ColumnKind::Choice: {
        const items::Column& shape = table_->columns()[*column.column];
        const auto choice = items::strongest(shape, table_->choices(*column.column)[row]);
        if (!choice) return {};
        return column.look == CellLook::Severity ? severityWord(static_cast<Severity>(*choice)) : fromUtf8(shape.choices[*choice]);
    }
    default:
        break;
    }
    const std::int64_t value = table_->values(*column.column)[row];
    if (value == items::unknownValue) return column.look == CellLook::Number ? QStringLiteral("?") : QString();
    if (value == items::neverValue) return tr("never");
    switch (column.look) {
    case CellLook::Duration:
        return durationText(std::chrono::seconds(value));
    case CellLook::Age: {
        const UtcTime then = UtcTime::fromUnixSeconds(value);
        // Of a day what counts is the day.
        return now_ - then < std::chrono::hours(12) && then <= now_ ? tr("today") : ageText(then, now_);
    }
    default:
        return locale.toString(static_cast<qlonglong>(value));
    }
}

const TableInk& TableView::ink() const {
    if (!ink_ || !qFuzzyCompare(ink_->pixelRatio, devicePixelRatioF())) ink_ = std::make_unique<TableInk>(Theme::of(this), devicePixelRatioF());
    return *ink_;
}

void TableView::paintHead(QPainter& painter) const {
    const Theme& theme = Theme::of(this);
    const QRect area(0, 0, viewport()->width(), size::tableHeader);
    painter.fillRect(area, theme.color(Color::BgSunken));
    painter.fillRect(QRect(0, area.bottom(), area.width(), 1), theme.color(Color::BorderSubtle));
    for (const Placed& placed : placed_) {
        QRect place(placed.area.left(), 0, placed.area.width(), area.height() - 1);
        const bool sorted = sorted_ && placed.column->column == sorted_->column;
        if (sorted && !placed.column->title.isEmpty()) {
            const QPixmap& arrow = sorted_->descending ? ink().descending : ink().ascending;
            const int words = static_cast<int>(ink().caption.metrics.horizontalAdvance(placed.column->title));
            const int x = placed.column->right ? place.right() + 1 - words - 18 : place.left() + words + 4;
            painter.drawPixmap(x, (place.height() - 14) / 2, arrow);
        }
        drawText(painter, place, placed.column->title, ink().caption, theme.color(sorted ? Color::TextPrimary : Color::TextSecondary), placed.column->right,
                 Qt::ElideRight);
    }
}

void TableView::paintGroup(QPainter& painter, const Line& line, const QRect& area, bool isCurrent) const {
    const Theme& theme = Theme::of(this);
    const auto& group = shown_.groups[static_cast<std::size_t>(line.group)];
    painter.fillRect(area.adjusted(0, 0, 0, -1), theme.color(Color::BgSunken));
    if (isCurrent) paintRow(painter, area.adjusted(0, 0, 0, -1), {false, true, hasFocus(), isActiveWindow()}, theme);
    const bool open = groupOpen_[static_cast<std::size_t>(line.group)] != 0;
    painter.drawPixmap(gapLeft, area.center().y() - 7, open ? ink().opened : ink().closed);
    const QString count = QLocale().toString(static_cast<qulonglong>(group.end - group.begin));
    const QString title = groupTitle_ ? groupTitle_(group.first) : QString();
    QRect place = area.adjusted(gapLeft + 22, 0, -gapLeft, -1);
    const int room = place.width() - static_cast<int>(ink().body.metrics.horizontalAdvance(count)) - space::s2;
    const int used = std::min(room, static_cast<int>(ink().strong.metrics.horizontalAdvance(title)) + 1);
    drawText(painter, QRect(place.left(), place.top(), used, place.height()), title, ink().strong, theme.color(Color::TextPrimary), false, Qt::ElideMiddle);
    place.setLeft(place.left() + used + space::s2);
    drawText(painter, place, count, ink().body, theme.color(Color::TextTertiary), false, Qt::ElideRight);
}

void TableView::paintCell(QPainter& painter, std::uint32_t row, const Placed& placed, const QRect& area) const {
    const Theme& theme = Theme::of(this);
    const ViewColumn& column = *placed.column;
    QRect place(placed.area.left(), area.top(), placed.area.width(), area.height() - 1);
    if (column.look == CellLook::Severity || column.look == CellLook::Environment) {
        const auto choice = items::strongest(table_->columns()[*column.column], table_->choices(*column.column)[row]);
        if (!choice) return;
        const bool severity = column.look == CellLook::Severity;
        const QPixmap& drawn = severity ? ink().severities[*choice] : ink().environments[*choice];
        const int height = severity ? size::icon : size::tag;
        painter.drawPixmap(place.left(), place.center().y() - height / 2, drawn);
        return;
    }
    if (column.mark) {
        const CellMark mark = column.mark(row);
        painter.drawPixmap(place.left(), place.center().y() - size::icon / 2, iconPixmap(mark.icon, size::icon, theme.color(mark.color), devicePixelRatioF()));
        place.setLeft(place.left() + size::icon + space::s2);
    }
    CellTone tone = column.tone ? column.tone(row) : CellTone::Plain;
    const QString words = cellWords(row, column);
    if (!column.tone && (column.look == CellLook::Age || words == QLatin1String("?"))) tone = CellTone::Quiet;
    const bool strong = tone == CellTone::Warning && column.look == CellLook::Duration;
    const InkedFont& font = column.look == CellLook::Code ? ink().code : strong ? ink().strong : ink().body;
    if (column.right && (column.look == CellLook::Number || column.look == CellLook::Duration)) {
        painter.setFont(font.font);
        painter.setPen(inkOf(tone, theme));
        return paintTabular(painter, place, Qt::AlignRight | Qt::AlignVCenter, words);
    }
    drawText(painter, place, words, font, inkOf(tone, theme), column.right, words.startsWith(QLatin1String("arn:")) ? Qt::ElideMiddle : Qt::ElideRight);
}

void TableView::paintCells(QPainter& painter, std::uint32_t row, const QRect& area) const {
    for (const Placed& placed : placed_) paintCell(painter, row, placed, area);
}

void TableView::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    const Theme& theme = Theme::of(this);
    const QRect dirty = event->rect();
    painter.fillRect(dirty, theme.color(Color::BgSurface));
    painter.setClipRect(QRect(0, size::tableHeader, viewport()->width(), viewport()->height() - size::tableHeader).intersected(dirty));
    const QColor line = theme.color(Color::BorderSubtle);
    const int first = std::max(0, (std::max(dirty.top(), static_cast<int>(size::tableHeader)) - size::tableHeader + verticalScrollBar()->value()) / size::row);
    for (int i = first; i < lineCount(); ++i) {
        const QRect area = lineRect(i);
        if (area.top() > dirty.bottom()) break;
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), line);
        const Line at = lineOf(i);
        if (!at.at) {
            paintGroup(painter, at, area, i == current_);
            continue;
        }
        const bool chosen = selectedCount_ > 0 ? selected_.has(shown_.rows[*at.at]) : i == current_;
        if (chosen || i == current_ || i == hovered_)
            paintRow(painter, area.adjusted(0, 0, 0, -1), {i == hovered_, chosen, i == current_ && hasFocus(), isActiveWindow()}, theme);
        paintCells(painter, shown_.rows[*at.at], area);
    }
    painter.setClipping(false);
    if (dirty.top() < size::tableHeader) paintHead(painter);
}

QString TableView::tipAt(const QPoint& at) const {
    const auto row = rowOf(lineAt(at.y()));
    if (!row || table_ == nullptr) return {};
    for (const Placed& placed : placed_) {
        if (at.x() < placed.area.left() || at.x() > placed.area.right()) continue;
        const ViewColumn& column = *placed.column;
        if (column.look == CellLook::Severity) return cellWords(*row, column);
        if (column.look == CellLook::Age) {
            const std::int64_t value = table_->values(*column.column)[*row];
            return value == items::unknownValue || value == items::neverValue ? QString() : exactText(UtcTime::fromUnixSeconds(value));
        }
        const QString words = cellWords(*row, column);
        const InkedFont& font = column.look == CellLook::Code ? ink().code : ink().body;
        return font.metrics.horizontalAdvance(words) > placed.area.width() ? words : QString();
    }
    return {};
}

} // namespace gw::ui
