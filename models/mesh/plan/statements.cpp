#include "models/mesh/plan/statements.h"

#include "models/mesh/compile/statement.h"
#include "models/mesh/plan/canonical.h"
#include "saml/base/json_fields.h"

#include <algorithm>
#include <map>
#include <set>

namespace gw::mesh {
namespace {

constexpr std::string_view newestVersion = "2012-10-17";
constexpr std::string_view nobodySid = "NobodyByMap";

bool isDeny(const Json& statement) {
    return textField(statement, "Effect") == "Deny";
}

bool isForAnyone(const Json& statement) {
    const auto principal = statement.find("Principal");
    if (principal == statement.end()) return false;
    return canonicalStatement(Json{{"Principal", *principal}}, false) == R"({"Principal":{"AWS":["*"]}})";
}

// Of those that say something which no statement of the others says.
std::pair<std::size_t, std::size_t> countNew(const std::vector<Json>& statements, const std::vector<Json>& others, bool* toAnyone) {
    std::set<std::string> known;
    for (const Json& each : others) known.insert(canonicalStatement(each, false));
    std::size_t allows = 0, denies = 0;
    for (const Json& each : statements) {
        if (known.contains(canonicalStatement(each, false))) continue;
        ++(isDeny(each) ? denies : allows);
        if (toAnyone != nullptr && !isDeny(each) && isForAnyone(each)) *toAnyone = true;
    }
    return {allows, denies};
}

std::multiset<std::string> namedMeanings(const std::vector<Json>& statements) {
    std::multiset<std::string> all;
    for (const Json& each : statements) all.insert(canonicalStatement(each, true));
    return all;
}

bool usesVariables(const std::vector<Json>& statements) {
    return std::any_of(statements.begin(), statements.end(), [](const Json& each) { return compactJson(each).find("${") != std::string::npos; });
}

} // namespace

Merging mergePolicies(std::string_view now, std::string_view wanted) {
    const auto there = now.empty() ? PolicyParts() : policyParts(now);
    const auto mine = wanted.empty() ? PolicyParts() : policyParts(wanted);
    if (!there || !mine) return {std::nullopt, MergeTrouble::Unreadable};
    std::set<std::string> sids, meanings;
    for (const Json& each : mine->statements) {
        sids.insert(sidIn(each));
        meanings.insert(canonicalStatement(each, false));
    }
    MergedPolicy merged;
    std::vector<Json> result;
    for (const Json& each : there->statements) {
        const std::string sid = sidIn(each);
        for (const EdgeId& edge : edgesOfSid(sid)) addEdge(merged.edges, edge);
        const bool own = !edgesOfSid(sid).empty() || sid == nobodySid || (!sid.empty() && sids.contains(sid));
        if (!own && !meanings.contains(canonicalStatement(each, false))) result.push_back(each);
    }
    merged.foreign = result.size();
    const bool older = !now.empty() && there->version() != newestVersion;
    if (older && !mine->statements.empty() && usesVariables(result)) return {std::nullopt, MergeTrouble::Version};
    for (const Json& each : mine->statements) {
        for (const EdgeId& edge : edgesOfSid(sidIn(each))) addEdge(merged.edges, edge);
        result.push_back(each);
    }
    const bool same = namedMeanings(result) == namedMeanings(there->statements);
    if (same && (!older || mine->statements.empty())) {
        merged.text = std::string(now);
        return {std::move(merged)};
    }
    merged.changed = true;
    std::tie(merged.changes.allows, merged.changes.denies) = countNew(result, there->statements, &merged.changes.toAnyone);
    std::tie(merged.changes.allowsGone, merged.changes.deniesGone) = countNew(there->statements, result, nullptr);
    if (result.empty()) return {std::move(merged)};
    Json document = Json::object();
    document["Version"] = mine->statements.empty() ? there->version() : std::string(newestVersion);
    for (const auto& [name, value] : there->members.items())
        if (name != "Version") document[name] = value;
    document["Statement"] = result;
    merged.text = compactJson(document);
    return {std::move(merged)};
}

bool holdsEdges(std::string_view document) {
    // Most documents are not the map's: they need not be read.
    if (document.find("gw") == std::string_view::npos) return false;
    const auto parts = policyParts(document);
    return parts && std::any_of(parts->statements.begin(), parts->statements.end(),
                                [](const Json& each) { return !edgesOfSid(sidIn(each)).empty(); });
}

std::string nobodyTrust() {
    PolicyStatement statement;
    statement.sid = nobodySid;
    statement.deny = true;
    statement.principalType = "*";
    statement.actions = {"sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"};
    return documentText({statement}, Layout::Compact);
}

} // namespace gw::mesh
