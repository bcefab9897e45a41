// Every role and user of an estate, ready for the evaluator, with what is not known of each. Borrows the estate.
#pragma once

#include "models/estate/question.h"
#include "models/policy/access_index.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gw::estate {

using ControlLevels = std::optional<std::vector<std::vector<policy::PolicyRef>>>;

// The organization's policies of one kind that bind an account.
struct AccountLimits {
    ControlLevels levels;
    std::vector<Gap> gaps;
};

struct Inhabitant {
    const Role* role = nullptr; // one of the two
    const User* user = nullptr;
    std::vector<Gap> gaps;               // of its own policies
    const AccountLimits* scps = nullptr; // null: none bind it
    bool assumes = false;                // an identity policy speaks of sts:AssumeRole
    [[nodiscard]] const std::string& arn() const { return role != nullptr ? role->arn : user->arn; }
};

class Population {
public:
    explicit Population(const Estate& estate);

    [[nodiscard]] const Estate& estate() const { return estate_; }
    [[nodiscard]] const policy::AccessIndex& index() const { return index_; }
    [[nodiscard]] std::size_t size() const { return inhabitants_.size(); }
    [[nodiscard]] const Inhabitant& at(policy::ActorId id) const { return inhabitants_[static_cast<std::size_t>(id)]; }
    [[nodiscard]] const policy::Actor& actor(policy::ActorId id) const { return *index_.find(id); }
    [[nodiscard]] std::optional<policy::ActorId> find(std::string_view arn) const;
    // Those of which some policy is not known.
    [[nodiscard]] const std::vector<policy::ActorId>& withGaps() const { return withGaps_; }
    // All of one account.
    [[nodiscard]] const std::vector<policy::ActorId>& of(std::string_view account) const;
    // Of one account, those that an identity policy might let take on roles.
    [[nodiscard]] const std::vector<policy::ActorId>& assumers(std::string_view account) const;
    // Of all accounts.
    [[nodiscard]] const std::vector<policy::ActorId>& assumers() const { return allAssumers_; }
    // The resource control policies of an account.
    [[nodiscard]] const AccountLimits& rcps(const std::string& account) const;

private:
    void add(const std::string& arn);
    const AccountLimits& limits(const std::string& account, bool resourceControl) const;

    const Estate& estate_;
    policy::AccessIndex index_;
    std::vector<Inhabitant> inhabitants_;
    std::vector<policy::ActorId> withGaps_, allAssumers_;
    std::unordered_map<std::string, policy::ActorId> byArn_;
    std::unordered_map<std::string, std::vector<policy::ActorId>> byAccount_, assumers_;
    mutable std::unordered_map<std::string, std::unique_ptr<AccountLimits>> scps_, rcps_;
};

} // namespace gw::estate
