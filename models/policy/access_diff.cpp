#include "models/policy/access_diff.h"

#include "models/policy/key_values.h"

#include <algorithm>
#include <map>
#include <set>

namespace gw::policy {
namespace {

bool isAllowed(const Verdict& verdict) {
    return verdict.decision == Decision::Allowed;
}

// Elements of all statements, as written.
std::set<std::string> texts(const PolicySet& policies, bool actions) {
    std::set<std::string> all;
    for (const auto& [layer, policy] : layered(policies, false)) {
        for (const StatementText& statement : policy->document().statements()) {
            if (actions)
                for (const Text& each : statement.actions) all.insert(foldedAscii(each.text));
            else if (statement.resources)
                for (const Text& each : *statement.resources) all.emplace(each.text);
        }
    }
    return all;
}

bool hasNotAction(const PolicySet& policies) {
    for (const auto& [layer, policy] : layered(policies, false)) {
        const auto& statements = policy->document().statements();
        if (std::any_of(statements.begin(), statements.end(), [](const StatementText& each) { return each.notAction; }))
            return true;
    }
    return false;
}

// Letters for runs that no pattern spells out, the first that fits.
constexpr std::string_view freshLetters = "zqjkvwyZQJKVWY0123456789~!";

class AccessComparison {
public:
    // `gainsOnly`: looks for what is gained, and ends with the first.
    AccessComparison(const Reach& before, const Reach& after, const Catalogue* catalogue, DiffBounds bounds, bool gainsOnly)
        : before_(before), after_(after),
          samePrincipal_(before.principal.text() == after.principal.text() && before.facts == after.facts), catalogue_(catalogue),
          bounds_(bounds), gainsOnly_(gainsOnly) {
        values_.add(before.policies);
        values_.add(after.policies);
    }

    AccessDiff run() {
        const auto actions = actionsToTry();
        const auto resources = resourcesToTry();
        for (const std::string& action : actions)
            for (const std::string& resource : resourcesFor(action, resources)) {
                if (ended()) return std::move(result_);
                compare(action, resource);
            }
        return std::move(result_);
    }

    AccessDiff run(Request request, const WorldRules& world) {
        world_ = world;
        explore(request);
        return std::move(result_);
    }

private:
    std::vector<std::string> actionsToTry();
    std::set<std::string> resourcesToTry();
    [[nodiscard]] std::set<std::string> servicesOfResources() const;
    // What both match; nothing more from the bound on.
    std::optional<std::string> common(std::string_view one, std::string_view other);
    std::vector<std::string> resourcesFor(const std::string& action, const std::set<std::string>& resources) const;
    void compare(const std::string& action, const std::string& resource);
    void explore(Request& request);
    [[nodiscard]] const KeyValues::Found& valuesOf(const Key& key, const Request& request, const Scope& scope);
    [[nodiscard]] Verdict decideBefore(const Request& request, const Key*& untold) const;
    [[nodiscard]] bool ended() const { return gainsOnly_ && !result_.gained.empty(); }

