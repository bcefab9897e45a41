#include "ui/explain/explained.h"

#include "models/policy/clock_key.h"

#include <algorithm>
#include <set>

namespace gw::ui {
namespace {

using policy::Key;
using policy::Truth;

void addKey(std::vector<Key>& keys, std::set<std::string>& known, const Key& key) {
    if (known.insert(key.folded()).second) keys.push_back(key);
}

// Of statements that come as far as their conditions.
std::vector<Key> keysOfConditions(const policy::Explanation& explanation) {
    std::vector<Key> keys;
    std::set<std::string> known;
    for (const auto& layer : explanation.layers) {
        if (!layer.binds) continue;
        for (const auto& statement : layer.statements) {
            if (!statement.action || !statement.principal || statement.resource == Truth::False) continue;
            for (const auto& condition : statement.ref.get().conditions()) {
                addKey(keys, known, condition.key());
                for (const Key* variable : condition.variableKeys()) addKey(keys, known, *variable);
            }
        }
    }
    return keys;
}

bool listsKey(const std::vector<std::string>& keys, const Key& key) {
    return std::any_of(keys.begin(), keys.end(), [&](const std::string& each) { return foldedAscii(each) == key.folded(); });
}

bool looksBool(const policy::ContextValue& value) {
    if (value.values.size() != 1) return false;
    const std::string folded = foldedAscii(value.values.front());
    return folded == "true" || folded == "false";
}

class Facts {
public:
    explicit Facts(ExplainedAnswer& answer) : answer_(answer), view_(answer.request, answer.world) {}

    std::vector<UsedFact> collect() {
        const std::vector<Key> inConditions = keysOfConditions(answer_.explanation);
        std::vector<Key> keys;
        std::set<std::string> known;
        for (const Key& key : inConditions) addKey(keys, known, key);
        for (const auto& entry : answer_.request.context.entries()) addKey(keys, known, entry.key);
        std::vector<UsedFact> facts;
        facts.reserve(keys.size());
        for (const Key& key : keys) facts.push_back(factOf(key));
        std::stable_sort(facts.begin(), facts.end(),
                         [](const UsedFact& a, const UsedFact& b) { return (a.matters || a.tried) > (b.matters || b.tried); });
        return facts;
    }

private:
    UsedFact factOf(const Key& key) {
        UsedFact fact;
        fact.key = key;
        fact.tried = answer_.trial.touches(key);
        const auto found = view_.scope().find(key);
        const auto* supplied = answer_.request.context.find(key);
        if (found.state == policy::Scope::State::Present) {
            fact.value.list = supplied != nullptr && supplied->value && supplied->value->list;
            for (std::size_t i = 0; i < found.size(); ++i) fact.value.values.emplace_back(found.at(i));
        } else {
            fact.state = found.state == policy::Scope::State::Absent ? UsedFact::State::Absent : UsedFact::State::NotTold;
        }
        fact.origin = originOf(key, supplied != nullptr);
        fact.matters = matters(key, fact, supplied != nullptr);
        const policy::KeyInfo* info = answer_.catalogue ? answer_.catalogue->anyKey(key.folded()) : nullptr;
        fact.isBool = info != nullptr ? info->type == policy::KeyType::Bool : looksBool(fact.value);
        return fact;
    }

    FactOrigin originOf(const Key& key, bool supplied) const {
        if (answer_.trial.touches(key)) return FactOrigin::Person;
        if (!supplied)
            return policy::isClock(key) ? FactOrigin::Clock : FactOrigin::Request;
        const auto& base = answer_.question->base;
        const auto told = std::find_if(base.told.begin(), base.told.end(),
                                       [&](const estate::ToldKey& each) { return foldedAscii(each.key) == key.folded(); });
        if (told == base.told.end()) return FactOrigin::Request;
        switch (told->origin) {
        case estate::Origin::Request:
            return base.isDenial ? FactOrigin::Message : FactOrigin::Request;
        case estate::Origin::PrincipalTag:
            return FactOrigin::Tag;
        case estate::Origin::PrincipalId:
        case estate::Origin::PrincipalArn:
            return FactOrigin::Estate;
        case estate::Origin::Organization:
            return FactOrigin::Organization;
        case estate::Origin::ResourceArn:
            break;
        }
        return FactOrigin::Resource;
    }

    // A fact that the request itself tells cannot be taken away, so it counts as far as a condition asks for it.
    bool matters(const Key& key, const UsedFact& fact, bool supplied) const {
        const auto& answer = answer_.explanation.answer;
        if (listsKey(answer.dependsOn, key)) return true;
        if (fact.state == UsedFact::State::NotTold) return !answer.exhaustive;
        if (!supplied) return fact.state == UsedFact::State::Present;
        policy::Request without = answer_.request;
        without.context.remove(key);
        return policy::answer(without, answer_.world, answer_.policies).decision != answer.decision;
    }

    ExplainedAnswer& answer_;
    policy::RequestView view_;
};

} // namespace

void Trial::tell(const Key& key, std::optional<policy::ContextValue> value) {
    forget(key);
    told.push_back({key, std::move(value)});
}

void Trial::untell(const Key& key) {
    forget(key);
    untold.push_back(key);
}

void Trial::forget(const Key& key) {
    std::erase_if(told, [&](const policy::Context::Entry& each) { return each.key == key; });
    std::erase(untold, key);
}

bool Trial::touches(const Key& key) const {
    if (edit && std::any_of(edit->context.begin(), edit->context.end(),
                            [&](const policy::Context::Entry& each) { return each.key == key; }))
        return true;
    return std::any_of(told.begin(), told.end(), [&](const policy::Context::Entry& each) { return each.key == key; }) ||
           std::find(untold.begin(), untold.end(), key) != untold.end();
}

Result<ExplainedPtr> answerQuestion(const AskedPtr& question, const Trial& trial,
                                    std::shared_ptr<const policy::Catalogue> catalogue) {
    auto answer = std::make_shared<ExplainedAnswer>();
    answer->question = question;
    answer->trial = trial;
    answer->catalogue = std::move(catalogue);
    answer->world.now = question->now;
    answer->world.catalogue = answer->catalogue.get();
    estate::Question tried = question->base;
    if (trial.edit) {
        GW_TRY(tried.policies, policy::withEdit(question->base.policies, *trial.edit));
        for (const auto& each : trial.edit->context) tried.request.context.set(each.key, each.value);
    }
    for (const Key& key : trial.untold) tried.request.context.remove(key);
    for (const auto& each : trial.told) tried.request.context.set(each.key, each.value);
    estate::Conclusion conclusion = estate::conclude(tried, answer->world);
    answer->request = std::move(tried.request);
    answer->policies = std::move(tried.policies);
    answer->explanation = std::move(conclusion.explanation);
    answer->decision = conclusion.decision;
    answer->turning = std::move(conclusion.turning);
    answer->before = trial.empty() ? answer->decision : estate::conclude(question->base, answer->world).decision;
    if (question->estate) answer->names = policyNames(*question->estate, question->base);
    answer->facts = Facts(*answer).collect();
    return ExplainedPtr(std::move(answer));
}

std::vector<estate::PlacedEdit> editsOf(const ExplainedAnswer& answer) {
    constexpr std::size_t most = 8;
    if (answer.trial.edit) return {};
    estate::Question question = answer.question->base;
    question.request = answer.request;
    question.policies = answer.policies;
    return estate::editsFor(*answer.question->estate, question, {answer.explanation, answer.decision, answer.turning},
                            answer.world, most);
}

} // namespace gw::ui
