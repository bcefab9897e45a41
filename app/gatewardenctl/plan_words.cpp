#include "app/gatewardenctl/plan_words.h"

#include "app/gatewardenctl/joined.h"
#include "app/gatewardenctl/map_words.h"
#include "app/gatewardenctl/output.h"
#include "models/mesh/plan/calls.h"
#include "saml/base/json_writer.h"
#include "ui/errors/review_texts.h"

#include <algorithm>
#include <array>

namespace gw::ctl {
namespace {

using mesh::Plan;
using mesh::Step;
using mesh::StepNote;
using mesh::Unplanned;

std::string_view whyWords(Unplanned::Why why) {
    static constexpr auto words = std::to_array<std::string_view>(
        {"the estate does not have it", "the estate does not tell what it holds now", "what it holds now is no policy",
         "others' statements there use variables, which mean something else in the version of the language that the map's need",
         "it would be too large: split these edges over several roles, or shorten what they name",
         "the map lets somebody call with a signature, and somebody without one", "AddPermission cannot make such a statement"});
    return words[static_cast<std::size_t>(why)];
}

std::string lastOf(std::string_view arn) {
    return std::string(arn.substr(arn.find_last_of("/:") + 1));
}

// The riskiest first; of equal risk in the order of execution.
std::vector<std::size_t> riskiestFirst(const std::vector<Step>& steps) {
    std::vector<std::size_t> order(steps.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return steps[a].risk > steps[b].risk; });
    return order;
}

std::vector<std::string> callList(const Step& step) {
    std::vector<std::string> calls;
    for (const std::string_view each : mesh::callNames(step)) calls.emplace_back(each);
    return calls;
}

std::string stepsText(const std::vector<Step>& steps) {
    std::vector<std::vector<std::string>> rows{{"RISK", "STEP", "CHANGE", "WHAT", "OF", "EDGES", "SIZE", "CALLS", "NOTE"}};
    for (const std::size_t i : riskiestFirst(steps)) {
        const Step& step = steps[i];
        std::vector<std::string> notes;
        for (const StepNote each : step.notes) {
            std::string words(noteWords(each));
            if (each == StepNote::KeepsForeign)
                words = std::to_string(step.foreign) + (step.foreign == 1 ? " statement of others stays" : " statements of others stay");
            notes.push_back(std::move(words));
        }
        rows.push_back({std::string(mesh::riskName(step.risk)), std::to_string(i + 1), std::string(mesh::stepChangeName(step.change)),
                        std::string(mesh::stepKindName(step.kind)), stepPlace(step), joined(edgeNames(step.edges), " "),
                        step.quota == 0 ? "" : std::to_string(step.size) + " of " + std::to_string(step.quota), joined(callList(step)), joined(notes, "; ")});
    }
    return columns(rows);
}

bool isGained(const estate::Drift& drift) {
    return drift.direction == estate::DriftDirection::Gained;
}

std::string peopleWords(std::optional<std::size_t> count, const char* verb, const char* verbOfOne) {
    if (!count) return "nobody known " + std::string(verbOfOne);
    return std::to_string(*count) + (*count == 1 ? " person " + std::string(verbOfOne) : " people " + std::string(verb));
}

std::string impactText(const mesh::Impact& impact) {
    std::string text;
    std::vector<std::vector<std::string>> rows{{"CHANGE", "WHO", "WHAT", "ON", "PEOPLE"}};
    for (const estate::Drift& each : impact.drift.drifts) {
        std::string whom = joined(each.groups);
        if (each.people) whom += (whom.empty() ? "" : ", ") + std::string(isGained(each) ? "+" : "-") + std::to_string(*each.people);
        std::string on = each.resource;
        for (const auto& [key, values] : each.context) on += "; " + key + " = " + joined(values);
        const bool came = each.cause == estate::DriftCause::Existence;
        rows.push_back({std::string(estate::driftDirectionName(each.direction)), each.principal.empty() ? each.object : each.principal,
                        came ? isGained(each) ? "is new" : "is gone" : each.action, on, whom});
    }
    if (rows.size() > 1) text += "\n" + columns(rows);
    if (!impact.drift.exhaustive) text += "There may be more: not everything could be tried.\n";
    if (!impact.newFindings.empty()) {
        std::vector<std::vector<std::string>> found{{"NEW FINDING", "RULE", "OBJECT", ""}};
        for (const auto& each : impact.newFindings)
            found.push_back({std::string(policy::lint::severityName(each.severity)), std::string(each.rule->id), each.object, ui::reviewMessage(each).toStdString()});
        text += "\n" + columns(found);
    }
    return text;
}

std::string restText(const Plan& plan) {
    std::string text;
    if (!plan.unplanned.empty()) {
        std::vector<std::vector<std::string>> rows{{"NOT PLANNED", "OF", "EDGES", "BECAUSE"}};
        for (const Unplanned& each : plan.unplanned)
            rows.push_back({std::string(mesh::stepKindName(each.kind)), each.object + (each.name.empty() ? "" : " " + each.name), joined(edgeNames(each.edges), " "),
                            std::string(whyWords(each.why)) +
                                (each.quota == 0 ? "" : " (" + std::to_string(each.size) + " of " + std::to_string(each.quota) + ")")});
        text += "\n" + columns(rows);
    }
    if (!plan.byHand.empty()) {
        std::vector<std::vector<std::string>> rows{{"BY HAND", "OF", "EDGES", "WHAT TO DO"}};
        for (const mesh::ByHand& each : plan.byHand) {
            std::vector<std::string> missing;
            for (const auto& [group, provider] : each.missing) missing.push_back(group + " by " + lastOf(provider));
            rows.push_back({std::string(mesh::artefactKindName(each.kind)), each.object, joined(edgeNames(each.edges), " "),
                            each.kind == mesh::ArtefactKind::Assignments ? "have the directory assign it to " + joined(missing)
                                                                         : "gatewardenctl map compile MAP --out DIR, and put the file in force"});
        }
        text += "\n" + columns(rows);
    }
    if (!plan.leftovers.empty()) {
        std::vector<std::vector<std::string>> rows{{"LEFT ALONE", "OF", "EDGES", ""}};
        for (const mesh::Leftover& each : plan.leftovers)
            rows.push_back({std::string(mesh::stepKindName(each.kind)), each.object + (each.name.empty() ? "" : " " + each.name), joined(edgeNames(each.edges), " "),
                            "of another map, or left over: --remove-leftovers takes it away"});
        text += "\n" + columns(rows);
    }
    return text;
}

void writeStep(JsonWriter& json, const Step& step, std::size_t number) {
    json.beginObject().count("step", number).member("risk", mesh::riskName(step.risk)).member("change", mesh::stepChangeName(step.change));
    json.member("kind", mesh::stepKindName(step.kind)).member("target", mesh::targetName(step.target)).member("object", step.object);
    json.memberOrNull("name", step.name).member("edges", edgeNames(step.edges)).member("calls", callList(step));
    json.key("size");
    if (step.quota == 0)
        json.null().key("quota").null();
    else
        json.number(static_cast<std::int64_t>(step.size)).count("quota", step.quota);
    json.count("foreign", step.foreign).key("notes").beginArray();
    for (const StepNote each : step.notes) json.string(mesh::stepNoteName(each));
    json.endArray().memberOrNull("before", step.before).memberOrNull("after", step.after).endObject().endLine();
}

void writePeople(JsonWriter& json, std::string_view name, const std::optional<std::size_t>& count) {
    json.key(name);
    if (count)
        json.number(static_cast<std::int64_t>(*count));
    else
        json.null();
}

void writeDrift(JsonWriter& json, const estate::Drift& drift) {
    json.beginObject().key(estate::driftDirectionName(drift.direction)).beginObject();
    json.memberOrNull("principal", drift.principal).member("object", drift.object).member("cause", estate::driftCauseName(drift.cause));
    json.memberOrNull("action", drift.action).memberOrNull("resource", drift.resource).key("context").beginObject();
    for (const auto& [key, values] : drift.context) json.member(key, values);
    json.endObject().member("groups", drift.groups);
    writePeople(json, "people", drift.people ? std::optional<std::size_t>(*drift.people) : std::nullopt);
    json.endObject().endObject().endLine();
}

} // namespace

