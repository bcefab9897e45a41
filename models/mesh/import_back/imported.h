// Edges out of policies: what statements say, in the map's words. Ids in Sids are kept; where one id would be needed twice, the
// further ones get another.
#pragma once

#include "models/mesh/import_back/atoms.h"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace gw::mesh {

struct ImportedEdge {
    EdgeId id;
    bool deny = false;
    std::vector<std::string> who;
    std::string through; // empty: none
    std::vector<std::string> may, on, paths;
    std::vector<EdgeCondition> when;
    std::optional<UtcTime> expires;
    // The statements that it comes from: whose policy, and the Sid.
    std::set<std::pair<std::string, std::string>> from;
    // "who = [\"role:…\"]" and so on, in the order in which sections are written; without the id.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> entries() const;
    [[nodiscard]] std::string text() const; // of its section
};

struct ImportedNode {
    std::string id, text; // the section
};

struct Imported {
    std::vector<ImportedNode> nodes; // that the edges name
    std::vector<ImportedEdge> edges;
    std::vector<Unsaid> unsaid;
};

// `taken`: ids of nodes and edges that are somebody else's.
[[nodiscard]] Imported importedFrom(std::span<const Artefact> artefacts, const std::set<std::string>& takenNodes = {},
                                    const std::set<std::string>& takenEdges = {});

} // namespace gw::mesh
