#include "models/mesh/plan/plan_file.h"

#include "models/mesh/text/digest.h"
#include "saml/base/json.h"
#include "saml/base/json_fields.h"
#include "saml/base/json_writer.h"

#include <algorithm>

namespace gw::mesh {
namespace {

constexpr std::string_view format = "gatewarden-plan";

void write(JsonWriter& json, const Step& step) {
    json.beginObject().member("kind", stepKindName(step.kind)).member("change", stepChangeName(step.change));
    json.member("target", targetName(step.target)).member("object", step.object).member("account", step.account);
    json.member("region", step.region).member("name", step.name).member("id", step.id);
    json.memberOrNull("before", step.before).memberOrNull("after", step.after).member("seen", step.seen);
    json.key("edges").beginArray();
    for (const EdgeId& each : step.edges) json.string(each.value());
    json.endArray().count("size", step.size).count("quota", step.quota).count("foreign", step.foreign);
    json.member("risk", riskName(step.risk)).key("notes").beginArray();
    for (const StepNote each : step.notes) json.string(stepNoteName(each));
    json.endArray().endObject();
}

Result<Step> readStep(const Json& json, std::size_t number) {
    const auto wrong = [&](std::string_view member) {
        return fail(Error(PlanError::Malformed).with("member", std::string(member)).with("step", std::to_string(number)));
    };
    if (!json.is_object()) return wrong("steps");
    Step step;
    const auto kind = stepKindOf(textField(json, "kind"));
    const auto change = stepChangeOf(textField(json, "change"));
    const auto target = targetOf(textField(json, "target"));
    const auto risk = riskOf(textField(json, "risk"));
    if (!kind) return wrong("kind");
    if (!change) return wrong("change");
    if (!target) return wrong("target");
    if (!risk) return wrong("risk");
    step.kind = *kind;
    step.change = *change;
    step.target = *target;
    step.risk = *risk;
    step.object = textField(json, "object");
    step.account = textField(json, "account");
    step.region = textField(json, "region");
    step.name = textField(json, "name");
    step.id = textField(json, "id");
    step.before = textField(json, "before");
    step.after = textField(json, "after");
    step.seen = textField(json, "seen");
    if (step.object.empty()) return wrong("object");
    if (step.seen != seenDigest(step.kind, step.before)) return wrong("seen");
    const auto count = [&](const char* member) { return static_cast<std::size_t>(std::max<std::int64_t>(0, integerField(json, member))); };
    step.size = count("size");
    step.quota = count("quota");
    step.foreign = count("foreign");
    const auto edges = json.find("edges"), notes = json.find("notes");
    if (edges == json.end() || !edges->is_array()) return wrong("edges");
    for (const Json& each : *edges) {
        if (!each.is_string()) return wrong("edges");
        step.edges.emplace_back(each.get<std::string>());
    }
    if (notes == json.end() || !notes->is_array()) return wrong("notes");
    for (const Json& each : *notes) {
        const auto note = each.is_string() ? stepNoteOf(each.get<std::string>()) : std::nullopt;
        if (!note) return wrong("notes");
        step.notes.push_back(*note);
    }
    return step;
}

// Without its end, which is the digest of this. No signature: whoever wants to can make another plan, but what was read and
// approved is not changed unnoticed by an editor.
JsonWriter bodyOf(const SavedPlan& plan) {
    JsonWriter json;
    json.beginObject().member("format", format).key("version").number(planFileVersion).member("made", plan.made.toRfc3339());
    json.key("map").beginObject().member("file", plan.map).member("digest", plan.mapDigest).endObject();
    json.key("steps").beginArray();
    for (const Step& each : plan.steps) {
        json.text() += '\n';
        write(json, each);
    }
    json.endArray();
    return json;
}

} // namespace

std::string writePlan(const SavedPlan& plan) {
    JsonWriter json = bodyOf(plan);
    const std::string digest = digestOf(json.text());
    json.member("digest", digest).endObject();
    return json.text() + "\n";
}

Result<SavedPlan> readPlan(std::string_view text) {
    auto json = parseJson(text);
    if (!json) return fail(Error(PlanError::NotAPlan).because(json.error()));
    if (!json->is_object() || textField(*json, "format") != format) return fail(Error(PlanError::NotAPlan));
    const std::int64_t version = integerField(*json, "version");
    if (version > planFileVersion) return fail(Error(PlanError::NewerVersion).with("seen", std::to_string(version)));
    const auto wrong = [&](std::string_view member) { return fail(Error(PlanError::Malformed).with("member", std::string(member))); };
    SavedPlan plan;
    const auto made = UtcTime::parse(textField(*json, "made"));
    const auto map = json->find("map"), steps = json->find("steps");
    if (version < 1) return wrong("version");
    if (!made) return wrong("made");
    if (map == json->end() || !map->is_object()) return wrong("map");
    if (steps == json->end() || !steps->is_array()) return wrong("steps");
    plan.made = *made;
    plan.map = textField(*map, "file");
    plan.mapDigest = textField(*map, "digest");
    for (const Json& each : *steps) {
        auto step = readStep(each, plan.steps.size() + 1);
        if (!step) return fail(step.error());
        plan.steps.push_back(std::move(*step));
    }
    if (textField(*json, "digest") != digestOf(bodyOf(plan).text())) return wrong("digest");
    return plan;
}

} // namespace gw::mesh
