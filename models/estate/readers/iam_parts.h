// What calls of IAM tell of one object that they name half or not at all; put to the objects once all files are read.
#pragma once

#include "models/estate/objects.h"
#include "saml/base/error.h"
#include "saml/base/utc_time.h"

#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gw::estate {

enum class IamKind { Role, User, Group };

struct IamName {
    IamKind kind = IamKind::Role;
    std::string account; // empty: not told
    std::string name;
    friend auto operator<=>(const IamName&, const IamName&) = default;
};

struct PendingIam {
    template <class T>
    struct Of {
        std::string id, account;
        T part;
        Error unnamed;
    };
    // list-role-policies, get-role-policy, list-attached-role-policies, list-groups-for-user, and those of users and groups.
    struct Principal {
        std::optional<std::set<std::string>> inlineNames; // all of them
        std::vector<PolicyDocument> inlinePolicies;
        std::optional<std::vector<std::string>> attached; // all of them
        std::set<std::string> attachedSome;               // list-entities-for-policy
        std::set<std::string> groups;
        bool allGroups = false;
        std::optional<Error> unnamed;
    };

    std::vector<Of<SamlProvider>> samlProviders;
    std::vector<Of<OidcProvider>> oidcProviders;
    std::vector<Of<PolicyDocument>> policyVersions;
    std::map<IamName, Principal> principals;
    std::vector<Of<std::vector<IamName>>> entities; // list-entities-for-policy, by the policy
    std::vector<Of<std::map<std::string, std::optional<UtcTime>, std::less<>>>> lastAccessed;
};

} // namespace gw::estate
