#include "models/estate/question.h"

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

} // namespace

Conclusion conclude(const Question& question, const policy::WorldRules& world) {
    Conclusion conclusion;
    conclusion.explanation = policy::explain(question.request, world, question.policies);
    const policy::Answer& answer = conclusion.explanation.answer;
    conclusion.decision = answer.decision;
    // A Deny that applies stands, whatever else there is.
    if (answer.decision == Decision::ExplicitlyDenied) return conclusion;
    if (answer.decision != Decision::ImplicitlyDenied) {
        for (std::size_t i = 0; i < question.gaps.size(); ++i) conclusion.turning.push_back(i);
    } else {
        // All layers that block must have something unknown; in its own account a resource's policy can stand for the others.
        LayerSet open;
        for (const Gap& each : question.gaps) open.add(each.layer);
        const bool opened = [&] {
            for (int i = 0; i <= static_cast<int>(Layer::Session); ++i) {
                const auto layer = static_cast<Layer>(i);
                const bool own = layer == Layer::Identity || layer == Layer::Boundary || layer == Layer::Session;
                if (answer.blockedBy.has(layer) && !open.has(layer) && !(own && open.has(Layer::Resource))) return false;
            }
            return !question.gaps.empty();
        }();
        for (std::size_t i = 0; opened && i < question.gaps.size(); ++i) {
            const bool blocks = answer.blockedBy.has(question.gaps[i].layer) || question.gaps[i].layer == Layer::Resource;
            if (blocks) conclusion.turning.push_back(i);
        }
    }
    if (!conclusion.turning.empty()) conclusion.decision = Decision::Depends;
    return conclusion;
}

std::vector<PlacedEdit> editsFor(const Estate& estate, const Question& question, const Conclusion& conclusion,
                                 const policy::WorldRules& world, std::size_t limit) {
    constexpr std::size_t tried = 64; // some of them fall away
    const bool trust = policy::bindingOf(policy::RequestView(question.request, world), question.policies).trust;
    const auto policies = policy::layered(question.policies, trust);
    std::vector<PlacedEdit> placed;
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
        if (!ofAws) placed.push_back(std::move(one));
    }
    return placed;
}

} // namespace gw::estate
