#include "models/estate/lattice_networks.h"

#include <set>

namespace gw::estate {

std::vector<NetworkGate> networksOf(const Estate& estate, const Resource& service) {
    std::vector<NetworkGate> gates;
    std::set<std::string> known;
    for (const Resource& each : estate.resources()) {
        if (each.kind != ResourceKind::NetworkAssociation || each.parent.empty()) continue;
        const auto spec = policy::SourceTree::parse(each.spec);
        if (!spec) continue;
        const policy::Value arn = spec->root().member("serviceArn"), id = spec->root().member("serviceId");
        if ((!arn || arn.text() != service.arn) && (!id || service.id.empty() || id.text() != service.id)) continue;
        if (!known.insert(each.parent).second) continue;
        const Resource* network = estate.resourceFor(each.parent);
        NetworkGate& gate = gates.emplace_back();
        gate.network = network != nullptr ? network->arn : each.parent;
        gate.open = network != nullptr && network->authorization.type == "NONE";
        if (gate.open) continue;
        if (network == nullptr || !network->policyKnown) {
            gate.gaps.push_back({Missing::ResourcePolicy, each.parent, policy::Layer::Resource, std::nullopt});
        } else if (network->policy) {
            auto policy = estate.compiled(*network->policy, policy::DocumentKind::Resource);
            if (policy)
                gate.policy = std::move(*policy);
            else
                gate.gaps.push_back({Missing::Malformed, network->policy->id(), policy::Layer::Resource, policy.error()});
        }
    }
    return gates;
}

} // namespace gw::estate
