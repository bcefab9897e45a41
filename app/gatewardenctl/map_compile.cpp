#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/joined.h"
#include "app/gatewardenctl/map_commands.h"
#include "app/gatewardenctl/map_input.h"
#include "app/gatewardenctl/map_words.h"
#include "app/gatewardenctl/output.h"
#include "models/mesh/envoy/compile.h"
#include "models/mesh/istio/compile.h"
#include "saml/base/json_writer.h"

#include <algorithm>
#include <filesystem>

namespace gw::ctl {
namespace {

bool writeAll(const mesh::Compilation& compilation, const std::string& folder) {
    for (const mesh::Artefact& artefact : compilation.artefacts) {
        const std::filesystem::path path = std::filesystem::path(folder) / mesh::fileOf(artefact);
        std::error_code error;
        std::filesystem::create_directories(path.parent_path(), error);
        if (error || !replaceFile(path.string(), artefact.text)) {
            complain("gatewardenctl: " + path.string() + " cannot be written.");
            return false;
        }
    }
    return true;
}

} // namespace

int runMapCompile(const Invocation& invocation) {
    const auto input = readMapInput(invocation);
    if (input == nullptr || !tellProblems(*input)) return usage;
    const bool shadow = invocation.has("--shadow");
    const auto isProxy = [](mesh::Target target) { return target == mesh::Target::Envoy || target == mesh::Target::Istio; };
    if (shadow && invocation.has("--target") && !std::all_of(input->targets.begin(), input->targets.end(), isProxy)) {
        complain("gatewardenctl: only envoy and istio can watch without enforcing; see gatewardenctl map compile --help");
        return usage;
    }
    mesh::Compilation compilation;
    if (!shadow) {
        compilation = mesh::compile(input->intent, input->targets);
    } else {
        for (const mesh::Target target : input->targets) {
            if (target == mesh::Target::Envoy) mesh::compileEnvoy(input->intent, mesh::Enforcement::DryRun, compilation);
            if (target == mesh::Target::Istio) mesh::compileIstio(input->intent, mesh::Enforcement::DryRun, compilation);
        }
    }
    if (invocation.has("--out") && !writeAll(compilation, std::string(invocation.value("--out")))) return usage;
    const bool whole = std::all_of(compilation.losses.begin(), compilation.losses.end(), [](const mesh::Loss& loss) { return loss.accepted; });
    const int code = whole ? done : no;
    if (invocation.json()) {
        JsonWriter json;
        for (const mesh::Artefact& artefact : compilation.artefacts) {
            json.beginObject().member("target", mesh::targetName(artefact.target)).member("kind", mesh::artefactKindName(artefact.kind));
            json.member("object", artefact.object).memberOrNull("name", artefact.name).member("file", mesh::fileOf(artefact));
            json.member("edges", edgeNames(artefact.edges)).member("text", artefact.text).endObject().endLine();
        }
        json.beginObject().key("summary").beginObject().count("artefacts", compilation.artefacts.size()).key("losses").beginArray();
        for (const mesh::Loss& loss : compilation.losses) writeLoss(json, loss);
        json.endArray().endObject().endObject().endLine();
        return print(json.text()) ? code : usage;
    }
    std::vector<std::vector<std::string>> rows{{"TARGET", "WHAT", "OF", "EDGES", "SIZE", "FILE"}};
    for (const mesh::Artefact& artefact : compilation.artefacts)
        rows.push_back({std::string(mesh::targetName(artefact.target)), std::string(mesh::artefactKindName(artefact.kind)), artefact.object,
                        joined(edgeNames(artefact.edges), " "), std::to_string(artefact.text.size()), mesh::fileOf(artefact)});
    std::string text = rows.size() > 1 ? columns(rows) : std::string("Nothing is compiled for these targets.\n");
    if (!compilation.losses.empty()) text += "\n" + lossWords(compilation.losses);
    return print(text) ? code : usage;
}

} // namespace gw::ctl
