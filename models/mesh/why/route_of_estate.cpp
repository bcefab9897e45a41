#include "models/mesh/why/route_of_estate.h"

#include <algorithm>
#include <optional>

namespace gw::mesh {
namespace {

std::string_view nextSegment(std::string_view& path) {
    if (path.starts_with('/')) path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, end);
    path.remove_prefix(end);
    return segment;
}

// How many segments it spells out, doubled, and one less for each that stands for any; nothing where it does not match.
std::optional<int> match(std::string_view pattern, std::string_view path) {
    if (pattern == "$default") return -1000;
    int score = 0;
    while (!pattern.empty() && pattern != "/") {
        const std::string_view wanted = nextSegment(pattern);
        if (wanted.starts_with('{') && wanted.ends_with("+}")) return path.size() > 1 ? std::optional(score - 100) : std::nullopt;
        if (path.empty()) return std::nullopt;
        const std::string_view segment = nextSegment(path);
        if (wanted.starts_with('{') && wanted.ends_with('}')) {
            if (segment.empty()) return std::nullopt;
            --score;
        } else if (wanted == segment) {
            score += 2;
        } else {
            return std::nullopt;
        }
    }
    return path.empty() || path == "/" ? std::optional(score) : std::nullopt;
}

} // namespace

const estate::Resource* routeOf(const estate::Estate& estate, std::string_view api, std::string_view method,
                                std::string_view path) {
    const estate::Resource* best = nullptr;
    int most = 0;
    for (const estate::Resource& route : estate.resources()) {
        if (route.kind != estate::ResourceKind::Route || route.api != api) continue;
        const bool any = route.method == "ANY" || route.method.empty();
        if (route.method != method && !any) continue;
        auto score = match(route.path, path);
        if (!score) continue;
        *score = *score * 2 - (any ? 1 : 0);
        if (best == nullptr || *score > most) {
            best = &route;
            most = *score;
        }
    }
    return best;
}

} // namespace gw::mesh
