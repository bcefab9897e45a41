// A mesh of many virtual nodes, each with a listener with TLS, a backend, a virtual service, a router and a route, as describe
// calls print them: read from texts in memory to the model, written out again, and translated.
//     bench_appmesh --benchmark_repetitions=5
#include "models/estate/estate_reader.h"
#include "models/mesh/appmesh/describe.h"
#include "models/mesh/appmesh/import.h"
#include "models/mesh/appmesh/translate.h"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace gw;
using namespace gw::mesh::appmesh;

using Files = std::vector<std::pair<std::string, std::string>>;

std::string object(const std::string& kind, const std::string& path, const std::string& names, const std::string& spec) {
    return R"({")" + kind + R"(":{"meshName":"shop",)" + names + R"("metadata":{"arn":"arn:aws:appmesh:eu-west-1:111122223333:mesh/shop)" + path +
           R"(","createdAt":"2024-05-01T10:00:00+00:00","lastUpdatedAt":"2024-05-01T10:00:00+00:00","meshOwner":"111122223333","resourceOwner":"111122223333","uid":"0f0f0f0f-0000-0000-0000-000000000000","version":3},"spec":)" +
           spec + R"(,"status":{"status":"ACTIVE"}}})";
}

Files mesh(int nodes) {
    Files files{{"mesh.json", object("mesh", "", "", R"({"egressFilter":{"type":"DROP_ALL"}})")}};
    for (int i = 0; i < nodes; ++i) {
        const std::string n = std::to_string(i), name = "node-" + n, service = "service-" + n + ".shop.local", router = "router-" + n, next = std::to_string((i + 1) % nodes);
        files.emplace_back(
            "n" + n + ".json",
            object("virtualNode", "/virtualNode/" + name, R"("virtualNodeName":")" + name + R"(",)",
                   R"({"listeners":[{"portMapping":{"port":8080,"protocol":"http"},"tls":{"mode":"STRICT","certificate":{"sds":{"secretName":"spiffe://corp/ns/shop/sa/)" + name +
                       R"("}},"validation":{"trust":{"sds":{"secretName":"spiffe://corp"}},"subjectAlternativeNames":{"match":{"exact":["spiffe://corp/ns/shop/sa/node-)" + next +
                       R"("]}}}},"healthCheck":{"healthyThreshold":2,"intervalMillis":5000,"path":"/ping","port":8080,"protocol":"http","timeoutMillis":2000,"unhealthyThreshold":2}}],"backends":[{"virtualService":{"virtualServiceName":"service-)" +
                       next + R"(.shop.local"}}],"backendDefaults":{"clientPolicy":{"tls":{"enforce":true,"certificate":{"sds":{"secretName":"spiffe://corp/ns/shop/sa/)" + name +
                       R"("}},"validation":{"trust":{"sds":{"secretName":"spiffe://corp"}}}}}},"serviceDiscovery":{"dns":{"hostname":")" + name + R"(.internal"}}})"));
        files.emplace_back("s" + n + ".json", object("virtualService", "/virtualService/" + service, R"("virtualServiceName":")" + service + R"(",)",
                                                     R"({"provider":{"virtualRouter":{"virtualRouterName":")" + router + R"("}}})"));
        files.emplace_back("r" + n + ".json", object("virtualRouter", "/virtualRouter/" + router, R"("virtualRouterName":")" + router + R"(",)",
                                                     R"({"listeners":[{"portMapping":{"port":8080,"protocol":"http"}}]})"));
        files.emplace_back("x" + n + ".json", object("route", "/virtualRouter/" + router + "/route/all", R"("virtualRouterName":")" + router + R"(","routeName":"all",)",
                                                     R"({"httpRoute":{"match":{"prefix":"/"},"action":{"weightedTargets":[{"virtualNode":")" + name + R"(","weight":100}]}}})"));
    }
    return files;
}

std::shared_ptr<const estate::Estate> read(const Files& files) {
    estate::EstateReader reader;
    for (const auto& [name, text] : files) reader.addText(name, text);
    return reader.finish();
}

void importMesh(benchmark::State& state) {
    const Files files = mesh(static_cast<int>(state.range(0)));
    for (auto _ : state) {
        const Model model = importFrom(*read(files));
        if (model.objects.size() != files.size() || !model.problems.empty()) std::abort();
    }
}
BENCHMARK(importMesh)->Arg(1'000)->Unit(benchmark::kMillisecond);

void writeMesh(benchmark::State& state) {
    const Model model = importFrom(*read(mesh(static_cast<int>(state.range(0)))));
    for (auto _ : state) benchmark::DoNotOptimize(describeFiles(model));
}
BENCHMARK(writeMesh)->Arg(1'000)->Unit(benchmark::kMillisecond);

void translateMesh(benchmark::State& state) {
    const Model model = importFrom(*read(mesh(1'000)));
    for (auto _ : state) benchmark::DoNotOptimize(translationTo(model, {}, static_cast<Target>(state.range(0))));
}
BENCHMARK(translateMesh)->DenseRange(0, 3)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
