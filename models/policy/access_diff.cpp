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

class AccessComparison {
public:
    AccessComparison(const PolicySet& before, const PolicySet& after, const Principal& principal, const Catalogue* catalogue,
                     DiffBounds bounds)
        : before_(before), after_(after), principal_(principal), catalogue_(catalogue), bounds_(bounds) {
        values_.add(before);
        values_.add(after);
    }

    AccessDiff run() {
        const auto actions = actionsToTry();
        const auto resources = resourcesToTry();
        for (const std::string& action : actions)
            for (const std::string& resource : resourcesFor(action, resources)) compare(action, resource);
        return std::move(result_);
    }

private:
    std::vector<std::string> actionsToTry() const;
    std::set<std::string> resourcesToTry() const;
    std::vector<std::string> resourcesFor(const std::string& action, const std::set<std::string>& resources) const;
    void compare(const std::string& action, const std::string& resource);
    void explore(Request& request);

    const PolicySet &before_, &after_;
    const Principal& principal_;
    const Catalogue* catalogue_;
    DiffBounds bounds_;
    KeyValues values_;
    AccessDiff result_;
    // Of the action and resource at hand: one witness of each direction says enough.
    bool gained_ = false, lost_ = false;
};

// One action out of each class that the patterns tell apart.
std::vector<std::string> AccessComparison::actionsToTry() const {
    auto patterns = texts(before_, true);
    patterns.merge(texts(after_, true));
    std::vector<std::string> known(patterns.begin(), patterns.end());
    const Context nothing;
    const Scope scope(nothing, {}, true);
    std::vector<Pattern> compiled;
    for (const std::string& each : known)
        compiled.emplace_back(each, PatternRules{.wildcards = true, .variables = false, .foldCase = false});
    std::map<std::string, std::string> classes;
    const auto consider = [&](const std::string& action) {
        const std::string folded = foldedAscii(action);
        // Services differ in what protects their resources, so one for each.
        std::string signature = folded.substr(0, folded.find(':') + 1);
        for (const Pattern& each : compiled) signature += each.matches(folded, scope) == Truth::True ? '1' : '0';
        classes.emplace(std::move(signature), action);
    };
    for (const std::string& each : known) {
        const std::size_t colon = each.find(':');
        const std::string service = each.substr(0, colon);
        if (each.find_first_of("*?") == std::string::npos) {
            consider(each);
        } else if (const ServiceInfo* info =
                       catalogue_ == nullptr || colon == std::string::npos ? nullptr : catalogue_->service(service)) {
            for (const auto& [name, action] : info->actions) consider(info->prefix + ":" + action.name);
        } else {
            for (const std::string& other : known)
                if (const auto text = commonText(each, other); text && text->find(':') != std::string::npos) consider(*text);
            if (const auto text = commonText(each, "*:*x")) consider(*text);
        }
    }
    if (known.empty()) return {};
    // What every NotAction and "*" speaks of besides.
    consider("sts:GetSessionToken");
    std::vector<std::string> actions;
    for (auto& [signature, action] : classes) actions.push_back(std::move(action));
    return actions;
}

std::set<std::string> AccessComparison::resourcesToTry() const {
    auto patterns = texts(before_, false);
    patterns.merge(texts(after_, false));
    std::set<std::string> resources;
    for (const std::string& one : patterns) {
        if (one == "*") continue;
        for (const std::string_view run : {"", "x", "x/y"}) {
            std::string text;
            for (const char each : one) text += each == '*' ? std::string(run) : each == '?' ? "x" : std::string(1, each);
            resources.insert(std::move(text));
        }
        for (const std::string& other : patterns)
            if (other != one && other != "*")
                if (auto text = commonText(one, other)) resources.insert(std::move(*text));
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
    fitting.push_back("arn:aws:" + service +
                      ":eu-west-1:" + (principal_.account().empty() ? "111122223333" : principal_.account()) + ":other/other");
    return fitting;
}

void AccessComparison::compare(const std::string& action, const std::string& resource) {
    if (result_.gained.size() + result_.lost.size() >= bounds_.changes) {
        result_.exhaustive = false;
        return;
    }
    Request request{principal_, action, resource, "", {}, {}};
    gained_ = lost_ = false;
    explore(request);
}

void AccessComparison::explore(Request& request) {
    if (gained_ && lost_) return;
    if (++result_.tried > bounds_.trials) {
        result_.exhaustive = false;
        return;
    }
    Key key;
    std::vector<std::optional<ContextValue>> values;
    {
        RequestView view(request, {});
        std::vector<const Key*> untold;
        view.scope().untold = &untold;
        const Verdict before = decide(view, before_);
        const Verdict after = decide(view, after_);
        if ((before.decision != Decision::Depends && after.decision != Decision::Depends) || untold.empty()) {
            if (isAllowed(before) == isAllowed(after)) return;
            bool& known = isAllowed(after) ? gained_ : lost_;
            if (!known) (isAllowed(after) ? result_.gained : result_.lost).push_back({request, before.decision, after.decision});
            known = true;
            return;
        }
        key = *untold.front();
        KeyValues::Found found = values_.of(key, request, view.scope());
        values = std::move(found.values);
        result_.exhaustive = result_.exhaustive && found.all;
    }
    for (auto& value : values) {
        request.context.set(key, value);
        explore(request);
    }
    request.context.remove(key);
}

} // namespace

AccessDiff compareAccess(const PolicySet& before, const PolicySet& after, const Principal& principal, const Catalogue* catalogue,
                         DiffBounds bounds) {
    return AccessComparison(before, after, principal, catalogue, bounds).run();
}

} // namespace gw::policy
