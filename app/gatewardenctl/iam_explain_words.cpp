#include "app/gatewardenctl/iam_explain_words.h"

#include "app/gatewardenctl/gap_words.h"
#include "ui/errors_text.h"

#include <algorithm>

namespace gw::ctl {
namespace {

using policy::Decision;
using policy::EditKind;
using policy::Layer;
using policy::LayerVoice;
using policy::Truth;

std::string joined(const std::vector<std::string>& parts, std::string_view last = " and ") {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i)
        text += (i == 0                  ? ""
                 : i + 1 == parts.size() ? std::string(last)
                                         : std::string(", ")) +
                (parts[i].empty() ? "an empty text" : parts[i]);
    return text;
}

const char* layerWords(Layer layer) {
    switch (layer) {
    case Layer::Scp:
        return "service control policy";
    case Layer::Rcp:
        return "resource control policy";
    case Layer::Endpoint:
        return "VPC endpoint policy";
    case Layer::Resource:
        return "resource policy";
    case Layer::Trust:
        return "trust policy";
    case Layer::Identity:
        return "identity-based policy";
    case Layer::Boundary:
        return "permissions boundary";
    case Layer::Session:
        break;
    }
    return "session policy";
}

bool isGuardrail(Layer layer) {
    return layer == Layer::Scp || layer == Layer::Rcp || layer == Layer::Endpoint || layer == Layer::Boundary ||
           layer == Layer::Session;
}

std::string caller(const policy::Principal& principal) {
    return principal.name().empty() ? principal.text() : principal.name();
}

std::string askedAction(const Explained& explained) {
    const policy::Request& request = explained.question.request;
    const std::string& decided = explained.conclusion.explanation.answer.action;
    return foldedAscii(request.action) == decided ? request.action : decided;
}

std::string deniedBy(const Explained& explained) {
    std::vector<std::string> parts;
    for (const policy::StatementRef& each : explained.conclusion.explanation.answer.decisive)
        if (each.get().effect() == policy::Effect::Deny)
            parts.push_back(statementName(explained, each) + ", a " + layerWords(each.layer));
    return parts.empty() ? "what belongs to AWS is changed by nobody" : joined(parts);
}

std::string silentLayers(policy::LayerSet blocked) {
    std::vector<std::string> parts;
    for (int i = 0; i <= static_cast<int>(Layer::Session); ++i)
        if (blocked.has(static_cast<Layer>(i))) parts.emplace_back(std::string("no ") + layerWords(static_cast<Layer>(i)));
    return parts.empty() ? "no policy" : joined(parts);
}

std::string answerSentence(const Explained& explained) {
    const policy::Answer& answer = explained.conclusion.explanation.answer;
    const std::string action = askedAction(explained), who = caller(explained.question.request.principal);
    switch (answer.decision) {
    case Decision::Allowed: {
        std::vector<std::string> parts;
        for (const policy::StatementRef& each : answer.decisive)
            if (!isGuardrail(each.layer)) parts.push_back(statementName(explained, each));
        return "Allowed: " + who + " may perform " + action + (parts.empty() ? "." : " by " + joined(parts) + ".");
    }
    case Decision::ExplicitlyDenied:
        return "Denied: " + deniedBy(explained) + ", denies " + action + " to " + who + ".";
    case Decision::ImplicitlyDenied: {
        const bool either = explained.question.policies.resource && answer.blockedBy.has(Layer::Identity) &&
                            !answer.blockedBy.has(Layer::Resource);
        return "Denied: " + silentLayers(answer.blockedBy) + " allows " + action + " for " + who +
               (either ? ", and the resource policy does not either." : ".");
    }
    case Decision::Depends:
        break;
    }
    return "Depends on " + joined(answer.dependsOn) + ": with some values " + who + " may perform " + action +
           ", with others not.";
}

std::string afterText(const policy::Edit& edit) {
    return edit.after.is_null() ? std::string() : edit.after.dump();
}

// ", statement 2" of "/Statement/1/Action".
std::string statementIn(const policy::Edit& edit) {
    constexpr std::string_view start = "/Statement/";
    if (!edit.pointer.starts_with(start)) return {};
    std::size_t number = 0;
    for (std::size_t i = start.size(); i < edit.pointer.size() && edit.pointer[i] != '/'; ++i) {
        if (edit.pointer[i] < '0' || edit.pointer[i] > '9') return {};
        number = number * 10 + static_cast<std::size_t>(edit.pointer[i] - '0');
    }
    return ", statement " + std::to_string(number + 1);
}

// What a list has at its end and had not before.
std::string addedText(const policy::Edit& edit) {
    if (edit.after.is_array() && !edit.after.empty() && edit.after.back().is_string())
        return edit.after.back().get<std::string>();
    return edit.after.is_string() ? edit.after.get<std::string>() : afterText(edit);
}

} // namespace

