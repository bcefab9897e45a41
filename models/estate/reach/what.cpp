#include "models/estate/reach/what.h"

#include "models/estate/reach/routes.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <unordered_map>

namespace gw::estate {
namespace {

using policy::ActorId;
using policy::Decision;

// The policies of one inhabitant, asked by actions.
class Speech {
public:
    Speech(const policy::Actor& actor, Subjects& subjects) : subjects_(subjects) {
        for (const policy::PolicyRef& each : actor.policies.identity)
            for (const policy::CompiledStatement& statement : each->statements())
                if (statement.effect() == policy::Effect::Allow) allows_.push_back(&statement);
    }
    // Whether an identity policy allows it for some resource.
    bool covers(const KnownAction& action) {
        if (known_.size() < subjects_.actionCount()) known_.resize(subjects_.actionCount(), 0);
        char& known = known_[action.number];
        if (known == 0)
            known =
                std::any_of(allows_.begin(), allows_.end(), [&](const auto* each) { return each->coversAction(action.folded); })
                    ? 1
                    : 2;
        return known == 1;
    }

private:
    Subjects& subjects_;
    std::vector<const policy::CompiledStatement*> allows_;
    std::vector<char> known_;
};

// What its policies spell out, for where no catalogue knows more: "s3:GetObject".
std::vector<std::string> spelledActions(const policy::Actor& actor) {
    std::set<std::string> actions;
    for (const policy::PolicyRef& policy : actor.policies.identity)
        for (const policy::StatementText& statement : policy->document().statements())
            for (const policy::Text& each : statement.actions)
                if (!statement.notAction && each.text.find_first_of("*?") == std::string_view::npos) actions.emplace(each.text);
    return {actions.begin(), actions.end()};
}

// Objects of the estate's buckets, as its policies write them: "arn:aws:s3:::bucket/public/*".
std::vector<std::string> writtenObjects(const policy::Actor& actor) {
    std::set<std::string> arns;
    for (const policy::PolicyRef& policy : actor.policies.identity)
        for (const policy::StatementText& statement : policy->document().statements()) {
            if (!statement.resources || statement.notResource || statement.effect == policy::Effect::Deny) continue;
            for (const policy::Text& each : *statement.resources) {
                const auto parts = policy::ArnParts::split(each.text);
                if (!parts || parts->service != "s3" || parts->resource.find('$') != std::string_view::npos) continue;
                const std::size_t slash = parts->resource.find('/');
                if (slash == std::string_view::npos ||
                    parts->resource.substr(0, slash).find_first_of("*?") != std::string_view::npos)
                    continue;
                if (parts->resource.substr(slash) != "/*") arns.emplace(each.text);
            }
        }
    return {arns.begin(), arns.end()};
}

// A resource as the Allow statements of an actor write it, and as a request of his would name it: what no policy spells out
// stands in it as a wildcard, which only wildcards match. So a Deny of a part of it does not take it away.
struct WrittenPattern {
    std::string written, requested;               // the latter empty: nothing, as a variable in it has no value
    const policy::ArnPattern* compiled = nullptr; // null: "*"
    std::vector<const policy::CompiledStatement*> allows;
    std::vector<std::string> spelled; // actions of theirs without wildcards
};

bool isTold(const policy::ArnPattern& pattern, const policy::Scope& scope) {
    return std::all_of(pattern.components().begin(), pattern.components().end(), [&](const policy::Pattern& component) {
        return std::all_of(component.variables().begin(), component.variables().end(),
                           [&](const auto& each) { return scope.find(each.key).state != policy::Scope::State::Untold; });
    });
}

void addPattern(const policy::CompiledPolicy& policy, const policy::CompiledStatement& statement, std::size_t index,
                policy::RequestView& view, std::map<std::string, WrittenPattern>& into) {
    const policy::StatementText& text = policy.document().statements()[statement.index()];
    const bool everything =
        statement.isNotResource() || index >= statement.resources().size() || statement.resources()[index].matchesEverything();
    const std::string written = everything || !text.resources ? "*" : std::string((*text.resources)[index].text);
    const auto [place, fresh] = into.try_emplace(written);
    WrittenPattern& made = place->second;
    if (fresh) {
        made.written = made.requested = written;
        if (!everything) {
            made.compiled = &statement.resources()[index];
            if (!made.compiled->isLiteral()) made.requested = made.compiled->example("*", view.scope()).value_or("");
            if (made.compiled->hasVariables() && isTold(*made.compiled, view.scope())) made.written = made.requested;
        }
        // Of whatever account: of the caller's own.
        const auto parts = policy::ArnParts::split(made.requested);
        if (parts && parts->account == "*")
            made.requested.replace(static_cast<std::size_t>(parts->account.data() - made.requested.data()), 1,
                                   view.principal().account());
    }
    made.allows.push_back(&statement);
    if (text.notAction) return;
    for (const policy::Text& each : text.actions)
        if (each.text.find_first_of("*?") == std::string_view::npos) made.spelled.emplace_back(each.text);
}

std::map<std::string, WrittenPattern> patternsOf(const policy::Actor& actor, const policy::WorldRules& world) {
    const policy::Request request{actor.principal, "", "*", "", actor.context, actor.facts};
    policy::RequestView view(request, world);
    std::map<std::string, WrittenPattern> patterns;
    for (const policy::PolicyRef& each : actor.policies.identity)
        for (const policy::CompiledStatement& statement : each->statements()) {
            if (statement.effect() != policy::Effect::Allow) continue;
            const std::size_t count = statement.isNotResource() ? 1 : std::max<std::size_t>(1, statement.resources().size());
            for (std::size_t i = 0; i < count; ++i) addPattern(*each, statement, i, view, patterns);
        }
    return patterns;
}

class WhatSearch {
public:
    WhatSearch(const Population& population, const policy::WorldRules& world, Chains& chains, Subjects& subjects,
               const std::string& action, GapSet& unknown, const Progress& progress)
        : population_(population), world_(world), chains_(chains), subjects_(subjects), unknown_(unknown), progress_(progress),
          filter_(foldedAscii(action.empty() ? "*" : action), {.wildcards = true, .variables = false, .foldCase = true}),
          all_(action.empty() || action == "*") {
        // One that the catalogue does not have may exist all the same.
        if (!all_ && action.find_first_of("*?") == std::string::npos) asked_ = &subjects_.action(action);
    }

