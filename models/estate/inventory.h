// What there is to choose from: principals and resources, as lists show them.
#pragma once

#include "models/estate/estate.h"

#include <string>
#include <vector>

namespace gw::estate {

struct PrincipalItem {
    std::string arn;
    std::string name;
    std::string account, accountName; // the latter the id where nothing tells a name
    policy::PrincipalKind kind = policy::PrincipalKind::Role;
};

struct ResourceItem {
    std::string arn;    // what a request would name
    std::string name;   // "POST /refunds"
    std::string parent; // "payments-api, prod"; may be empty
    std::string account, accountName, region;
    ResourceKind kind = ResourceKind::Other;
    std::string action; // what one usually asks about it: "execute-api:Invoke"; may be empty
};

// By account name, then by name.
[[nodiscard]] std::vector<PrincipalItem> principalsOf(const Estate& estate);
[[nodiscard]] std::vector<ResourceItem> resourcesOf(const Estate& estate);

} // namespace gw::estate
