// One key press in the role chooser over 5,000 roles, without painting: our search beside a QSortFilterProxyModel that
// filters by a fixed string over the same texts, which is what a list gets by default. Budget: DESIGN.md 9.
#include "models/items/role_search.h"

#include <QSortFilterProxyModel>
#include <QStringListModel>

#include <benchmark/benchmark.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace {

using namespace gw;

constexpr int roleCount = 5000;

// What a person types, letter by letter.
constexpr std::array<const char*, 6> queries = {"r", "re", "readonly", "prod read", "pay adm", "zzzz"};

std::vector<items::RoleEntry> roles() {
    static constexpr std::array<const char*, 10> names = {"ReadOnly", "Admin", "PowerUser", "Billing", "NetworkOps", "SecurityAudit", "Deployer", "DataScientist", "Support", "BreakGlass"};
    static constexpr std::array<const char*, 8> teams = {"payments", "ledger", "identity", "search", "mobile", "platform", "risk", "growth"};
    static constexpr std::array<sessions::Environment, 4> environments = {sessions::Environment::Prod, sessions::Environment::Stage,
                                                                          sessions::Environment::Dev, sessions::Environment::Shared};
    std::vector<items::RoleEntry> entries;
    for (int i = 0; i < roleCount; ++i) {
        const auto n = static_cast<std::size_t>(i);
        const auto environment = environments[n / 10 % environments.size()];
        const std::string name = names[n % names.size()];
        items::RoleEntry entry;
        entry.pair.role = aws::RoleArn::parse("arn:aws:iam::" + std::to_string(100'000'000'000 + i / 10) + ":role/" + name).value();
        entry.label = name;
        entry.accountAlias = std::string(teams[n / 40 % teams.size()]) + "-" + std::string(sessions::environmentName(environment)) + std::to_string(i / 320);
        entry.environment = environment;
        entries.push_back(std::move(entry));
    }
    return entries;
}

void roleSearch(benchmark::State& state) {
    items::RoleSearch search;
    search.setEntries(roles());
    const std::string query = queries[static_cast<std::size_t>(state.range(0))];
    std::size_t hits = 0;
    for (auto _ : state) {
        auto found = search.find(query);
        hits = found.size();
        benchmark::DoNotOptimize(found);
    }
    state.SetLabel("\"" + query + "\", " + std::to_string(hits) + " hits");
}

void nearest(benchmark::State& state) {
    items::RoleSearch search;
    search.setEntries(roles());
    for (auto _ : state) benchmark::DoNotOptimize(search.nearest("paymnets"));
}

void fillIn(benchmark::State& state) {
    const auto entries = roles();
    for (auto _ : state) {
        state.PauseTiming();
        auto given = entries;
        auto search = std::make_unique<items::RoleSearch>();
        state.ResumeTiming();
        search->setEntries(std::move(given));
        benchmark::DoNotOptimize(search);
        state.PauseTiming();
        search.reset();
        state.ResumeTiming();
    }
}

// No two texts alike: the most that there is to fold.
void fillInDistinct(benchmark::State& state) {
    auto entries = roles();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        entries[i].label += std::to_string(i);
        entries[i].accountAlias += "-x" + std::to_string(i);
    }
    for (auto _ : state) {
        state.PauseTiming();
        auto given = entries;
        auto search = std::make_unique<items::RoleSearch>();
        state.ResumeTiming();
        search->setEntries(std::move(given));
        benchmark::DoNotOptimize(search);
        state.PauseTiming();
        search.reset();
        state.ResumeTiming();
    }
}

void proxyModel(benchmark::State& state) {
    QStringList texts;
    for (const items::RoleEntry& entry : roles())
        texts << QString::fromStdString(entry.label + " " + entry.accountAlias + " " + entry.pair.role.value());
    QStringListModel model(texts);
    QSortFilterProxyModel proxy;
    proxy.setSourceModel(&model);
    proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
    proxy.sort(0);
    const std::string query = queries[static_cast<std::size_t>(state.range(0))];
    for (auto _ : state) {
        proxy.setFilterFixedString(QString::fromStdString(query));
        benchmark::DoNotOptimize(proxy.rowCount());
        state.PauseTiming();
        proxy.setFilterFixedString(QString());
        state.ResumeTiming();
    }
    state.SetLabel("\"" + query + "\"");
}

} // namespace

BENCHMARK(roleSearch)->DenseRange(0, queries.size() - 1)->Unit(benchmark::kMicrosecond);
BENCHMARK(proxyModel)->DenseRange(0, queries.size() - 1)->Unit(benchmark::kMicrosecond);
BENCHMARK(nearest)->Unit(benchmark::kMicrosecond);
BENCHMARK(fillIn)->Unit(benchmark::kMillisecond);
BENCHMARK(fillInDistinct)->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();