    const Reach &before_, &after_;
    bool samePrincipal_;
    const Catalogue* catalogue_;
    DiffBounds bounds_;
    bool gainsOnly_;
    WorldRules world_;
    KeyValues values_;
    std::map<std::string, std::optional<KeyValues::Found>> classes_; // by key, in lower case; nothing: see classesOf()
    KeyValues::Found found_;
    AccessDiff result_;
    // Of the action and resource at hand: one witness of each direction says enough.
    bool gained_ = false, lost_ = false;
    std::size_t pairs_ = 0;
};

std::optional<std::string> AccessComparison::common(std::string_view one, std::string_view other) {
    constexpr std::size_t maxPairs = 40'000;
    if (pairs_ < maxPairs) {
        ++pairs_;
        return commonText(one, other);
    }
    result_.exhaustive = false;
    return std::nullopt;
}

// One action out of each class that the patterns tell apart.
std::vector<std::string> AccessComparison::actionsToTry() {
    auto patterns = texts(before_.policies, true);
    patterns.merge(texts(after_.policies, true));
    std::vector<std::string> known(patterns.begin(), patterns.end());
    const Context nothing;
    const Scope scope(nothing, {}, true);
    std::vector<Pattern> compiled;
    for (const std::string& each : known)
        compiled.emplace_back(each, PatternRules{.wildcards = true, .variables = false, .foldCase = false});
    std::map<std::string, std::string> classes;
    std::set<std::string> kinds; // of all services
    const auto consider = [&](const std::string& action) {
        const std::string folded = foldedAscii(action);
        // Services differ in what protects their resources, so one for each.
        std::string signature = folded.substr(0, folded.find(':') + 1);
        // And what has no resource is tried on "*" alone.
        if (catalogue_ != nullptr && catalogue_->isWildcardOnly(folded)) signature += '*';
        std::string kind;
        for (const Pattern& each : compiled) kind += each.matches(folded, scope) == Truth::True ? '1' : '0';
        signature += kind;
        kinds.insert(std::move(kind));
        classes.emplace(std::move(signature), action);
    };
    // The first of its kind.
    const auto considerNew = [&](const std::string& action) {
        const std::string folded = foldedAscii(action);
        std::string kind;
        for (const Pattern& each : compiled) kind += each.matches(folded, scope) == Truth::True ? '1' : '0';
        if (!kinds.contains(kind)) consider(action);
    };
    const auto considerService = [&](std::string_view prefix, const auto& how) {
        const ServiceInfo* info = catalogue_ == nullptr ? nullptr : catalogue_->service(prefix);
        if (info == nullptr) return false;
        for (const auto& [name, action] : info->actions) how(info->prefix + ":" + action.name);
        return true;
    };
    const auto named = [&] {
        std::vector<std::string> actions;
        for (const auto& [signature, action] : classes) actions.push_back(action);
        return actions;
    };
    std::vector<std::string> ofServices;
    for (const std::string& each : known) {
        const std::size_t colon = each.find(':');
        const std::string service = each.substr(0, colon);
        if (each.find_first_of("*?") == std::string::npos) {
            consider(each);
        } else if (colon == std::string::npos || service.find_first_of("*?") != std::string::npos) {
            ofServices.push_back(each);
        } else if (!considerService(service, consider)) {
            for (const std::string& other : known)
                if (const auto text = common(each, other); text && text->find(':') != std::string::npos) consider(*text);
            if (const auto text = commonText(each, "*:*x")) consider(*text);
        }
    }
    if (known.empty()) return {};
    // A wildcard for all services is as wide as the services of the resources beside it.
    for (const std::string& service : servicesOfResources())
        if (!considerService(service, consider)) consider(service + ":Other");
    if (ofServices.empty() && !hasNotAction(before_.policies) && !hasNotAction(after_.policies)) return named();
    // What every NotAction and "*" speaks of besides: one that is not spelled out.
    consider("sts:GetSessionToken");
    const auto isSpelled = [&](std::string_view service) {
        return std::any_of(known.begin(), known.end(),
                           [&](const std::string& each) { return each.substr(0, each.find(':')) == service; });
    };
    bool other = false;
    for (const char* service : {"dynamodb", "kinesis", "glue", "sns", "sqs", "ecs"})
        if (!other && !isSpelled(service)) other = considerService(service, consider);
    if (!other) consider("x:Other");
    // Of patterns for many services, one action more for each way in which they can be told apart.
    for (const std::string& each : ofServices) {
        if (each == "*" || each == "*:*") continue;
        if (catalogue_ == nullptr) {
            for (const std::string& beside : known)
                if (const auto text = common(each, beside); text && text->find(':') != std::string::npos) consider(*text);
            if (const auto text = commonText(each, "*:*x")) consider(*text);
            continue;
        }
        const Pattern services(each.substr(0, each.find(':')),
                               PatternRules{.wildcards = true, .variables = false, .foldCase = false});
        for (const std::string_view service : catalogue_->services())
            if (services.matches(service, scope) == Truth::True) (void)considerService(service, considerNew);
    }
    return named();
}

std::set<std::string> AccessComparison::servicesOfResources() const {
    auto patterns = texts(before_.policies, false);
    patterns.merge(texts(after_.policies, false));
    std::set<std::string> services;
    for (const std::string& each : patterns) {
        const auto parts = ArnParts::split(each);
        if (parts && !parts->service.empty() && parts->service.find_first_of("*?$") == std::string_view::npos)
            services.emplace(parts->service);
    }
    return services;
}

std::set<std::string> AccessComparison::resourcesToTry() {
    auto patterns = texts(before_.policies, false);
    patterns.merge(texts(after_.policies, false));
    std::set<std::string> resources;
    // A run that no pattern spells out is matched by nothing but wildcards, so a pattern that matches it there matches whatever
    // else may stand there.
    std::string letters;
    for (const std::string& one : patterns) letters += one;
    std::string fresh(1, freshLetters[std::min(freshLetters.find_first_not_of(letters), freshLetters.size() - 1)]);
    const auto questions = std::min<std::size_t>(3, static_cast<std::size_t>(std::count(letters.begin(), letters.end(), '?')));
    std::vector<std::string> runs{"", "x", "x/y", fresh};
    for (std::size_t i = 0; i < questions; ++i) runs.push_back(runs.back() + fresh);
    for (const std::string& one : patterns) {
        if (one == "*") continue;
        for (const std::string& run : runs) {
            std::string text;
            for (const char each : one) text += each == '*' ? run : each == '?' ? "x" : std::string(1, each);
            resources.insert(std::move(text));
        }
        for (const std::string& other : patterns)
            if (other != one && other != "*")
                if (auto text = common(one, other)) resources.insert(std::move(*text));
    }
    return resources;
}

std::vector<std::string> AccessComparison::resourcesFor(const std::string& action, const std::set<std::string>& resources) const {
    const std::string service = foldedAscii(action.substr(0, action.find(':')));
    const ActionInfo* info = catalogue_ == nullptr ? nullptr : catalogue_->action(action);
    std::vector<std::string> fitting{"*"};
    if (info != nullptr && info->types.empty()) return fitting;
    for (const std::string& each : resources) {
        const auto parts = ArnParts::split(each);
        if (parts && (parts->service == service || parts->service == "x" || parts->service.empty())) fitting.push_back(each);
    }
    // A resource of the service that no pattern names.
    fitting.push_back("arn:aws:" + service + ":eu-west-1:" +
                      (after_.principal.account().empty() ? "111122223333" : after_.principal.account()) + ":other/other");
    return fitting;
}

void AccessComparison::compare(const std::string& action, const std::string& resource) {
    if (result_.gained.size() + result_.lost.size() >= bounds_.changes) {
        result_.exhaustive = false;
        return;
    }
    Request request{after_.principal, action, resource, "", {}, after_.facts};
    const auto parts = ArnParts::split(resource);
    if (!samePrincipal_ && (!parts || parts->account.empty() || parts->account == "aws"))
        request.resourceAccount = after_.principal.account();
    gained_ = lost_ = false;
    explore(request);
}

Verdict AccessComparison::decideBefore(const Request& request, const Key*& untold) const {
    Request other = request;
    other.principal = before_.principal;
    other.facts = before_.facts;
    RequestView view(other, world_);
    view.scope().untold = &untold;
    return decide(view, before_.policies);
}

const KeyValues::Found& AccessComparison::valuesOf(const Key& key, const Request& request, const Scope& scope) {
    const auto [kept, fresh] = classes_.try_emplace(key.folded());
    if (fresh) kept->second = values_.classesOf(key);
    if (kept->second) return *kept->second;
    return found_ = values_.of(key, request, scope);
}

void AccessComparison::explore(Request& request) {
    if (gained_ && (lost_ || gainsOnly_)) return;
    if (++result_.tried > bounds_.trials) {
        result_.exhaustive = false;
        return;
    }
    Key key;
    std::vector<std::optional<ContextValue>> values;
    {
        RequestView view(request, world_);
        const Key* untold = nullptr;
        view.scope().untold = &untold;
        const Verdict before = samePrincipal_ ? decide(view, before_.policies) : decideBefore(request, untold);
        const Verdict after = decide(view, after_.policies);
        // What the first side denies whatever else is told cannot be gained.
        const bool never = after.decision == Decision::ImplicitlyDenied || after.decision == Decision::ExplicitlyDenied;
        if (gainsOnly_ && (isAllowed(before) || never)) return;
        if ((before.decision != Decision::Depends && after.decision != Decision::Depends) || untold == nullptr) {
            if (isAllowed(before) == isAllowed(after)) return;
            if (gainsOnly_ && !isAllowed(after)) return;
            bool& known = isAllowed(after) ? gained_ : lost_;
            if (!known) (isAllowed(after) ? result_.gained : result_.lost).push_back({request, before.decision, after.decision});
            known = true;
            return;
        }
        key = *untold;
        const KeyValues::Found& found = valuesOf(key, request, view.scope());
        values = found.values;
        result_.exhaustive = result_.exhaustive && found.all;
    }
    for (auto& value : values) {
        request.context.set(key, value);
        explore(request);
    }
    request.context.remove(key);
}

// Whether there is a resource pattern that says more than "*".
bool narrows(const std::vector<ArnPattern>& resources) {
    return std::any_of(resources.begin(), resources.end(), [](const ArnPattern& each) { return !each.matchesEverything(); });
}

// See SubsetAnswer::exhaustive.
bool examplesAreEnough(const PolicySet& first, const PolicySet& second, const Catalogue* catalogue) {
    bool deniesInFirst = false, deniesInSecond = false;
    std::string letters;
    for (const PolicySet* side : {&first, &second}) {
        for (const auto& [layer, policy] : layered(*side, false)) {
            for (std::size_t i = 0; i < policy->statements().size(); ++i) {
                const CompiledStatement& statement = policy->statements()[i];
                const StatementText& text = policy->document().statements()[i];
                if (text.resources)
                    for (const Text& each : *text.resources) letters += each.text;
                for (const Text& each : text.actions) {
                    const std::string service = foldedAscii(each.text.substr(0, each.text.find(':')));
                    const bool wild = each.text != "*" && each.text.find_first_of("*?") != std::string_view::npos;
                    if (wild && (catalogue == nullptr || catalogue->service(service) == nullptr)) return false;
                }
                if (!narrows(statement.resources())) continue;
                if (statement.isNotResource() || layer != Layer::Identity) return false;
                if (statement.effect() == Effect::Deny) (side == &first ? deniesInFirst : deniesInSecond) = true;
            }
        }
    }
    const bool questions = letters.find('?') != std::string::npos;
    return !(deniesInFirst && deniesInSecond) && !questions && letters.find('$') == std::string::npos &&
           freshLetters.find_first_not_of(letters) != std::string_view::npos;
}

} // namespace

AccessDiff compareAccess(const PolicySet& before, const PolicySet& after, const Principal& principal, const Catalogue* catalogue,
                         DiffBounds bounds) {
    return AccessComparison({principal, before, {}}, {principal, after, {}}, catalogue, bounds, false).run();
}

AccessDiff compareRequest(const PolicySet& before, const PolicySet& after, const Request& request, const WorldRules& world,
                          DiffBounds bounds) {
    return AccessComparison({request.principal, before, request.facts}, {request.principal, after, request.facts},
                            world.catalogue, bounds, false)
        .run(request, world);
}

SubsetAnswer isSubset(const Reach& first, const Reach& second, const Catalogue* catalogue, DiffBounds bounds) {
    AccessDiff diff = AccessComparison(second, first, catalogue, bounds, true).run();
    SubsetAnswer answer;
    answer.tried = diff.tried;
    if (!diff.gained.empty())
        answer.witness = std::move(diff.gained.front());
    else
        answer.exhaustive = diff.exhaustive && examplesAreEnough(first.policies, second.policies, catalogue);
    return answer;
}

} // namespace gw::policy
