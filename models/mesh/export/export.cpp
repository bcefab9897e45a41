#include "models/mesh/export/export.h"

#include "models/mesh/export/exporter.h"

#include <algorithm>
#include <array>

namespace gw::mesh {
namespace {

constexpr auto formatNames = std::to_array<std::string_view>({"cloudformation", "terraform", "cli", "kubernetes", "envoy"});
constexpr auto lossNames =
    std::to_array<std::string_view>({"owns-role", "owns-api", "owns-route", "owns-service", "route-unknown", "auth-type",
                                     "deployment", "statement-id", "permission", "directory", "other-format"});

// What the compilers write for proxies is theirs to read as it is.
Export asWritten(const Compilation& compilation, ArtefactKind kind) {
    Export made;
    for (const Artefact& artefact : compilation.artefacts) {
        if (artefact.kind == kind)
            made.files.push_back({fileOf(artefact), artefact.text});
        else
            made.losses.push_back(
                {artefact.kind == ArtefactKind::Assignments ? ExportLossKind::Directory : ExportLossKind::OtherFormat,
                 artefact.target, artefact.kind, artefact.object, artefact.edges, false});
    }
    return made;
}

} // namespace

std::string_view exportFormatName(ExportFormat format) {
    return formatNames[static_cast<std::size_t>(format)];
}

std::optional<ExportFormat> exportFormatOf(std::string_view name) {
    const auto* found = std::find(formatNames.begin(), formatNames.end(), name);
    if (found == formatNames.end()) return std::nullopt;
    return static_cast<ExportFormat>(found - formatNames.begin());
}

std::string_view exportLossName(ExportLossKind kind) {
    return lossNames[static_cast<std::size_t>(kind)];
}

Export exportOf(const Compilation& compilation, const estate::Estate* estate, ExportFormat format) {
    switch (format) {
    case ExportFormat::CloudFormation:
        return cloudFormationOf(compilation, estate);
    case ExportFormat::Terraform:
        return terraformOf(compilation, estate);
    case ExportFormat::Cli:
        return cliInputOf(compilation, estate);
    case ExportFormat::Kubernetes:
        return asWritten(compilation, ArtefactKind::IstioPolicies);
    case ExportFormat::Envoy:
        break;
    }
    return asWritten(compilation, ArtefactKind::EnvoyRbac);
}

} // namespace gw::mesh
