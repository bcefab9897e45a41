// The two estates of a comparison, and what of them is the same.
#pragma once

#include "models/estate/drift.h"
#include "models/estate/question.h"

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace gw::estate {

// The people behind roles, as one estate knows them.
class Holders {
public:
    explicit Holders(const Estate& estate);
    // Groups and number of people of a role, into the drift.
    void tell(const std::string& role, Drift& into) const;
    [[nodiscard]] std::string nameOf(const std::string& group) const;
    [[nodiscard]] std::optional<std::uint64_t> sizeOf(const std::string& group) const;

private:
    std::unordered_map<std::string, std::vector<const Assignment*>> byRole_;
    std::unordered_map<std::string, const DirectoryGroup*> groups_; // by id
};

struct Sides {
    const Estate& before;
    const Estate& after;
    const policy::WorldRules& world;
    Holders holdersBefore, holdersAfter;

    Sides(const Estate& baseline, const Estate& live, const policy::WorldRules& rules)
        : before(baseline), after(live), world(rules), holdersBefore(baseline), holdersAfter(live) {}
    void tellPeople(const std::string& role, Drift& drift) const {
        (drift.direction == DriftDirection::Gained ? holdersAfter : holdersBefore).tell(role, drift);
    }
};

// Whether the policies of a role or user are the same text on both sides, those that it only names included.
[[nodiscard]] bool sameText(const PolicyDocument& a, const PolicyDocument& b);
[[nodiscard]] bool samePolicies(const Estate& before, const IdentityPolicies& a, const Estate& after, const IdentityPolicies& b);

// Whether the service control policies of an account are the same, kept for each account.
class AccountSameness {
public:
    explicit AccountSameness(const Sides& sides) : sides_(sides) {}
    [[nodiscard]] bool holds(const std::string& account);

private:
    const Sides& sides_;
    std::map<std::string, bool> known_;
};

// Whom trust policies and resource policies let in that did not before, or no longer.
void compareTrust(const Sides& sides, const Role& before, const Role& after, DriftReport& report);
void compareResource(const Sides& sides, const Resource& before, const Resource& after, DriftReport& report);

} // namespace gw::estate
