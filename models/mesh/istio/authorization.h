// Istio's AuthorizationPolicy and PeerAuthentication (security.istio.io), and what they answer for one workload with a sidecar.
// What is not understood makes the answer Unknown.
#pragma once

#include "models/mesh/envoy/path.h"
#include "models/mesh/envoy/rbac.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gw::mesh::istio {

// Facts: "seen", "pointer", "line".
#define GW_ISTIO_ERRORS(X)                                                                                                       \
    X(NotYaml, "not_yaml")                                                                                                       \
    X(NoPolicy, "no_policy")                                                                                                     \
    X(UnknownKind, "unknown_kind")
GW_ERROR_ENUM(IstioError, "istio", GW_ISTIO_ERRORS);

// "a", "a*", "*a", "*" (anything but nothing); of paths also with "{*}" and "{**}" in them.
class Pattern {
public:
    [[nodiscard]] static std::optional<Pattern> read(std::string_view text, bool path = false);
    [[nodiscard]] bool matches(std::string_view value) const;
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::string text_;
    bool anyBefore_ = false, anyBehind_ = false;
    std::optional<envoy::TextMatch> template_;
};
using Patterns = std::vector<Pattern>;

// One of the values, and none of the others; what is empty asks for nothing.
struct Asked {
    enum class What : std::uint8_t {
        Principal,
        Namespace,
        ServiceAccount,
        TrustDomain,
        DirectIp,
        RemoteIp,
        Host,
        Port,
        Method,
        Path,
        Header,
        Claim
    };
    What what = What::Principal;
    std::string name; // of Header and Claim
    Patterns values, notValues;
    std::vector<policy::Network> blocks, notBlocks;
    [[nodiscard]] bool holds(const envoy::Seen& seen) const;
};

struct Rule {
    std::vector<std::vector<Asked>> from, to; // one of them, all in it; empty: any
    std::vector<Asked> when;                  // all of them
    [[nodiscard]] bool matches(const envoy::Seen& seen) const;
};

struct AuthorizationPolicy {
    std::string name, space, edge;                           // `edge` as the annotation "gatewarden/edge" has it
    std::vector<std::pair<std::string, std::string>> labels; // of the workloads; empty: all of the namespace
    enum class Action : std::uint8_t { Allow, Deny, Audit, Custom } action = Action::Allow;
    std::vector<Rule> rules; // none: matches nothing
    bool dryRun = false, understood = true;
    [[nodiscard]] bool matches(const envoy::Seen& seen) const;
};

struct Workload {
    std::string space;
    std::vector<std::pair<std::string, std::string>> labels;
};

struct Answer {
    envoy::Verdict verdict = envoy::Verdict::Allowed;
    std::string policy;                              // that decided: its edge, where it tells one, or its name
    envoy::Verdict dryRun = envoy::Verdict::Allowed; // with the policies that are only tried as well
};

class Policies {
public:
    // Any number of documents; other kinds than those of this header, and EnvoyFilter where it sets how paths are made normal,
    // are an error.
    [[nodiscard]] static Result<Policies> parse(std::string_view text);
    [[nodiscard]] Answer evaluate(const Workload& workload, const envoy::Request& request) const;
    // The same in two steps, for many requests of one path. Nothing where such a path is refused.
    [[nodiscard]] std::optional<std::string> see(std::string_view path) const { return envoy::seenPath(path, paths_); }
    [[nodiscard]] Answer evaluate(const Workload& workload, const envoy::Request& request, const std::string& seen) const;
    [[nodiscard]] const std::vector<AuthorizationPolicy>& all() const { return policies_; }

private:
    friend class PoliciesReader;
    [[nodiscard]] envoy::Verdict decide(const std::vector<const AuthorizationPolicy*>& of, const envoy::Seen& seen,
                                        std::string& policy) const;

    std::vector<AuthorizationPolicy> policies_;
    struct Mode {
        Workload of;
        bool strict = false;
    };
    std::vector<Mode> modes_;
    // What Istio sets where its mesh configuration says nothing (pathNormalization: BASE).
    envoy::PathSettings paths_{true, false, envoy::EscapedSlashes::Keep};
};

} // namespace gw::mesh::istio
