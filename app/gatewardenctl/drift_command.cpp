#include "app/gatewardenctl/catalogue_file.h"
#include "app/gatewardenctl/estate_input.h"
#include "app/gatewardenctl/gap_words.h"
#include "app/gatewardenctl/joined.h"
#include "saml/base/json_writer.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/reach_commands.h"
#include "app/gatewardenctl/saml_trust.h"
#include "models/estate/drift.h"

namespace gw::ctl {
namespace {

using estate::Drift;
using estate::DriftCause;
using estate::DriftDirection;

std::size_t count(const estate::DriftReport& report, DriftDirection direction) {
    std::size_t all = 0;
    for (const Drift& each : report.drifts) all += each.direction == direction;
    return all;
}

std::string driftJson(const estate::DriftReport& report) {
    JsonWriter json;
    for (const Drift& each : report.drifts) {
        json.beginObject().member("change", estate::driftDirectionName(each.direction));
        json.member("cause", estate::driftCauseName(each.cause));
        json.memberOrNull("principal", each.principal).member("object", each.object);
        json.memberOrNull("action", each.action).memberOrNull("resource", each.resource);
        json.key("context").beginObject();
        for (const auto& [key, values] : each.context) json.member(key, values);
        json.endObject();
        const bool witnessed = each.before != each.after || !each.context.empty();
        json.memberOrNull("before", witnessed ? policy::decisionName(each.before) : "");
        json.memberOrNull("after", witnessed ? policy::decisionName(each.after) : "");
        json.member("groups", each.groups).key("people");
        if (each.people)
            json.number(static_cast<std::int64_t>(*each.people));
        else
            json.null();
        writeWhere(json, each.source);
        json.endObject().endLine();
    }
    json.beginObject().key("summary").beginObject().count("compared", report.compared).count("changed", report.changed);
    json.count("gained", count(report, DriftDirection::Gained)).count("lost", count(report, DriftDirection::Lost));
    json.key("unknown").beginArray();
    for (const estate::Gap& each : report.unknown) json.string(std::string(estate::missingName(each.what)) + " " + each.object);
    json.endArray().key("exhaustive").boolean(report.exhaustive).endObject().endObject().endLine();
    return std::move(json.text());
}

std::string what(const Drift& drift) {
    const bool gained = drift.direction == DriftDirection::Gained;
    if (drift.cause == DriftCause::Existence) return gained ? "is new" : "is gone";
    if (drift.cause == DriftCause::Membership) return gained ? "joined " + drift.object : "left " + drift.object;
    std::string text = drift.action + " on " + drift.resource;
    for (const auto& [key, values] : drift.context) text += "; " + key + " = " + joined(values);
    return text;
}

std::string whom(const Drift& drift) {
    std::string text = joined(drift.groups);
    if (drift.people)
        text += (text.empty() ? "" : ", ") + std::to_string(*drift.people) + (*drift.people == 1 ? " person" : " people");
    return text;
}

std::string driftText(const estate::Estate& estate, const estate::DriftReport& report) {
    std::string text;
    if (!report.drifts.empty()) {
        std::vector<std::vector<std::string>> rows{{"CHANGE", "WHO", "WHAT", "BY", "PEOPLE"}};
        for (const Drift& each : report.drifts)
            rows.push_back({std::string(estate::driftDirectionName(each.direction)),
                            each.principal.empty() ? each.object : each.principal, what(each),
                            std::string(estate::driftCauseName(each.cause)), whom(each)});
        text = columns(rows) + "\n";
    }
    text += std::to_string(count(report, DriftDirection::Gained)) + " gained, " +
            std::to_string(count(report, DriftDirection::Lost)) + " lost; of " + std::to_string(report.compared) +
            " principals and resources " + std::to_string(report.changed) + " changed.\n";
    if (!report.exhaustive) text += "There may be more: not everything could be tried.\n";
    if (report.unknown.empty()) return text;
    text += "Only one side tells, so that it was not compared:\n";
    for (const estate::Gap& each : report.unknown) text += columns({{"  " + gapWords(estate, each)}});
    return text;
}

} // namespace

int runDrift(const Invocation& invocation) {
    const auto& baselines = invocation.values("--baseline");
    if (baselines.empty()) {
        complain("gatewardenctl: --baseline names what to compare with; see gatewardenctl drift --help");
        return usage;
    }
    const auto now = timeFromOptions(invocation);
    if (!now) return usage;
    const CatalogueFile file = loadCatalogue(invocation);
    if (file.refused) return usage;
    const EstateInput baseline = readEstate(baselines);
    if (baseline.estate == nullptr) return usage;
    const EstateInput live = readEstate(invocation.arguments);
    if (live.estate == nullptr) return usage;
    const auto report = estate::driftBetween(*baseline.estate, *live.estate, {false, *now, file.catalogue.get()});
    if (!print(invocation.json() ? driftJson(report) : driftText(*live.estate, report))) return usage;
    if (baseline.faulty || live.faulty) return usage;
    return report.drifts.empty() ? done : no;
}

} // namespace gw::ctl
