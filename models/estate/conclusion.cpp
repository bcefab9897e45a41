#include "models/estate/question.h"

#include <algorithm>

namespace gw::estate {

using policy::Decision;
using policy::Layer;
using policy::LayerSet;

namespace {

// The ARN of a session lacks the role's path, and a policy that names the role without it would not be stored.
void nameRole(Json& value, const std::string& without, const std::string& arn) {
    if (value.is_string() && value.get_ref<const std::string&>() == without) value = arn;
    if (!value.is_structured()) return;
    for (Json& each : value) nameRole(each, without, arn);
}

// The gaps that could turn an answer.
std::vector<std::size_t> turningGaps(const Question& question, const policy::Answer& answer) {
    std::vector<std::size_t> turning;
    // A Deny that applies stands, whatever else there is.
    if (answer.decision == Decision::ExplicitlyDenied) return turning;
    if (answer.decision != Decision::ImplicitlyDenied) {
        for (std::size_t i = 0; i < question.gaps.size(); ++i) turning.push_back(i);
        return turning;
    }
    // All layers that block must have something unknown; in its own account a resource's policy can stand for the others.
    LayerSet open;
    for (const Gap& each : question.gaps) open.add(each.layer);
    for (int i = 0; i <= static_cast<int>(Layer::Session); ++i) {
        const auto layer = static_cast<Layer>(i);
        const bool own = layer == Layer::Identity || layer == Layer::Boundary || layer == Layer::Session;
        if (answer.blockedBy.has(layer) && !open.has(layer) && !(own && open.has(Layer::Resource))) return turning;
    }
    for (std::size_t i = 0; i < question.gaps.size(); ++i) {
        const bool blocks = answer.blockedBy.has(question.gaps[i].layer) || question.gaps[i].layer == Layer::Resource;
        if (blocks) turning.push_back(i);
    }
    return turning;
}

// A policy that is attached to several levels is one document.
bool isThere(const std::vector<PlacedEdit>& placed, const policy::Edit& edit) {
    return edit.kind != policy::EditKind::TellContext &&
           std::any_of(placed.begin(), placed.end(), [&](const PlacedEdit& each) {
               return each.edit.kind == edit.kind && each.edit.layer == edit.layer && each.edit.policy == edit.policy &&
                      each.edit.pointer == edit.pointer && each.edit.after == edit.after;
           });
}

// Asks everybody the same, with and without an edit; what is asked about is there once.
class ReachCounter {
public:
    ReachCounter(const Estate& estate, const Question& question, const policy::WorldRules& world)
        : estate_(estate), question_(question), world_(world) {
        // What was told of the call, and not of who calls.
        for (const auto& each : question.request.context.entries()) {
            const std::string& key = each.key.folded();
            const bool ofCaller = key.starts_with("aws:principal") || key == "aws:userid" || key == "aws:username";
            if (!ofCaller) circumstances_.push_back(each);
        }
    }

    std::optional<EditReach> count(const policy::Edit& edit) {
        if (edit.kind == policy::EditKind::TellContext) return std::nullopt;
        const bool gains = edit.result == Decision::Allowed;
        EditReach reach{gains ? 1U : 0U, gains ? 0U : 1U, 1};
        // Attached to nobody else.
        if (edit.kind == policy::EditKind::AddPolicy && edit.layer == Layer::Identity) return reach;
        if (estate_.roles().size() + estate_.users().size() > mostReached) return std::nullopt;
        const auto made = policy::MadeEdit::of(edit);
        if (!made) return std::nullopt;
        ask();
        const std::string asker = question_.role != nullptr ? question_.role->arn : question_.request.principal.text();
        for (std::size_t i = 0; i < actors_.size(); ++i) {
            if (actors_[i].principal.text() == asker) continue;
            ++reach.principals;
            const bool after = may(actors_[i], made->in(policiesOf(actors_[i])));
            reach.gained += after && !before_[i] ? 1 : 0;
            reach.lost += before_[i] && !after ? 1 : 0;
        }
        return reach;
    }

private:
    void ask() {
        if (asked_) return;
        asked_ = true;
        actors_ = actorsOf(estate_);
        before_.reserve(actors_.size());
        for (const policy::Actor& each : actors_) before_.push_back(may(each, policiesOf(each)));
    }

    // Those of the resource come from the question.
    policy::PolicySet policiesOf(const policy::Actor& actor) const {
        policy::PolicySet policies = actor.policies;
        policies.resource = question_.policies.resource;
        policies.rcp = question_.policies.rcp;
        policies.endpoint = question_.policies.endpoint;
        policies.network = question_.policies.network;
        return policies;
    }

    bool may(const policy::Actor& actor, const policy::PolicySet& policies) const {
        policy::Request request{actor.principal,        question_.request.action, question_.request.resource,
                                question_.request.resourceAccount, actor.context,            actor.facts};
        for (const auto& each : circumstances_) request.context.set(each.key, each.value);
        policy::RequestView view(request, world_);
        const Decision decision = policy::decide(view, policies).decision;
        return decision == Decision::Allowed || decision == Decision::Depends;
    }

    const Estate& estate_;
    const Question& question_;
    const policy::WorldRules& world_;
    policy::Additions circumstances_;
    std::vector<policy::Actor> actors_;
    std::vector<char> before_;
    bool asked_ = false;
};

} // namespace

Conclusion conclude(const Question& question, const policy::WorldRules& world) {
    Conclusion conclusion;
    conclusion.explanation = policy::explain(question.request, world, question.policies);
    const policy::Answer& answer = conclusion.explanation.answer;
    conclusion.decision = answer.decision;
    conclusion.turning = turningGaps(question, answer);
    if (!conclusion.turning.empty()) conclusion.decision = Decision::Depends;
    return conclusion;
}

std::vector<PlacedEdit> editsFor(const Estate& estate, const Question& question, const Conclusion& conclusion,
                                 const policy::WorldRules& world, std::size_t limit) {
    constexpr std::size_t tried = 64; // some of them fall away
    const bool trust = policy::bindingOf(policy::RequestView(question.request, world), question.policies).trust;
    const auto policies = policy::layered(question.policies, trust);
    std::vector<PlacedEdit> placed;
    ReachCounter counter(estate, question, world);
    for (policy::Edit& edit : policy::smallestEdits(question.request, world, question.policies, conclusion.explanation, tried)) {
        if (placed.size() == limit) break;
        PlacedEdit one;
        one.edit = std::move(edit);
        if (question.role != nullptr) nameRole(one.edit.after, question.request.principal.principalArn(), question.role->arn);
        for (const auto& [layer, policy] : policies) {
            if (layer != one.edit.layer || policy->name() != one.edit.policy) continue;
            one.document = estate.documentOf(*policy);
            one.place = estate.placeOf(*policy, one.edit.pointer);
            break;
        }
        const bool ofAws = one.document != nullptr && one.document->arn.find("::aws:policy/") != std::string::npos;
        if (ofAws || isThere(placed, one.edit)) continue;
        one.decision = one.edit.result;
        if (!question.gaps.empty()) {
            Question with = question;
            for (const auto& each : one.edit.context) with.request.context.set(each.key, each.value);
            auto changed = policy::withEdit(question.policies, one.edit);
            if (!changed) continue;
            one.turning = turningGaps(question, policy::answer(with.request, world, *changed));
            if (!one.turning.empty()) one.decision = Decision::Depends;
        }
        one.reach = counter.count(one.edit);
        placed.push_back(std::move(one));
    }
    return placed;
}

} // namespace gw::estate
