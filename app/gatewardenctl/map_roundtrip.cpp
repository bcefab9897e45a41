#include "app/gatewardenctl/appmesh_input.h"
#include "app/gatewardenctl/map_commands.h"
#include "app/gatewardenctl/output.h"

namespace gw::ctl {

int runMapRoundtrip(const Invocation& invocation) {
    const std::string folder = outFolder(invocation);
    if (folder.empty()) return usage;
    const MeshInput input = readMesh(invocation);
    if (input.estate == nullptr) return usage;
    const auto files = mesh::appmesh::describeFiles(input.model);
    if (!writeFiles(folder, files)) return usage;
    std::string text;
    if (invocation.json()) {
        JsonWriter json;
        json.beginObject().member("service_ended", mesh::appmesh::endOfService).key("files").beginArray();
        for (const auto& each : files) json.string(each.path);
        json.endArray();
        writeCounts(json, input.model);
        writeProblems(json, input.model.problems);
        json.endObject().endLine();
        text = std::move(json.text());
    } else {
        text = countsText(input.model) + " written to " + folder + "\nApp Mesh ended on " + std::string(mesh::appmesh::endOfService) + ": what is written is a record, and the source for map translate.\n";
    }
    if (!print(text)) return usage;
    return input.faulty ? usage : done;
}

} // namespace gw::ctl