std::string_view noteWords(StepNote note) {
    static constexpr auto words = std::to_array<std::string_view>(
        {"lets everybody in", "more may take the role", "grants more", "a denial goes", "takes access away", "takes over what is there; access stays",
         "others' statements stay", "callers with a token are shut out", "routes without IAM need the policy's word from then on",
         "not looked at: its authType is not AWS_IAM", "needs a raised quota", "publishes whatever else was not deployed"});
    return words[static_cast<std::size_t>(note)];
}

std::string stepPlace(const Step& step) {
    const std::string object = lastOf(step.object);
    if (step.name.empty()) return object;
    return (step.name.starts_with("arn:") ? lastOf(step.name) : step.name) + " of " + object;
}

std::string stepWords(const Step& step) {
    return std::string(mesh::stepChangeName(step.change)) + " " + std::string(mesh::stepKindName(step.kind)) + " " + stepPlace(step);
}

std::string planText(const Plan& plan, const mesh::Impact& impact) {
    std::string text;
    if (!plan.steps.empty()) text += stepsText(plan.steps);
    text += impactText(impact) + restText(plan);
    if (!text.empty()) text += "\n";
    if (plan.steps.empty()) return text + (plan.unplanned.empty() ? "Nothing would change.\n" : "Nothing can be changed.\n");
    return text + std::to_string(plan.steps.size()) + (plan.steps.size() == 1 ? " step; " : " steps, in the order of STEP; ") +
           peopleWords(impact.peopleGaining, "gain access", "gains access") + ", " + peopleWords(impact.peopleLosing, "lose some", "loses some") +
           "; " + std::to_string(impact.newFindings.size()) + " new findings, " + std::to_string(impact.findingsGone) + " gone.\n";
}

