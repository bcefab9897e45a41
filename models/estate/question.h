// From a question of people to one for the evaluator: whom and what they mean, which policies decide, what else follows
// from the estate, and what it does not tell.
#pragma once

#include "models/estate/estate.h"
#include "models/policy/access_index.h"
#include "models/policy/denial_text.h"
#include "models/policy/edits.h"
#include "models/policy/explanation.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::estate {

// Where a key of the request's context was taken from.
enum class Origin { Request, PrincipalTag, PrincipalId, PrincipalArn, Organization, ResourceArn };

struct ToldKey {
    std::string key;
    std::vector<std::string> values;
    Origin origin = Origin::Request;
};

// Borrows the estate.
struct Question {
    policy::Request request; // complete: account of the resource, tags, organization
    policy::PolicySet policies;
    std::vector<std::string> scpTargets, rcpTargets; // what the levels are attached to, by name, from the root
    std::vector<Gap> gaps;
    std::vector<ToldKey> told;
    const Role* role = nullptr; // of the principal, or of its session
    const User* user = nullptr;
    const Resource* resource = nullptr;
    // Of a pasted denial, what AWS says of itself.
    std::optional<policy::Layer> saidLayer;
    bool saidExplicit = false;
    bool isDenial = false;
    std::string writtenResource; // before masked digits were filled in; empty where nothing was
};

// Principal, action, resource and context as they are known; what is told there wins over what the estate says.
[[nodiscard]] Question makeQuestion(const Estate& estate, policy::Request request);
// A denial as AWS words it, masked accounts included.
[[nodiscard]] Question makeQuestion(const Estate& estate, const policy::Denial& denial);

// Of a role and a session name: "arn:aws:sts::…:assumed-role/NAME/SESSION".
[[nodiscard]] std::string sessionArn(const Role& role, std::string_view session);

// What the evaluator says, and what it is worth where something is not known.
struct Conclusion {
    policy::Explanation explanation;
    // The evaluator's, or Depends where a gap could turn it.
    policy::Decision decision = policy::Decision::ImplicitlyDenied;
    std::vector<std::size_t> turning; // the gaps that could, by their place in the question's list
};
[[nodiscard]] Conclusion conclude(const Question& question, const policy::WorldRules& world);

// What an edit does to the others: principals of the estate that could not do this on the resource before and can or may
// after, or the other way round. Whoever was asked about is one of them, and counted first.
struct EditReach {
    std::size_t gained = 0, lost = 0;
    std::size_t principals = 0; // that were asked
};

// A single edit that turns the evaluator's answer, and where it would be made; nothing of AWS's own policies, which nobody
// can edit.
struct PlacedEdit {
    policy::Edit edit;
    const PolicyDocument* document = nullptr; // null: a policy that is not there yet, or no policy at all
    std::optional<Place> place;
    policy::Decision decision = policy::Decision::Allowed; // with it: the evaluator's, or Depends where a gap could turn it
    std::vector<std::size_t> turning;                      // those gaps, by their place in the question's list
    std::optional<EditReach> reach; // nothing: of a changed call, or of an estate too large to ask everybody
};
[[nodiscard]] std::vector<PlacedEdit> editsFor(const Estate& estate, const Question& question, const Conclusion& conclusion,
                                               const policy::WorldRules& world, std::size_t limit = 5);
// In an estate with more principals than this their number is not told.
inline constexpr std::size_t mostReached = 20'000;

// For "who can": every role and user with its policies; and what is asked about. Partial where there are gaps.
[[nodiscard]] std::vector<policy::Actor> actorsOf(const Estate& estate);
[[nodiscard]] policy::Target targetFor(const Estate& estate, std::string action, std::string resource);

} // namespace gw::estate