std::string policyName(const Explained& explained, const policy::CompiledPolicy& policy) {
    const estate::PolicyDocument* document = explained.estate->documentOf(policy);
    return document == nullptr ? policy.name() : document->name;
}

std::string statementName(const Explained& explained, const policy::StatementRef& ref) {
    std::string name = policyName(explained, *ref.policy) + ", statement " + std::to_string(ref.statement + 1);
    if (const auto& sid = ref.get().sid(); sid && !sid->empty()) name += " (" + *sid + ")";
    return name;
}

std::string verdictSentence(const Explained& explained) {
    const estate::Conclusion& conclusion = explained.conclusion;
    const std::string known = answerSentence(explained);
    if (conclusion.turning.empty() || conclusion.explanation.answer.decision == Decision::Depends) return known;
    return "Depends on what the estate does not hold. By what it holds: " + known;
}

bool agrees(const Explained& explained) {
    const policy::Answer& answer = explained.conclusion.explanation.answer;
    const estate::Question& question = explained.question;
    if (answer.decision == Decision::Depends || !explained.conclusion.turning.empty()) return true;
    if (answer.decision == Decision::Allowed) return false;
    if (question.saidLayer && !answer.blockedBy.has(*question.saidLayer)) return false;
    return !question.saidLayer || question.saidExplicit == (answer.decision == Decision::ExplicitlyDenied);
}

std::string fitSentence(const Explained& explained) {
    const estate::Question& question = explained.question;
    if (!question.isDenial || agrees(explained)) return {};
    const std::string said = !question.saidLayer ? std::string("AWS denied this call")
                             : question.saidExplicit
                                 ? std::string("AWS names an explicit deny in a ") + layerWords(*question.saidLayer)
                                 : std::string("AWS says that no ") + layerWords(*question.saidLayer) + " allows it";
    return said + ", and the estate tells otherwise: it may be older or newer than the call, or the call had a session policy or "
                  "passed an "
                  "endpoint that no dump shows.";
}

std::string layerTitle(const Explained& explained, const policy::LayerReport& layer) {
    const estate::Question& question = explained.question;
    const auto target = [&](const std::vector<std::string>& targets) {
        return layer.level < targets.size() ? " of " + targets[layer.level] : std::string();
    };
    switch (layer.layer) {
    case Layer::Scp:
        return "Service control policies" + target(question.scpTargets);
    case Layer::Rcp:
        return "Resource control policies" + target(question.rcpTargets);
    case Layer::Endpoint:
        return "VPC endpoint policy";
    case Layer::Resource:
        return "Resource policy";
    case Layer::Trust:
        return "Trust policy of the role";
    case Layer::Identity:
        return "Identity-based policies";
    case Layer::Boundary:
        return "Permissions boundary";
    case Layer::Session:
        break;
    }
    return "Session policies";
}

std::string voiceWords(const policy::LayerReport& layer) {
    if (!layer.binds) return "has no say here";
    switch (layer.voice) {
    case LayerVoice::Denies:
        return "denies";
    case LayerVoice::Depends:
        return "depends";
    case LayerVoice::Allows:
        return isGuardrail(layer.layer) ? "lets it pass" : "allows";
    case LayerVoice::Silent:
        break;
    }
    return isGuardrail(layer.layer) ? "does not let it pass" : "no statement allows";
}

std::string conditionWords(const policy::ConditionReport& condition) {
    std::string text = condition.key;
    if (condition.seen)
        text += " is " + (condition.seen->empty() ? std::string("an empty list") : joined(*condition.seen));
    else
        text += condition.holds == Truth::Unknown ? " is not known" : " is not in the request";
    text += "; " + condition.op + " " + joined(condition.expected, " or ");
    text += condition.holds == Truth::True ? " holds" : condition.holds == Truth::False ? " fails" : " may hold or fail";
    return text;
}

