#include "app/gatewardenctl/appmesh_input.h"

#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/output.h"
#include "models/mesh/appmesh/import.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace gw::ctl {
namespace {

using namespace mesh::appmesh;

std::string sentence(const Problem& problem) {
    switch (problem.trouble) {
    case Trouble::NotDescribed:
        return "is only named; nothing tells what it holds (" + problem.expected + " would have)";
    case Trouble::WrongType:
        return problem.field + " is " + problem.seen + ", and App Mesh has " + problem.expected + " there";
    case Trouble::OutOfRange:
        return problem.field + " is " + problem.seen + ", which App Mesh would not have taken (" + problem.expected + ")";
    case Trouble::Lacks:
        return problem.field + " is missing";
    case Trouble::Several:
        return problem.field + " has more than one of what excludes each other";
    case Trouble::Unresolved:
        return problem.field + " is " + problem.seen + ", and nothing here tells what that stands for";
    case Trouble::Dangling:
        return (problem.field.empty() ? std::string("it belongs to ") : problem.field + " names ") + problem.expected + " " + problem.seen + ", which is not here";
    case Trouble::NoMesh:
        return "nothing tells which mesh it belongs to";
    }
    return {};
}

void complainOf(const Problem& problem) {
    std::string line = "gatewardenctl: ";
    if (problem.source.file != nullptr)
        line += problem.source.file->path + ":" + std::to_string(problem.source.position.line) + ":" + std::to_string(problem.source.position.column) + ": ";
    complain(line + problem.object + ": " + sentence(problem));
}

bool isFault(const Problem& problem) {
    return problem.trouble == Trouble::WrongType || problem.trouble == Trouble::Lacks || problem.trouble == Trouble::Several;
}

struct Words {
    std::string_view one, many;
};
constexpr auto kindWords = std::to_array<Words>({{"mesh", "meshes"},
                                                 {"virtual gateway", "virtual gateways"},
                                                 {"gateway route", "gateway routes"},
                                                 {"virtual service", "virtual services"},
                                                 {"virtual router", "virtual routers"},
                                                 {"route", "routes"},
                                                 {"virtual node", "virtual nodes"}});

std::array<std::size_t, kindWords.size()> countsOf(const Model& model) {
    std::array<std::size_t, kindWords.size()> counts{};
    for (const Object& each : model.objects) ++counts[static_cast<std::size_t>(each.kind)];
    return counts;
}

} // namespace

MeshInput readMesh(const Invocation& invocation) {
    MeshInput input;
    EstateInput read = readEstate(invocation.arguments);
    if (read.estate == nullptr) return input;
    input.model = importFrom(*read.estate);
    const auto& problems = input.model.problems;
    constexpr std::size_t mostTold = 200;
    for (std::size_t i = 0; i < std::min(problems.size(), mostTold); ++i) complainOf(problems[i]);
    if (problems.size() > mostTold) complain("gatewardenctl: and " + std::to_string(problems.size() - mostTold) + " more of that kind");
    input.faulty = read.faulty || std::any_of(problems.begin(), problems.end(), isFault);
    if (input.model.objects.empty()) {
        complain("gatewardenctl: nothing here is of App Mesh. The service ended on " + std::string(endOfService) +
                 ": AWS cannot be asked any more. Describe output, templates, states, manifests of its controller and an Envoy's config_dump can be read");
        return input;
    }
    input.estate = std::move(read.estate);
    return input;
}

std::string outFolder(const Invocation& invocation) {
    std::string folder(invocation.value("--out"));
    if (folder.empty()) complain("gatewardenctl: --out names the folder to write to; see --help");
    return folder;
}

bool writeFiles(const std::string& folder, const std::vector<TextFile>& files) {
    std::error_code failed;
    std::string made;
    for (const TextFile& each : files) {
        const std::filesystem::path path = std::filesystem::path(folder) / each.path;
        if (const std::string parent = path.parent_path().string(); parent != made) {
            std::filesystem::create_directories(parent, failed);
            made = parent;
        }
        if (!failed && replaceFile(path.string(), each.content)) continue;
        complain("gatewardenctl: " + path.string() + " cannot be written");
        return false;
    }
    return true;
}

void writeProblems(JsonWriter& json, const std::vector<Problem>& problems) {
    json.key("problems").beginArray();
    for (const Problem& each : problems) {
        json.beginObject().member("trouble", troubleName(each.trouble)).member("object", each.object);
        json.memberOrNull("field", each.field).memberOrNull("seen", each.seen).memberOrNull("expected", each.expected);
        writeWhere(json, each.source);
        json.endObject();
    }
    json.endArray();
}

std::string countsText(const Model& model) {
    const auto counts = countsOf(model);
    std::string text;
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (counts[i] > 0) text += (text.empty() ? "" : ", ") + std::to_string(counts[i]) + " " + std::string(counts[i] == 1 ? kindWords[i].one : kindWords[i].many);
    return text;
}

void writeCounts(JsonWriter& json, const Model& model) {
    const auto counts = countsOf(model);
    json.key("objects").beginObject();
    for (std::size_t i = 0; i < counts.size(); ++i) json.count(namesOf(static_cast<Kind>(i)).member, counts[i]);
    json.endObject();
}

} // namespace gw::ctl
