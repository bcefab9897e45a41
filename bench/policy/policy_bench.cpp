// Decisions, parsing, and who can do something over a large organisation. `decide` is what sets of questions use, `answer`
// adds the statements that decide, `line` is everything that `iam eval` does with a line but reading and writing.
//     bench_policy --benchmark_repetitions=5          medians of one run
//     bench_policy --lines NAME COUNT                 COUNT lines of a case, for the program and for peers
#include "bench/policy/cases.h"
#include "models/policy/access_index.h"
#include "models/policy/case.h"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <sys/resource.h>

namespace {

using namespace gw;
using namespace gw::policy;

const WorldRules closed{true, UtcTime::fromUnixSeconds(1'795'521'600), nullptr};

Case read(const std::string& line, PolicyCache& cache) {
    Case one;
    const auto tree = SourceTree::parse(line);
    if (!tree || !readCase(tree->root(), cache, *tree, one) || !one.errors.empty()) std::abort();
    if (answer(one.request, closed, one.policies).decision != Decision::Allowed) std::abort();
    return one;
}

void decideCase(benchmark::State& state, const std::string& line) {
    PolicyCache cache;
    const Case one = read(line, cache);
    for (auto _ : state) {
        RequestView view(one.request, closed);
        benchmark::DoNotOptimize(decide(view, one.policies));
    }
    state.SetItemsProcessed(state.iterations());
}

void answerCase(benchmark::State& state, const std::string& line) {
    PolicyCache cache;
    const Case one = read(line, cache);
    for (auto _ : state) benchmark::DoNotOptimize(answer(one.request, closed, one.policies));
    state.SetItemsProcessed(state.iterations());
}

void lineOfCase(benchmark::State& state, const std::string& line) {
    PolicyCache cache;
    for (auto _ : state) {
        Case one;
        const auto tree = SourceTree::parse(line);
        if (!readCase(tree->root(), cache, *tree, one)) std::abort();
        benchmark::DoNotOptimize(answer(one.request, closed, one.policies));
    }
    state.SetItemsProcessed(state.iterations());
}

std::string statementOf(int i) {
    const std::string number = std::to_string(i);
    return R"({"Sid":"S)" + number +
           R"(","Effect":"Allow","Action":["s3:GetObject","s3:PutObject","dynamodb:Query"],"Resource":["arn:aws:s3:::bucket-)" +
           number + R"(/*","arn:aws:dynamodb:eu-west-1:111122223333:table/orders-)" + number +
           R"("],"Condition":{"StringEquals":{"aws:PrincipalTag/team":"team-)" + number +
           R"("},"IpAddress":{"aws:SourceIp":["10.0.0.0/8","192.0.2.0/24"]}}})";
}

std::string megabyte() {
    std::string text = R"({"Version":"2012-10-17","Statement":[)";
    for (int i = 0; text.size() < 1'000'000; ++i) text += (i == 0 ? "" : ",\n  ") + statementOf(i);
    return text + "]}";
}

