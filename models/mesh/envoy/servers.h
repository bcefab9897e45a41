// Uses by the proxy that decides on them, and what a proxy knows of callers.
#pragma once

#include "models/mesh/compile/compilation.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gw::mesh {

// Of Envoy the node of the workload that serves it; of Istio its service account, "namespace/name". Empty: nothing tells.
[[nodiscard]] std::string proxyOf(const MeshAccess& access, Target target);

// The URI in its certificate; of Istio without one of its own the service account's in the mesh's trust domain, which is called
// "cluster.local" whatever it is. Empty: none.
[[nodiscard]] std::string uriOf(const Workload& workload, Target target);

// The uses of one edge at one proxy that differ in nothing but who calls. Borrows the uses.
struct ProxyRule {
    EdgeId edge;
    std::size_t part = 1; // of the edge at this proxy
    Effect effect = Effect::Allow;
    MeshAccess access;
    std::vector<EdgeCondition> when;
    std::vector<Caller> callers;
};

struct Proxy {
    std::string object;
    const Workload* workload = nullptr;
    std::vector<std::uint16_t> ports; // that the map names, in order, each once
    std::vector<ProxyRule> rules;     // in the map's order
    std::vector<EdgeId> edges;
};

// What the target cannot hold of a use.
using UnheldOf = std::vector<Unheld> (*)(const Use& use);

// One for each proxy, also where nothing of its edges could be held: then nobody may call. Losses are appended.
[[nodiscard]] std::vector<Proxy> proxiesOf(const Intent& intent, Target target, UnheldOf unheld, std::vector<Loss>& losses);

// What no proxy sees of a request: keys of IAM, the second factor, the VPC, the time.
[[nodiscard]] std::optional<Unheld> unseenByProxies(const EdgeCondition& condition);

// Whoever is meant by "anyone".
[[nodiscard]] inline bool isAnyone(const Caller& caller) {
    return caller.principal == "*";
}
// "orders-web,batch->payments GET,POST /orders/**", for people who read names of policies in logs.
[[nodiscard]] std::string wordsOf(const ProxyRule& rule);

} // namespace gw::mesh
