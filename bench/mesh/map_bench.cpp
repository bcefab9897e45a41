// A map of 2,000 edges compiled and proved, whole and after one edit; one of 10,000 edges read, and edited in place.
#include "models/mesh/compile/compilation.h"
#include "models/mesh/map/reader.h"
#include "models/mesh/prove/proof.h"
#include "models/mesh/toml/document.h"

#include <benchmark/benchmark.h>

#include <string>

namespace gw::mesh {
namespace {

constexpr Target targets[] = {Target::Iam, Target::ApiGateway, Target::Lattice, Target::Lambda};

// 200 roles, 50 APIs, 60 services, 40 functions; an edge in ten has conditions of its own.
std::string mapText(int edges) {
    std::string text = "version = 1\n";
    for (int i = 0; i < 50; ++i)
        text += "\n[[route]]\nid = \"api" + std::to_string(i) + "\"\napi = \"api" + std::to_string(i) +
                "\"\nstage = \"prod\"\naccount = \"111122223333\"\nregion = \"eu-west-1\"\n";
    for (int i = 0; i < 60; ++i)
        text += "\n[[mesh-service]]\nid = \"svc" + std::to_string(i) + "\"\nlattice = \"arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-" + std::to_string(i) + "\"\n";
    for (int i = 0; i < edges; ++i) {
        const std::string n = std::to_string(i);
        text += "\n# edge " + n + "\n[[edge]]\nid = \"E" + n + "\"\nwho = [\"role:arn:aws:iam::111122223333:role/role" + std::to_string(i % 200) + "\"]\n";
        switch (i % 4) {
        case 0: text += "may = [\"GET\", \"POST\"]\non = [\"api" + std::to_string(i % 50) + "\"]\npaths = [\"/orders/" + n + "/**\"]\n"; break;
        case 1: text += "may = [\"GET\"]\non = [\"svc" + std::to_string(i % 60) + "\"]\npaths = [\"/v1/" + n + "\"]\n"; break;
        case 2: text += "may = \"invoke\"\non = [\"arn:aws:lambda:eu-west-1:111122223333:function:f" + std::to_string(i % 40) + "\"]\n"; break;
        default: text += "may = [\"s3:GetObject\"]\non = [\"arn:aws:s3:::bucket" + n + "/*\"]\n";
        }
        if (i % 10 == 0) text += "when = { \"aws:PrincipalTag/team\" = [\"t" + std::to_string(i % 7) + "\"] }\n";
        text += "owner = \"team@example.com\"\nreason = \"because\"\n";
    }
    return text;
}

struct Ready {
    explicit Ready(const std::string& text) : reading(readMap(text).value()), intent(resolve(reading.map, nullptr, std::nullopt)), compilation(compile(intent, targets)) {}
    Map::Reading reading;
    Intent intent;
    Compilation compilation;
};

void compileMap(benchmark::State& state) {
    const Map::Reading reading = readMap(mapText(static_cast<int>(state.range(0)))).value();
    for (auto _ : state) {
        const Intent intent = resolve(reading.map, nullptr, std::nullopt);
        benchmark::DoNotOptimize(compile(intent, targets));
    }
}
BENCHMARK(compileMap)->Arg(2'000)->Unit(benchmark::kMillisecond);

void proveCold(benchmark::State& state) {
    const Ready ready(mapText(2'000));
    if (!ready.reading.isUsable() || !ready.compilation.losses.empty()) return state.SkipWithError("the map is not held");
    std::size_t checked = 0;
    for (auto _ : state) {
        Prover prover;
        checked = 0;
        for (const TargetProof& proof : prover.prove(ready.intent, ready.compilation, targets)) {
            checked += proof.checked;
            if (!proof.holds()) return state.SkipWithError("the proof fails");
        }
    }
    state.counters["checked"] = static_cast<double>(checked);
}
BENCHMARK(proveCold)->Unit(benchmark::kMillisecond);

// From the changed text to the proof.
void proveAfterOneEdit(benchmark::State& state) {
    const std::string text = mapText(2'000);
    std::string edited = text;
    edited.replace(edited.find("/v1/1001\""), 9, "/v1/9999\"");
    const Ready before(text);
    const toml::Document after = toml::Document::parse(edited).value();
    std::size_t anew = 0;
    for (auto _ : state) {
        state.PauseTiming();
        Prover prover;
        (void)prover.prove(before.intent, before.compilation, targets);
        state.ResumeTiming();
        const Map::Reading reading = readMap(after);
        const Intent intent = resolve(reading.map, nullptr, std::nullopt);
        const Compilation compilation = compile(intent, targets);
        benchmark::DoNotOptimize(prover.prove(intent, compilation, targets));
        anew = prover.provedAnew();
    }
    state.counters["points"] = static_cast<double>(anew);
}
BENCHMARK(proveAfterOneEdit)->Iterations(3)->Unit(benchmark::kMillisecond);

void readTenThousandEdges(benchmark::State& state) {
    const std::string text = mapText(10'000);
    for (auto _ : state) benchmark::DoNotOptimize(readMap(text).value());
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(readTenThousandEdges)->Unit(benchmark::kMillisecond);

void editInPlace(benchmark::State& state) {
    toml::Document document = toml::Document::parse(mapText(10'000)).value();
    const std::size_t section = document.sections().size() / 2;
    std::size_t entry = 0;
    for (std::size_t i = 0; i < document.sections()[section].entries.size(); ++i)
        if (document.sections()[section].entries[i].key.parts.front() == "reason") entry = i;
    bool odd = false;
    for (auto _ : state) {
        odd = !odd;
        if (!document.setValue(section, entry, odd ? "\"another reason\"" : "\"because\"")) return state.SkipWithError("refused");
        benchmark::DoNotOptimize(document.text());
    }
}
BENCHMARK(editInPlace)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace gw::mesh

BENCHMARK_MAIN();
