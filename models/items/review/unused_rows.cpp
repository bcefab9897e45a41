#include "models/items/review/unused_rows.h"

#include "models/estate/environment.h"
#include "models/items/review/mapping_rows.h"
#include "models/items/table/column_list.h"
#include "saml/base/ascii.h"

namespace gw::items {
namespace {

using estate::Role;
using estate::UnusedRole;

std::vector<Column> unusedColumns() {
    ColumnList<UnusedColumn> columns;
    columns.add(UnusedColumn::State, "state", ColumnKind::Choice).choices = {"nothing-tells", "permissions", "role"};
    columns.add(UnusedColumn::Role, "role").many = true;
    columns.add(UnusedColumn::Account, "account").many = true;
    Column& environment = columns.add(UnusedColumn::Env, "env", ColumnKind::Choice);
    environment.choices = {"prod", "stage", "dev", "shared"};
    environment.aliases = {"environment"};
    columns.add(UnusedColumn::LastUsed, "last-used", ColumnKind::Time);
    columns.add(UnusedColumn::Since, "since", ColumnKind::Time);
    Column& services = columns.add(UnusedColumn::Services, "service");
    services.many = true;
    services.aliases = {"services"};
    columns.add(UnusedColumn::Proposal, "proposal", ColumnKind::Choice).choices = {"none", "proved"};
    Column& evidence = columns.add(UnusedColumn::Evidence, "evidence", ColumnKind::Choice);
    evidence.many = true;
    for (int i = 0; i <= static_cast<int>(estate::EvidenceSource::CloudTrail); ++i)
        evidence.choices.emplace_back(evidenceSourceName(static_cast<estate::EvidenceSource>(i)));
    columns.add(UnusedColumn::Owner, "owner");
    return columns.take();
}

void addRole(Table& table, const estate::Estate& estate, const Role& role, std::size_t state) {
    table.addRow();
    table.addChoice(columnOf(UnusedColumn::State), state);
    addNameAndId(table, columnOf(UnusedColumn::Role), role.arn);
    addAccountOf(table, columnOf(UnusedColumn::Account), estate, role.account);
    const estate::Environment environment = environmentOf(estate, role, role.tags, estate::EnvironmentWords::usual());
    if (environment != estate::Environment::Unknown) table.addChoice(columnOf(UnusedColumn::Env), static_cast<std::size_t>(environment) - 1);
    for (const auto& [key, value] : role.tags)
        if (foldedAscii(key) == "owner") table.addText(columnOf(UnusedColumn::Owner), value);
}

} // namespace

Table makeUnusedTable(const estate::Estate& estate, const estate::UnusedReport& report) {
    Table table(unusedColumns());
    for (const UnusedRole& each : report.roles) {
        addRole(table, estate, *each.role, each.isStale ? 2 : 1);
        if (!each.activity.evidence.empty())
            table.setValue(columnOf(UnusedColumn::LastUsed), each.activity.last ? each.activity.last->unixSeconds() : neverValue);
        if (const auto since = each.activity.unusedSince()) table.setValue(columnOf(UnusedColumn::Since), since->unixSeconds());
        for (const std::string& service : each.use.unusedServices) table.addText(columnOf(UnusedColumn::Services), service);
        table.addChoice(columnOf(UnusedColumn::Proposal), each.tightening ? 1 : 0);
        for (const auto* evidence : {&each.activity.evidence, &each.use.evidence})
            for (const estate::Evidence& one : *evidence) table.addChoice(columnOf(UnusedColumn::Evidence), static_cast<std::size_t>(one.source));
    }
    for (const Role* each : report.untold) addRole(table, estate, *each, 0);
    table.finish();
    return table;
}

} // namespace gw::items
