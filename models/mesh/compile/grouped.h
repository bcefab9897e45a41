// Uses of one kind of access, by what decides on them, in the order in which the map names it.
#pragma once

#include "models/mesh/intent/intent.h"

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace gw::mesh {

template <class AccessKind, class ObjectOf>
[[nodiscard]] std::vector<std::pair<std::string, std::vector<const Use*>>> grouped(const Intent& intent, ObjectOf objectOf) {
    std::vector<std::pair<std::string, std::vector<const Use*>>> groups;
    std::unordered_map<std::string, std::size_t> places;
    for (const Use& use : intent.uses) {
        const auto* access = use.as<AccessKind>();
        if (access == nullptr) continue;
        std::string object = objectOf(*access);
        if (object.empty()) continue;
        const auto [found, added] = places.emplace(object, groups.size());
        if (added) groups.emplace_back(std::move(object), std::vector<const Use*>{});
        groups[found->second].second.push_back(&use);
    }
    return groups;
}

// "arn:aws:apigateway:REGION::/restapis/ID" or "…/apis/ID".
[[nodiscard]] inline std::string apiArn(const ApiAccess& access) {
    return "arn:" + access.partition + ":apigateway:" + access.region + "::/" +
           (access.kind == ApiAccess::Kind::Rest ? "restapis/" : "apis/") + access.api;
}

} // namespace gw::mesh
