#include "models/estate/reach/routes.h"

#include "models/policy/arn_pattern.h"
#include "saml/base/ascii.h"

#include <map>
#include <optional>
#include <utility>

namespace gw::estate {
namespace {

std::string_view takeSegment(std::string_view& path) {
    const std::size_t slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    return segment;
}

std::string_view withoutSlash(std::string_view path) {
    if (path.starts_with('/')) path.remove_prefix(1);
    return path;
}

bool isParameter(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

// How a route's path takes another, segment by segment: '0' literally, '1' by a parameter, '2' by a greedy one; nothing where
// it does not. The least is the one that API Gateway takes.
std::optional<std::string> fit(std::string_view route, std::string_view path) {
    route = withoutSlash(route);
    path = withoutSlash(path);
    std::string how;
    while (!route.empty() || !path.empty()) {
        if (route.empty()) return std::nullopt;
        const std::string_view wanted = takeSegment(route);
        if (isParameter(wanted) && wanted.ends_with("+}")) return path.empty() ? std::nullopt : std::optional(how + '2');
        if (path.empty()) return std::nullopt;
        const std::string_view seen = takeSegment(path);
        if (wanted == seen)
            how += '0';
        else if (isParameter(wanted) && !seen.empty())
            how += '1';
        else
            return std::nullopt;
    }
    return how;
}

// The same for method and path; a method of its own comes before ANY.
std::optional<std::string> fit(const Resource& route, std::string_view method, std::string_view path) {
    const bool own = (foldedAscii(route.method) == foldedAscii(method));
    if (!own && !(foldedAscii(route.method) == "any" && !method.empty())) return std::nullopt;
    auto how = fit(route.path, path);
    if (how) *how += own ? 'a' : 'b';
    return how;
}

} // namespace

std::vector<const Resource*> routesCalled(const Estate& estate, std::string_view text) {
    const std::size_t space = text.find(' ');
    const std::string_view method = space == std::string_view::npos ? std::string_view() : text.substr(0, space);
    const std::string_view path = space == std::string_view::npos ? text : text.substr(space + 1);
    std::vector<const Resource*> same;
    std::map<std::pair<std::string_view, std::string_view>, std::pair<std::string, const Resource*>> best;
    for (const Resource& each : estate.resources()) {
        if (each.kind != ResourceKind::Route) continue;
        if ((foldedAscii(each.method) == foldedAscii(method)) && each.path == path) {
            same.push_back(&each);
            continue;
        }
        auto how = fit(each, method, path);
        if (!how) continue;
        const auto [known, fresh] = best.try_emplace({each.api, each.stage}, *how, &each);
        if (!fresh && *how < known->second.first) known->second = {std::move(*how), &each};
    }
    if (same.empty())
        for (const auto& [where, one] : best) same.push_back(one.second);
    return same;
}

const Resource* routeFor(const Estate& estate, std::string_view arn) {
    const auto parts = policy::ArnParts::split(arn);
    if (!parts || parts->service != "execute-api") return nullptr;
    std::string_view rest = parts->resource;
    const std::string_view api = takeSegment(rest);
    const std::string_view stage = takeSegment(rest);
    const bool hasMethod = rest.find('/') != std::string_view::npos;
    const std::string_view whole = rest;
    const std::string_view method = hasMethod ? takeSegment(rest) : std::string_view();
    const Resource* best = nullptr;
    std::string how;
    for (const Resource& each : estate.resources()) {
        if (each.kind != ResourceKind::Route || each.api != api || each.stage != stage) continue;
        if (each.arn == arn || (each.method.empty() && each.path == whole)) return &each;
        auto one = fit(each, method, rest);
        if (!one || (best != nullptr && *one >= how)) continue;
        how = std::move(*one);
        best = &each;
    }
    return best;
}

std::string requestedArn(std::string_view arn) {
    const auto parts = policy::ArnParts::split(arn);
    if (!parts || parts->service != "execute-api" || parts->resource.find('{') == std::string_view::npos) return std::string(arn);
    std::string text(arn.substr(0, arn.size() - parts->resource.size()));
    std::string_view rest = parts->resource;
    for (bool first = true; !rest.empty(); first = false) {
        const std::string_view segment = takeSegment(rest);
        if (!first) text += '/';
        // No name of anything, so that only wildcards of policies match it.
        text += isParameter(segment) ? std::string_view("-any-") : segment;
    }
    return text;
}

} // namespace gw::estate
