// Asks the listener that was written, as the text it is.
#include "models/mesh/envoy/denial.h"
#include "models/mesh/envoy/listener.h"
#include "models/mesh/envoy/space.h"

namespace gw::mesh {

PointProof proveEnvoy(const Intent& intent, const Point& point) {
    PointProof proof;
    std::vector<envoy::Listener> listeners;
    for (const Artefact* artefact : point.artefacts) {
        auto listener = envoy::Listener::parse(artefact->text);
        if (listener)
            listeners.push_back(std::move(*listener));
        else
            proof.problems.push_back(std::move(listener).error());
    }
    if (!proof.problems.empty()) return proof;
    ProxyNames names;
    const std::set<std::string> expressions = expressionsOf(intent, point);
    for (const envoy::Listener& listener : listeners)
        for (const envoy::HttpFilter& filter : listener.filters())
            if (filter.rbac.rules)
                for (const envoy::RbacPolicy& policy : filter.rbac.rules->policies) {
                    names.add(policy.permissions, expressions);
                    names.add(policy.principals, expressions);
                }
    // Without a listener nothing comes in.
    if (listeners.size() > 1) {
        proof.problems.push_back(
            Error(envoy::EnvoyError::NotUnderstood).with("seen", std::to_string(listeners.size()) + " listeners"));
        return proof;
    }
    const AskProxy ask{
        [&](const std::string& path) { return listeners.empty() ? std::optional<std::string>() : listeners.front().see(path); },
        [&](const envoy::Request& request, const std::string& seen) {
            const envoy::ListenerAnswer answer = listeners.front().evaluate(request, seen);
            return ProxyAnswer{answer.verdict, answer.policy};
        }};
    const auto edgeOf = [](const std::string& policy) -> std::optional<EdgeId> {
        const std::vector<EdgeId> edges = edgesOfPolicyName(policy);
        return edges.empty() ? std::optional<EdgeId>() : edges.front();
    };
    compareProxy(intent, point, names, ask, edgeOf, proof);
    return proof;
}

} // namespace gw::mesh
