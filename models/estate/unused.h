// Roles and permissions that nobody uses: as evidence, with where it comes from and what time it covers; and a tighter policy
// in place of each, tried before it is proposed.
#pragma once

#include "models/estate/reach.h"
#include "models/policy/access_diff.h"
#include "models/policy/catalogue.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace gw::estate {

enum class EvidenceSource {
    RoleLastUsed,  // AWS's own, for the trailing 400 days
    AccessAdvisor, // service-last-accessed details
    CloudTrail     // the events that were read; they hold what manages things, and seldom what reads and writes data
};
// "role-last-used", "access-advisor", "cloudtrail".
[[nodiscard]] std::string_view evidenceSourceName(EvidenceSource source);

struct Evidence {
    EvidenceSource source = EvidenceSource::RoleLastUsed;
    std::optional<UtcTime> from, until; // what it covers; nothing: the source does not tell
};

struct RoleActivity {
    std::optional<UtcTime> last; // the latest that any source tells
    std::optional<UtcTime> created;
    std::vector<Evidence> evidence; // empty: nothing tells whether it is used
    // Since when nobody used it, as far as the evidence goes: the last use, or the creation where there was none. Nothing:
    // not known.
    [[nodiscard]] std::optional<UtcTime> unusedSince() const { return evidence.empty() ? std::nullopt : last ? last : created; }
};
// Of many roles: what was signed in is looked through once. Borrows the estate. Roles that AWS links to its services are
// nobody's to remove: ask not for them.
class RoleActivities {
public:
    explicit RoleActivities(const Estate& estate);
    [[nodiscard]] RoleActivity of(const Role& role) const;

private:
    const Estate& estate_;
    std::unordered_map<std::string_view, UtcTime> signedIn_; // by role, the latest
};
// Of one.
[[nodiscard]] RoleActivity activityOf(const Estate& estate, const Role& role);

struct PermissionUse {
    std::vector<std::string> granted;        // services that identity policies allow something of, in lower case; "*": all
    std::vector<std::string> usedServices;   // of those, or of all
    std::vector<std::string> unusedServices; // granted by name, and not used in the window of the evidence
    std::vector<std::string> usedActions;    // "service:Action", as events tell
    std::vector<Evidence> evidence;          // empty: nothing tells, and nothing is said to be unused
};
// A use before `since` is none.
[[nodiscard]] PermissionUse permissionUse(const Estate& estate, const Role& role, std::optional<UtcTime> since = std::nullopt);

// One document, and what could stand in its place.
struct TighterPolicy {
    const PolicyDocument* document = nullptr;
    std::string text;                 // JSON; empty: nothing of it is used, so that it can go
    std::vector<std::string> removed; // actions, as the document writes them, that are gone or became narrower
};

struct Tightening {
    std::vector<TighterPolicy> policies; // only those that change
    std::vector<Evidence> evidence;
    // What was tried: everything that events tell was used is answered as before, and nothing is allowed that was not.
    std::size_t usesTried = 0;
    bool coversUse = false;
    bool givesNothingNew = false;
    bool exhaustive = false; // false: "nothing new" was found by examples that may not be all
    [[nodiscard]] bool isProved() const { return coversUse && givesNothingNew; }
};
// Nothing where there is no evidence, nothing to tighten, or what a policy says is not known. Actions that CloudTrail does not
// see are kept where their service is used, and where nothing tells. Of managed policies only those that the organization
// wrote itself and that no other role, user or group has.
[[nodiscard]] std::optional<Tightening> tighten(const Estate& estate, const Role& role, const policy::WorldRules& world);

} // namespace gw::estate
