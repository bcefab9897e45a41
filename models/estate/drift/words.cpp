#include "models/estate/drift/words.h"

#include "models/policy/answer.h"
#include "models/policy/arn_pattern.h"
#include "models/policy/catalogue.h"
#include "saml/base/ascii.h"

namespace gw::estate {

std::string actionOf(const policy::AccessChange& change, const policy::Catalogue* catalogue, const Question& one, const Question& other) {
    const std::string& action = change.request.action;
    const policy::ActionInfo* info = catalogue == nullptr ? nullptr : catalogue->action(action);
    if (info != nullptr) return action.substr(0, action.find(':') + 1) + info->name;
    const policy::Context nothing;
    const policy::Scope scope(nothing, {}, true);
    const std::string folded = foldedAscii(action);
    std::string_view narrowest;
    for (const Question* side : {&one, &other})
        for (const auto& [layer, each] : policy::layered(side->policies, false))
            for (const policy::StatementText& statement : each->document().statements())
                for (const policy::Text& text : statement.actions) {
                    if (statement.notAction || text.text.size() <= narrowest.size()) continue;
                    const policy::Pattern pattern(foldedAscii(text.text), {.wildcards = true, .variables = false, .foldCase = false});
                    if (pattern.matches(folded, scope) == policy::Truth::True) narrowest = text.text;
                }
    return narrowest.empty() ? action : std::string(narrowest);
}

std::string resourceOf(const policy::AccessChange& change, policy::WorldRules world, const Question& one, const Question& other) {
    const std::string& example = change.request.resource;
    if (example == "*") return example;
    world.complete = true;
    const policy::Context nothing;
    const policy::Scope scope(nothing, {}, true);
    const auto parts = policy::ArnParts::split(example);
    std::string_view narrowest;
    for (const Question* side : {&one, &other})
        for (const policy::PolicyRef& each : side->policies.identity)
            for (const policy::CompiledStatement& statement : each->statements()) {
                const auto& texts = each->document().statements()[statement.index()].resources;
                if (!texts || !statement.coversAction(foldedAscii(change.request.action))) continue;
                for (std::size_t i = 0; i < texts->size() && i < statement.resources().size(); ++i) {
                    const std::string_view text = (*texts)[i].text;
                    if (text.size() <= narrowest.size() || statement.resources()[i].hasVariables()) continue;
                    if (statement.resources()[i].matches(example, parts, scope) == policy::Truth::True) narrowest = text;
                }
            }
    policy::Request request = change.request;
    request.resource = narrowest;
    const auto is = [&](const Question& side, policy::Decision decision) {
        return policy::answer(request, world, side.policies).decision == decision;
    };
    return !narrowest.empty() && is(one, change.before) && is(other, change.after) ? request.resource : example;
}

} // namespace gw::estate
