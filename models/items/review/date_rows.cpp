#include "models/items/review/date_rows.h"

#include "models/items/review/mapping_rows.h"
#include "models/items/table/column_list.h"

namespace gw::items {
namespace {

std::vector<Column> dateColumns() {
    ColumnList<DateColumn> columns;
    columns.add(DateColumn::When, "when", ColumnKind::Choice).choices = {"past", "later", "soon", "overdue"};
    columns.add(DateColumn::Date, "date", ColumnKind::Time);
    Column& kind = columns.add(DateColumn::Kind, "kind", ColumnKind::Choice);
    for (std::size_t i = 0; i < estate::dateKinds; ++i) kind.choices.emplace_back(estate::dateKindName(static_cast<estate::DateKind>(i)));
    columns.add(DateColumn::What, "what");
    Column& object = columns.add(DateColumn::Object, "object");
    object.many = true;
    object.aliases = {"role", "provider", "secret"};
    columns.add(DateColumn::Account, "account").many = true;
    columns.add(DateColumn::Detail, "detail");
    columns.add(DateColumn::Where, "where");
    return columns.take();
}

} // namespace

DateTerm dateTermOf(const estate::CalendarEntry& entry, UtcTime now) {
    // What has begun asks for nothing; what should have ended or been done does.
    if (entry.at < now) return entry.kind == estate::DateKind::GrantStart ? DateTerm::Past : DateTerm::Overdue;
    return entry.at.unixSeconds() - now.unixSeconds() <= soonSeconds ? DateTerm::Soon : DateTerm::Later;
}

Table makeDateTable(const estate::Estate& estate, const std::vector<estate::CalendarEntry>& entries, UtcTime now,
                    const std::function<std::string(const estate::CalendarEntry&)>& title) {
    Table table(dateColumns());
    for (const estate::CalendarEntry& each : entries) {
        table.addRow();
        table.addChoice(columnOf(DateColumn::When), static_cast<std::size_t>(dateTermOf(each, now)));
        table.setValue(columnOf(DateColumn::Date), each.at.unixSeconds());
        table.addChoice(columnOf(DateColumn::Kind), static_cast<std::size_t>(each.kind));
        table.addText(columnOf(DateColumn::What), title(each));
        addNameAndId(table, columnOf(DateColumn::Object), each.object);
        addAccountOf(table, columnOf(DateColumn::Account), estate, accountIn(each.object));
        table.addText(columnOf(DateColumn::Detail), each.detail);
        if (each.source.file) table.addText(columnOf(DateColumn::Where), shortName(each.source.file->path));
    }
    table.finish();
    return table;
}

} // namespace gw::items
