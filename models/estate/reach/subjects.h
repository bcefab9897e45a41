// All that somebody could do something to: the resources of the estate, what IAM itself holds, and "*" for actions that have no
// resource. And which actions each of them has.
#pragma once

#include "models/estate/reach/outcome.h"
#include "models/policy/catalogue.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gw::estate {

struct KnownAction {
    std::string name; // "s3:GetObject"
    std::string folded;
    std::size_t number = 0; // among all that were met
};

struct Thing {
    std::string arn;
    std::string account; // empty: the ARN does not tell, and neither does the estate
    const std::vector<const KnownAction*>* actions = nullptr;
    bool hasPolicy = false;  // somebody besides its own account may be let in, or that is not known
    std::string requested;   // the ARN of a request, where that is another
    bool isUnlisted = false; // the estate does not have it: "*" stands for whatever the service may have
};

// Borrows the population and the catalogue.
class Subjects {
public:
    Subjects(const Population& population, const policy::Catalogue* catalogue);

    // Those of one account, and those without any.
    [[nodiscard]] const std::vector<Thing>& ofAccount(const std::string& account);
    // Of all accounts, those that have a policy of their own.
    [[nodiscard]] const std::vector<const Thing*>& withPolicies();
    // Actions whose resource is "*"; empty without a catalogue.
    [[nodiscard]] const std::vector<const KnownAction*>& withoutResource();
    // That a resource of this ARN has. Actions that nobody but providers can do are left out.
    [[nodiscard]] const std::vector<const KnownAction*>& actionsOf(std::string_view arn);
    // That something could have which the resource pattern of a policy stands for; of "*", all that have a resource.
    [[nodiscard]] const std::vector<const KnownAction*>& actionsFitting(const std::string& pattern);
    [[nodiscard]] const KnownAction& action(std::string_view name);
    // The highest number of an action so far, and one.
    [[nodiscard]] std::size_t actionCount() const { return known_.size(); }
    [[nodiscard]] const policy::Catalogue* catalogue() const { return catalogue_; }
    // As subjectOf(), kept for actions that the same policies decide.
    [[nodiscard]] const Subject& subject(const Thing& thing, const KnownAction& action);

private:
    void gather();
    void addFitting(const policy::ServiceInfo& service, const std::string& pattern, std::vector<const KnownAction*>& into);
    void add(std::string arn, const std::string& account, bool hasPolicy);

    const Population& population_;
    const policy::Catalogue* catalogue_;
    std::map<std::string, std::unique_ptr<KnownAction>, std::less<>> known_; // by the folded name
    std::map<std::string, std::vector<const KnownAction*>> lists_;           // by service and types
    std::unordered_map<std::string, std::vector<const KnownAction*>> fitting_; // by pattern
    std::unordered_map<std::string, std::vector<Thing>> things_;             // by account
    std::vector<const Thing*> withPolicies_;
    std::vector<const KnownAction*> withoutResource_;
    std::unordered_map<std::string, std::unique_ptr<Subject>> subjects_;
    bool gathered_ = false, listed_ = false;
};

} // namespace gw::estate
