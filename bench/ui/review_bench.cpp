// One key press in the filter of the mapping table over 100,000 rows: parse, match, order, layout and paint of what is visible;
// and the same over QTableView with QSortFilterProxyModel. Each key press is timed by itself, since the slow ones are what a
// person notices. Run with QT_QPA_PLATFORM=offscreen.
#include "models/estate/estate_parts.h"
#include "models/items/review/mapping_rows.h"
#include "models/items/table/export.h"
#include "ui/review/table_page.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QTableView>

#include <algorithm>
#include <cstdio>

using namespace gw;

namespace {

constexpr int accounts = 500, rolesEach = 200;

std::vector<estate::Mapping> mappings() {
    static const char* const teams[] = {"payments", "fleet", "ledger", "telemetry", "network", "platform", "security", "partner", "billing", "search"};
    static const char* const duties[] = {"readonly", "operator", "developer", "admin", "support", "deploy", "auditor", "breakglass"};
    std::vector<estate::Mapping> rows;
    rows.reserve(std::size_t(accounts) * rolesEach);
    for (int account = 0; account < accounts; ++account)
        for (int role = 0; role < rolesEach; ++role) {
            const std::string name = std::string(teams[role % 10]) + "-" + duties[role / 10 % 8] + "-" + std::to_string(account % 50);
            estate::Mapping row;
            row.who = std::string(teams[(role + account) % 10]) + "-team-" + std::to_string(role % 40);
            row.role = "arn:aws:iam::" + std::to_string(100000000000 + account) + ":role/" + name;
            row.provider = "arn:aws:iam::" + std::to_string(100000000000 + account) + ":saml-provider/Northwind";
            row.environment = static_cast<estate::Environment>(1 + account % 4);
            row.privilege = static_cast<estate::Privilege>(1 + role % 5);
            row.people = static_cast<std::uint64_t>(role);
            rows.push_back(std::move(row));
        }
    return rows;
}

void tell(const char* name, std::vector<double> times) {
    std::sort(times.begin(), times.end());
    const auto at = [&](double share) { return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))]; };
    std::printf("%-28s p50 %8.2f ms   p95 %8.2f ms   most %8.2f ms   (%zu key presses)\n", name, at(0.5), at(0.95), times.back(), times.size());
    std::fflush(stdout);
}

template <class Press>
std::vector<double> typed(const QStringList& queries, int rounds, Press press) {
    std::vector<double> times;
    for (int round = 0; round < rounds; ++round)
        for (const QString& query : queries)
            for (qsizetype length = 1; length <= query.size(); ++length) {
                QElapsedTimer timer;
                timer.start();
                press(query.left(length));
                times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
            }
    return times;
}

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    ui::Theme theme(application);
    theme.setPreference(QStringLiteral("light"));
    const estate::Estate nothing{estate::EstateParts{}};
    const auto rows = mappings();
    const auto made = items::makeMappingTable(nothing, rows, {});

    ui::TablePage page(QStringLiteral("bench"), QStringLiteral("rows"));
    page.resize(860, 760);
    std::vector<ui::ViewColumn> columns;
    using items::MappingColumn;
    for (const auto& [column, look] : {std::pair(MappingColumn::Who, ui::CellLook::Text), std::pair(MappingColumn::Role, ui::CellLook::Text),
                                       std::pair(MappingColumn::Env, ui::CellLook::Environment), std::pair(MappingColumn::Privilege, ui::CellLook::Text),
                                       std::pair(MappingColumn::Provider, ui::CellLook::Text), std::pair(MappingColumn::People, ui::CellLook::Number)}) {
        ui::ViewColumn view;
        view.column = items::columnOf(column);
        view.id = QString::fromStdString(made.table.columns()[*view.column].id);
        view.title = view.id;
        view.look = look;
        view.share = 1;
        columns.push_back(view);
    }
    page.setTable(std::shared_ptr<const items::Table>(std::shared_ptr<const void>(), &made.table), columns, UtcTime::fromUnixSeconds(1795000000));
    page.sortBy(QStringLiteral("role"));
    page.show();
    QCoreApplication::processEvents();
    const QStringList filters{QStringLiteral("payments"), QStringLiteral("env:prod fleet"), QStringLiteral("privilege:>=write people:>10 team-3"), QStringLiteral("zzzz")};
    tell("this table", typed(filters, 5, [&](const QString& text) {
             page.bar().field().setText(text);
             Q_EMIT page.bar().changed();
             page.view().viewport()->repaint();
         }));

    QStandardItemModel model(static_cast<int>(rows.size()), 6);
    for (int row = 0; row < static_cast<int>(rows.size()); ++row)
        for (int column = 0; column < 6; ++column)
            model.setItem(row, column, new QStandardItem(QString::fromStdString(items::cellText(made.table, *columns[static_cast<std::size_t>(column)].column, static_cast<std::size_t>(row)))));
    QSortFilterProxyModel proxy;
    proxy.setSourceModel(&model);
    proxy.setFilterKeyColumn(-1);
    proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
    QTableView table;
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table.verticalHeader()->hide();
    table.setModel(&proxy);
    table.resize(860, 760);
    table.show();
    QCoreApplication::processEvents();
    tell("QSortFilterProxyModel", typed({QStringLiteral("payments"), QStringLiteral("fleet"), QStringLiteral("zzzz")}, 1, [&](const QString& text) {
             proxy.setFilterFixedString(text);
             table.viewport()->repaint();
         }));
    return 0;
}
