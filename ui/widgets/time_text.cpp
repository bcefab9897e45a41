#include "ui/widgets/time_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace gw::ui {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

QString tr(const char* text) {
    return QCoreApplication::translate("gw::ui::TimeText", text);
}

QDateTime local(UtcTime time) {
    return QDateTime::fromMSecsSinceEpoch(time.unixMilliseconds());
}

QString twoDigits(std::int64_t number) {
    return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0'));
}

} // namespace

QString countdownText(seconds left) {
    const std::int64_t total = std::max<std::int64_t>(0, left.count());
    const std::int64_t h = total / 3600;
    const std::int64_t m = total / 60 % 60;
    const std::int64_t s = total % 60;
    if (h > 0) return QStringLiteral("%1:%2:%3").arg(h).arg(twoDigits(m), twoDigits(s));
    return QStringLiteral("%1:%2").arg(m).arg(twoDigits(s));
}

QString durationText(seconds duration) {
    const std::int64_t total = std::max<std::int64_t>(0, duration.count());
    const QLocale locale;
    if (total < 60) return tr("%1 s").arg(locale.toString(qlonglong(total)));
    const std::int64_t h = total / 3600;
    const std::int64_t m = total / 60 % 60;
    if (h == 0) return tr("%1 min").arg(locale.toString(qlonglong(m)));
    if (m == 0) return tr("%1 h").arg(locale.toString(qlonglong(h)));
    return tr("%1 h %2 min").arg(locale.toString(qlonglong(h)), locale.toString(qlonglong(m)));
}

QString ageText(UtcTime then, UtcTime now) {
    const auto age = std::chrono::floor<seconds>(now - then);
    if (age < minutes(1)) return tr("just now");
    if (age < hours(1)) return tr("%1 ago").arg(durationText(std::chrono::floor<minutes>(age)));
    const QDate day = local(then).date();
    const QDate today = local(now).date();
    if (day == today) return tr("%1 ago").arg(durationText(std::chrono::floor<minutes>(age)));
    if (day == today.addDays(-1)) return tr("yesterday");
    const QLocale locale;
    if (day.year() == today.year()) return locale.toString(day, tr("d MMM"));
    return locale.toString(day, tr("d MMM yyyy"));
}

QString clockText(UtcTime time) {
    return local(time).toString(QStringLiteral("HH:mm"));
}

QString exactText(UtcTime time) {
    const QDateTime moment = local(time);
    return QLocale().toString(moment, tr("d MMM yyyy, HH:mm:ss")) + QLatin1Char(' ') + moment.timeZoneAbbreviation();
}

} // namespace gw::ui
