#include "models/items/review/finding_rows.h"

#include "models/items/review/mapping_rows.h"

namespace gw::items {
namespace {

using estate::review::Finding;
using estate::review::Severity;

std::string placeOf(const Finding& finding) {
    const std::string& file = finding.place.file;
    if (file.empty()) return {};
    std::string place = file.substr(file.find_last_of('/') + 1);
    if (finding.place.position.line > 0) place += ':' + std::to_string(finding.place.position.line);
    return place;
}

} // namespace

std::vector<Column> findingColumns() {
    std::vector<Column> columns(columnOf(FindingColumn::count));
    const auto text = [&columns](FindingColumn column, const char* id, bool searched, bool many = false) {
        Column& made = columns[columnOf(column)];
        made.id = id;
        made.searched = searched;
        made.many = many;
    };
    const auto choice = [&columns](FindingColumn column, const char* id, std::vector<std::string> choices) {
        Column& made = columns[columnOf(column)];
        made.id = id;
        made.kind = ColumnKind::Choice;
        made.choices = std::move(choices);
    };
    std::vector<std::string> severities;
    for (int i = 0; i <= static_cast<int>(Severity::Error); ++i) severities.emplace_back(policy::lint::severityName(static_cast<Severity>(i)));
    choice(FindingColumn::Severity, "finding", std::move(severities));
    text(FindingColumn::Title, "title", true);
    text(FindingColumn::Rule, "rule", true);
    text(FindingColumn::Object, "object", true, true);
    text(FindingColumn::Account, "account", true, true);
    text(FindingColumn::Where, "where", true);
    choice(FindingColumn::State, "state", {"open", "suppressed"});
    columns[columnOf(FindingColumn::Object)].aliases = {"role", "group"};
    columns[columnOf(FindingColumn::Severity)].aliases = {"severity"};
    columns[columnOf(FindingColumn::Severity)].weights = severityWeights();
    return columns;
}

Table makeFindingTable(const estate::Estate& estate, const std::vector<Finding>& findings,
                       const std::function<std::string(const Finding&)>& title) {
    Table table(findingColumns());
    for (const Finding& finding : findings) {
        table.addRow();
        table.addChoice(columnOf(FindingColumn::Severity), static_cast<std::size_t>(finding.severity));
        table.addText(columnOf(FindingColumn::Title), title(finding));
        table.addText(columnOf(FindingColumn::Rule), finding.rule->id);
        addNameAndId(table, columnOf(FindingColumn::Object), finding.object);
        addAccountOf(table, columnOf(FindingColumn::Account), estate, accountIn(finding.object));
        table.addText(columnOf(FindingColumn::Where), placeOf(finding));
        table.addChoice(columnOf(FindingColumn::State), finding.suppressed ? 1 : 0);
    }
    table.finish();
    return table;
}

} // namespace gw::items
