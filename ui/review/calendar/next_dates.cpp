#include "ui/review/calendar/next_dates.h"

#include "models/items/review/mapping_rows.h"
#include "ui/errors/date_texts.h"
#include "ui/errors/utf8.h"
#include "ui/style/paint.h"
#include "ui/widgets/time_text.h"

#include <QDateTime>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace gw::ui {
namespace {

constexpr int stripHeight = 104, titleTop = 8, levelTop = 30, levelHeight = 20, levels = 2, axisFromBottom = 26, dot = 8, catchWidth = 10;
constexpr std::int64_t day = std::int64_t{24} * 60 * 60;

// "Northwind SSO signing key, 16 Dec".
QString labelOf(const estate::CalendarEntry& entry, std::size_t count, UtcTime now) {
    const QString when = dayText(entry.at, now);
    const QString which = fromUtf8(items::shortName(entry.object));
    if (entry.kind == estate::DateKind::Attestation)
        return entry.object.empty() ? NextDates::tr("First attestation, %1").arg(when)
               : count > 1          ? NextDates::tr("%1 attestations, %2").arg(QLocale().toString(static_cast<qulonglong>(count)), when)
                                    : NextDates::tr("%1 attestation, %2").arg(which, when);
    const QString what = count > 1 ? NextDates::tr("%1 and %n more", nullptr, static_cast<int>(count - 1)).arg(which) : which;
    switch (entry.kind) {
    case estate::DateKind::SigningCertificate:
        return NextDates::tr("%1 signing key, %2").arg(what, when);
    case estate::DateKind::MetadataValidity:
        return NextDates::tr("%1 metadata, %2").arg(what, when);
    case estate::DateKind::SecretRotation:
        return NextDates::tr("%1 rotates, %2").arg(what, when);
    case estate::DateKind::GrantStart:
        return NextDates::tr("%1 grant begins, %2").arg(what, when);
    case estate::DateKind::GrantEnd:
        return NextDates::tr("%1 grant ends, %2").arg(what, when);
    default:
        return NextDates::tr("%1, %2").arg(what, when);
    }
}

// What cannot wait a month is told in orange.
Color colorOf(const estate::CalendarEntry& entry, UtcTime now) {
    const std::int64_t days = (entry.at.unixSeconds() - now.unixSeconds()) / day;
    return days <= estate::reminderDays(entry.kind) ? Color::ExpiringText : Color::TextSecondary;
}

} // namespace

