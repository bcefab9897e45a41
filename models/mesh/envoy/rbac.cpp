#include "models/mesh/envoy/rbac.h"

#include "models/estate/sources/yaml.h"

#include <algorithm>

namespace gw::mesh::envoy {
namespace {

using estate::Datum;
using policy::Truth;

Rule listRule(const Datum& list, Rule (*read)(const Datum&)) {
    Rule rule;
    if (!list.is(Datum::Kind::Array) || list.members.empty()) return rule;
    rule.kind = Rule::Kind::Or;
    for (const Datum::Member& member : list.members) rule.parts.push_back(read(member.second));
    return rule;
}

RbacPolicy readPolicy(const std::string& name, const Datum& datum) {
    RbacPolicy policy;
    policy.name = name;
    policy.conditional = !onlyFields(datum, {"permissions", "principals"});
    policy.permissions = listRule(datum["permissions"], readPermission);
    policy.principals = listRule(datum["principals"], readPrincipal);
    return policy;
}

std::optional<RbacRules> optionalRules(const Datum& datum) {
    if (datum.is(Datum::Kind::Null)) return std::nullopt;
    return readRules(datum);
}

} // namespace

Truth RbacPolicy::matches(const Seen& seen) const {
    const Truth both = permissions.matches(seen) & principals.matches(seen);
    return conditional ? both & Truth::Unknown : both;
}

RbacAnswer evaluate(const RbacRules& rules, const Seen& seen) {
    if (!rules.understood) return {Verdict::Unknown, {}};
    Truth any = Truth::False;
    std::string name;
    for (const RbacPolicy& policy : rules.policies) {
        const Truth matched = policy.matches(seen);
        // Where an earlier one is not known, it is not known either which one decides.
        if (matched == Truth::True && any == Truth::False) name = policy.name;
        if ((any |= matched) == Truth::True) break;
    }
    if (rules.action == RbacAction::Log) return {Verdict::Allowed, name};
    if (any == Truth::Unknown) return {Verdict::Unknown, {}};
    const bool allowed = (any == Truth::True) == (rules.action == RbacAction::Allow);
    return {allowed ? Verdict::Allowed : Verdict::Denied, name};
}

RbacRules readRules(const Datum& datum) {
    RbacRules rules;
    rules.understood = onlyFields(datum, {"action", "policies", "audit_logging_options"});
    const Datum& action = datum["action"];
    if (action.string() == "DENY")
        rules.action = RbacAction::Deny;
    else if (action.string() == "LOG")
        rules.action = RbacAction::Log;
    else if (!action.is(Datum::Kind::Null) && action.string() != "ALLOW")
        rules.understood = false;
    const Datum& policies = datum["policies"];
    if (!policies.is(Datum::Kind::Null) && !policies.is(Datum::Kind::Object)) rules.understood = false;
    for (const auto& [name, policy] : policies.members) rules.policies.push_back(readPolicy(name, policy));
    std::sort(rules.policies.begin(), rules.policies.end(),
              [](const RbacPolicy& a, const RbacPolicy& b) { return a.name < b.name; });
    return rules;
}

RbacFilter readFilter(const Datum& config) {
    RbacFilter filter;
    filter.understood = onlyFields(
        config, {"@type", "rules", "rules_stat_prefix", "shadow_rules", "shadow_rules_stat_prefix", "track_per_rule_stats"});
    filter.rules = optionalRules(config["rules"]);
    filter.shadow = optionalRules(field(config, "shadow_rules"));
    return filter;
}

Result<RbacRules> parseRules(std::string_view text) {
    estate::YamlFile file = estate::readYaml(text);
    if (file.problem || file.documents.size() != 1) {
        Error error(EnvoyError::NotYaml);
        return file.problem ? fail(std::move(error).because(std::move(*file.problem))) : fail(std::move(error));
    }
    return readRules(file.documents.front());
}

} // namespace gw::mesh::envoy