std::vector<std::string> failures(const policy::StatementReport& statement, const policy::Request& request) {
    std::vector<std::string> parts;
    const policy::CompiledStatement& compiled = statement.ref.get();
    if (!statement.action)
        parts.push_back(std::string(compiled.isNotAction() ? "NotAction names " : "Action does not cover ") + request.action);
    if (!statement.principal)
        parts.push_back(std::string(compiled.isNotPrincipal() ? "NotPrincipal names " : "Principal does not name ") +
                        request.principal.text());
    if (statement.resource == Truth::False)
        parts.push_back(std::string(compiled.isNotResource() ? "NotResource names " : "Resource does not cover ") +
                        request.resource);
    if (statement.resource == Truth::Unknown)
        parts.emplace_back("whether Resource covers it hangs on a variable that is not known");
    for (const policy::ConditionReport& each : statement.conditions)
        if (each.holds != Truth::True || statement.applies == Truth::True) parts.push_back(conditionWords(each));
    return parts;
}

std::string additionWords(const policy::Additions& additions) {
    std::string text;
    for (const policy::Context::Entry& each : additions)
        text += (text.empty() ? "" : ", ") + each.key.written() +
                (each.value ? " = " + joined(each.value->values) : std::string(" absent"));
    return text.empty() ? "nothing more" : text;
}

std::string editSentence(const estate::PlacedEdit& placed) {
    const policy::Edit& edit = placed.edit;
    const std::string name = (placed.document == nullptr ? edit.policy : placed.document->name) + statementIn(edit);
    std::string text;
    switch (edit.kind) {
    case EditKind::TellContext:
        return "Change no policy, and call with " + additionWords(edit.context);
    case EditKind::ExtendActions:
        text = "Add " + addedText(edit) + " to Action in " + name;
        break;
    case EditKind::ExtendResources:
        text = "Add " + addedText(edit) + " to Resource in " + name;
        break;
    case EditKind::ExtendPrincipals:
        text = "Set Principal in " + name + " to " + afterText(edit);
        break;
    case EditKind::ExtendCondition:
        text = "Add " + addedText(edit) + " to the condition's values in " + name;
        break;
    case EditKind::DropCondition:
        text = "Drop the condition in " + name;
        break;
    case EditKind::AddStatement:
        text = std::string(addsDenial(edit) ? "Add a statement that denies just this to " : "Add a statement to ") + name + ": " + afterText(edit);
        break;
    case EditKind::AddPolicy:
        text = (addsDenial(edit) ? std::string("Attach a policy that denies just this: ")
                                 : std::string("Add a ") + layerWords(edit.layer) + ": ") +
               afterText(edit);
        break;
    case EditKind::NarrowActions:
        text = "Set Action in " + name + " to " + afterText(edit);
        break;
    case EditKind::RemoveStatement:
        text = "Remove " + name;
        break;
    }
    if (edit.wide) text += edit.result == Decision::Allowed ? " (gives more than was asked)" : " (takes more than was asked)";
    return text;
}

std::string editWorth(const Explained& explained, const estate::PlacedEdit& edit) {
    std::string text;
    const auto others = [&](std::size_t count, const char* verb) {
        if (count < 2) return;
        text += (text.empty() ? "" : "; ") + std::to_string(count - 1) + (count == 2 ? " other principal " : " other principals ") +
                verb;
    };
    if (edit.reach) {
        others(edit.reach->gained, edit.reach->gained == 2 ? "gains it too" : "gain it too");
        others(edit.reach->lost, edit.reach->lost == 2 ? "loses it too" : "lose it too");
    }
    if (!edit.turning.empty())
        text += (text.empty() ? "" : "; ") + std::string("hangs on what is not known: ") +
                gapSentence(explained, explained.question.gaps[edit.turning.front()]) +
                (edit.turning.size() > 1 ? " and " + std::to_string(edit.turning.size() - 1) + " more" : std::string());
    return text;
}

std::string gapSentence(const Explained& explained, const estate::Gap& gap) {
    return gapWords(*explained.estate, gap);
}

} // namespace gw::ctl
