// A listener of Envoy, as far as it decides who gets through: its certificates, its connection manager, its RBAC filters, and
// what routes set in their place.
#pragma once

#include "models/mesh/envoy/path.h"
#include "models/mesh/envoy/rbac.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh::envoy {

// Of one filter by its name; nothing in `filter`: switched off.
struct RouteOverride {
    std::string filterName;
    std::optional<RbacFilter> filter;
};

struct Route {
    std::optional<TextMatch> path; // nothing: not understood, or more than a path is matched
    std::vector<RouteOverride> overrides;
};

struct HttpFilter {
    std::string name;
    RbacFilter rbac;
    bool known = true; // false: another filter, which may do anything
};

struct ListenerAnswer {
    Verdict verdict = Verdict::Allowed;
    std::string policy;                // of the filter that decided; empty: none matched
    std::string path;                  // that the server gets, where it gets one
    Verdict shadow = Verdict::Allowed; // what the shadow rules would have said
    std::string shadowPolicy;
};

class Listener {
public:
    // Of a listener, or a list of "resources" with one in it, as Envoy reads it from a file; JSON or YAML.
    [[nodiscard]] static Result<Listener> parse(std::string_view text);

    [[nodiscard]] ListenerAnswer evaluate(const Request& request) const;
    // The same in two steps, for many requests of one path. Nothing where such a path is refused.
    [[nodiscard]] std::optional<std::string> see(std::string_view path) const { return seenPath(path, paths_); }
    [[nodiscard]] ListenerAnswer evaluate(const Request& request, const std::string& seen) const;

    [[nodiscard]] const PathSettings& paths() const { return paths_; }
    [[nodiscard]] const std::vector<HttpFilter>& filters() const { return filters_; }
    // Whether the client must show a certificate; whether one is checked against a CA.
    [[nodiscard]] bool requiresCertificate() const { return requiresCertificate_; }
    [[nodiscard]] bool validatesCertificates() const { return validatesCertificates_; }

private:
    friend class ListenerReader;
    [[nodiscard]] const std::vector<RouteOverride>* overridesFor(std::string_view path, bool& known) const;

    PathSettings paths_;
    std::vector<HttpFilter> filters_;
    std::vector<Route> routes_;
    bool routesKnown_ = true, overridden_ = false;
    bool requiresCertificate_ = false, validatesCertificates_ = false, refusesUnderscores_ = false, settingsKnown_ = true;
};

} // namespace gw::mesh::envoy
