#include "app/gatewardenctl/estate_input.h"
#include "saml/base/json_writer.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/reach_commands.h"
#include "app/gatewardenctl/saml_trust.h"
#include "models/estate/calendar.h"
#include "models/estate/calendar/icalendar.h"

namespace gw::ctl {
namespace {

using estate::CalendarEntry;
using estate::DateKind;

std::string sentence(const CalendarEntry& entry) {
    switch (entry.kind) {
    case DateKind::SigningCertificate:
        return "Signing certificate of " + entry.object + " ends";
    case DateKind::MetadataValidity:
        return "Metadata of " + entry.object + " is valid until here";
    case DateKind::ProviderValidity:
        return "AWS trusts " + entry.object + " until here";
    case DateKind::Attestation:
        if (entry.object.empty())
            return "Attest " + std::to_string(entry.count) + (entry.count == 1 ? " trust policy" : " trust policies") +
                   " that nobody attested yet";
        return "Attest the trust policy of " + entry.object;
    case DateKind::SecretRotation:
        return "Secret " + entry.object + " rotates";
    case DateKind::GrantStart:
        return "A dated grant of " + entry.object + " begins";
    case DateKind::GrantEnd:
        return "A dated grant of " + entry.object + " ends";
    }
    return {};
}

// How long before it somebody has to begin.
int remindDays(DateKind kind) {
    switch (kind) {
    case DateKind::SigningCertificate:
    case DateKind::MetadataValidity:
    case DateKind::ProviderValidity:
        return 30;
    case DateKind::Attestation:
        return 7;
    default:
        return 1;
    }
}

std::string calendarIcs(const std::vector<CalendarEntry>& entries, UtcTime now) {
    std::vector<estate::IcsEvent> events;
    for (const CalendarEntry& each : entries)
        events.push_back({each.uid, each.at, sentence(each), each.detail, std::string(estate::dateKindName(each.kind)),
                          remindDays(each.kind)});
    return estate::icalendar("Gatewarden", events, now);
}

std::string calendarJson(const std::vector<CalendarEntry>& entries) {
    JsonWriter json;
    for (const CalendarEntry& each : entries) {
        json.beginObject().member("kind", estate::dateKindName(each.kind)).member("at", each.at.toRfc3339());
        json.memberOrNull("object", each.object)
            .memberOrNull("detail", each.detail)
            .member("uid", each.uid)
            .count("count", each.count);
        writeWhere(json, each.source);
        json.endObject().endLine();
    }
    return std::move(json.text());
}

std::string calendarText(const std::vector<CalendarEntry>& entries, UtcTime now) {
    if (entries.empty()) return "Nothing in this estate has a date.\n";
    std::vector<std::vector<std::string>> rows{{"DATE", "IN", "WHAT", "WHICH"}};
    for (const CalendarEntry& each : entries) {
        constexpr std::int64_t day = 24 * 60 * 60;
        const std::int64_t days = (each.at.unixSeconds() - now.unixSeconds()) / day;
        rows.push_back({each.at.toRfc3339(), each.at < now ? "past" : std::to_string(days) + (days == 1 ? " day" : " days"),
                        sentence(each), each.detail});
    }
    return columns(rows);
}

} // namespace

int runEstateCalendar(const Invocation& invocation) {
    const auto now = timeFromOptions(invocation);
    if (!now) return usage;
    const EstateInput input = readEstate(invocation.arguments);
    if (input.estate == nullptr) return usage;
    estate::CalendarSettings settings;
    settings.now = *now;
    const auto entries = estate::calendarOf(*input.estate, settings);
    const std::string_view format = invocation.value("--format");
    if (!print(format == "ics"     ? calendarIcs(entries, *now)
               : invocation.json() ? calendarJson(entries)
                                   : calendarText(entries, *now)))
        return usage;
    return input.faulty ? usage : done;
}

} // namespace gw::ctl
