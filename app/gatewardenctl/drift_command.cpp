#include "app/gatewardenctl/catalogue_file.h"
#include "app/gatewardenctl/estate_input.h"
#include "app/gatewardenctl/gap_words.h"
#include "app/gatewardenctl/joined.h"
#include "app/gatewardenctl/map_input.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/reach_commands.h"
#include "app/gatewardenctl/rules_file.h"
#include "app/gatewardenctl/saml_trust.h"
#include "models/estate/review/drift_acceptance.h"
#include "models/estate/review/unmatched.h"
#include "models/mesh/import_back/map_drift.h"
#include "saml/base/json_writer.h"

#include <algorithm>

namespace gw::ctl {
namespace {

using estate::Drift;
using estate::DriftCause;
using estate::DriftDirection;

std::size_t accepted(const estate::DriftReport& report) {
    return static_cast<std::size_t>(std::count_if(report.drifts.begin(), report.drifts.end(), [](const Drift& each) { return each.isAccepted(); }));
}

// Of a map the sides of each, in the same order; empty: the baseline is an estate.
std::string driftJson(const estate::DriftReport& report, bool byRules, const std::vector<mesh::DriftSides>& sides = {}) {
    JsonWriter json;
    for (std::size_t i = 0; i < report.drifts.size(); ++i) {
        const Drift& each = report.drifts[i];
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
        if (i < sides.size()) {
            const mesh::DriftSides& side = sides[i];
            json.memberOrNull("edge", side.edge ? side.edge->value() : "").member("target", mesh::targetName(side.target));
            json.key("in").beginObject().key("intent").boolean(side.intent).key("live").boolean(side.live).key("deployed");
            if (side.deployed)
                json.boolean(*side.deployed);
            else
                json.null();
            json.endObject();
        }
        if (each.acceptance) {
            json.key(each.isAccepted() ? "accepted" : "acceptance_ended").beginObject();
            json.member("reason", each.acceptance->reason).member("until", each.acceptance->until.toRfc3339()).endObject();
        }
        json.endObject().endLine();
    }
    json.beginObject().key("summary").beginObject().count("compared", report.compared).count("changed", report.changed);
    json.count("gained", report.count(DriftDirection::Gained)).count("lost", report.count(DriftDirection::Lost));
    if (byRules) json.count("accepted", accepted(report));
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

std::string words(const Drift& drift) {
    std::string text(estate::driftDirectionName(drift.direction));
    if (!drift.acceptance) return text;
    const std::string until = drift.acceptance->until.toRfc3339().substr(0, 10);
    return text + (drift.isAccepted() ? ", accepted until " : "; accepted only until ") + until;
}

std::string sideWords(const mesh::DriftSides& side) {
    if (side.deployed == true && !side.live) return "open to anyone: it asks for no signature";
    return side.intent ? "in the map only" : "in the estate only";
}

std::string driftText(const estate::Estate& estate, const estate::DriftReport& report,
                      const std::vector<mesh::DriftSides>& sides = {}) {
    std::string text;
    if (!report.drifts.empty()) {
        std::vector<std::vector<std::string>> rows{{"CHANGE", "WHO", "WHAT", "BY", sides.empty() ? "PEOPLE" : "EDGE"}};
        if (!sides.empty()) rows.front().emplace_back("WHERE");
        for (std::size_t i = 0; i < report.drifts.size(); ++i) {
            const Drift& each = report.drifts[i];
            rows.push_back({words(each),
                            each.principal.empty() ? each.object : each.principal, what(each),
                            std::string(estate::driftCauseName(each.cause)), whom(each)});
            if (i >= sides.size()) continue;
            rows.back().back() = sides[i].edge ? sides[i].edge->value() : "";
            rows.back().push_back(sideWords(sides[i]));
        }
        text = columns(rows) + "\n";
    }
    text += std::to_string(report.count(DriftDirection::Gained)) + " gained, " +
            std::to_string(report.count(DriftDirection::Lost)) + " lost" +
            (accepted(report) > 0 ? ", and " + std::to_string(accepted(report)) + " accepted" : std::string()) + "; of " + std::to_string(report.compared) +
            " principals and resources " + std::to_string(report.changed) + " changed.\n";
    if (!report.exhaustive) text += "There may be more: not everything could be tried.\n";
    if (report.unknown.empty()) return text;
    text += "Only one side tells, so that it was not compared:\n";
    for (const estate::Gap& each : report.unknown) text += columns({{"  " + gapWords(each, estate)}});
    return text;
}

constexpr mesh::Target comparedTargets[] = {mesh::Target::Iam, mesh::Target::ApiGateway, mesh::Target::Lattice,
                                            mesh::Target::Lambda};

// What the map says is what it should be. A file that ends in ".toml" is a map.
int driftFromMap(const Invocation& invocation, const std::string& path, const estate::review::Settings& settings, UtcTime now) {
    const EstateInput live = readEstate(invocation.arguments);
    if (live.estate == nullptr) return usage;
    const auto input = readMapOver(path, live.estate, now);
    if (input == nullptr) return usage;
    mesh::MapDrift drift = mesh::driftFrom(input->intent, *live.estate, comparedTargets);
    estate::review::acceptDrifts(drift.report.drifts, settings, now);
    if (!print(invocation.json() ? driftJson(drift.report, invocation.has("--rules"), drift.sides)
                                 : driftText(*live.estate, drift.report, drift.sides)))
        return usage;
    tellUnmatched(invocation, estate::review::unmatchedIn(settings, drift.report.drifts));
    if (live.faulty) return usage;
    return accepted(drift.report) == drift.report.drifts.size() ? done : no;
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
    estate::review::Settings settings;
    if (!readRules(invocation, settings)) return usage;
    if (baselines.size() == 1 && baselines.front().ends_with(".toml"))
        return driftFromMap(invocation, baselines.front(), settings, *now);
    const CatalogueFile file = loadCatalogue(invocation);
    if (file.refused) return usage;
    const EstateInput baseline = readEstate(baselines);
    if (baseline.estate == nullptr) return usage;
    const EstateInput live = readEstate(invocation.arguments);
    if (live.estate == nullptr) return usage;
    auto report = estate::driftBetween(*baseline.estate, *live.estate, {false, *now, file.catalogue.get()});
    estate::review::acceptDrifts(report.drifts, settings, *now);
    if (!print(invocation.json() ? driftJson(report, invocation.has("--rules")) : driftText(*live.estate, report))) return usage;
    tellUnmatched(invocation, estate::review::unmatchedIn(settings, report.drifts));
    if (baseline.faulty || live.faulty) return usage;
    return accepted(report) == report.drifts.size() ? done : no;
}

} // namespace gw::ctl