    WhatAnswer run(const std::vector<Beginning>& beginnings);

private:
    struct Best {
        const Beginning* as = nullptr;
        Decision decision = Decision::Depends;
        std::vector<std::string> dependsOn, policies;
        std::vector<Step> more; // after those of the beginning
    };
    void spread(const std::vector<Beginning>& beginnings);
    void assumptions(const Beginning& one);
    void patterns(const Beginning& one);
    void pattern(const Beginning& one, const WrittenPattern& written);
    // What the estate has of what a pattern stands for: those rows say more.
    struct Listed {
        std::vector<char> actions;           // by number
        std::set<std::string_view> services; // where no catalogue tells the actions
    };
    [[nodiscard]] Listed listedOf(const WrittenPattern& written, const std::string& account);
    void scan(const Beginning& one);
    void things(const Beginning& one, Speech& speech);
    void thing(const Beginning& one, const Thing& thing, Speech& speech);
    void evaluate(const Beginning& one, const Thing& thing, const KnownAction& action);
    void offer(const Beginning& one, const std::string& action, const std::string& resource, Best best);
    [[nodiscard]] bool wanted(const KnownAction& action) const {
        if (all_) return true;
        static const policy::Context nothing;
        return filter_.matches(action.folded, policy::Scope(nothing, {}, true)) == policy::Truth::True;
    }

