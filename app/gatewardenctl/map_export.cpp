#include "app/gatewardenctl/appmesh_input.h"
#include "app/gatewardenctl/joined.h"
#include "app/gatewardenctl/map_commands.h"
#include "app/gatewardenctl/map_input.h"
#include "app/gatewardenctl/map_words.h"
#include "app/gatewardenctl/output.h"
#include "models/mesh/export/export.h"

#include <algorithm>

namespace gw::ctl {
namespace {

using mesh::ExportLoss;
using mesh::ExportLossKind;

struct LossWords {
    const char* why;
    const char* action;
};

LossWords wordsOf(ExportLossKind kind) {
    switch (kind) {
    case ExportLossKind::OwnsRole:
        return {"the role is there, and a template that names it would own all of it",
                "take the format cli or terraform for trust policies, or map apply"};
    case ExportLossKind::OwnsApi:
        return {"the policy is a property of the API, and a template that has it would own the API",
                "take the format cli or terraform for it, or put the policy into the API's own template"};
    case ExportLossKind::OwnsRoute:
        return {
            "the authorization is a property of the route, and a template that has it would own the route and its integration",
            "take the format cli or terraform for it, or change the API's own template"};
    case ExportLossKind::OwnsService:
        return {"its authType is not AWS_IAM, so that its policy is inactive, and a template that sets it would own it",
                "set authType to AWS_IAM where the service is made"};
    case ExportLossKind::RouteUnknown:
        return {"the estate does not tell the API's routes, or not their ids",
                "import get-resources and get-methods, or get-routes, of the API into the estate"};
    case ExportLossKind::AuthType:
        return {"nothing tells whether its authType is AWS_IAM; without, the policy is inactive", "see that it is"};
    case ExportLossKind::Deployment:
        return {"a stage goes on with what was deployed to it", "deploy the API afterwards"};
    case ExportLossKind::StatementId:
        return {"CloudFormation chooses the statement's id", "the edge is in the logical id"};
    case ExportLossKind::Permission:
        return {"AddPermission has no word for a statement of it", "split it, or take another target"};
    case ExportLossKind::Directory:
        return {"which groups get the role is the directory's", "give assignments.json of map compile to whoever runs it"};
    case ExportLossKind::OtherFormat:
        break;
    }
    return {"it is no object of this format's tool",
            "take the format for it: kubernetes for istio, envoy for envoy, and the others for AWS"};
}

// What belongs elsewhere altogether is no failure of this export.
bool isOpen(const ExportLoss& loss) {
    return !loss.carried && loss.kind != ExportLossKind::OtherFormat && loss.kind != ExportLossKind::Directory;
}

void write(JsonWriter& json, const ExportLoss& loss) {
    const LossWords words = wordsOf(loss.kind);
    json.beginObject()
        .member("target", mesh::targetName(loss.target))
        .member("kind", mesh::artefactKindName(loss.artefact))
        .member("object", loss.object);
    json.member("edges", edgeNames(loss.edges))
        .member("what", mesh::exportLossName(loss.kind))
        .key("carried")
        .boolean(loss.carried);
    json.member("why", words.why).member("what_to_do", words.action).endObject();
}

std::string report(std::string_view format, const mesh::Export& made, const mesh::Compilation& compilation) {
    JsonWriter json;
    json.beginObject().member("format", format).key("files").beginArray();
    for (const mesh::TextFile& file : made.files) json.string(file.path);
    json.endArray().key("losses").beginArray();
    for (const ExportLoss& loss : made.losses) write(json, loss);
    json.endArray().key("not_compiled").beginArray();
    for (const mesh::Loss& loss : compilation.losses) writeLoss(json, loss);
    json.endArray().endObject().endLine();
    return std::move(json.text());
}

std::string lossText(const mesh::Export& made) {
    std::vector<std::vector<std::string>> rows{{"NOT CARRIED", "OF", "EDGES", "BECAUSE", "WHAT TO DO"}};
    for (const ExportLoss& loss : made.losses) {
        if (loss.kind == ExportLossKind::OtherFormat) continue;
        const LossWords words = wordsOf(loss.kind);
        rows.push_back({std::string(mesh::artefactKindName(loss.artefact)) + (loss.carried ? ", in part" : ""), loss.object,
                        joined(edgeNames(loss.edges), " "), words.why, words.action});
    }
    return rows.size() > 1 ? "\n" + columns(rows) : std::string();
}

} // namespace

int runMapExport(const Invocation& invocation) {
    const std::string_view name = invocation.value("--format");
    const auto format = mesh::exportFormatOf(name);
    if (!format) {
        complain("gatewardenctl: --format is cloudformation, terraform, cli, kubernetes or envoy" +
                 (name.empty() ? std::string() : ", not " + std::string(name)) + "; see gatewardenctl map export --help");
        return usage;
    }
    const std::string folder = outFolder(invocation);
    if (folder.empty()) return usage;
    const auto input = readMapInput(invocation);
    if (input == nullptr || !tellProblems(*input)) return usage;
    const mesh::Compilation compilation = mesh::compile(input->intent, input->targets);
    mesh::Export made = mesh::exportOf(compilation, input->estate.get(), *format);
    std::vector<mesh::TextFile> files = made.files;
    files.push_back({"export.json", report(name, made, compilation)});
    if (!writeFiles(folder, files)) return usage;
    const auto count = [](std::size_t number, const char* one, const char* many) {
        return std::to_string(number) + " " + (number == 1 ? one : many);
    };
    std::string text = count(made.files.size(), "file", "files") + " for " + std::string(name) + " written to " + folder +
                       "; export.json says what is not in " + (made.files.size() == 1 ? "it" : "them") + ".\n" + lossText(made);
    if (!compilation.losses.empty()) text += "\n" + lossWords(compilation.losses);
    const bool whole =
        std::none_of(made.losses.begin(), made.losses.end(), isOpen) &&
        std::all_of(compilation.losses.begin(), compilation.losses.end(), [](const mesh::Loss& loss) { return loss.accepted; });
    return print(text) ? (whole ? done : no) : usage;
}

} // namespace gw::ctl
