#include "models/policy/unknown_keys.h"

#include <algorithm>

namespace gw::policy {
namespace {

constexpr std::size_t maxTrials = 4'096;
constexpr std::size_t maxLeaves = 128;
constexpr std::size_t maxValues = 24;

using Values = std::vector<std::optional<ContextValue>>;

enum Mask : unsigned { allowedMask = 1U, deniedMask = 2U };

class Search {
public:
    Search(const Request& request, const WorldRules& world, const PolicySet& policies)
        : request_(request), world_(world), policies_(policies) {
        for (const auto& [layer, policy] : layered(policies, true))
            for (const CompiledStatement& statement : policy->statements())
                if (statement.coversAction(foldedAscii(request.action)) || request.action.size() > 14)
                    statements_.push_back(&statement);
    }

    Outcomes run() {
        explore();
        if (!result_.allowed || !result_.denied) return std::move(result_);
        bringTogether();
        return std::move(result_);
    }

private:
    unsigned explore();
    unsigned leaf(const Verdict& verdict);
    [[nodiscard]] Values valuesOf(const Key& key, const Scope& scope) const;
    void addFromVariables(const Key& key, std::vector<std::string>& values) const;
    void bringTogether();

    Request request_;
    WorldRules world_;
    const PolicySet& policies_;
    std::vector<const CompiledStatement*> statements_;
    Additions path_;
    std::vector<Additions> allowed_, denied_;
    std::size_t trials_ = 0;
    Outcomes result_;
};

unsigned Search::leaf(const Verdict& verdict) {
    const bool allowed = verdict.decision == Decision::Allowed;
    auto& leaves = allowed ? allowed_ : denied_;
    if (leaves.size() < maxLeaves) leaves.push_back(path_);
    if (allowed) {
        result_.allowed = result_.allowed.value_or(path_);
        return allowedMask;
    }
    if (!result_.denied) result_.blockedBy = verdict.blockedBy;
    result_.denied = result_.denied.value_or(path_);
    result_.onlyExplicit = result_.onlyExplicit && verdict.decision == Decision::ExplicitlyDenied;
    return deniedMask;
}

unsigned Search::explore() {
    if (++trials_ > maxTrials) {
        result_.exhaustive = false;
        return allowedMask | deniedMask;
    }
    Key key;
    Values values;
    {
        RequestView view(request_, world_);
        std::vector<const Key*> untold;
        view.scope().untold = &untold;
        const Verdict verdict = decide(view, policies_);
        if (verdict.decision != Decision::Depends) return leaf(verdict);
        if (untold.empty()) return leaf(verdict);
        key = *untold.front();
        values = valuesOf(key, view.scope());
    }
    unsigned all = 0, common = allowedMask | deniedMask;
    for (auto& value : values) {
        request_.context.set(key, value);
        path_.push_back({key, value});
        const unsigned one = explore();
        path_.pop_back();
        all |= one;
        common &= one;
        if (!result_.exhaustive) break;
    }
    request_.context.remove(key);
    // Where one value leaves a way open that another closes, the key matters.
    const bool known = std::find(result_.keys.begin(), result_.keys.end(), key.written()) != result_.keys.end();
    if ((all != common || !result_.exhaustive) && !known) result_.keys.push_back(key.written());
    return all;
}

void Search::addFromVariables(const Key& key, std::vector<std::string>& values) const {
    const auto uses = [&](const Pattern& pattern) {
        return std::any_of(pattern.variables().begin(), pattern.variables().end(),
                           [&](const auto& each) { return each.key == key; });
    };
    bool used = false;
    for (const CompiledStatement* statement : statements_) {
        for (const ArnPattern& each : statement->resources())
            used = used || std::any_of(each.components().begin(), each.components().end(), uses);
        for (const Condition& each : statement->conditions()) {
            const auto keys = each.variableKeys();
            used = used || std::any_of(keys.begin(), keys.end(), [&](const Key* one) { return *one == key; });
        }
    }
    if (!used) return;
    // What a variable must hold to match is a part of the resource or the value of another key.
    std::string_view rest = request_.resource;
    while (!rest.empty()) {
        const std::size_t end = rest.find_first_of("/:");
        if (end != 0) values.emplace_back(rest.substr(0, end));
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    for (const Context::Entry& entry : request_.context.entries())
        if (entry.value) values.insert(values.end(), entry.value->values.begin(), entry.value->values.end());
    values.emplace_back("other");
}

Values Search::valuesOf(const Key& key, const Scope& scope) const {
    std::vector<std::string> texts;
    bool list = false, needsOther = false;
    for (const CompiledStatement* statement : statements_) {
        for (const Condition& each : statement->conditions()) {
            if (!(each.key() == key)) continue;
            list = list || each.op().quantifier != Quantifier::None;
            auto examples = each.examples(scope);
            texts.insert(texts.end(), std::make_move_iterator(examples.begin()), std::make_move_iterator(examples.end()));
            const Comparison comparison = each.op().comparison;
            needsOther =
                needsOther || isString(comparison) || comparison == Comparison::Null || comparison == Comparison::BinaryEquals;
            if (comparison == Comparison::ArnLike) texts.emplace_back("arn:aws:iam::000000000000:user/other");
        }
    }
    addFromVariables(key, texts);
    if (needsOther || texts.empty()) texts.emplace_back("other");
    Values values;
    std::vector<std::string> seen;
    for (std::string& text : texts) {
        if (values.size() >= maxValues || std::find(seen.begin(), seen.end(), text) != seen.end()) continue;
        seen.push_back(text);
        values.emplace_back(list ? ContextValue::many({text}) : ContextValue::one(text));
    }
    if (list && seen.size() > 1) values.emplace_back(ContextValue::many(seen));
    values.emplace_back(std::nullopt);
    return values;
}

std::size_t distance(const Additions& a, const Additions& b) {
    std::size_t differing = 0;
    const auto differs = [](const Context::Entry& entry, const Additions& others) {
        const auto same = std::find_if(others.begin(), others.end(), [&](const auto& other) { return other.key == entry.key; });
        return same == others.end() ? entry.value.has_value() : same->value != entry.value;
    };
    for (const auto& entry : a) differing += differs(entry, b);
    for (const auto& entry : b)
        if (std::none_of(a.begin(), a.end(), [&](const auto& other) { return other.key == entry.key; }))
            differing += entry.value.has_value();
    return differing;
}

void Search::bringTogether() {
    std::size_t best = std::size_t(-1);
    for (const Additions& one : allowed_) {
        for (const Additions& other : denied_) {
            const std::size_t apart = distance(one, other) * 64 + one.size() + other.size();
            if (apart >= best) continue;
            best = apart;
            result_.allowed = one;
            result_.denied = other;
        }
    }
}

} // namespace

Outcomes tryUnknownKeys(const Request& request, const WorldRules& world, const PolicySet& policies) {
    return Search(request, world, policies).run();
}

} // namespace gw::policy
