// The requests to one proxy that can make a difference, what the map says to each, and the comparison with what the proxy says.
#pragma once

#include "models/mesh/envoy/rbac.h"
#include "models/mesh/prove/proof.h"

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace gw::mesh {

// What an artefact names, besides what the map does.
struct ProxyNames {
    std::set<std::string> uris, dnsNames; // of certificates
    std::set<std::string> methods, paths;
    std::set<std::uint16_t> ports;
    // Expressions and the like, whose values cannot be listed, and which are not those that the map's patterns become.
    bool enumerable = true;
    void add(const envoy::Rule& rule, const std::set<std::string>& expected);
};

struct ProxyAnswer {
    envoy::Verdict verdict = envoy::Verdict::Unknown;
    std::string policy; // that decided
};
struct AskProxy {
    // What the proxy makes of a path before it decides; nothing where it refuses it.
    std::function<std::optional<std::string>(const std::string& path)> see;
    std::function<ProxyAnswer(const envoy::Request&, const std::string& seen)> decide;
};

// Expressions that compiling the uses writes: they are tried by examples of what they stand for.
[[nodiscard]] std::set<std::string> expressionsOf(const Intent& intent, const Point& point);

// Adds to `proof`. `edgeOf` tells the edge of a policy by its name.
void compareProxy(const Intent& intent, const Point& point, const ProxyNames& names, const AskProxy& ask,
                  const std::function<std::optional<EdgeId>(const std::string& policy)>& edgeOf, PointProof& proof);

} // namespace gw::mesh
