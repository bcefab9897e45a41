// What says again what a broader entry beside it says already. Nothing is called redundant that is not.
#include "models/policy/lint/check.h"

#include "models/policy/arn_pattern.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace gw::policy::lint {
namespace {

// Comparisons of one document; beyond that nobody reads the answer, and time is bounded.
constexpr std::size_t mostComparisons = 4'000'000;

bool coversResource(std::string_view wide, std::string_view narrow) {
    if (wide == "*" || wide == narrow) return true;
    const auto a = ArnParts::split(wide), b = ArnParts::split(narrow);
    return a && b && covers(a->partition, b->partition) && covers(a->service, b->service) && covers(a->region, b->region) &&
           covers(a->account, b->account) && covers(a->resource, b->resource);
}

bool coversAction(std::string_view wide, std::string_view narrow) {
    return covers(wide, narrow);
}

using Covering = bool (*)(std::string_view, std::string_view);

class Redundancy {
public:
    explicit Redundancy(Check& check) : check_(check) {}

    // `fold`: case means nothing.
    void list(const std::vector<Text>& texts, const Rule& rule, Covering covering, bool fold) {
        if (texts.size() < 2) return;
        std::vector<std::string> names;
        names.reserve(texts.size());
        for (const Text& each : texts) names.push_back(fold ? foldedAscii(each.text) : std::string(each.text));
        std::vector<std::size_t> wide;
        std::unordered_map<std::string_view, std::size_t> first;
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i].find_first_of("*?") != std::string::npos) wide.push_back(i);
            if (const auto [known, fresh] = first.emplace(names[i], i); !fresh) tell(rule, texts[i], texts[known->second]);
        }
        if ((compared_ += wide.size() * names.size()) > mostComparisons) return;
        for (std::size_t i = 0; i < names.size(); ++i) {
            const auto broader = std::find_if(wide.begin(), wide.end(), [&](std::size_t each) {
                return each != i && names[each] != names[i] && covering(names[each], names[i]);
            });
            if (broader != wide.end()) tell(rule, texts[i], texts[*broader]);
        }
    }

    void statements() {
        const auto& all = check_.document.statements();
        for (std::size_t i = 0; i < all.size(); ++i) {
            for (std::size_t j = 0; j < all.size(); ++j) {
                if (i == j || !saysNoMore(all[i], all[j])) continue;
                // Of two that say the same the first stays.
                if (i < j && saysNoMore(all[j], all[i])) continue;
                check_.add(rules::redundantStatement, all[i].value, {}, {{"by", std::to_string(j)}});
                break;
            }
        }
    }

private:
    void tell(const Rule& rule, const Text& text, const Text& by) { check_.add(rule, text.value, text.text, {{"by", std::string(by.text)}}); }

    static std::multiset<std::string> conditionsOf(const StatementText& statement) {
        std::multiset<std::string> all;
        for (const ConditionText& each : statement.conditions) {
            std::set<std::string> values;
            for (const Text& value : each.values) values.emplace(value.text);
            std::string text = foldedAscii(each.op.text) + '\n' + foldedAscii(each.key.text);
            for (const std::string& value : values) text += '\n' + value;
            all.insert(std::move(text));
        }
        return all;
    }

    static std::set<std::string> principalsOf(const StatementText& statement) {
        std::set<std::string> all;
        if (statement.principals)
            for (const PrincipalText& each : *statement.principals) all.insert(std::to_string(static_cast<int>(each.type)) + std::string(each.text.text));
        return all;
    }

    bool all(const std::vector<Text>& narrow, const std::vector<Text>& wide, Covering covering, bool fold) {
        compared_ += narrow.size() * wide.size();
        return compared_ <= mostComparisons && std::all_of(narrow.begin(), narrow.end(), [&](const Text& each) {
            return std::any_of(wide.begin(), wide.end(), [&](const Text& other) {
                return fold ? covering(foldedAscii(other.text), foldedAscii(each.text)) : covering(other.text, each.text);
            });
        });
    }

    // Whether the other statement does all that this one does.
    bool saysNoMore(const StatementText& narrow, const StatementText& wide) {
        if (narrow.effect != wide.effect || narrow.notAction || wide.notAction || narrow.notResource || wide.notResource || narrow.notPrincipal ||
            wide.notPrincipal || narrow.actions.empty() || narrow.resources.has_value() != wide.resources.has_value())
            return false;
        return all(narrow.actions, wide.actions, coversAction, true) &&
               (!narrow.resources || all(*narrow.resources, *wide.resources, coversResource, false)) && principalsOf(narrow) == principalsOf(wide) &&
               (wide.conditions.empty() || conditionsOf(narrow) == conditionsOf(wide));
    }

    Check& check_;
    std::size_t compared_ = 0;
};

} // namespace

void checkRedundancy(Check& check) {
    Redundancy redundancy(check);
    for (const StatementText& statement : check.document.statements()) {
        redundancy.list(statement.actions, rules::redundantAction, coversAction, true);
        if (statement.resources) redundancy.list(*statement.resources, rules::redundantResource, coversResource, false);
        if (!statement.principals || statement.notPrincipal) continue;
        std::vector<Text> aws;
        for (const PrincipalText& each : *statement.principals)
            if (each.type == NamedPrincipal::Type::Aws) aws.push_back(each.text);
        redundancy.list(aws, rules::redundantPrincipal, [](std::string_view wide, std::string_view narrow) { return wide == "*" && narrow != "*"; }, false);
    }
    if (check.document.statements().size() <= 500) redundancy.statements();
}

} // namespace gw::policy::lint
