#include "app/gatewardenctl/estate_input.h"
#include "saml/base/json_writer.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/reach_commands.h"
#include "app/gatewardenctl/saml_trust.h"
#include "models/estate/calendar.h"
#include "ui/errors/date_texts.h"

namespace gw::ctl {
namespace {

using estate::CalendarEntry;

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
                        ui::dateSentence(each).toStdString(), each.detail});
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
    if (!print(format == "ics"     ? ui::calendarFile(entries, *now)
               : invocation.json() ? calendarJson(entries)
                                   : calendarText(entries, *now)))
        return usage;
    return input.faulty ? usage : done;
}

} // namespace gw::ctl
