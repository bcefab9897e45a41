#include "app/gatewardenctl/appmesh_input.h"
#include "app/gatewardenctl/map_commands.h"
#include "app/gatewardenctl/output.h"
#include "models/mesh/appmesh/cleanup.h"
#include "models/mesh/appmesh/translate.h"

#include <algorithm>
#include <map>

namespace gw::ctl {
namespace {

using namespace mesh::appmesh;

std::string cleanUpJson(const std::vector<CleanUpStep>& steps, const std::vector<std::string>& missing) {
    JsonWriter json;
    json.beginObject().key("steps").beginArray();
    for (const CleanUpStep& each : steps) {
        json.beginObject().member("what", leftOverName(each.what)).member("object", each.object).member("detail", each.detail).member("what_to_do", each.action);
        writeWhere(json, each.source);
        json.endObject();
    }
    json.endArray().member("not_seen", missing).endObject().endLine();
    return std::move(json.text());
}

// The same words for many fields are one line.
std::string lossText(const std::vector<LossRow>& losses) {
    std::map<std::string, std::pair<std::size_t, const LossRow*>> groups;
    for (const LossRow& each : losses) {
        auto& [count, first] = groups[each.happens];
        if (count++ == 0) first = &each;
    }
    std::vector<std::pair<std::size_t, const LossRow*>> order;
    for (const auto& [words, group] : groups) order.push_back(group);
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::vector<std::string>> rows{{"FIELDS", "FOR EXAMPLE", "WHAT HAPPENS", "WHAT TO DO"}};
    constexpr std::size_t mostShown = 40;
    for (std::size_t i = 0; i < std::min(order.size(), mostShown); ++i) {
        const auto& [count, row] = order[i];
        const std::size_t name = row->object.rfind("mesh/");
        rows.push_back({std::to_string(count), (name == std::string::npos ? row->object : row->object.substr(name)) + " " + row->field, row->happens, row->action});
    }
    std::string text = columns(rows);
    if (order.size() > mostShown) text += "and " + std::to_string(order.size() - mostShown) + " further kinds; all are in loss.json\n";
    return text;
}

std::string cleanUpText(const std::vector<CleanUpStep>& steps, const std::vector<std::string>& missing) {
    std::string text;
    if (!steps.empty()) {
        std::vector<std::vector<std::string>> rows{{"LEFT OVER", "OBJECT", "WHAT OF IT", "WHAT TO DO"}};
        for (const CleanUpStep& each : steps) rows.push_back({std::string(leftOverName(each.what)), each.object, each.detail, each.action});
        text += "\nTo clean up, in this order:\n" + columns(rows);
    }
    for (const std::string& each : missing) text += (&each == &missing.front() ? "\nNot in the input, so not in the plan: " : "; ") + each;
    return missing.empty() ? text : text + "\n";
}

} // namespace

int runMapTranslate(const Invocation& invocation) {
    const std::string_view name = invocation.value("--to");
    const auto target = targetOf(name);
    if (!target) {
        complain("gatewardenctl: --to is lattice, service-connect, istio or envoy" + (name.empty() ? std::string() : ", not " + std::string(name)) + "; see gatewardenctl map translate --help");
        return usage;
    }
    const std::string folder = outFolder(invocation);
    if (folder.empty()) return usage;
    const MeshInput input = readMesh(invocation);
    if (input.estate == nullptr) return usage;
    Translation made = translationTo(input.model, TaskRoles(*input.estate), *target);
    const auto steps = cleanUp(*input.estate, input.model);
    const auto missing = notSeen(*input.estate);
    const std::size_t artefacts = made.files.size();
    made.files.push_back({"loss.json", lossJson(made.losses)});
    made.files.push_back({"cleanup.json", cleanUpJson(steps, missing)});
    if (!writeFiles(folder, made.files)) return usage;
    std::string text;
    if (invocation.json()) {
        JsonWriter json;
        json.beginObject().member("target", name).member("service_ended", endOfService).key("files").beginArray();
        for (const TextFile& each : made.files) json.string(each.path);
        json.endArray().count("losses", made.losses.size()).count("cleanup", steps.size());
        writeCounts(json, input.model);
        writeProblems(json, input.model.problems);
        json.endObject().endLine();
        text = std::move(json.text());
    } else {
        text = countsText(input.model) + ": " + std::to_string(artefacts) + " files for " + std::string(name) + " written to " + folder + "\n";
        text += "App Mesh ended on " + std::string(endOfService) + ". " + std::to_string(made.losses.size()) + " fields are not carried over as they were (loss.json):\n";
        text += lossText(made.losses) + cleanUpText(steps, missing);
    }
    if (!print(text)) return usage;
    return input.faulty ? usage : done;
}

} // namespace gw::ctl
