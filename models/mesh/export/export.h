// What a map is compiled to, in the words of a tool that puts it in place: templates, states to be, calls of the command line,
// objects of Kubernetes, configurations of Envoy. Ids of edges stay where the compilers put them. What a format cannot carry
// without taking over more than the map speaks of is told, and not written.
#pragma once

#include "models/mesh/compile/compilation.h"
#include "models/mesh/text/text_file.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::estate {
class Estate;
}

namespace gw::mesh {

enum class ExportFormat : std::uint8_t { CloudFormation, Terraform, Cli, Kubernetes, Envoy };
// "cloudformation", "terraform", "cli", "kubernetes", "envoy".
[[nodiscard]] std::string_view exportFormatName(ExportFormat format);
[[nodiscard]] std::optional<ExportFormat> exportFormatOf(std::string_view name);

enum class ExportLossKind : std::uint8_t {
    OwnsRole,     // CloudFormation: a role that is there already would have to be the template's altogether
    OwnsApi,      // CloudFormation: the policy is a property of the API
    OwnsRoute,    // CloudFormation: the authorization is a property of the route, with its integration
    OwnsService,  // CloudFormation: whether Lattice asks for signatures at all is a property of the service or network
    RouteUnknown, // nothing tells the routes of the API, or their ids
    AuthType,     // whether Lattice asks for signatures at all is not known; without, its policy is inactive
    Deployment,   // a stage of the API goes on with what it had until it is deployed again
    StatementId,  // CloudFormation chooses the statement's id, so that the edge is in the logical id only
    Permission,   // a statement that AddPermission cannot say
    Directory,    // for whoever runs the directory: nothing in AWS
    OtherFormat   // not this format's business at all
};
// "owns-role", …
[[nodiscard]] std::string_view exportLossName(ExportLossKind kind);

struct ExportLoss {
    ExportLossKind kind = ExportLossKind::OtherFormat;
    Target target = Target::Iam;
    ArtefactKind artefact = ArtefactKind::TrustPolicy;
    std::string object; // as Artefact has it
    std::vector<EdgeId> edges;
    bool carried = false; // the artefact is in a file all the same
};

struct Export {
    std::vector<TextFile> files;
    std::vector<ExportLoss> losses; // in the order of the artefacts
};

// One folder for each account and region; what has no region is in the first one of its partition. `estate` tells what is there
// already; null: nothing is. Deterministic.
[[nodiscard]] Export exportOf(const Compilation& compilation, const estate::Estate* estate, ExportFormat format);

} // namespace gw::mesh
