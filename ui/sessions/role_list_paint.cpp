#include "ui/sessions/role_list_columns.h"
#include "ui/sessions/role_list_ink.h"
#include "ui/sessions/role_list_view.h"
#include "ui/style/paint.h"
#include "ui/widgets/widgets.h"

#include <QLocale>
#include <QPaintEvent>
#include <QPainter>

#include <algorithm>

namespace gw::ui {

namespace {

qreal baselineIn(const QRect& area, const InkedFont& font) {
    return area.top() + (area.height() + font.metrics.ascent() - font.metrics.descent()) / 2;
}

// Returns the width that was used.
qreal drawText(QPainter& painter, const QRect& area, const QString& text, const InkedFont& font, const QColor& color,
               Qt::Alignment alignment = Qt::AlignLeft) {
    if (text.isEmpty()) return 0;
    qreal width = font.metrics.horizontalAdvance(text);
    const bool fits = width <= area.width();
    const QString shown = fits ? text : font.metrics.elidedText(text, Qt::ElideRight, area.width());
    if (!fits) width = area.width();
    const qreal x = alignment & Qt::AlignRight ? area.right() + 1 - width : area.left();
    painter.setFont(font.font);
    painter.setPen(color);
    painter.drawText(QPointF(x, baselineIn(area, font)), shown);
    return width;
}

// Positions of letters in UTF-8 and in UTF-16 are the same as long as all is ASCII, which role names nearly always are.
int utf16Index(const QString& text, std::uint32_t utf8Index) {
    std::uint32_t bytes = 0;
    for (int i = 0; i < text.size(); ++i) {
        if (bytes >= utf8Index) return i;
        const char16_t c = text[i].unicode();
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : QChar::isSurrogate(c) ? 2 : 3;
    }
    return static_cast<int>(text.size());
}

} // namespace

const RoleListInk& RoleListView::ink() const {
    if (!ink_ || ink_->pixelRatio != devicePixelRatioF()) ink_ = std::make_unique<RoleListInk>(Theme::of(this), devicePixelRatioF());
    return *ink_;
}

void RoleListView::paintMatched(QPainter& painter, const QRect& area, const QString& text, const std::vector<items::Span>& spans,
                                const QColor& color) const {
    const RoleListInk& with = ink();
    if (spans.empty()) {
        drawText(painter, area, text, with.body, color);
        return;
    }
    const QColor accent = Theme::of(this).color(Color::AccentText);
    const qreal baseline = baselineIn(area, with.body);
    qreal x = area.left();
    const auto piece = [&](int from, int to, bool matched) {
        if (from >= to || x > area.right()) return;
        QString part = text.mid(from, to - from);
        const InkedFont& font = matched ? with.strong : with.body;
        qreal width = font.metrics.horizontalAdvance(part);
        if (x + width > area.right() + 1) {
            part = font.metrics.elidedText(part, Qt::ElideRight, std::max<qreal>(0, area.right() + 1 - x));
            width = area.right() + 2 - x;
        }
        painter.setFont(font.font);
        painter.setPen(matched ? accent : color);
        painter.drawText(QPointF(x, baseline), part);
        if (matched) painter.fillRect(QRectF(x, baseline + 2, std::min(width, area.right() + 1 - x), 1.5), accent);
        x += width;
    };
    int at = 0;
    for (const auto& matched : spans) {
        const int begin = std::max(at, utf16Index(text, matched.begin));
        const int end = std::max(begin, utf16Index(text, matched.end));
        piece(at, begin, false);
        piece(begin, end, true);
        at = end;
    }
    piece(at, static_cast<int>(text.size()), false);
}

void RoleListView::paintHead(QPainter& painter, const Columns& columns) const {
    const Theme& theme = Theme::of(this);
    const QRect area(0, 0, viewport()->width(), size::tableHeader);
    painter.fillRect(area, theme.color(Color::BgSunken));
    painter.fillRect(QRect(0, area.bottom(), area.width(), 1), theme.color(Color::BorderSubtle));
    const QColor color = theme.color(Color::TextSecondary);
    const auto title = [&](const QRect& column, const QString& text, Qt::Alignment alignment = Qt::AlignLeft) {
        const QRect place(column.left(), 0, column.width(), area.height() - 1);
        if (column.width() > 0) drawText(painter, place, text, ink().caption, color, alignment);
    };
    title(columns.role, tr("Role"));
    title(columns.alias.united(columns.account), tr("Account"));
    title(columns.environment, tr("Environment"));
    title(columns.lastUsed, tr("Last used"));
    if (knowsLongest_) title(columns.longest, tr("Longest"), Qt::AlignRight);
}

void RoleListView::paintGroup(QPainter& painter, const Line& line, const QRect& area, const Columns& columns) const {
    const Theme& theme = Theme::of(this);
    const RoleGroup& group = groups_[static_cast<std::size_t>(line.group)];
    QRect place = area.adjusted(space::s4, space::s1, -space::s4, 0);
    const auto put = [&](const QString& words, const InkedFont& font, Color color) {
        const qreal used = drawText(painter, place, words, font, theme.color(color));
        if (used > 0) place.setLeft(std::min(place.right(), place.left() + static_cast<int>(used) + space::s2));
    };
    put(group.title, ink().strong, Color::TextPrimary);
    // Where there is room, each row has the account. A count behind its number would read as part of it.
    if (columns.account.width() <= 0 && !group.detail.isEmpty()) {
        put(group.detail, ink().code, Color::TextSecondary);
        return;
    }
    put(QLocale().toString(static_cast<qlonglong>(group.hits.size())), ink().body, Color::TextTertiary);
}

void RoleListView::paintRole(QPainter& painter, int index, const QRect& area, const Columns& columns) const {
    const Theme& theme = Theme::of(this);
    const RoleListInk& with = ink();
    const items::RoleHit& hit = hitOf(lines_[static_cast<std::size_t>(index)]);
    const RoleRow& row = rows_[hit.entry];
    const bool isCurrent = index == currentLine_;
    painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), theme.color(Color::BorderSubtle));
    if (isCurrent || index == hoveredLine_)
        paintRow(painter, area.adjusted(0, 0, 0, -1), {index == hoveredLine_, isCurrent, isCurrent, isActiveWindow()}, theme);

    const auto in = [&](const QRect& column) { return QRect(column.left(), area.top(), column.width(), area.height() - 1); };
    const int iconTop = area.center().y() - size::icon / 2;
    const QColor secondary = theme.color(Color::TextSecondary);
    painter.drawPixmap(columns.check.left(), iconTop, with.check[row.checked]);
    painter.drawPixmap(columns.star.left(), iconTop, with.star[row.favourite]);
    paintMatched(painter, in(columns.role), row.label, hit.labelSpans, theme.color(Color::TextPrimary));
    if (columns.alias.width() > 0) paintMatched(painter, in(columns.alias), row.accountAlias, hit.aliasSpans, secondary);
    if (columns.account.width() > 0) drawText(painter, in(columns.account), row.account, with.code, secondary);
    const QPixmap& tag = with.tags[static_cast<std::size_t>(row.environment)];
    if (!tag.isNull()) painter.drawPixmap(columns.environment.left(), area.center().y() - size::tag / 2, tag);
    if (!row.problem.isEmpty()) {
        const QRect place = in(columns.lastUsed.width() > 0 ? columns.lastUsed.united(columns.longest) : columns.longest);
        painter.drawPixmap(place.left(), iconTop, with.refused);
        drawText(painter, place.adjusted(size::icon + space::s1, 0, 0, 0), row.problem, with.body, theme.color(Color::DeniedText));
        return;
    }
    drawText(painter, in(columns.longest), row.longest, with.body, secondary, Qt::AlignRight);
    if (columns.lastUsed.width() <= 0) return;
    const auto left = std::chrono::floor<std::chrono::seconds>(row.runningUntil - clock_.now());
    if (row.runningTotal.count() <= 0 || left.count() <= 0) {
        drawText(painter, in(columns.lastUsed), row.lastUsed, with.body, secondary);
        return;
    }
    const QRect ring(columns.lastUsed.left(), area.center().y() - 7, 14, 14);
    CountdownRing::paint(painter, ring, left, row.runningTotal, false, theme);
    painter.setFont(with.strong.font);
    painter.setPen(theme.color(Color::AccentText));
    paintTabular(painter, in(columns.lastUsed).adjusted(20, 0, 0, 0), Qt::AlignLeft, countdownText(left));
}

void RoleListView::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    const Theme& theme = Theme::of(this);
    const QRect dirty = event->rect();
    painter.fillRect(dirty, theme.color(Color::BgSurface));
    const Columns places = columns();
    painter.setClipRect(QRect(0, size::tableHeader, viewport()->width(), viewport()->height() - size::tableHeader).intersected(dirty));
    for (int i = std::max(0, lineAt(std::max(dirty.top(), size::tableHeader))); i < lineCount(); ++i) {
        const QRect area = lineRect(i);
        if (area.top() > dirty.bottom()) break;
        if (isHeader(i))
            paintGroup(painter, lines_[static_cast<std::size_t>(i)], area, places);
        else
            paintRole(painter, i, area, places);
    }
    painter.setClipping(false);
    if (dirty.top() < size::tableHeader) paintHead(painter, places);
}

} // namespace gw::ui
