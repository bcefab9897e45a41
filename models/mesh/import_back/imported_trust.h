// Trust policies in the map's words: who takes a role, through which providers.
#pragma once

#include "models/mesh/import_back/imported.h"
#include "models/mesh/import_back/imported_places.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace gw::mesh {

class TrustImporter {
public:
    TrustImporter(NodeBook& nodes, std::vector<Unsaid>& unsaid) : nodes_(nodes), unsaid_(unsaid) {}
    void addPolicy(const Artefact& artefact) { policies_.push_back(&artefact); }
    // Groups that get a role, as Artefact has them; the trust policy does not know them.
    void addAssignments(const Artefact& artefact);
    // Where one edge leads to a role and says what may be done with it, both become one sentence.
    void into(std::vector<ImportedEdge>& edges, const std::function<EdgeId(const EdgeId&)>& fresh);

private:
    struct Item {
        EdgeId edge;
        bool deny = false;
        std::string who, sid;
        std::string principal, action; // as the statement has them, the latter in lower case
        Terms terms;
        std::vector<std::string> providers; // ids of nodes, sorted
        bool tags = false, sourceIdentity = false;
        std::string_view runsOn; // of a workload, which needs no edge
    };
    struct Stop {
        std::string principal, action;
    };
    void read(const Artefact& artefact, std::vector<Item>& items);
    void statement(const Artefact& artefact, const Json& statement, std::vector<Item>& items);
    void federated(const Artefact& artefact, const Json& statement, const std::string& provider, Item item,
                   std::vector<Item>& items);
    void tell(const Artefact& artefact, const Json& statement, std::string_view what, std::string seen);
    void remember(const Json& statement);
    [[nodiscard]] bool isStopped(const Item& item) const;

    NodeBook& nodes_;
    std::vector<Unsaid>& unsaid_;
    std::vector<const Artefact*> policies_;
    std::vector<Stop> stops_; // of the policy that is read: denials without conditions that no edge can say
    std::map<std::string, std::vector<std::pair<std::string, std::string>>> groups_; // of a role: group, provider
};

} // namespace gw::mesh
