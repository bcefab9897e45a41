// What roles may do at all, asked of the evaluator: for those who look at every role of an estate. For one thread; borrows
// the estate.
#pragma once

#include "models/estate/mapping.h"
#include "models/estate/policy_pool.h"
#include "models/estate/privileged.h"
#include "models/estate/question.h"
#include "models/policy/lint/privilege_paths.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::estate {

// A way by which somebody makes himself an administrator.
struct Escalation {
    std::string_view way; // "iam:PassRole + ec2:RunInstances"
    std::string through;  // ARN of the one object that it goes through; empty: of any of its kind
};

class RoleAccess {
public:
    RoleAccess(const Estate& estate, policy::WorldRules world);

    // The role as the one who asks, with its policies and all that is known of it; stays until the next call.
    Question& of(const Role& role);
    Question& of(const User& user);
    // Somebody who is in this group and has nothing else.
    Question& ofMember(const Group& group);
    [[nodiscard]] Question& question() { return question_; }

    // Whether it may under circumstances that a caller can be in (a network, an hour, a second factor, its own tags). What
    // hangs on the resource, or on what is asked for, is no.
    [[nodiscard]] bool may(std::string_view action, std::string_view resource);
    // Whether a statement of its own speaks of the action, whatever else it says.
    [[nodiscard]] bool speaksOf(std::string_view foldedAction) const;
    // The same for a service, by its prefix, where something is named in it: a "*" for all services names none.
    [[nodiscard]] bool speaksOfService(std::string_view prefix) const;

    [[nodiscard]] Privilege privilege();
    [[nodiscard]] bool isAdministrator();
    // The ways by which it can make itself an administrator, by what it may do to all objects of a kind or to one that the
    // estate has; only the first of them where `first`.
    [[nodiscard]] std::vector<Escalation> escalations(bool first = false);
    // Services in which it may do anything.
    [[nodiscard]] std::uint32_t services();

    [[nodiscard]] const policy::WorldRules& world() const { return world_; }
    [[nodiscard]] PolicyPool& pool() { return pool_; }

private:
    // An example of each level among the actions that a pattern matches.
    struct Examples {
        std::vector<std::string> writes;
        std::string read, invoke; // the latter: what reads or writes as its resource tells
    };
    const Examples& examplesOf(std::string_view pattern);
    [[nodiscard]] std::vector<std::string> resourcesOf(const policy::CompiledStatement& statement) const;
    void ask(std::string_view arn, std::string_view account);
    // The object of the estate on which alone this step is open, and leads on; nothing where there is none.
    [[nodiscard]] std::optional<std::string> throughOne(const policy::lint::PrivilegeAsk& ask, const policy::lint::PrivilegePath& path);
    [[nodiscard]] std::vector<std::string> stepsFor(std::string_view foldedAction, std::string_view service);
    [[nodiscard]] std::vector<std::string> ownPolicies() const;
    [[nodiscard]] bool mayTakeOn(const Role& role);
    [[nodiscard]] bool mayWrite();
    [[nodiscard]] bool mayRead();
    template <class Each>
    bool anyAllowed(Each each) const;

    const Estate& estate_;
    policy::WorldRules world_;
    PolicyPool pool_;
    Question question_;
    std::vector<const IdentityPolicies*> own_;              // of who asks, and of the groups he is in
    std::map<std::string, Examples, std::less<>> examples_; // by pattern
    Privileged privileged_;
};

// The policy of AWS that allows everything, which an estate may name without its document.
[[nodiscard]] bool isAdministratorPolicy(std::string_view arn);

} // namespace gw::estate