std::string planJson(const Plan& plan, const mesh::Impact& impact) {
    JsonWriter json;
    for (const std::size_t i : riskiestFirst(plan.steps)) writeStep(json, plan.steps[i], i + 1);
    for (const estate::Drift& each : impact.drift.drifts) writeDrift(json, each);
    for (const auto& each : impact.newFindings) {
        json.beginObject().key("finding").beginObject().member("rule", each.rule->id).member("severity", policy::lint::severityName(each.severity));
        json.member("object", each.object).member("title", ui::reviewTitle(each).toStdString()).endObject().endObject().endLine();
    }
    for (const mesh::ByHand& each : plan.byHand) {
        json.beginObject().key("by_hand").beginObject().member("target", mesh::targetName(each.target)).member("kind", mesh::artefactKindName(each.kind));
        json.member("object", each.object).member("edges", edgeNames(each.edges)).key("missing").beginArray();
        for (const auto& [group, provider] : each.missing) json.beginObject().member("group", group).member("provider", provider).endObject();
        json.endArray().endObject().endObject().endLine();
    }
    for (const Unplanned& each : plan.unplanned) {
        json.beginObject().key("unplanned").beginObject().member("why", mesh::unplannedWhyName(each.why)).member("kind", mesh::stepKindName(each.kind));
        json.member("target", mesh::targetName(each.target)).member("object", each.object).memberOrNull("name", each.name);
        json.member("edges", edgeNames(each.edges)).count("size", each.size).count("quota", each.quota).endObject().endObject().endLine();
    }
    for (const mesh::Leftover& each : plan.leftovers) {
        json.beginObject().key("leftover").beginObject().member("kind", mesh::stepKindName(each.kind)).member("object", each.object);
        json.memberOrNull("name", each.name).member("edges", edgeNames(each.edges)).endObject().endObject().endLine();
    }
    json.beginObject().key("summary").beginObject().count("steps", plan.steps.size()).count("unplanned", plan.unplanned.size());
    json.count("by_hand", plan.byHand.size()).count("leftovers", plan.leftovers.size());
    json.count("gained", impact.drift.count(estate::DriftDirection::Gained)).count("lost", impact.drift.count(estate::DriftDirection::Lost));
    writePeople(json, "people_gaining", impact.peopleGaining);
    writePeople(json, "people_losing", impact.peopleLosing);
    json.count("new_findings", impact.newFindings.size()).count("findings_gone", impact.findingsGone);
    json.key("exhaustive").boolean(impact.drift.exhaustive).endObject().endObject().endLine();
    return std::move(json.text());
}

} // namespace gw::ctl
