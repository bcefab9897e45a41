#include "ui/review/calendar/dates.h"

#include "ui/errors/date_texts.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace gw::ui {
namespace {

using estate::DateKind;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Dates)
};

QDate localDay(UtcTime at) {
    return QDateTime::fromMSecsSinceEpoch(at.unixMilliseconds()).date();
}

} // namespace

DatesPtr datesOf(const ReviewedPtr& review) {
    auto dates = std::make_shared<Dates>(Dates{review, {}, items::Table({}), 0, 0});
    estate::CalendarSettings settings;
    settings.now = review->now;
    settings.attested = review->attested;
    settings.attestationDays = static_cast<int>(review->settings.limits.attested.count());
    settings.attestedTag = review->settings.attestedTag;
    dates->entries = estate::calendarOf(*review->estate, settings);
    dates->table = items::makeDateTable(*review->estate, dates->entries, review->now, [](const auto& each) { return dateTitle(each).toStdString(); });
    for (const estate::CalendarEntry& each : dates->entries) {
        const items::DateTerm term = items::dateTermOf(each, review->now);
        dates->overdue += term == items::DateTerm::Overdue;
        dates->soon += term == items::DateTerm::Soon;
    }
    return dates;
}

QString dateIcon(DateKind kind) {
    switch (kind) {
    case DateKind::SigningCertificate:
        return QStringLiteral("certificate");
    case DateKind::MetadataValidity:
        return QStringLiteral("file");
    case DateKind::ProviderValidity:
        return QStringLiteral("provider");
    case DateKind::Attestation:
        return QStringLiteral("attest");
    case DateKind::SecretRotation:
        return QStringLiteral("key");
    case DateKind::GrantStart:
        return QStringLiteral("grant");
    case DateKind::GrantEnd:
        return QStringLiteral("expiry");
    }
    return {};
}

QString dayText(UtcTime at, UtcTime now) {
    const QDate day = localDay(at);
    return QLocale().toString(day, day.year() == localDay(now).year() ? Words::tr("d MMM") : Words::tr("d MMM yyyy"));
}

QString untilText(const estate::CalendarEntry& entry, UtcTime now) {
    const qint64 days = localDay(now).daysTo(localDay(entry.at));
    const QLocale locale;
    const items::DateTerm term = items::dateTermOf(entry, now);
    if (term == items::DateTerm::Past) return days == 0 ? Words::tr("today") : Words::tr("%1 d ago").arg(locale.toString(-days));
    if (term == items::DateTerm::Overdue) return days == 0 ? Words::tr("overdue today") : Words::tr("overdue %1 d").arg(locale.toString(-days));
    if (days == 0) return Words::tr("today");
    return days == 1 ? Words::tr("tomorrow") : Words::tr("in %1 days").arg(locale.toString(days));
}

} // namespace gw::ui
