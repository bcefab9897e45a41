// Edges as sections of a map.
#include "models/mesh/import_back/imported.h"
#include "models/mesh/toml/document.h"

namespace gw::mesh {
namespace {

using Kind = EdgeCondition::Kind;

std::string conditionText(const EdgeCondition& condition) {
    const std::string values =
        condition.values.size() == 1 ? toml::written(condition.values.front()) : toml::written(condition.values);
    switch (condition.kind) {
    case Kind::Key:
        return toml::writtenKey(condition.name) + " = " + values;
    case Kind::Mfa:
        return "mfa = true";
    case Kind::SourceIp:
        return "source_ip = " + values;
    case Kind::SourceVpc:
        return "source_vpc = " + values;
    case Kind::After:
        return "after = " + values;
    case Kind::Before:
        return "before = " + values;
    case Kind::Header:
        return "header." + toml::writtenKey(condition.name) + " = " + values;
    case Kind::Query:
        return "query." + toml::writtenKey(condition.name) + " = " + values;
    case Kind::JwtClaim:
        break;
    }
    return "jwt." + toml::writtenKey(condition.name) + " = " + values;
}

} // namespace

std::vector<std::pair<std::string, std::string>> ImportedEdge::entries() const {
    std::vector<std::pair<std::string, std::string>> all;
    if (deny) all.emplace_back("effect", "\"deny\"");
    const auto list = [&](const char* key, const std::vector<std::string>& values) {
        if (!values.empty()) all.emplace_back(key, values.size() == 1 ? toml::written(values.front()) : toml::written(values));
    };
    list("who", who);
    if (!through.empty()) all.emplace_back("through", toml::written(through));
    list("may", may);
    list("on", on);
    list("paths", paths);
    std::string conditions;
    for (const EdgeCondition& each : when) conditions += (conditions.empty() ? "" : ", ") + conditionText(each);
    if (!conditions.empty()) all.emplace_back("when", "{ " + conditions + " }");
    if (expires) all.emplace_back("expires", expires->toRfc3339());
    return all;
}

std::string ImportedEdge::text() const {
    std::string out = "[[edge]]\nid = " + toml::written(id.value()) + "\n";
    for (const auto& [key, value] : entries()) out += key + " = " + value + "\n";
    return out;
}

} // namespace gw::mesh
