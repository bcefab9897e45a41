// Asks the resources that were written, as the text they are, for the workload that they are of.
#include "models/mesh/envoy/denial.h"
#include "models/mesh/envoy/space.h"
#include "models/mesh/istio/authorization.h"

namespace gw::mesh {
namespace {

void addValues(const istio::Asked& asked, const istio::Patterns& values, ProxyNames& names) {
    using What = istio::Asked::What;
    for (const istio::Pattern& value : values) {
        const std::string& text = value.text();
        if (asked.what == What::Principal && text != "*") names.uris.insert("spiffe://" + text);
        if (asked.what == What::Method) names.methods.insert(text);
        if (asked.what == What::Path && text.find('{') == std::string::npos && text.starts_with('/')) names.paths.insert(text);
        if (asked.what == What::Port && !text.empty() && text.size() < 6 &&
            text.find_first_not_of("0123456789") == std::string::npos)
            names.ports.insert(static_cast<std::uint16_t>(std::stoul(text)));
        // Whole namespaces and trust domains, or hosts: not what the map compiles to.
        if (asked.what == What::Namespace || asked.what == What::TrustDomain || asked.what == What::ServiceAccount ||
            asked.what == What::Host)
            names.enumerable = false;
    }
}

void addNames(const istio::Policies& policies, ProxyNames& names) {
    const auto add = [&](const std::vector<istio::Asked>& all) {
        for (const istio::Asked& asked : all) {
            addValues(asked, asked.values, names);
            addValues(asked, asked.notValues, names);
        }
    };
    for (const istio::AuthorizationPolicy& policy : policies.all())
        for (const istio::Rule& rule : policy.rules) {
            for (const auto& from : rule.from) add(from);
            for (const auto& to : rule.to) add(to);
            add(rule.when);
        }
}

} // namespace

PointProof proveIstio(const Intent& intent, const Point& point) {
    PointProof proof;
    std::string text;
    for (const Artefact* artefact : point.artefacts) text += (text.empty() ? "" : "---\n") + artefact->text;
    const auto policies = istio::Policies::parse(text);
    if (!policies) {
        proof.problems.push_back(policies.error());
        return proof;
    }
    ProxyNames names;
    addNames(*policies, names);
    const std::size_t slash = point.object.find('/');
    const istio::Workload workload{point.object.substr(0, slash),
                                   {{"app", slash == std::string::npos ? std::string() : point.object.substr(slash + 1)}}};
    const AskProxy ask{[&](const std::string& path) { return policies->see(path); },
                       [&](const envoy::Request& request, const std::string& seen) {
                           const istio::Answer answer = policies->evaluate(workload, request, seen);
                           return ProxyAnswer{answer.verdict, answer.policy};
                       }};
    const auto edgeOf = [](const std::string& policy) -> std::optional<EdgeId> {
        const std::vector<EdgeId> edges = edgesOfPolicyName(policy);
        return edges.empty() ? std::optional<EdgeId>() : edges.front();
    };
    compareProxy(intent, point, names, ask, edgeOf, proof);
    // Whoever shows no certificate must not get in, whatever the policies say.
    envoy::Request stranger;
    stranger.directRemote = stranger.remote = stranger.local = "192.0.2.77";
    for (const std::string& path : {std::string("/"), std::string("/gwother")}) {
        stranger.path = path;
        ++proof.checked;
        if (policies->evaluate(workload, stranger).verdict == envoy::Verdict::Allowed)
            proof.surplus.push_back({std::nullopt, {"anonymous", "GET", path, {}}});
    }
    return proof;
}

} // namespace gw::mesh
