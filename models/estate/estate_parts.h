// What readers put together and an Estate keeps.
#pragma once

#include "models/estate/estate.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace gw::estate {

// What is known of the policies of one root, unit or account.
struct Attachments {
    std::set<std::string> policies; // ids
    bool scpListed = false, rcpListed = false;
};

struct OrganizationFacts {
    std::map<std::string, std::string, std::less<>> parents;         // of units and accounts
    std::map<std::string, Attachments, std::less<>> attachments;     // by root, unit or account
    std::set<std::string, std::less<>> targetsListed;                // policies of which all targets are known
    std::set<std::string, std::less<>> otherPolicies;                // neither SCP nor RCP: they decide nothing here
    bool scpsListed = false, rcpsListed = false;                     // list-policies
    std::map<std::string, std::set<std::string>, std::less<>> types; // by root: kinds of policies that are enabled
};

struct EstateParts {
    std::vector<Account> accounts;
    std::vector<OrganizationalUnit> units;
    std::vector<Role> roles;
    std::vector<User> users;
    std::vector<Group> groups;
    std::vector<ManagedPolicy> managedPolicies;
    std::vector<ControlPolicy> controlPolicies;
    std::vector<SamlProvider> samlProviders;
    std::vector<OidcProvider> oidcProviders;
    std::vector<Resource> resources;
    std::vector<Person> people;
    std::vector<DirectoryGroup> directoryGroups;
    std::vector<Assignment> assignments;
    std::vector<ObservedResponse> responses;
    Usage usage;
    std::shared_ptr<const Estate> declared;
    Organization organization;
    OrganizationFacts facts;
    std::vector<std::shared_ptr<const SourceFile>> files;
    std::vector<Error> problems;
};

// All of it, as it was put together; for writing it out.
[[nodiscard]] const EstateParts& partsOf(const Estate& estate);

} // namespace gw::estate
