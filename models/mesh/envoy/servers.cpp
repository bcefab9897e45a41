#include "models/mesh/envoy/servers.h"

#include <algorithm>
#include <unordered_map>

namespace gw::mesh {
namespace {

bool sameButCaller(const ProxyRule& rule, const Use& use, const MeshAccess& access) {
    return rule.effect == use.effect && rule.access.service == access.service && rule.access.methods == access.methods &&
           rule.access.paths == access.paths && rule.access.port == access.port && rule.when == use.when;
}

void addUse(Proxy& proxy, std::vector<std::size_t>& ofEdge, Use use) {
    auto& access = std::get<MeshAccess>(use.access);
    for (const std::size_t at : ofEdge) {
        ProxyRule& rule = proxy.rules[at];
        if (!sameButCaller(rule, use, access)) continue;
        if (std::find(rule.callers.begin(), rule.callers.end(), use.caller) == rule.callers.end())
            rule.callers.push_back(std::move(use.caller));
        return;
    }
    if (ofEdge.empty()) proxy.edges.push_back(use.edge);
    ofEdge.push_back(proxy.rules.size());
    proxy.rules.push_back({use.edge, ofEdge.size(), use.effect, std::move(access), std::move(use.when), {std::move(use.caller)}});
}

void appendList(std::string& out, const std::vector<std::string>& parts) {
    constexpr std::size_t most = 3;
    for (std::size_t i = 0; i < parts.size() && i < most; ++i) {
        if (i > 0) out += ',';
        out += parts[i];
    }
    if (parts.size() > most) out += ",+" + std::to_string(parts.size() - most);
}

} // namespace

std::string proxyOf(const MeshAccess& access, Target target) {
    if (access.server == nullptr) return {};
    return target == Target::Istio ? access.server->serviceAccount : access.serverNode.value();
}

std::string uriOf(const Workload& workload, Target target) {
    if (!workload.spiffe.empty() || target != Target::Istio) return workload.spiffe;
    const std::size_t slash = workload.serviceAccount.find('/');
    if (slash == std::string::npos) return {};
    return "spiffe://cluster.local/ns/" + workload.serviceAccount.substr(0, slash) + "/sa/" +
           workload.serviceAccount.substr(slash + 1);
}

std::vector<Proxy> proxiesOf(const Intent& intent, Target target, UnheldOf unheld, std::vector<Loss>& losses) {
    std::vector<Proxy> proxies;
    std::unordered_map<std::string, std::size_t> places;
    std::vector<std::unordered_map<std::string, std::vector<std::size_t>>> edges;
    for (const Use& use : intent.uses) {
        const auto* access = use.as<MeshAccess>();
        if (access == nullptr) continue;
        const std::string object = proxyOf(*access, target);
        // A mesh without such proxies is no loss of this target.
        if (object.empty()) continue;
        const auto [found, added] = places.emplace(object, proxies.size());
        if (added) {
            proxies.push_back({object, access->server, {}, {}, {}});
            edges.emplace_back();
        }
        Proxy& proxy = proxies[found->second];
        if (access->port != 0 && std::find(proxy.ports.begin(), proxy.ports.end(), access->port) == proxy.ports.end())
            proxy.ports.push_back(access->port);
        const std::vector<Unheld> cannot = unheld(use);
        if (auto held = heldUse(intent, use, target, cannot, &losses))
            addUse(proxy, edges[found->second][use.edge.value()], std::move(*held));
    }
    for (Proxy& proxy : proxies) std::sort(proxy.ports.begin(), proxy.ports.end());
    return proxies;
}

std::string wordsOf(const ProxyRule& rule) {
    std::vector<std::string> callers, paths;
    for (const Caller& caller : rule.callers) callers.push_back(caller.node.value());
    for (const PathPattern& path : rule.access.paths) paths.push_back(path.text());
    std::string words;
    appendList(words, callers);
    words += rule.effect == Effect::Deny ? "-x->" : "->";
    words += rule.access.service.value();
    if (!rule.access.methods.empty()) words += ' ';
    appendList(words, rule.access.methods);
    if (!paths.empty()) words += ' ';
    appendList(words, paths);
    return words;
}

std::optional<Unheld> unseenByProxies(const EdgeCondition& condition) {
    using Kind = EdgeCondition::Kind;
    switch (condition.kind) {
    case Kind::Key: return Unheld{"key", condition.name};
    case Kind::Mfa: return Unheld{"mfa", {}};
    case Kind::SourceVpc: return Unheld{"source-vpc", {}};
    case Kind::After: return Unheld{"time", "after"};
    case Kind::Before: return Unheld{"time", "before"};
    case Kind::SourceIp:
    case Kind::Header:
    case Kind::Query:
    case Kind::JwtClaim: break;
    }
    return std::nullopt;
}

} // namespace gw::mesh
