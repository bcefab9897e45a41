// Made maps compiled to Envoy's listeners, with requests and what our evaluator says to each: one JSON line for each map.
//   envoy_answers PORT: the port that the listeners are asked at
#include "models/mesh/compile/compilation.h"
#include "models/mesh/envoy/listener.h"
#include "models/mesh/envoy/probes.h"
#include "models/mesh/prove/space.h"
#include "saml/base/json.h"
#include "tests/mesh/proxy_intents.h"

#include <cstdio>
#include <cstdlib>
#include <set>

namespace gw::mesh {
namespace {

using envoy::Verdict;

const char* nameOf(Verdict verdict) {
    return verdict == Verdict::Allowed   ? "allowed"
           : verdict == Verdict::Denied  ? "denied"
           : verdict == Verdict::Refused ? "refused"
                                         : "unknown";
}

std::vector<envoy::Headers> headersOf(bool conditions) {
    std::vector<envoy::Headers> all{{}};
    if (!conditions) return all;
    all.push_back({{"x-tenant", "blue"}});
    all.push_back({{"x-tenant", "bluegreen"}});
    all.push_back({{"x-tenant", "greenish"}});
    all.push_back({{"x-tenant", "blue"}, {"x-tenant", "other"}});
    all.push_back({{"x_tenant", "blue"}});
    return all;
}

Json answersFor(unsigned seed, std::uint16_t port) {
    const bool conditions = seed % 2 == 1;
    test::MadeIntent made = test::madeIntent(seed, conditions);
    std::vector<PathPattern> allowed, denied;
    std::set<std::string> paths{"/", "/gwother"};
    for (Use& use : made.intent.uses) {
        MeshAccess& access = test::accessOf(use);
        if (access.port != 0) access.port = port;
        for (EdgeCondition& condition : use.when)
            if (condition.kind == EdgeCondition::Kind::SourceIp && seed % 4 == 1) condition.values.emplace_back("127.0.0.0/8");
        for (const PathPattern& path : access.paths) {
            (use.effect == Effect::Deny ? denied : allowed).push_back(path);
            addPathsAround(path, paths);
        }
    }
    addPathTricks(allowed, denied, paths);
    if (conditions)
        for (const char* query :
             {"?team=payments", "?team=payments&team=x", "?x=1&team=payments", "?team=paymentsx", "?xteam=payments"})
            paths.insert((allowed.empty() ? std::string("/x") : allowed.front().example("gwx")) + query);
    Compilation compilation;
    compileEnvoy(made.intent, compilation);
    const auto listener = envoy::Listener::parse(compilation.artefacts.front().text);
    if (!listener) return Json{{"error", listener.error().chain()}};
    Json requests = Json::array();
    for (std::size_t client = 0; client < 4; ++client)
        for (const std::string& path : paths)
            for (const char* method : {"GET", "POST"})
                for (const envoy::Headers& headers : headersOf(conditions && path.find("gwother") == std::string::npos)) {
                    envoy::Request request;
                    request.method = method;
                    request.path = path;
                    request.headers = headers;
                    request.peer.emplace();
                    if (client == 2)
                        request.peer->dnsNames = {"batch.shop.example"};
                    else
                        request.peer->uris = {client == 3 ? "spiffe://corp.example/ns/shop/sa/stranger"
                                                          : made.workloads[client + 1].spiffe};
                    request.directRemote = request.remote = request.local = "127.0.0.1";
                    request.port = port;
                    const envoy::ListenerAnswer answer = listener->evaluate(request);
                    Json each{{"client", client}, {"method", method}, {"path", path}, {"headers", Json::array()}};
                    for (const auto& [name, value] : headers) each["headers"].push_back(Json::array({name, value}));
                    each["verdict"] = nameOf(answer.verdict);
                    each["policy"] = answer.policy;
                    each["seen"] = answer.path;
                    requests.push_back(std::move(each));
                }
    return Json{{"seed", seed}, {"listener", compilation.artefacts.front().text}, {"requests", std::move(requests)}};
}

} // namespace
} // namespace gw::mesh

int main(int count, char** words) {
    if (count != 2) return 2;
    const auto port = static_cast<std::uint16_t>(std::strtoul(words[1], nullptr, 10));
    for (unsigned seed = 0; seed < 8; ++seed) std::printf("%s\n", gw::mesh::answersFor(seed, port).dump().c_str());
    return 0;
}
