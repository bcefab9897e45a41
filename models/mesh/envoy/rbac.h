// Envoy's RBAC filter (extensions.filters.http.rbac.v3) and what it answers.
#pragma once

#include "models/mesh/envoy/rule.h"
#include "saml/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh::envoy {

// Facts: "seen" what stands there, "pointer" where, "line".
#define GW_ENVOY_ERRORS(X)                                                                                                       \
    X(NotYaml, "not_yaml")                                                                                                       \
    X(NoListener, "no_listener")                                                                                                 \
    X(NoConnectionManager, "no_connection_manager")                                                                              \
    X(NoAccessControl, "no_access_control")                                                                                      \
    X(NotUnderstood, "not_understood")
GW_ERROR_ENUM(EnvoyError, "envoy", GW_ENVOY_ERRORS);

enum class RbacAction : std::uint8_t { Allow, Deny, Log };

struct RbacPolicy {
    std::string name;
    Rule permissions, principals; // one of each must match
    bool conditional = false;     // there is a CEL condition, which is not evaluated
    [[nodiscard]] policy::Truth matches(const Seen& seen) const;
};

struct RbacRules {
    RbacAction action = RbacAction::Allow;
    std::vector<RbacPolicy> policies; // in the order of their names, as Envoy asks them
    bool understood = true;           // false: members that are not known
};

enum class Verdict : std::uint8_t { Allowed, Denied, Refused, Unknown };
// Refused: not by RBAC; the connection manager answers before it asks.

struct RbacAnswer {
    Verdict verdict = Verdict::Allowed;
    std::string policy; // that matched; empty: none did
};
[[nodiscard]] RbacAnswer evaluate(const RbacRules& rules, const Seen& seen);

// One filter's configuration, or what stands in its place for a route.
struct RbacFilter {
    std::optional<RbacRules> rules, shadow; // nothing: off
    bool understood = true;                 // false: a matcher tree, or members that are not known
};
// Of config.rbac.v3.RBAC. Policies need at least one permission and one principal; without, they are not understood.
[[nodiscard]] RbacRules readRules(const estate::Datum& datum);
// Of extensions.filters.http.rbac.v3.RBAC.
[[nodiscard]] RbacFilter readFilter(const estate::Datum& config);
// `rules` of a text, JSON or YAML.
[[nodiscard]] Result<RbacRules> parseRules(std::string_view text);

} // namespace gw::mesh::envoy
