#include "ui/sessions/role_list_columns.h"
#include "ui/sessions/role_list_view.h"

#include "ui/style/paint.h"
#include "ui/widgets/widgets.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPaintEvent>
#include <QPainter>

#include <algorithm>

namespace gw::ui {

namespace {

constexpr int checkSide = 16;

void drawText(QPainter& painter, const QRect& area, const QString& text, const QFont& font, const QColor& color,
              Qt::Alignment alignment = Qt::AlignLeft, Qt::TextElideMode elide = Qt::ElideRight) {
    const QFontMetrics metrics(font, painter.device());
    int width = metrics.horizontalAdvance(text);
    QString shown = text;
    if (width > area.width()) {
        shown = metrics.elidedText(text, elide, area.width());
        width = metrics.horizontalAdvance(shown);
    }
    const int x = alignment & Qt::AlignRight ? area.right() + 1 - width : area.left();
    const int baseline = area.top() + (area.height() + metrics.ascent() - metrics.descent()) / 2;
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(x, baseline, shown);
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

void RoleListView::paintMatched(QPainter& painter, const QRect& area, const QString& text, const std::vector<items::Span>& spans,
                                const QColor& color) const {
    const Theme& theme = Theme::of(this);
    const QFont plain = theme.font(TextStyle::Body);
    if (spans.empty()) {
        drawText(painter, area, text, plain, color);
        return;
    }
    const QFont strong = theme.font(TextStyle::Strong);
    const QFontMetricsF plainMetrics(plain, painter.device());
    const QFontMetricsF strongMetrics(strong, painter.device());
    const QColor accent = theme.color(Color::AccentText);
    const qreal baseline = area.top() + (area.height() + plainMetrics.ascent() - plainMetrics.descent()) / 2;
    qreal x = area.left();
    const auto piece = [&](int from, int to, bool matched) {
        if (from >= to || x > area.right()) return;
        QString part = text.mid(from, to - from);
        const QFontMetricsF& metrics = matched ? strongMetrics : plainMetrics;
        qreal width = metrics.horizontalAdvance(part);
        if (x + width > area.right() + 1) {
            part = metrics.elidedText(part, Qt::ElideRight, std::max<qreal>(0, area.right() + 1 - x));
            width = area.right() + 2 - x;
        }
        painter.setFont(matched ? strong : plain);
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
    const QFont font = theme.font(TextStyle::Caption);
    const QColor color = theme.color(Color::TextSecondary);
    const auto title = [&](const QRect& column, const QString& text, Qt::Alignment alignment = Qt::AlignLeft) {
        if (column.width() > 0) drawText(painter, QRect(column.left(), 0, column.width(), area.height() - 1), text, font, color, alignment);
    };
    title(columns.role, tr("Role"));
    title(columns.alias.united(columns.account), tr("Account"));
    title(columns.environment, tr("Environment"));
    title(columns.lastUsed, tr("Last used"));
    title(columns.longest, tr("Longest"), Qt::AlignRight);
}

void RoleListView::paintGroup(QPainter& painter, const Line& line, const QRect& area) const {
    const Theme& theme = Theme::of(this);
    const RoleGroup& group = groups_[static_cast<std::size_t>(line.group)];
    const QFont strong = theme.font(TextStyle::Strong);
    int x = space::s4;
    const QRect text = area.adjusted(0, space::s1, 0, 0);
    const auto put = [&](const QString& words, const QFont& font, Color color) {
        const QRect place(x, text.top(), std::max(0, area.right() - x - space::s4), text.height());
        drawText(painter, place, words, font, theme.color(color));
        x += QFontMetrics(font, painter.device()).horizontalAdvance(words) + space::s2;
    };
    put(group.title, strong, Color::TextPrimary);
    if (!group.detail.isEmpty()) put(group.detail, theme.font(TextStyle::Code), Color::TextSecondary);
    put(QLocale().toString(static_cast<qlonglong>(group.hits.size())), theme.font(TextStyle::Body), Color::TextTertiary);
}

void RoleListView::paintRole(QPainter& painter, int index, const QRect& area, const Columns& columns) const {
    const Theme& theme = Theme::of(this);
    const Line& line = lines_[static_cast<std::size_t>(index)];
    const items::RoleHit& hit = hitOf(line);
    const RoleRow& row = rows_[hit.entry];
    const bool isCurrent = index == currentLine_;
    painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), theme.color(Color::BorderSubtle));
    paintRow(painter, area.adjusted(0, 0, 0, -1), {index == hoveredLine_, isCurrent, isCurrent, isActiveWindow()}, theme);

    const auto in = [&](const QRect& column) { return QRect(column.left(), area.top(), column.width(), area.height() - 1); };
    const QRect check(columns.check.left(), area.center().y() - checkSide / 2, checkSide, checkSide);
    paintCheckMark(painter, check, row.checked ? Qt::Checked : Qt::Unchecked, true, false, theme);
    const qreal ratio = devicePixelRatioF();
    painter.drawPixmap(columns.star.left(), area.center().y() - size::icon / 2,
                       iconPixmap(row.favourite ? QStringLiteral("favourite-on") : QStringLiteral("favourite"), size::icon,
                                  theme.color(row.favourite ? Color::ChangedMark : Color::TextTertiary), ratio));
    paintMatched(painter, in(columns.role), row.label, hit.labelSpans, theme.color(Color::TextPrimary));
    if (columns.alias.width() > 0)
        paintMatched(painter, in(columns.alias), row.accountAlias, hit.aliasSpans, theme.color(Color::TextSecondary));
    if (columns.account.width() > 0)
        drawText(painter, in(columns.account), row.account, theme.font(TextStyle::Code), theme.color(Color::TextSecondary));
    if (row.environment != sessions::Environment::None) {
        const int top = area.center().y() - size::tag / 2;
        EnvironmentTag::paint(painter, QRect(columns.environment.left(), top, columns.environment.width(), size::tag), row.environment,
                              false, theme);
    }
    const QFont body = theme.font(TextStyle::Body);
    if (!row.problem.isEmpty()) {
        const QRect place = in(columns.lastUsed.width() > 0 ? columns.lastUsed.united(columns.longest) : columns.longest);
        painter.drawPixmap(place.left(), area.center().y() - size::icon / 2,
                           iconPixmap(QStringLiteral("deny"), size::icon, theme.color(Color::DeniedText), ratio));
        drawText(painter, place.adjusted(size::icon + space::s1, 0, 0, 0), row.problem, body, theme.color(Color::DeniedText));
    } else {
        if (columns.lastUsed.width() > 0) {
            const auto left = std::chrono::floor<std::chrono::seconds>(row.runningUntil - clock_.now());
            if (row.runningTotal.count() > 0 && left.count() > 0) {
                const QRect ring(columns.lastUsed.left(), area.center().y() - 7, 14, 14);
                CountdownRing::paint(painter, ring, left, row.runningTotal, false, theme);
                painter.setFont(theme.font(TextStyle::Strong));
                painter.setPen(theme.color(Color::AccentText));
                paintTabular(painter, in(columns.lastUsed).adjusted(20, 0, 0, 0), Qt::AlignLeft, countdownText(left));
            } else {
                drawText(painter, in(columns.lastUsed), row.lastUsed, body, theme.color(Color::TextSecondary));
            }
        }
        drawText(painter, in(columns.longest), row.longest, body, theme.color(Color::TextSecondary), Qt::AlignRight);
    }
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
            paintGroup(painter, lines_[static_cast<std::size_t>(i)], area);
        else
            paintRole(painter, i, area, places);
    }
    painter.setClipping(false);
    if (dirty.top() < size::tableHeader) paintHead(painter, places);
}

} // namespace gw::ui
