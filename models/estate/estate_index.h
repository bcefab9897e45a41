// The ways to find things in an Estate.
#pragma once

#include "models/estate/estate_parts.h"

#include <mutex>
#include <unordered_map>

namespace gw::estate {

struct Estate::Index {
    using Map = std::unordered_map<std::string, std::size_t>;
    Map accounts, units, rolesByArn, rolesByName, users, groups, managedPolicies, controlPolicies, samlProviders;
    Map resources; // by ARN, and APIs by their id

    struct Compiled {
        const PolicyDocument* document = nullptr;
        policy::DocumentKind kind = policy::DocumentKind::Identity;
        friend bool operator==(const Compiled&, const Compiled&) = default;
    };
    struct Hash {
        std::size_t operator()(const Compiled& key) const {
            return std::hash<const void*>()(key.document) * 31 + static_cast<std::size_t>(key.kind);
        }
    };
    std::mutex mutex; // of what follows
    std::unordered_map<Compiled, Result<policy::PolicyRef>, Hash> compiled;
    std::unordered_map<const policy::CompiledPolicy*, const PolicyDocument*> origins;
};

} // namespace gw::estate
