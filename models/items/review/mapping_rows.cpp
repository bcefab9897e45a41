#include "models/items/review/mapping_rows.h"

#include "saml/base/ascii.h"

#include <algorithm>
#include <unordered_map>

namespace gw::items {
namespace {

using estate::Environment;
using estate::GranteeKind;
using estate::Mapping;
using estate::Privilege;
using estate::review::Finding;
using estate::review::Severity;


template <class E, class Name>
std::vector<std::string> namesFrom(E first, E last, Name name) {
    std::vector<std::string> names;
    for (int i = static_cast<int>(first); i <= static_cast<int>(last); ++i) names.emplace_back(name(static_cast<E>(i)));
    return names;
}

Column text(const char* id, bool searched, std::vector<std::string> aliases = {}, bool many = false) {
    Column column;
    column.id = id;
    column.searched = searched;
    column.aliases = std::move(aliases);
    column.many = many;
    return column;
}

Column choice(const char* id, std::vector<std::string> choices, bool many = false) {
    Column column;
    column.id = id;
    column.kind = ColumnKind::Choice;
    column.choices = std::move(choices);
    column.many = many;
    return column;
}

Column value(const char* id, ColumnKind kind) {
    Column column;
    column.id = id;
    column.kind = kind;
    return column;
}

std::string_view tagOf(const estate::Tags& tags, std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys)
        for (const auto& [name, told] : tags)
            if (foldedAscii(name) == key) return told;
    return {};
}

std::int64_t lastUse(const estate::Estate& estate, const estate::Role& role) {
    std::int64_t last = role.lastUsedKnown ? neverValue : unknownValue;
    if (const auto told = UtcTime::parse(role.lastUsed)) last = told->unixSeconds();
    const auto& principals = estate.usage().principals;
    if (const auto seen = principals.find(role.arn); seen != principals.end() && seen->second.last) last = std::max(last, seen->second.last->unixSeconds());
    return last;
}

class Maker {
public:
    Maker(const estate::Estate& estate, const std::vector<Finding>& findings) : estate_(estate), findings_(findings) {
        for (std::uint32_t i = 0; i < findings.size(); ++i) byObject_[findings[i].object].push_back(i);
    }

    void add(const Mapping& mapping, MappingTable& made) {
        Table& table = made.table;
        table.addRow();
        const auto text = [&table](MappingColumn column, std::string_view words) { table.addText(columnOf(column), words); };
        const auto number = [&table](MappingColumn column, std::int64_t amount) { table.setValue(columnOf(column), amount); };
        text(MappingColumn::Who, mapping.who);
        table.addChoice(columnOf(MappingColumn::Kind), static_cast<std::size_t>(mapping.kind));
        text(MappingColumn::Provider, shortName(mapping.provider));
        text(MappingColumn::Role, mapping.found != nullptr ? std::string_view(mapping.found->name) : shortName(mapping.role));
        addAccountOf(table, columnOf(MappingColumn::Account), estate_,
                     mapping.found != nullptr ? std::string_view(mapping.found->account) : accountIn(mapping.role));
        if (mapping.environment != Environment::Unknown)
            table.addChoice(columnOf(MappingColumn::Env), static_cast<std::size_t>(mapping.environment) - 1);
        table.addChoice(columnOf(MappingColumn::Privilege), static_cast<std::size_t>(mapping.privilege));
        if (mapping.found != nullptr) {
            const auto& reach = mapping.reach;
            number(MappingColumn::Services, reach.services);
            number(MappingColumn::Routes, reach.routes);
            number(MappingColumn::MeshServices, reach.meshServices);
            number(MappingColumn::Tasks, reach.tasks);
            number(MappingColumn::Functions, reach.functions);
            number(MappingColumn::Roles, reach.roles);
            if (mapping.found->maxSessionSeconds) number(MappingColumn::Longest, *mapping.found->maxSessionSeconds);
            number(MappingColumn::LastUsed, lastUse(estate_, *mapping.found));
            text(MappingColumn::Owner, tagOf(mapping.found->tags, {"owner", "team", "contact"}));
        }
        for (const std::string& condition : mapping.conditions) text(MappingColumn::Condition, condition);
        if (mapping.people) number(MappingColumn::People, static_cast<std::int64_t>(*mapping.people));
        addFindings(mapping, made);
    }

private:
    void addFindings(const Mapping& mapping, MappingTable& made) {
        std::vector<std::uint32_t> own;
        const auto take = [&](const std::string& object) {
            if (const auto found = byObject_.find(object); !object.empty() && found != byObject_.end())
                own.insert(own.end(), found->second.begin(), found->second.end());
        };
        take(mapping.role);
        take(mapping.who);
        if (mapping.groupId != mapping.who) take(mapping.groupId);
        take(mapping.provider);
        std::sort(own.begin(), own.end());
        own.erase(std::unique(own.begin(), own.end()), own.end());
        for (const std::uint32_t each : own) {
            made.findings.add(each);
            const Finding& finding = findings_[each];
            if (finding.suppressed) continue;
            made.table.addChoice(columnOf(MappingColumn::Finding), static_cast<std::size_t>(finding.severity));
            made.table.addText(columnOf(MappingColumn::Rule), finding.rule->id);
        }
        made.findings.endRow();
    }

