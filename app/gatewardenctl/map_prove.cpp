#include "app/gatewardenctl/estate_input.h"
#include "app/gatewardenctl/joined.h"
#include "app/gatewardenctl/map_commands.h"
#include "app/gatewardenctl/map_input.h"
#include "app/gatewardenctl/map_words.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/progress_line.h"
#include "app/gatewardenctl/saml_trust.h"
#include "models/mesh/escalation/escalations.h"
#include "ui/errors_text.h"

#include <algorithm>

namespace gw::ctl {
namespace {

void write(JsonWriter& json, std::string_view name, const std::vector<mesh::Difference>& differences) {
    json.key(name).beginArray();
    for (const mesh::Difference& each : differences) {
        json.beginObject();
        if (each.edge) json.member("edge", each.edge->value());
        json.member("principal", each.tuple.principal).member("action", each.tuple.action).member("resource", each.tuple.resource);
        json.key("context").beginObject();
        // A key may have several values.
        for (std::size_t i = 0; i < each.tuple.context.size();) {
            const std::string& key = each.tuple.context[i].first;
            std::vector<std::string> values;
            for (; i < each.tuple.context.size() && each.tuple.context[i].first == key; ++i) values.push_back(each.tuple.context[i].second);
            if (values.size() == 1)
                json.member(key, values.front());
            else
                json.member(key, values);
        }
        json.endObject().endObject();
    }
    json.endArray();
}

std::string proofJson(const std::vector<mesh::TargetProof>& proofs) {
    JsonWriter json;
    for (const mesh::TargetProof& proof : proofs) {
        json.beginObject().member("target", mesh::targetName(proof.target)).count("edges", proof.edges).count("checked", proof.checked);
        write(json, "surplus", proof.surplus);
        write(json, "missing", proof.missing);
        json.key("inexpressible").beginArray();
        for (const mesh::Loss& loss : proof.inexpressible) writeLoss(json, loss);
        json.endArray().key("exhaustive").boolean(proof.complete).key("unreadable").beginArray();
        for (const Error& problem : proof.problems) json.string(std::string(problem.fact("artefact")) + ": " + ui::explain(problem).why.toStdString());
        json.endArray().endObject().endLine();
    }
    return std::move(json.text());
}

// Something of the map is not in the target, without the map's word for it.
bool hasRefused(const mesh::TargetProof& proof) {
    return std::any_of(proof.inexpressible.begin(), proof.inexpressible.end(), [](const mesh::Loss& loss) { return !loss.accepted; });
}

std::string verdictOf(const mesh::TargetProof& proof) {
    if (!proof.holds()) return proof.complete ? "" : "not all combinations could be tried";
    return hasRefused(proof) ? "grants nothing else, and not what is refused below" : "grants exactly what the map says";
}

// Of a target that was not asked for and that the map does not use, nothing is said.
std::string proofText(const std::vector<mesh::TargetProof>& proofs, bool asked) {
    std::vector<std::vector<std::string>> rows{{"TARGET", "EDGES", "CHECKED", "SURPLUS", "MISSING", ""}};
    std::vector<std::vector<std::string>> witnesses{{"", "EDGE", "WHO", "WHAT", "ON", "WITH"}};
    std::vector<mesh::Loss> losses;
    for (const mesh::TargetProof& proof : proofs) {
        if (!asked && proof.edges == 0 && proof.holds() && !hasRefused(proof)) continue;
        rows.push_back({std::string(mesh::targetName(proof.target)), std::to_string(proof.edges), std::to_string(proof.checked),
                        std::to_string(proof.surplus.size()), std::to_string(proof.missing.size()),
                        verdictOf(proof)});
        const auto show = [&](std::string_view what, const std::vector<mesh::Difference>& all) {
            for (const mesh::Difference& each : all) {
                std::string with;
                for (const auto& [key, value] : each.tuple.context) with += (with.empty() ? "" : ", ") + key + " = " + value;
                witnesses.push_back({std::string(what) + " in " + std::string(mesh::targetName(proof.target)), each.edge ? each.edge->value() : "-",
                                     each.tuple.principal, each.tuple.action, each.tuple.resource, with});
            }
        };
        show("surplus", proof.surplus);
        show("missing", proof.missing);
        losses.insert(losses.end(), proof.inexpressible.begin(), proof.inexpressible.end());
    }
    if (rows.size() == 1) return "The map says nothing that a target could hold.\n";
    std::string text = columns(rows);
    if (witnesses.size() > 1) text += "\n" + columns(witnesses);
    if (!losses.empty()) text += "\n" + lossWords(losses);
    return text;
}

// Whoever acts as another has what the other has.
std::string escalationsJson(const std::vector<mesh::MapEscalation>& escalations) {
    JsonWriter json;
    json.beginObject().key("escalations").beginArray();
    for (const mesh::MapEscalation& each : escalations) writeEscalation(json, each);
    json.endArray().endObject().endLine();
    return std::move(json.text());
}

std::string escalationsText(const std::vector<mesh::MapEscalation>& escalations) {
    if (escalations.empty()) return "\nNo role of the map can act as another by the estate's policies.\n";
    std::vector<std::vector<std::string>> rows{{"ROLE", "CAN ACT AS", "BY", "THROUGH", "GAINS", "AROUND"}};
    for (const mesh::MapEscalation& each : escalations)
        rows.push_back({each.from, each.to.empty() ? "an administrator" : each.to, each.way, each.through.empty() ? "-" : each.through,
                        each.gains.empty() ? "-" : joined(edgeNames(each.gains), " "), each.around.empty() ? "-" : joined(edgeNames(each.around), " ")});
    return "\nWays around the map:\n" + columns(rows);
}

} // namespace

int runMapProve(const Invocation& invocation) {
    const bool around = invocation.has("--escalations");
    if (around && invocation.values("--estate").empty()) {
        complain("gatewardenctl: --escalations needs --estate; see gatewardenctl map prove --help");
        return usage;
    }
    const auto now = timeFromOptions(invocation);
    const auto input = readMapInput(invocation);
    if (!now || input == nullptr || !tellProblems(*input)) return usage;
    // What callers' own policies allow has a say everywhere.
    std::vector<mesh::Target> compiled = input->targets;
    if (std::find(compiled.begin(), compiled.end(), mesh::Target::Iam) == compiled.end()) compiled.push_back(mesh::Target::Iam);
    const mesh::Compilation compilation = mesh::compile(input->intent, compiled);
    std::vector<mesh::TargetProof> proofs;
    {
        ProgressLine progress("proving");
        proofs = mesh::Prover().prove(input->intent, compilation, input->targets, progress.function());
    }
    for (const mesh::TargetProof& proof : proofs)
        for (const Error& problem : proof.problems) (void)refuse(problem);
    const bool holds = std::all_of(proofs.begin(), proofs.end(), [](const mesh::TargetProof& each) { return each.holds() && !hasRefused(each); });
    std::string text = invocation.json() ? proofJson(proofs) : proofText(proofs, invocation.has("--target"));
    std::vector<mesh::MapEscalation> escalations;
    if (around) {
        escalations = mesh::escalationsOf(input->reading.map, input->intent, *input->estate, *now);
        text += invocation.json() ? escalationsJson(escalations) : escalationsText(escalations);
    }
    if (!print(text)) return usage;
    return holds && escalations.empty() ? done : no;
}

} // namespace gw::ctl
