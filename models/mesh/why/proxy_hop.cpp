// Requests that the proxy in front of a server decides on.
#include "models/mesh/compile/statement.h"
#include "models/mesh/envoy/denial.h"
#include "models/mesh/envoy/listener.h"
#include "models/mesh/envoy/probes.h"
#include "models/mesh/envoy/servers.h"
#include "models/mesh/istio/authorization.h"
#include "models/mesh/why/enforcers.h"

#include <algorithm>

namespace gw::mesh {

using policy::Decision;

Hop Enforcers::askProxy(const Use& use, const MeshAccess& access, std::string_view path) {
    Hop hop;
    hop.decision = Decision::Allowed;
    hop.action = access.methods.empty() || access.methods.front() == "*" ? "GET" : access.methods.front();
    const std::string at = examplePath(path, access.paths);
    hop.resource = access.service.value() + at;
    hop.principal = use.caller.node.value();
    envoy::Request request;
    request.method = hop.action;
    request.path = at;
    request.port = access.port;
    request.directRemote = request.remote = "192.0.2.77";
    // What edges about this ask for besides: without it, the answer would be no, and it is not.
    std::vector<Surroundings> tries(1);
    std::vector<std::string> keys;
    for (const Use& each : intent_.uses) {
        const auto* other = each.as<MeshAccess>();
        if (other == nullptr || other->service != access.service || each.caller.node != use.caller.node || each.when.empty())
            continue;
        addSurroundings(each, tries);
        for (const EdgeCondition& condition : each.when)
            keys.push_back(condition.kind == EdgeCondition::Kind::Header     ? "header." + condition.name
                           : condition.kind == EdgeCondition::Kind::Query    ? "query." + condition.name
                           : condition.kind == EdgeCondition::Kind::JwtClaim ? "jwt." + condition.name
                           : condition.kind == EdgeCondition::Kind::SourceIp ? std::string("source_ip")
                                                                             : condition.name);
    }
    bool any = false;
    const auto add = [&](WhyLayer layer, Target target, const Artefact* artefact, auto decide) {
        any = true;
        LayerSays says;
        says.layer = layer;
        if (artefact != nullptr) says.document = fileOf(*artefact);
        if (use.caller.workload != nullptr) {
            envoy::Peer peer;
            if (const std::string uri = uriOf(*use.caller.workload, target); !uri.empty()) peer.uris.push_back(uri);
            peer.dnsNames = use.caller.workload->names;
            request.peer = std::move(peer);
        }
        std::optional<WhyVoice> first;
        for (const Surroundings& in : tries) {
            envoy::Request asked = request;
            asked.headers = in.headers;
            asked.claims = in.claims;
            asked.directRemote = asked.remote = in.address;
            if (in.port != 0) asked.port = in.port;
            char separator = '?';
            for (const auto& [name, value] : in.query) {
                asked.path += separator + name + "=" + value;
                separator = '&';
            }
            const auto [verdict, policy] = decide(asked);
            const WhyVoice voice = verdict == envoy::Verdict::Allowed                     ? WhyVoice::Allows
                                   : verdict == envoy::Verdict::Unknown                   ? WhyVoice::Depends
                                   : verdict == envoy::Verdict::Denied && !policy.empty() ? WhyVoice::Denies
                                                                                          : WhyVoice::Silent;
            if (!first) {
                first = says.voice = voice;
                says.statement = policy;
                says.edges = edgesOfPolicyName(policy);
            } else if (voice == WhyVoice::Allows && *first != WhyVoice::Allows) {
                says.voice = WhyVoice::Depends;
                says.statement = policy;
                says.edges = edgesOfPolicyName(policy);
            } else if (voice == WhyVoice::Denies && *first == WhyVoice::Allows) {
                says.voice = WhyVoice::Depends;
                for (const EdgeId& edge : edgesOfPolicyName(policy)) addEdge(says.edges, edge);
            }
        }
        if (says.voice == WhyVoice::Depends)
            for (const std::string& key : keys)
                if (std::find(hop.dependsOn.begin(), hop.dependsOn.end(), key) == hop.dependsOn.end())
                    hop.dependsOn.push_back(key);
        says.stops = says.voice == WhyVoice::Silent || says.voice == WhyVoice::Denies;
        addLosses(says, target, use);
        hop.decision = stricter(hop.decision, says.voice == WhyVoice::Allows    ? Decision::Allowed
                                              : says.voice == WhyVoice::Depends ? Decision::Depends
                                              : says.voice == WhyVoice::Denies  ? Decision::ExplicitlyDenied
                                                                                : Decision::ImplicitlyDenied);
        hop.layers.push_back(std::move(says));
    };
    const auto artefactOf = [&](Target target) -> const Artefact* {
        const auto found = artefacts_.find(proxyOf(access, target));
        if (found == artefacts_.end()) return nullptr;
        const auto artefact = std::find_if(found->second.begin(), found->second.end(),
                                           [&](const Artefact* each) { return each->target == target; });
        return artefact == found->second.end() ? nullptr : *artefact;
    };
    using Said = std::pair<envoy::Verdict, std::string>;
    if (!proxyOf(access, Target::Envoy).empty() && access.server != nullptr) {
        const Artefact* artefact = artefactOf(Target::Envoy);
        const auto listener = artefact == nullptr ? Result<envoy::Listener>(fail(envoy::EnvoyError::NoListener))
                                                  : envoy::Listener::parse(artefact->text);
        add(WhyLayer::Envoy, Target::Envoy, artefact, [&](const envoy::Request& asked) -> Said {
            if (!listener) return {envoy::Verdict::Denied, {}};
            const envoy::ListenerAnswer answer = listener->evaluate(asked);
            return {answer.verdict, answer.policy};
        });
    }
    if (const std::string object = proxyOf(access, Target::Istio); !object.empty()) {
        const Artefact* artefact = artefactOf(Target::Istio);
        const auto parsed = artefact == nullptr ? Result<istio::Policies>(fail(istio::IstioError::NoPolicy))
                                                : istio::Policies::parse(artefact->text);
        const istio::Workload workload{object.substr(0, object.find('/')),
                                       {{"app", object.substr(std::min(object.find('/') + 1, object.size()))}}};
        add(WhyLayer::Istio, Target::Istio, artefact, [&](const envoy::Request& asked) -> Said {
            if (!parsed) return {envoy::Verdict::Denied, {}};
            const istio::Answer answer = parsed->evaluate(workload, asked);
            return {answer.verdict, answer.policy};
        });
    }
    if (!any) {
        hop.decision = Decision::ImplicitlyDenied;
        hop.layers.push_back({WhyLayer::Envoy, true, WhyVoice::Silent, true, {}, {}, {}, {"no-identity"}});
    }
    return hop;
}

} // namespace gw::mesh
