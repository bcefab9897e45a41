#include "models/items/review/drift_rows.h"

#include "models/items/review/mapping_rows.h"
#include "models/items/table/column_list.h"

namespace gw::items {
namespace {

std::vector<Column> driftColumns() {
    ColumnList<DriftColumn> columns;
    columns.add(DriftColumn::Change, "change", ColumnKind::Choice).choices = {"lost", "gained"};
    Column& who = columns.add(DriftColumn::Who, "who");
    who.many = true;
    who.aliases = {"principal"};
    columns.add(DriftColumn::What, "what");
    columns.add(DriftColumn::Action, "action");
    columns.add(DriftColumn::Resource, "resource");
    Column& object = columns.add(DriftColumn::Object, "object");
    object.many = true;
    object.aliases = {"role"};
    Column& cause = columns.add(DriftColumn::Cause, "cause", ColumnKind::Choice);
    for (int i = 0; i <= static_cast<int>(estate::DriftCause::Existence); ++i) cause.choices.emplace_back(driftCauseName(static_cast<estate::DriftCause>(i)));
    columns.add(DriftColumn::Group, "group").many = true;
    columns.add(DriftColumn::People, "people", ColumnKind::Number);
    columns.add(DriftColumn::Account, "account").many = true;
    columns.add(DriftColumn::State, "state", ColumnKind::Choice).choices = {"accepted", "ended", "open"};
    columns.add(DriftColumn::Where, "where");
    return columns.take();
}

} // namespace

Table makeDriftTable(const estate::Estate& live, const std::vector<estate::Drift>& drifts,
                     const std::function<std::string(const estate::Drift&)>& what) {
    Table table(driftColumns());
    for (const estate::Drift& each : drifts) {
        table.addRow();
        table.addChoice(columnOf(DriftColumn::Change), each.direction == estate::DriftDirection::Gained ? 1 : 0);
        addNameAndId(table, columnOf(DriftColumn::Who), each.principal);
        table.addText(columnOf(DriftColumn::What), what(each));
        table.addText(columnOf(DriftColumn::Action), each.action);
        table.addText(columnOf(DriftColumn::Resource), each.resource);
        addNameAndId(table, columnOf(DriftColumn::Object), each.object);
        table.addChoice(columnOf(DriftColumn::Cause), static_cast<std::size_t>(each.cause));
        for (const std::string& group : each.groups) table.addText(columnOf(DriftColumn::Group), group);
        if (each.people) table.setValue(columnOf(DriftColumn::People), static_cast<std::int64_t>(*each.people));
        addAccountOf(table, columnOf(DriftColumn::Account), live, accountIn(each.object));
        table.addChoice(columnOf(DriftColumn::State), each.isAccepted() ? 0 : each.acceptance ? 1 : 2);
        if (each.source.file) table.addText(columnOf(DriftColumn::Where), shortName(each.source.file->path));
    }
    table.finish();
    return table;
}

} // namespace gw::items
