#include "ui/errors/date_texts.h"

#include "models/estate/calendar/icalendar.h"
#include "ui/errors/utf8.h"

#include <QCoreApplication>

namespace gw::ui {
namespace {

using estate::CalendarEntry;
using estate::DateKind;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DateText)
};

} // namespace

QString dateSentence(const CalendarEntry& entry) {
    const QString object = fromUtf8(entry.object);
    switch (entry.kind) {
    case DateKind::SigningCertificate:
        return Words::tr("Signing certificate of %1 ends").arg(object);
    case DateKind::MetadataValidity:
        return Words::tr("Metadata of %1 is valid until here").arg(object);
    case DateKind::ProviderValidity:
        return Words::tr("AWS trusts %1 until here").arg(object);
    case DateKind::Attestation:
        if (!entry.object.empty()) return Words::tr("Attest the trust policy of %1").arg(object);
        return entry.count == 1 ? Words::tr("Attest 1 trust policy that nobody attested yet")
                                : Words::tr("Attest %1 trust policies that nobody attested yet").arg(entry.count);
    case DateKind::SecretRotation:
        return Words::tr("Secret %1 rotates").arg(object);
    case DateKind::GrantStart:
        return Words::tr("A dated grant of %1 begins").arg(object);
    case DateKind::GrantEnd:
        return Words::tr("A dated grant of %1 ends").arg(object);
    }
    return {};
}

QString dateTitle(const CalendarEntry& entry) {
    switch (entry.kind) {
    case DateKind::SigningCertificate:
        return Words::tr("Signing key ends");
    case DateKind::MetadataValidity:
        return Words::tr("Metadata ends");
    case DateKind::ProviderValidity:
        return Words::tr("AWS stops trusting it");
    case DateKind::Attestation:
        return entry.object.empty() ? Words::tr("First attestation is due") : Words::tr("Attestation is due");
    case DateKind::SecretRotation:
        return Words::tr("Secret rotates");
    case DateKind::GrantStart:
        return Words::tr("Dated grant begins");
    case DateKind::GrantEnd:
        return Words::tr("Dated grant ends");
    }
    return {};
}

QString dateConsequence(DateKind kind) {
    switch (kind) {
    case DateKind::SigningCertificate:
        return Words::tr("From then on AWS refuses responses that are signed with this key: nobody gets in by it.");
    case DateKind::MetadataValidity:
        return Words::tr("The metadata itself says that it is not to be used after this. Whoever checks it stops trusting its keys.");
    case DateKind::ProviderValidity:
        return Words::tr("AWS stops accepting this provider: nobody signs in through it.");
    case DateKind::Attestation:
        return Words::tr("Somebody who knows has to say again that the right people may take on these roles.");
    case DateKind::SecretRotation:
        return Words::tr("The value changes by itself. What keeps a copy of the old one stops working.");
    case DateKind::GrantStart:
        return Words::tr("A condition on the time begins to hold, and with it what the statement allows.");
    case DateKind::GrantEnd:
        return Words::tr("A condition on the time no longer holds: whoever works by this statement loses it. The statement stays as a leftover.");
    }
    return {};
}

QString dateAdvice(DateKind kind) {
    switch (kind) {
    case DateKind::SigningCertificate:
        return Words::tr("Add the provider's next key to the metadata at AWS before the provider signs with it, then take the old one out.");
    case DateKind::MetadataValidity:
    case DateKind::ProviderValidity:
        return Words::tr("Get fresh metadata from the provider, and give it to AWS with update-saml-provider.");
    case DateKind::Attestation:
        return Words::tr("Begin a campaign over these roles, or attest each in the mapping.");
    case DateKind::SecretRotation:
        return Words::tr("See that whoever uses it reads it anew each time.");
    case DateKind::GrantStart:
        return Words::tr("See that it was approved, and that it has an end.");
    case DateKind::GrantEnd:
        return Words::tr("Renew it where it is still needed; else take the statement out once it is over.");
    }
    return {};
}

std::string calendarFile(const std::vector<CalendarEntry>& entries, UtcTime now) {
    std::vector<estate::IcsEvent> events;
    events.reserve(entries.size());
    for (const CalendarEntry& each : entries)
        events.push_back({each.uid, each.at, dateSentence(each).toStdString(), each.detail, std::string(estate::dateKindName(each.kind)),
                          estate::reminderDays(each.kind)});
    return estate::icalendar("Gatewarden", events, now);
}

} // namespace gw::ui
