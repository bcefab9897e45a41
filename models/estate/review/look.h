// What the families of rules share: the estate with what was found out about its roles, and where findings go.
#pragma once

#include "models/estate/review/fixes.h"
#include "models/estate/review/review.h"
#include "models/estate/review/rules.h"
#include "models/estate/review/settings.h"
#include "models/estate/role_access.h"
#include "models/estate/unused.h"
#include "models/estate/ways_in.h"
#include "models/policy/lint/linter.h"

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gw::estate::review {

// Of one role, once it was looked at.
struct RoleFacts {
    std::vector<Mapping> ways;
    Privilege privilege = Privilege::Unknown;
    Environment environment = Environment::Unknown;
    bool forPeople = false; // groups, persons, claims or whoever a provider sends get it
    bool takesOn = false;   // its policies speak of sts:AssumeRole
    std::vector<std::string> providers; // SAML providers whose sign-ins its trust policy lets in
};

// Where findings go; each thread has its own.
class Findings {
public:
    // One for each rule and object. Null where it was found before: then only its place goes to the evidence, and its patch,
    // which mends a part now, falls away.
    Finding* add(const Rule& rule, std::string object, Place place, std::vector<Fact> evidence, Fix fix);
    void needs(const Rule& rule, std::string_view what) { needs_.insert({rule.id, what}); }
    void take(Findings& other);

    std::vector<Finding> all;
    [[nodiscard]] const std::set<std::pair<std::string_view, std::string_view>>& needed() const { return needs_; }

private:
    std::unordered_map<std::string, std::size_t> places_; // by rule and object
    std::set<std::pair<std::string_view, std::string_view>> needs_;
};

// What does not change while rules are looked at, and what the first pass finds out.
struct Look {
    const Input& input;
    const Estate& estate;
    const Settings& settings;
    UtcTime now;
    policy::WorldRules world;
    WaysIn ways;
    RoleActivities activities;
    std::vector<RoleFacts> roles; // as the estate's
    std::set<std::string, std::less<>> accountsWithRoles, accountsWithProviders;
    // Which parts of meshes the proxies of a role's tasks are ("mesh/M/virtualNode/N"), by the ARN of the role.
    std::map<std::string, std::set<std::string, std::less<>>, std::less<>> nodes;
    bool providersOfAll = false; // a list of providers whose account nothing tells
    bool organizationKnown = false;
    bool usesPrincipalTags = false;
    bool attestations = false;     // of one role at least
    bool assignmentsKnown = false; // not only from saved responses
    std::string region;            // where most of the estate's resources are

    explicit Look(const Input& input);
    [[nodiscard]] const RoleFacts& factsOf(const Role& role) const { return roles[static_cast<std::size_t>(&role - estate.roles().data())]; }
    [[nodiscard]] bool knowsProvidersOf(std::string_view account) const {
        return providersOfAll || accountsWithProviders.contains(account);
    }
};

[[nodiscard]] std::int64_t daysBetween(UtcTime from, UtcTime to);
// Values as JSON text, for facts whose name ends in "[]".
[[nodiscard]] std::string listText(const std::vector<std::string>& values);
[[nodiscard]] Place placeOf(const Source& source);

// What is looked at role by role, on several threads; the linter's answers are kept by text.
class RoleRules {
public:
    RoleRules(Look& look, Findings& into) : look_(look), into_(into), access_(look.estate, look.world) {}
    void operator()(const Role& role, RoleFacts& facts);
    void lookAt(const User& user);
    void lookAt(const ManagedPolicy& policy);
    void lookAt(const Group& group);

private:
    struct Linted {
        std::vector<policy::lint::Finding> findings; // of the review's own rules
        bool readable = true;
    };
    const Linted& lint(const PolicyDocument& document, policy::DocumentKind kind, const std::string& account);
    void addLinted(const PolicyDocument& document, policy::DocumentKind kind, const std::string& object, const std::string& account,
                   const RoleFacts* facts);
    void checkDocument(const PolicyDocument& document, const std::string& object, const std::string& account);
    void checkPolicies(const std::string& object, const IdentityPolicies& policies, const std::string& account);
    // What the evaluator finds: of the one that access_ was last set to.
    void checkPrivileges(const Object& object, const IdentityPolicies& policies, bool reached, bool isAdministrator);
    void checkNodes(const Role& role);
    void checkSession(const Role& role, const RoleFacts& facts);
    void checkUse(const Role& role);

    Look& look_;
    Findings& into_;
    RoleAccess access_;
    std::unordered_map<std::string_view, Linted> trusts_, identities_; // by text, of one account
    std::string lintedAccount_;
};

// Whether its trust policy was looked at lately by somebody. `attestations`: any role has one, so that one without is overdue.
void checkAttested(const Input& input, const Settings& settings, bool attestations, const Role& role, Findings& into);
[[nodiscard]] bool hasAttestations(const Input& input, const Settings& settings);
void checkTrustOfRole(const Look& look, const Role& role, RoleFacts& facts, const policy::CompiledPolicy& trust, Findings& into);
// Over the whole estate, once every role was looked at.
void checkChains(Look& look, Findings& into);
void checkSignIns(const Look& look, Findings& into);
void checkResponses(const Look& look, Findings& into);
void checkProviders(const Look& look, Findings& into);
void checkMappings(Look& look, Findings& into);
void checkResources(const Look& look, Findings& into);
void checkUnused(const Look& look, Findings& into);
void checkDrift(const Look& look, Findings& into, const Progress& progress);

} // namespace gw::estate::review
