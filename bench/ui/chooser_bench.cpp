// One key press in the role chooser's list over 5,000 roles: search, grouping, layout and paint of what is visible.
// Budget: less than 4 ms. Run with QT_QPA_PLATFORM=offscreen.
#include "saml/base/clock.h"
#include "ui/sessions/role_grouping.h"
#include "ui/style/theme.h"

#include <benchmark/benchmark.h>

#include <QApplication>

using namespace gw;

namespace {

constexpr int roleCount = 5000;

items::RoleSearch search() {
    static const char* const teams[] = {"payments", "fleet", "ledger", "telemetry", "network", "platform", "security", "partner", "billing", "search"};
    static const char* const duties[] = {"readonly", "operator", "developer", "admin", "support", "deploy", "auditor", "breakglass"};
    static const char* const places[] = {"prod", "stage", "dev", "shared"};
    std::vector<items::RoleEntry> entries;
    for (int i = 0; i < roleCount; ++i) {
        const std::string account = std::to_string(100000000000 + i / 20);
        const std::string name = std::string(teams[i % 10]) + "-" + duties[i / 10 % 8] + (i >= 80 ? "-" + std::to_string(i / 80) : "");
        items::RoleEntry entry;
        entry.pair = {aws::RoleArn::parse("arn:aws:iam::" + account + ":role/" + name).value(),
                      aws::SamlProviderArn::parse("arn:aws:iam::" + account + ":saml-provider/Northwind").value()};
        entry.label = name;
        entry.accountAlias = std::string("nwr-") + places[i / 20 % 4] + "-" + teams[i / 20 % 10];
        entry.environment = static_cast<sessions::Environment>(1 + i / 20 % 4);
        entry.favourite = i % 211 == 0;
        entries.push_back(std::move(entry));
    }
    items::RoleSearch made;
    made.setEntries(std::move(entries));
    return made;
}

void keyPress(benchmark::State& state, const char* typed) {
    const SystemClock clock;
    const items::RoleSearch roles = search();
    ui::RoleListView view(clock);
    view.resize(860, 760);
    std::vector<ui::RoleRow> rows;
    for (const auto& entry : roles.entries()) {
        ui::RoleRow row;
        row.label = QString::fromStdString(entry.label);
        row.accountAlias = QString::fromStdString(entry.accountAlias);
        row.account = QString::fromStdString(entry.pair.role.account().value());
        row.environment = entry.environment;
        row.favourite = entry.favourite;
        row.lastUsed = QStringLiteral("yesterday");
        row.longest = QStringLiteral("4 h");
        rows.push_back(std::move(row));
    }
    view.setRows(std::move(rows));
    view.show();
    // Nothing is painted before the window is exposed.
    QCoreApplication::processEvents();
    const std::string text = typed;
    std::size_t length = 0;
    for (auto _ : state) {
        length = length % text.size() + 1;
        auto hits = roles.find(std::string_view(text).substr(0, length));
        view.setGroups(ui::groupRoles(roles, std::move(hits), ui::RoleGrouping::Matches));
        view.viewport()->repaint();
    }
}

} // namespace

BENCHMARK_CAPTURE(keyPress, one_word, "payments")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(keyPress, two_words, "pay read")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(keyPress, fuzzy, "pmtrdo")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(keyPress, nothing, "zzzz")->Unit(benchmark::kMillisecond);

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    ui::Theme theme(application);
    theme.setPreference(QStringLiteral("light"));
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
