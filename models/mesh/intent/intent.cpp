#include "models/mesh/intent/intent.h"

#include <algorithm>
#include <array>

namespace gw::mesh {
namespace {

constexpr auto targetNames = std::to_array<std::string_view>(
    {"iam", "apigateway", "lattice", "lambda", "ecs", "appmesh", "service-connect", "envoy", "istio"});

} // namespace

std::string_view targetName(Target target) {
    return targetNames[static_cast<std::size_t>(target)];
}

std::optional<Target> targetOf(std::string_view name) {
    for (std::size_t i = 0; i < targetNames.size(); ++i)
        if (targetNames[i] == name) return static_cast<Target>(i);
    return std::nullopt;
}

bool allowsPath(const std::vector<PathPattern>& paths, bool asGlobs, std::string_view path) {
    return paths.empty() || std::any_of(paths.begin(), paths.end(), [&](const PathPattern& pattern) {
               return asGlobs ? pattern.globMatches(path) : pattern.matches(path);
           });
}

bool allowsMethod(const std::vector<std::string>& methods, std::string_view method) {
    return methods.empty() ||
           std::any_of(methods.begin(), methods.end(), [&](const std::string& each) { return each == "*" || each == method; });
}

bool Intent::accepts(const EdgeId& edge, Target target, std::string_view what) const {
    return std::any_of(accepted.begin(), accepted.end(), [&](const Accepted& each) {
        return each.target == target && each.what == what && each.edge == edge;
    });
}

} // namespace gw::mesh