NextDates::NextDates(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("review.next-dates"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Next 90 days"));
    hide();
}

QSize NextDates::sizeHint() const {
    return {200, stripHeight};
}

int NextDates::axisY() const {
    return height() - axisFromBottom;
}

void NextDates::setDates(const DatesPtr& dates) {
    dates_ = dates;
    current_ = 0;
    layOut();
    decide();
    update();
}

void NextDates::setRoomy(bool roomy) {
    roomy_ = roomy;
    decide();
}

void NextDates::decide() {
    setVisible(roomy_ && dates_ && dates_->soon > 0);
}

void NextDates::layOut() {
    marks_.clear();
    if (!dates_) return;
    const UtcTime now = dates_->review->now;
    const int left = space::s4, right = width() - space::s4;
    const auto dayOf = [](UtcTime at) { return QDateTime::fromMSecsSinceEpoch(at.unixMilliseconds()).date(); };
    for (std::uint32_t i = 0; i < dates_->entries.size(); ++i) {
        const estate::CalendarEntry& entry = dates_->entries[i];
        if (items::dateTermOf(entry, now) != items::DateTerm::Soon) continue;
        const auto same = std::find_if(marks_.begin(), marks_.end(), [&](const Mark& each) {
            const estate::CalendarEntry& other = dates_->entries[each.entry];
            return other.kind == entry.kind && dayOf(other.at) == dayOf(entry.at);
        });
        if (same != marks_.end()) {
            ++same->count;
            continue;
        }
        Mark mark;
        mark.entry = i;
        mark.x = left + static_cast<int>((entry.at.unixSeconds() - now.unixSeconds()) * (right - left) / items::soonSeconds);
        marks_.push_back(mark);
    }
    const QFontMetrics metrics(Theme::of(this).font(TextStyle::Small));
    int ends[levels] = {left, left};
    for (Mark& mark : marks_) {
        mark.label = labelOf(dates_->entries[mark.entry], mark.count, now);
        const int wide = size::icon + space::s1 + metrics.horizontalAdvance(mark.label);
        const int x = std::max(left, std::min(mark.x - size::icon / 2, right - wide));
        for (int level = 0; level < levels; ++level) {
            if (x < ends[level]) continue;
            mark.words = QRect(x, levelTop + level * levelHeight, wide, levelHeight);
            ends[level] = x + wide + space::s3;
            break;
        }
    }
    describe();
}

QString NextDates::tip(const Mark& mark) const {
    const estate::CalendarEntry& entry = dates_->entries[mark.entry];
    QString words = QStringLiteral("%1\n%2, %3").arg(dateSentence(entry), exactText(entry.at), untilText(entry, dates_->review->now));
    if (mark.count > 1) words += QLatin1Char('\n') + tr("and %n more of the same day", nullptr, static_cast<int>(mark.count - 1));
    return words;
}

void NextDates::describe() {
    QStringList all;
    for (const Mark& each : marks_) all.append(each.label);
    if (hasFocus() && current_ < static_cast<int>(marks_.size())) all = {marks_[static_cast<std::size_t>(current_)].label};
    setAccessibleDescription(all.join(QStringLiteral("; ")));
}

void NextDates::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Color::BgSurface));
    painter.fillRect(QRect(0, 0, width(), 1), theme.color(Color::BorderDefault));
    if (!dates_) return;
    const UtcTime now = dates_->review->now;
    const int left = space::s4, right = width() - space::s4, axis = axisY();
    const QRect head(left, titleTop, right - left, 18);
    QFont strong = theme.font(TextStyle::Small);
    strong.setWeight(QFont::DemiBold);
    painter.setFont(strong);
    painter.setPen(theme.color(Color::TextSecondary));
    const QString title = dates_->overdue > 0 ? tr("Next 90 days · %1 overdue").arg(QLocale().toString(static_cast<qulonglong>(dates_->overdue))) : tr("Next 90 days");
    painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter, title);
    const int titleWidth = painter.fontMetrics().horizontalAdvance(title);
    painter.setFont(theme.font(TextStyle::Small));
    painter.setPen(theme.color(Color::TextTertiary));
    const QString kinds = tr("Certificates, metadata, attestations, secrets, grants");
    if (titleWidth + space::s4 + painter.fontMetrics().horizontalAdvance(kinds) <= head.width()) painter.drawText(head, Qt::AlignRight | Qt::AlignVCenter, kinds);
    painter.fillRect(QRect(left, axis, right - left, 1), theme.color(Color::BorderStrong));
    painter.fillRect(QRect(left, levelTop, 2, axis - levelTop), theme.color(Color::AccentFill));
    painter.setFont(theme.font(TextStyle::Caption));
    painter.setPen(theme.color(Color::TextTertiary));
    const QDate today = QDateTime::fromMSecsSinceEpoch(now.unixMilliseconds()).date();
    const int week = static_cast<int>(7 * day * (right - left) / items::soonSeconds), every = week < 52 ? 2 : 1;
    for (int i = 0; i * 7 < 90; i += every) {
        const int x = left + static_cast<int>(i * 7 * day * (right - left) / items::soonSeconds);
        painter.fillRect(QRect(x, axis, 1, 5), theme.color(Color::BorderStrong));
        if (x + 48 < right) painter.drawText(QRect(x + 4, axis + 3, 60, 18), Qt::AlignLeft | Qt::AlignVCenter, QLocale().toString(today.addDays(i * 7), tr("d MMM")));
    }
    painter.setFont(theme.font(TextStyle::Small));
    // Lines first: one that passes behind other words is cut off there.
    for (const Mark& mark : marks_)
        if (!mark.words.isEmpty())
            painter.fillRect(QRect(mark.x, mark.words.bottom() - 1, 1, axis - mark.words.bottom()), theme.color(colorOf(dates_->entries[mark.entry], now)));
    for (std::size_t i = 0; i < marks_.size(); ++i) {
        const Mark& mark = marks_[i];
        const estate::CalendarEntry& entry = dates_->entries[mark.entry];
        const QColor ink = theme.color(colorOf(entry, now));
        if (!mark.words.isEmpty()) {
            painter.fillRect(mark.words.adjusted(-2, 0, 2, -1), theme.color(Color::BgSurface));
            painter.drawPixmap(mark.words.left(), mark.words.center().y() - size::icon / 2, iconPixmap(dateIcon(entry.kind), size::icon, ink, devicePixelRatioF()));
            painter.setPen(ink);
            painter.drawText(mark.words.adjusted(size::icon + space::s1, 0, 2, 0), Qt::AlignLeft | Qt::AlignVCenter, mark.label);
        }
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawEllipse(QRectF(mark.x - dot / 2.0 + 0.5, axis - dot / 2.0 + 0.5, dot, dot));
        painter.setRenderHint(QPainter::Antialiasing, false);
        if (hasFocus() && static_cast<int>(i) == current_)
            paintFocusInside(painter, mark.words.isEmpty() ? QRectF(mark.x - dot, axis - dot, 2 * dot, 2 * dot) : QRectF(mark.words.adjusted(-3, 0, 4, 0)), radius::tag, theme);
    }
}

void NextDates::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layOut();
}

int NextDates::markAt(const QPoint& at) const {
    for (std::size_t i = 0; i < marks_.size(); ++i)
        if (marks_[i].words.contains(at) || QRect(marks_[i].x - catchWidth, axisY() - catchWidth, 2 * catchWidth, 2 * catchWidth).contains(at))
            return static_cast<int>(i);
    return -1;
}

void NextDates::mousePressEvent(QMouseEvent* event) {
    const int mark = markAt(event->pos());
    if (mark < 0 || event->button() != Qt::LeftButton) return;
    current_ = mark;
    Q_EMIT opened(marks_[static_cast<std::size_t>(mark)].entry);
}

void NextDates::mouseMoveEvent(QMouseEvent* event) {
    setCursor(markAt(event->pos()) < 0 ? Qt::ArrowCursor : Qt::PointingHandCursor);
}

void NextDates::keyPressEvent(QKeyEvent* event) {
    const int last = static_cast<int>(marks_.size()) - 1;
    if (last < 0) return QWidget::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Left:
        current_ = std::max(0, current_ - 1);
        break;
    case Qt::Key_Right:
        current_ = std::min(last, current_ + 1);
        break;
    case Qt::Key_Home:
        current_ = 0;
        break;
    case Qt::Key_End:
        current_ = last;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        Q_EMIT opened(marks_[static_cast<std::size_t>(current_)].entry);
        return;
    default:
        return QWidget::keyPressEvent(event);
    }
    describe();
    update();
}

void NextDates::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    describe();
}

bool NextDates::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const int mark = markAt(help->pos());
        if (mark < 0)
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), tip(marks_[static_cast<std::size_t>(mark)]), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace gw::ui