    const Population& population_;
    const policy::WorldRules& world_;
    Chains& chains_;
    Subjects& subjects_;
    GapSet& unknown_;
    const Progress& progress_;
    policy::Pattern filter_;
    bool all_;
    const KnownAction* asked_ = nullptr;
    std::deque<Beginning> reached_;
    std::map<std::pair<std::string, std::string>, Best> best_; // by resource and action
    WhatAnswer answer_;
};

// Everybody whom one can become: what is sure first, then by the fewest steps.
void WhatSearch::spread(const std::vector<Beginning>& beginnings) {
    std::set<ActorId> known;
    std::vector<Beginning> later;
    const auto take = [&](Beginning one, bool sureOnly) {
        if (known.contains(one.as)) return;
        if (sureOnly && one.decision != Decision::Allowed) {
            later.push_back(std::move(one));
            return;
        }
        known.insert(one.as);
        reached_.push_back(std::move(one));
    };
    std::size_t next = 0;
    const auto follow = [&](bool sureOnly) {
        for (; next < reached_.size(); ++next) {
            const Beginning& from = reached_[next];
            for (const Assumption& each : chains_.outOf(from.as)) {
                if (known.contains(each.to)) continue;
                Beginning to{each.to, both(from.decision, each.outcome.decision), from.dependsOn, from.steps};
                addOnce(to.dependsOn, each.outcome.dependsOn);
                to.steps.push_back({StepKind::Assume, population_.at(each.to).arn()});
                take(std::move(to), sureOnly);
            }
        }
    };
    for (const Beginning& each : beginnings) take(each, true);
    follow(true);
    std::vector<Beginning> rest;
    rest.swap(later);
    for (Beginning& each : rest) take(std::move(each), false);
    follow(false);
}

void WhatSearch::offer(const Beginning& one, const std::string& action, const std::string& resource, Best best) {
    best.as = &one;
    best.decision = both(one.decision, best.decision);
    const auto [known, fresh] = best_.try_emplace({resource, action}, best);
    if (fresh) return;
    // Those who come first have the shorter way.
    if (known->second.decision != Decision::Allowed && best.decision == Decision::Allowed) known->second = std::move(best);
}

void WhatSearch::evaluate(const Beginning& one, const Thing& thing, const KnownAction& action) {
    const Subject& subject = subjects_.subject(thing, action);
    if (action.folded == "execute-api:invoke") {
        const Resource* route = routeFor(population_.estate(), thing.arn);
        const std::string_view type = route == nullptr ? std::string_view() : std::string_view(route->authorization.type);
        // Whom an authorizer lets in, policies do not say.
        if (!type.empty() && type != "AWS_IAM" && type != "NONE") return;
    }
    ++answer_.checked;
    policy::Request request = requestFor(subject);
    auto outcome = outcomeFor(population_, one.as, subject, request, world_);
    if (!outcome) return;
    unknown_.add(outcome->gaps);
    offer(one, action.name, thing.arn,
          {nullptr, outcome->decision, std::move(outcome->dependsOn), std::move(outcome->policies), {}});
}

void WhatSearch::thing(const Beginning& one, const Thing& thing, Speech& speech) {
    const Population& all = population_;
    const bool own = thing.account.empty() || thing.account == all.actor(one.as).principal.account();
    if (!own && !thing.hasPolicy) return;
    const auto consider = [&](const KnownAction& action) {
        if (!wanted(action)) return;
        bool may = speech.covers(action);
        if (!may && thing.hasPolicy) {
            const Subject& subject = subjects_.subject(thing, action);
            may = subject.target.resourcePolicy &&
                  std::any_of((*subject.target.resourcePolicy)->statements().begin(),
                              (*subject.target.resourcePolicy)->statements().end(), [&](const auto& each) {
                                  return each.effect() == policy::Effect::Allow && each.coversAction(action.folded) &&
                                         each.namesCaller(all.actor(one.as).principal, false) != policy::Naming::None;
                              });
        }
        if (may || !all.at(one.as).gaps.empty()) evaluate(one, thing, action);
    };
    bool asked = false;
    for (const KnownAction* each : *thing.actions) {
        consider(*each);
        asked = asked || each == asked_;
    }
    const auto service = [](std::string_view text) { return text.substr(0, text.find(':')); };
    const auto parts = policy::ArnParts::split(thing.arn);
    if (asked_ != nullptr && !asked && parts && subjects_.catalogue() == nullptr && service(asked_->folded) == parts->service)
        consider(*asked_);
    if (subjects_.catalogue() == nullptr && asked_ == nullptr && parts)
        for (const std::string& each : spelledActions(all.actor(one.as)))
            if (service(foldedAscii(each)) == parts->service) consider(subjects_.action(each));
}

void WhatSearch::things(const Beginning& one, Speech& speech) {
    const std::string& account = population_.actor(one.as).principal.account();
    for (const Thing& each : subjects_.ofAccount(account)) thing(one, each, speech);
    for (const Thing& each : subjects_.ofAccount({})) thing(one, each, speech);
    for (const Thing* each : subjects_.withPolicies())
        if (each->account != account && !each->account.empty()) thing(one, *each, speech);
    for (const std::string& each : writtenObjects(population_.actor(one.as))) {
        const Resource* bucket = population_.estate().resourceFor(each);
        if (bucket == nullptr || bucket->kind != ResourceKind::Bucket) continue;
        Thing objects;
        objects.arn = each;
        objects.account = bucket->account;
        objects.actions = &subjects_.actionsOf(each);
        objects.hasPolicy = bucket->policy || !bucket->policyKnown;
        thing(one, objects, speech);
    }
}

void WhatSearch::assumptions(const Beginning& one) {
    const KnownAction& action = subjects_.action("sts:AssumeRole");
    if (!wanted(action)) return;
    for (const Assumption& each : chains_.outOf(one.as)) {
        unknown_.add(each.outcome.gaps);
        offer(one, action.name, population_.at(each.to).arn(),
              {nullptr, each.outcome.decision, each.outcome.dependsOn, each.outcome.policies, {}});
    }
}

WhatSearch::Listed WhatSearch::listedOf(const WrittenPattern& written, const std::string& account) {
    std::set<const std::vector<const KnownAction*>*> lists;
    Listed listed;
    const policy::Context nothing;
    const policy::Scope scope(nothing, {}, true);
    const bool hasCatalogue = subjects_.catalogue() != nullptr;
    const auto look = [&](const std::vector<Thing>& things) {
        for (const Thing& each : things) {
            if (hasCatalogue && lists.contains(each.actions)) continue;
            const std::string& arn = each.requested.empty() ? each.arn : each.requested;
            const auto parts = policy::ArnParts::split(arn);
            if (written.compiled != nullptr && written.compiled->matches(arn, parts, scope) == policy::Truth::False) continue;
            lists.insert(each.actions);
            if (!hasCatalogue && parts) listed.services.insert(parts->service);
        }
    };
    look(subjects_.ofAccount(account));
    if (!account.empty()) look(subjects_.ofAccount({}));
    const auto parts = policy::ArnParts::split(written.requested);
    if (parts && parts->account.size() == 12 && parts->account != account) look(subjects_.ofAccount(std::string(parts->account)));
    listed.actions.resize(subjects_.actionCount(), 0);
    for (const auto* list : lists)
        for (const KnownAction* each : *list) listed.actions[each->number] = 1;
    return listed;
}

void WhatSearch::pattern(const Beginning& one, const WrittenPattern& written) {
    Thing unlisted;
    unlisted.arn = written.written;
    unlisted.requested = written.requested;
    unlisted.isUnlisted = true;
    const Listed listed = listedOf(written, population_.actor(one.as).principal.account());
    const auto consider = [&](const KnownAction& action) {
        if (!wanted(action) || (action.number < listed.actions.size() && listed.actions[action.number] != 0)) return;
        const auto known = best_.find({written.written, action.name});
        if (known != best_.end() && known->second.decision == Decision::Allowed) return;
        const bool covered = std::any_of(written.allows.begin(), written.allows.end(),
                                         [&](const auto* each) { return each->coversAction(action.folded); });
        if (!covered) return;
        evaluate(one, unlisted, action);
    };
    for (const KnownAction* each : subjects_.actionsFitting(written.requested)) consider(*each);
    // Of what no catalogue has, what the policy or the question spells out.
    const auto service = [](std::string_view text) { return text.substr(0, text.find(':')); };
    const auto parts = policy::ArnParts::split(written.requested);
    const auto considerUnknown = [&](const std::string& name) {
        if (subjects_.catalogue() != nullptr && subjects_.catalogue()->action(name) != nullptr) return;
        const KnownAction& action = subjects_.action(name);
        if (listed.services.contains(service(action.folded))) return;
        if (!parts || service(action.folded) == parts->service) consider(action);
    };
    if (asked_ != nullptr) considerUnknown(asked_->name);
    if (subjects_.catalogue() == nullptr)
        for (const std::string& each : written.spelled) considerUnknown(each);
    // Roles of accounts that are not in the estate: of those that are, chains tell.
    const KnownAction& assume = subjects_.action("sts:AssumeRole");
    if (!parts || (parts->service != "iam" && parts->service != "sts") || !parts->resource.starts_with("role/") ||
        !wanted(assume))
        return;
    const policy::Context nothing;
    const policy::Scope scope(nothing, {}, true);
    const auto& roles = population_.estate().roles();
    const bool isListed = std::any_of(roles.begin(), roles.end(), [&](const Role& each) {
        return written.compiled == nullptr ||
               written.compiled->matches(each.arn, policy::ArnParts::split(each.arn), scope) != policy::Truth::False;
    });
    if (!isListed) consider(assume);
}

void WhatSearch::patterns(const Beginning& one) {
    for (const auto& [text, written] : patternsOf(population_.actor(one.as), world_))
        if (!written.requested.empty()) pattern(one, written);
}

void WhatSearch::scan(const Beginning& one) {
    Speech speech(population_.actor(one.as), subjects_);
    assumptions(one);
    things(one, speech);
    Thing everything;
    everything.arn = "*";
    const auto consider = [&](const KnownAction& action) {
        if (wanted(action) && (speech.covers(action) || !population_.at(one.as).gaps.empty())) evaluate(one, everything, action);
    };
    for (const KnownAction* each : subjects_.withoutResource()) consider(*each);
    patterns(one);
}

WhatAnswer WhatSearch::run(const std::vector<Beginning>& beginnings) {
    spread(beginnings);
    for (std::size_t i = 0; i < reached_.size(); ++i) {
        if (progress_ && !progress_(static_cast<double>(i) / static_cast<double>(reached_.size()))) break;
        scan(reached_[i]);
    }
    answer_.rows.reserve(best_.size());
    for (auto& [key, best] : best_) {
        WhatCan row;
        row.resource = key.first;
        row.action = key.second;
        row.decision = best.decision;
        row.dependsOn = best.as->dependsOn;
        addOnce(row.dependsOn, best.dependsOn);
        row.path = best.as->steps;
        for (std::string& each : best.policies) row.path.push_back({StepKind::Policy, std::move(each)});
        answer_.rows.push_back(std::move(row));
    }
    return std::move(answer_);
}

} // namespace

WhatAnswer whatCanAll(const Population& population, const policy::WorldRules& world, Chains& chains, Subjects& subjects,
                      const std::vector<Beginning>& beginnings, const std::string& action, GapSet& unknown,
                      const Progress& progress) {
    return WhatSearch(population, world, chains, subjects, action, unknown, progress).run(beginnings);
}

} // namespace gw::estate
