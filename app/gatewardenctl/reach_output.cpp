#include "app/gatewardenctl/reach_output.h"

#include "app/gatewardenctl/gap_words.h"
#include "app/gatewardenctl/joined.h"
#include "saml/base/json_writer.h"
#include "app/gatewardenctl/output.h"

namespace gw::ctl {
namespace {

using estate::ReachSummary;
using estate::Step;

void path(JsonWriter& json, const std::vector<Step>& steps) {
    json.key("path").beginArray();
    for (const Step& each : steps)
        json.beginObject().member("step", estate::stepKindName(each.kind)).member("id", each.id).endObject();
    json.endArray();
}

void summary(JsonWriter& json, const ReachSummary& summary, const std::string& noAction) {
    json.beginObject().key("summary").beginObject();
    json.count("checked", summary.checked).count("allowed", summary.allowed).count("depends", summary.depends);
    json.key("unknown").beginArray();
    if (!noAction.empty()) json.string("action " + noAction);
    for (const estate::Gap& each : summary.unknown)
        json.string(std::string(estate::missingName(each.what)) + (each.object.empty() ? "" : " " + each.object));
    json.endArray().endObject().endObject().endLine();
}

std::string words(const std::vector<Step>& steps) {
    std::vector<std::string> parts;
    for (const Step& each : steps) parts.push_back(std::string(estate::stepKindName(each.kind)) + " " + each.id);
    return joined(parts, " > ");
}

std::string answer(policy::Decision decision, const std::vector<std::string>& dependsOn) {
    if (decision == policy::Decision::Allowed) return "can";
    return dependsOn.empty() ? "may" : "if " + joined(dependsOn, ", ");
}

std::string conditions(const std::vector<estate::ConditionText>& all) {
    std::vector<std::string> parts;
    for (const estate::ConditionText& each : all) parts.push_back(each.key + " " + each.op + " " + joined(each.values, ", "));
    return joined(parts, "; ");
}

std::string closing(const estate::Estate& estate, const ReachSummary& summary, std::string_view what) {
    std::string text = "\n" + std::to_string(summary.allowed) + " can, " + std::to_string(summary.depends) + " may; " +
                       std::to_string(summary.checked) + " " + std::string(what) + " were looked at.\n";
    if (summary.unknown.empty()) return text;
    text += "The estate does not tell:\n";
    for (const estate::Gap& each : summary.unknown) text += columns({{"  " + gapWords(each, estate)}});
    return text;
}

} // namespace

std::string whoJson(const estate::Reach::Who& who, const std::string& noAction) {
    JsonWriter json;
    for (const estate::WhoCan& each : who.rows) {
        json.beginObject().member("principal", each.principal).member("kind", estate::reachKindName(each.kind));
        path(json, each.path);
        json.member("decision", policy::decisionName(each.decision)).member("depends_on", each.dependsOn);
        json.key("conditions").beginArray();
        for (const estate::ConditionText& one : each.conditions)
            json.beginObject().member("key", one.key).member("operator", one.op).member("values", one.values).endObject();
        json.endArray().endObject().endLine();
    }
    summary(json, who.summary, noAction);
    return std::move(json.text());
}

std::string whatJson(const estate::Reach::What& what, const std::string& noAction) {
    JsonWriter json;
    for (const estate::WhatCan& each : what.rows) {
        json.beginObject().member("action", each.action).member("resource", each.resource);
        json.member("decision", policy::decisionName(each.decision)).member("depends_on", each.dependsOn);
        path(json, each.path);
        json.endObject().endLine();
    }
    summary(json, what.summary, noAction);
    return std::move(json.text());
}

std::string whoText(const estate::Estate& estate, const estate::Reach::Who& who) {
    if (who.rows.empty()) return "Nobody can.\n" + closing(estate, who.summary, "principals and ways in");
    std::vector<std::vector<std::string>> rows{{"WHO", "KIND", "ANSWER", "WAY", "CONDITIONS"}};
    for (const estate::WhoCan& each : who.rows) {
        std::string name = each.principal;
        if (each.people) name += " (" + std::to_string(*each.people) + (*each.people == 1 ? " person)" : " people)");
        rows.push_back({std::move(name), std::string(estate::reachKindName(each.kind)), answer(each.decision, each.dependsOn),
                        words(each.path), conditions(each.conditions)});
    }
    return columns(rows) + closing(estate, who.summary, "principals and ways in");
}

std::string whatText(const estate::Estate& estate, const estate::Reach::What& what) {
    if (what.rows.empty()) return "Nothing.\n" + closing(estate, what.summary, "actions and resources");
    std::vector<std::vector<std::string>> rows{{"ACTION", "RESOURCE", "ANSWER", "WAY"}};
    for (const estate::WhatCan& each : what.rows)
        rows.push_back({each.action, each.resource, answer(each.decision, each.dependsOn), words(each.path)});
    return columns(rows) + closing(estate, what.summary, "actions and resources");
}

} // namespace gw::ctl