    const estate::Estate& estate_;
    const std::vector<Finding>& findings_;
    std::unordered_map<std::string_view, std::vector<std::uint32_t>> byObject_;
};

} // namespace

std::string_view shortName(std::string_view arn) {
    if (!arn.starts_with("arn:")) return arn;
    const std::size_t slash = arn.find_last_of("/:");
    return arn.substr(slash + 1);
}

std::string_view accountIn(std::string_view arn) {
    if (!arn.starts_with("arn:")) return {};
    for (int i = 0; i < 4; ++i) {
        const std::size_t colon = arn.find(':');
        if (colon == std::string_view::npos) return {};
        arn.remove_prefix(colon + 1);
    }
    return arn.substr(0, arn.find(':'));
}

std::vector<std::uint8_t> severityWeights() {
    std::vector<std::uint8_t> weights(static_cast<std::size_t>(Severity::Error) + 1);
    std::uint8_t weight = 0;
    for (const Severity each : {Severity::Low, Severity::Medium, Severity::Error, Severity::High, Severity::Critical})
        weights[static_cast<std::size_t>(each)] = weight++;
    return weights;
}

void addNameAndId(Table& table, std::size_t column, std::string_view arn) {
    const std::string_view name = shortName(arn);
    table.addText(column, name);
    if (name != arn) table.addText(column, arn);
}

void addAccountOf(Table& table, std::size_t column, const estate::Estate& estate, std::string_view id) {
    if (const estate::Account* account = estate.account(id); account != nullptr && account->name != id) table.addText(column, account->name);
    table.addText(column, id);
}

std::vector<Column> mappingColumns() {
    using policy::lint::severityName;
    std::vector<Column> columns(columnOf(MappingColumn::count));
    const auto set = [&columns](MappingColumn column, Column made) { columns[columnOf(column)] = std::move(made); };
    set(MappingColumn::Finding, choice("finding", namesFrom(Severity::Low, Severity::Error, severityName), true));
    columns[columnOf(MappingColumn::Finding)].weights = severityWeights();
    set(MappingColumn::Who, text("group", true, {"who", "claim", "person"}));
    set(MappingColumn::Kind, choice("kind", namesFrom(GranteeKind::Group, GranteeKind::Anyone, estate::granteeKindName)));
    set(MappingColumn::Provider, text("provider", true, {"idp"}));
    set(MappingColumn::Role, text("role", true));
    set(MappingColumn::Account, text("account", true, {}, true));
    set(MappingColumn::Env, choice("env", namesFrom(Environment::Prod, Environment::Shared, estate::environmentName)));
    set(MappingColumn::Privilege, choice("privilege", namesFrom(Privilege::Unknown, Privilege::Admin, estate::privilegeName)));
    set(MappingColumn::Services, value("services", ColumnKind::Number));
    set(MappingColumn::Routes, value("routes", ColumnKind::Number));
    set(MappingColumn::MeshServices, value("mesh-services", ColumnKind::Number));
    set(MappingColumn::Tasks, value("tasks", ColumnKind::Number));
    set(MappingColumn::Functions, value("functions", ColumnKind::Number));
    set(MappingColumn::Roles, value("roles", ColumnKind::Number));
    set(MappingColumn::Condition, text("condition", false, {}, true));
    set(MappingColumn::Longest, value("longest", ColumnKind::Duration));
    set(MappingColumn::LastUsed, value("last-used", ColumnKind::Time));
    columns[columnOf(MappingColumn::LastUsed)].ageWords = {{"stale", 90 * std::int64_t{86'400}}};
    set(MappingColumn::Attested, value("attested", ColumnKind::Time));
    columns[columnOf(MappingColumn::Attested)].ageWords = {{"overdue", 92 * std::int64_t{86'400}}};
    set(MappingColumn::People, value("people", ColumnKind::Number));
    set(MappingColumn::Rule, text("rule", false, {}, true));
    set(MappingColumn::Owner, text("owner", false, {"team"}));
    set(MappingColumn::Can, value("can", ColumnKind::Outside));
    return columns;
}

MappingTable makeMappingTable(const estate::Estate& estate, const std::vector<Mapping>& mappings, const std::vector<Finding>& findings,
                              std::span<const std::int64_t> attested) {
    MappingTable made{Table(mappingColumns()), {}};
    Maker maker(estate, findings);
    for (std::size_t i = 0; i < mappings.size(); ++i) {
        maker.add(mappings[i], made);
        if (!attested.empty()) made.table.setValue(columnOf(MappingColumn::Attested), attested[i]);
    }
    made.table.finish();
    return made;
}

} // namespace gw::items
