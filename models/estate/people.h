// Who people are, as their directory tells, and who gets which role, as sign-ins and mappings tell.
#pragma once

#include "models/estate/objects.h"
#include "saml/base/utc_time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gw::estate {

struct Person {
    std::string id;       // as its directory has it
    std::string userName; // what a sign-in names: mail or login; never empty
    std::string displayName;
    std::vector<std::string> groups; // ids of DirectoryGroup
    bool active = true;
    Source source;
};

struct DirectoryGroup {
    std::string id, name;
    std::vector<std::string> members; // ids of Person; nested groups are resolved
    bool membersKnown = true;
    Source source;
};

// What hands a role to people.
enum class AssignmentOrigin {
    Table,      // a file with a row for each: group, role, provider
    GroupName,  // the group's name holds account and role, as Okta and ADFS rules make roles of them
    Assertion,  // a saved sign-in response offered it
    Application // an application's role assignments in the provider's own export
};

struct Assignment {
    std::string group;    // id of a DirectoryGroup, or its name where no directory was read; empty: it is a person's
    std::string person;   // user name; empty: it is a group's
    std::string role;     // ARN, as written
    std::string provider; // ARN; empty: not told
    AssignmentOrigin origin = AssignmentOrigin::Table;
    Source source;
};

// A saved sign-in response, read without trust: what a provider sends.
struct ObservedResponse {
    std::string issuer, nameId, sessionName, sourceIdentity, recipient;
    std::vector<std::string> audiences;
    std::vector<std::pair<std::string, std::string>> roles; // role ARN, provider ARN; well-formed pairs only
    std::vector<std::string> malformedRoles;                // values of the attribute that are no pair
    std::vector<std::pair<std::string, std::string>> tags;  // PrincipalTag:…
    std::vector<std::string> transitiveTags;
    std::vector<std::string> groups; // of the usual group attributes
    std::string roleAttributeName;   // as written: its case matters to AWS; empty: there is none
    std::optional<std::int64_t> sessionSeconds; // SessionDuration
    std::optional<UtcTime> issued, notBefore, notOnOrAfter;
    std::string certificate; // SHA-256 of the signing certificate that fits, lower-case hexadecimal; empty: none does
    std::size_t subjectConfirmations = 0;
    bool isSigned = false;
    Source source;
};

} // namespace gw::estate
