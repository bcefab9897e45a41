#include "models/mesh/import_back/imported_places.h"

#include "models/mesh/map/edge_reader.h"
#include "models/mesh/map/node_reader.h"
#include "models/mesh/toml/document.h"
#include "models/policy/arn_pattern.h"
#include "models/policy/principal.h"
#include "saml/base/ascii_classes.h"

#include <algorithm>

namespace gw::mesh {
namespace {

bool isWild(std::string_view text) {
    return text.find_first_of("*?$") != std::string_view::npos;
}

// A path of IAM as the map's pattern that compiles to it; empty: all.
std::optional<std::string> pathOf(std::string_view glob) {
    if (glob == "/*") return std::string();
    std::string text(glob);
    if (glob.ends_with("/*")) text += '*';
    const std::string_view before = glob.ends_with("/*") ? glob.substr(0, glob.size() - 1) : glob;
    if (isWild(before)) return std::nullopt;
    const auto pattern = PathPattern::parse(text);
    if (!pattern || pattern->glob() != glob) return std::nullopt;
    return text;
}

std::string listed(const char* key, const std::vector<std::string>& values) {
    return values.empty() ? std::string() : std::string(key) + " = " + toml::written(values) + "\n";
}

std::string entry(const char* key, const std::string& value) {
    return value.empty() ? std::string() : std::string(key) + " = " + toml::written(value) + "\n";
}

} // namespace

std::optional<RoutePlace> routePlaceOf(std::string_view resource) {
    const auto arn = policy::ArnParts::split(resource);
    if (!arn || arn->partition != "aws" || arn->service != "execute-api" || isWild(arn->region) ||
        !policy::isAccountId(arn->account))
        return std::nullopt;
    const std::string_view rest = arn->resource;
    const std::size_t first = rest.find('/');
    if (first == std::string_view::npos || isWild(rest.substr(0, first))) return std::nullopt;
    RoutePlace place{std::string(arn->region), std::string(arn->account), std::string(rest.substr(0, first)), {}, "*", {}};
    if (rest.substr(first) == "/*") {
        place.stage = "*";
        return place;
    }
    const std::size_t second = rest.find('/', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    place.stage = rest.substr(first + 1, second - first - 1);
    if (isWild(place.stage)) return std::nullopt;
    if (rest.substr(second) == "/*") return place;
    const std::size_t third = rest.find('/', second + 1);
    if (third == std::string_view::npos) return std::nullopt;
    place.method = rest.substr(second + 1, third - second - 1);
    const auto path = pathOf(rest.substr(third));
    // "*" before a path would stand for methods that API Gateway does not have, too.
    if (!path || !isMethod(place.method) || (place.method == "*" && !path->empty())) return std::nullopt;
    place.path = *path;
    return place;
}

std::optional<LatticePlace> latticePlaceOf(std::string_view resource) {
    const std::size_t start = resource.find(":service/");
    if (start == std::string_view::npos || !resource.starts_with("arn:")) return std::nullopt;
    const std::size_t slash = std::min(resource.find('/', start + 9), resource.size());
    LatticePlace place{std::string(resource.substr(0, slash)), {}};
    if (isWild(place.service)) return std::nullopt;
    if (slash == resource.size()) return place;
    const auto path = pathOf(resource.substr(slash));
    if (!path) return std::nullopt;
    place.path = *path;
    return place;
}

bool isFunctionWord(std::string_view arn) {
    const auto parts = policy::ArnParts::split(arn);
    return parts && parts->service == "lambda" && parts->resource.starts_with("function:") && !isWild(arn);
}

bool isArnWord(std::string_view resource) {
    return resource == "*" || policy::ArnParts::split(resource).has_value();
}

std::string callerWord(std::string_view principal) {
    if (principal == "*") return "anyone";
    if (policy::isAccountId(principal)) return "account:" + std::string(principal);
    if (const auto arn = policy::ArnParts::split(principal);
        arn && arn->service == "iam" && arn->resource.starts_with("role/") && !isWild(principal))
        return "role:" + std::string(principal);
    return principal.ends_with(".amazonaws.com") ? "service:" + std::string(principal) : std::string();
}

std::vector<std::string> NodeBook::everyMethod() {
    return {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"};
}

std::string NodeBook::add(std::string_view kind, std::string_view name, const std::string& entries) {
    const auto [found, added] = ids_.emplace(std::string(kind) + '\n' + entries, std::string());
    if (!added) return found->second;
    std::string plain;
    for (const char c : name) plain += isAlphanumeric(c) || c == '-' || c == '_' ? c : '-';
    // Ids begin with a letter or digit, and have 64 characters at most.
    if (plain.empty() || !isAlphanumeric(plain.front())) plain.insert(0, "n");
    constexpr std::size_t longest = 56;
    plain.resize(std::min(plain.size(), longest));
    std::string id = plain;
    for (std::size_t i = 2; !taken_.insert(id).second; ++i) id = plain + '-' + std::to_string(i);
    found->second = id;
    nodes_.push_back({id, "[[" + std::string(kind) + "]]\nid = " + toml::written(id) + "\n" + entries});
    return id;
}

std::string NodeBook::route(const RoutePlace& place) {
    return add("route", std::string(routePrefix) + place.api + '-' + (place.stage == "*" ? "all" : place.stage),
               entry("api", place.api) + entry("stage", place.stage) + entry("account", place.account) +
                   entry("region", place.region));
}

std::string NodeBook::service(const std::string& arn, const std::string& network, std::uint16_t port) {
    return add("mesh-service", arn.substr(arn.rfind('/') + 1),
               entry("lattice", arn) + entry("network", network) +
                   (port == 0 ? std::string() : "port = " + std::to_string(port) + "\n"));
}

std::string NodeBook::resource(const std::string& pattern) {
    const auto body = nodeInPlace(pattern);
    const bool itself = body && !std::holds_alternative<Provider>(*body) && !std::holds_alternative<MeshService>(*body);
    if (itself) return pattern;
    return add("arn", pattern == "*" ? "everything" : pattern.substr(pattern.find_last_of("/:") + 1), entry("arn", pattern));
}

std::string NodeBook::functionUrl(const std::string& arn) {
    return add("function", arn.substr(arn.find(":function:") + 10) + "-url", entry("arn", arn) + "url = true\n");
}

std::string NodeBook::task(const std::string& arn, const std::string& cluster, const std::vector<std::string>& passes) {
    passes_.emplace(arn, passes);
    return add("task", "task-" + arn.substr(arn.rfind('/') + 1, arn.rfind(':') - arn.rfind('/') - 1),
               entry("arn", arn) + entry("cluster", cluster) + listed("passes", passes));
}

std::vector<std::string> NodeBook::passesOf(const std::string& task) const {
    const auto found = passes_.find(task);
    return found == passes_.end() ? std::vector<std::string>() : found->second;
}

std::string NodeBook::provider(const std::string& arn, const std::vector<std::string>& audiences) {
    return add("provider", arn.substr(arn.find('/') + 1), entry("arn", arn) + listed("audiences", audiences));
}

std::string NodeBook::claim(const std::string& key, const std::vector<std::string>& values) {
    return add("claim", "claim-" + (values.empty() ? key : values.front()), entry("key", key) + listed("values", values));
}

std::string NodeBook::role(const std::string& arn, const std::vector<std::string>& providers, bool tags, bool sourceIdentity) {
    return add("role", arn.substr(arn.rfind('/') + 1),
               entry("arn", arn) + listed("providers", providers) + (tags ? "tags = true\n" : "") +
                   (sourceIdentity ? "source_identity = true\n" : ""));
}

void NodeBook::workload(const std::string& role, std::string_view runsOn) {
    (void)add("workload", role.substr(role.rfind('/') + 1) + "-workload",
              entry("role", role) + entry("runs_on", std::string(runsOn)));
}

} // namespace gw::mesh