void parse(benchmark::State& state) {
    const std::string text = megabyte();
    for (auto _ : state) {
        auto document = Document::parse(text, DocumentKind::Identity);
        if (!document) std::abort();
        benchmark::DoNotOptimize(document);
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

void compile(benchmark::State& state) {
    const std::string text = megabyte();
    for (auto _ : state) {
        auto policy = CompiledPolicy::parse(text, DocumentKind::Identity, "p");
        if (!policy) std::abort();
        benchmark::DoNotOptimize(policy);
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

// 500 accounts of 200 roles. Each role has a policy of its own and one of ten that many share; every twentieth may invoke.
constexpr int accounts = 500, roles = 200;

PolicyRef parsed(const std::string& statements) {
    auto policy =
        CompiledPolicy::parse(R"({"Version":"2012-10-17","Statement":[)" + statements + "]}", DocumentKind::Identity, "p");
    if (!policy) std::abort();
    return *policy;
}

Actor roleOf(int account, int role, bool invokes) {
    static const std::vector<PolicyRef> shared = [] {
        std::vector<PolicyRef> all;
        for (int i = 0; i < 10; ++i)
            all.push_back(parsed(
                R"({"Effect":"Allow","Action":["logs:*","s3:Get*","s3:List*"],"Resource":"*"},{"Effect":"Deny","Action":"iam:*","Resource":"arn:aws:iam::*:role/admin-)" +
                std::to_string(i) + R"(*"})"));
        return all;
    }();
    std::string number = std::to_string(100'000'000'000 + account);
    Actor actor{*Principal::parse("arn:aws:iam::" + number + ":role/team/role-" + std::to_string(role)), {}, {}};
    std::string own = statementOf(account * roles + role);
    if (invokes)
        own += R"(,{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:eu-west-1:*:api1/prod/*"})";
    actor.policies.identity = {shared[static_cast<std::size_t>(role) % shared.size()], parsed(own)};
    return actor;
}

bool invokes(int account, int role) {
    return (account * roles + role) % 20 == 0;
}

AccessIndex& estate() {
    static const std::unique_ptr<AccessIndex> index = [] {
        auto made = std::make_unique<AccessIndex>();
        for (int account = 0; account < accounts; ++account)
            for (int role = 0; role < roles; ++role) made->add(roleOf(account, role, invokes(account, role)));
        return made;
    }();
    return *index;
}

// The route lies in one account; its policy lets the whole organisation in.
Target route() {
    Target target{
        "execute-api:Invoke", "arn:aws:execute-api:eu-west-1:100000000007:api1/prod/POST/refunds", "", std::nullopt, {}};
    auto policy = CompiledPolicy::parse(
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-northwind"}}}})",
        DocumentKind::Resource, "api");
    if (!policy) std::abort();
    target.resourcePolicy = *policy;
    target.context.set("aws:PrincipalOrgID", "o-northwind");
    return target;
}

void tellMemory(benchmark::State& state) {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    state.counters["MiB"] = static_cast<double>(usage.ru_maxrss) / 1024;
}

void whoCanCold(benchmark::State& state) {
    AccessIndex& index = estate();
    std::size_t found = 0;
    for (auto _ : state) {
        AccessIndex::Question question(index, route(), closed);
        found = question.answer().size();
    }
    if (found < accounts * roles / 20) std::abort();
    state.counters["rows"] = static_cast<double>(found);
    tellMemory(state);
}

void whoCanAfterAnEdit(benchmark::State& state) {
    AccessIndex& index = estate();
    AccessIndex::Question question(index, route(), closed);
    const std::size_t before = question.answer().size();
    const Actor edited = roleOf(250, 101, true), original = roleOf(250, 101, false);
    const auto id = static_cast<ActorId>(250 * roles + 101);
    bool changed = false;
    for (auto _ : state) {
        changed = !changed;
        index.replace(id, changed ? edited : original);
        const std::size_t rows = question.answer().size();
        if (rows < before) std::abort();
        benchmark::DoNotOptimize(rows);
    }
    index.replace(id, original);
    tellMemory(state);
}

void buildEstate(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(&estate());
    tellMemory(state);
}

} // namespace

int main(int argc, char** argv) {
    const auto cases = bench::policyCases();
    if (argc == 4 && std::strcmp(argv[1], "--lines") == 0) {
        for (const auto& one : cases)
            if (one.name == argv[2])
                for (long left = std::strtol(argv[3], nullptr, 10); left > 0; --left) std::puts(one.line.c_str());
        return 0;
    }
    for (const auto& one : cases) {
        benchmark::RegisterBenchmark(("decide/" + one.name).c_str(), decideCase, one.line);
        benchmark::RegisterBenchmark(("answer/" + one.name).c_str(), answerCase, one.line);
        benchmark::RegisterBenchmark(("line/" + one.name).c_str(), lineOfCase, one.line);
    }
    benchmark::RegisterBenchmark("parse", parse)->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("compile", compile)->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("estate/build", buildEstate)->Unit(benchmark::kMillisecond)->Iterations(1);
    benchmark::RegisterBenchmark("who-can/cold", whoCanCold)->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("who-can/after-an-edit", whoCanAfterAnEdit)->Unit(benchmark::kMillisecond);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
