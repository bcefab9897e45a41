#include "models/estate/reach/who.h"

#include "models/estate/reach/routes.h"

#include <algorithm>
#include <deque>
#include <tuple>
#include <unordered_map>

namespace gw::estate {
namespace {

using policy::ActorId;
using policy::Decision;

// How somebody gets there: by his own policies, or as a role that he takes on.
struct Label {
    Decision decision = Decision::Allowed;
    std::vector<std::string> dependsOn;
    std::vector<Step> steps;
    std::vector<ConditionText> conditions;
};

std::uint32_t number(ActorId id) {
    return static_cast<std::uint32_t>(id);
}

std::vector<Step> policySteps(const Outcome& outcome) {
    std::vector<Step> steps;
    for (const std::string& each : outcome.policies) steps.push_back({StepKind::Policy, each});
    return steps;
}

class WhoSearch {
public:
    WhoSearch(const Population& population, const policy::WorldRules& world, Chains& chains, Ways& ways, const Progress& progress)
        : population_(population), world_(world), chains_(chains), ways_(ways), progress_(progress) {}

    WhoAnswer run(const std::string& action, const std::string& resource);

private:
    void findDirect(const Subject& subject);
    void followChains();
    void extend(ActorId role, bool onlyAllowed);
    void addInhabitants();
    void addPeople();
    void addStrangers(const Subject& subject);
    [[nodiscard]] bool byAuthorizer(const Subject& subject);
    void addRow(WhoRow row) { answer_.rows.push_back(std::move(row)); }
    [[nodiscard]] bool goesOn(double part) {
        answer_.complete = answer_.complete && (!progress_ || progress_(part));
        return answer_.complete;
    }

    const Population& population_;
    const policy::WorldRules& world_;
    Chains& chains_;
    Ways& ways_;
    const Progress& progress_;
    std::unordered_map<std::uint32_t, Label> labels_;
    std::deque<ActorId> queue_;
    std::vector<const Assumption*> later_; // that hang on something
    std::vector<std::pair<ActorId, Label>> directLater_;
    GapSet unknown_;
    WhoAnswer answer_;
};

void WhoSearch::findDirect(const Subject& subject) {
    std::vector<ActorId> candidates = population_.index().candidates(subject.target), all;
    const auto& open = population_.withGaps();
    std::set_union(candidates.begin(), candidates.end(), open.begin(), open.end(), std::back_inserter(all));
    policy::Request request = requestFor(subject);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i % 4096 == 0 && !goesOn(0.6 * static_cast<double>(i) / static_cast<double>(all.size()))) return;
        auto outcome = outcomeFor(population_, all[i], subject, request, world_);
        if (!outcome) continue;
        unknown_.add(outcome->gaps);
        Label label{outcome->decision, std::move(outcome->dependsOn), policySteps(*outcome), std::move(outcome->conditions)};
        if (label.decision == Decision::Allowed) {
            labels_.emplace(number(all[i]), std::move(label));
            queue_.push_back(all[i]);
        } else {
            directLater_.emplace_back(all[i], std::move(label));
        }
    }
}

void WhoSearch::extend(ActorId role, bool onlyAllowed) {
    for (const Assumption& each : chains_.into(role)) {
        if (labels_.contains(number(each.from))) continue;
        if (onlyAllowed && each.outcome.decision != Decision::Allowed) {
            later_.push_back(&each);
            continue;
        }
        const Label& on = labels_.at(number(role));
        Label label{both(each.outcome.decision, on.decision),
                    each.outcome.dependsOn,
                    {{StepKind::Assume, population_.at(role).arn()}},
                    each.outcome.conditions};
        addOnce(label.dependsOn, on.dependsOn);
        addOnce(label.conditions, on.conditions);
        label.steps.insert(label.steps.end(), on.steps.begin(), on.steps.end());
        unknown_.add(each.outcome.gaps);
        labels_.emplace(number(each.from), std::move(label));
        queue_.push_back(each.from);
    }
}

// Whatever is sure comes first, so that nobody is said to depend who has a sure way; each of both by the fewest steps.
void WhoSearch::followChains() {
    for (; !queue_.empty(); queue_.pop_front())
        if (population_.at(queue_.front()).role != nullptr) extend(queue_.front(), true);
    for (auto& [id, label] : directLater_)
        if (labels_.emplace(number(id), std::move(label)).second) queue_.push_back(id);
    std::vector<const Assumption*> later;
    later.swap(later_);
    for (const Assumption* each : later)
        if (!labels_.contains(number(each->from))) extend(each->to, false);
    for (; !queue_.empty(); queue_.pop_front())
        if (population_.at(queue_.front()).role != nullptr) extend(queue_.front(), false);
}

void WhoSearch::addInhabitants() {
    for (const auto& [id, label] : labels_) {
        const Inhabitant& one = population_.at(static_cast<ActorId>(id));
        WhoRow row;
        row.user = one.user;
        row.row = {one.arn(),       one.role != nullptr ? ReachKind::Role : ReachKind::User,
                   label.steps,     label.decision,
                   label.dependsOn, label.conditions,
                   std::nullopt};
        addRow(std::move(row));
    }
}

void WhoSearch::addPeople() {
    for (const auto& [id, label] : labels_) {
        const Inhabitant& one = population_.at(static_cast<ActorId>(id));
        if (one.role == nullptr) continue;
        for (const Way& way : ways_.into(*one.role)) {
            WhoRow row;
            row.group = way.group;
            row.person = way.person;
            row.row = {way.principal, way.kind,       way.steps, both(way.decision, label.decision),
                       way.dependsOn, way.conditions, way.people};
            row.row.path.insert(row.row.path.end(), label.steps.begin(), label.steps.end());
            addOnce(row.row.dependsOn, label.dependsOn);
            addOnce(row.row.conditions, label.conditions);
            unknown_.add(way.gaps);
            ++answer_.checked;
            addRow(std::move(row));
        }
    }
}

void WhoSearch::addStrangers(const Subject& subject) {
    std::vector<std::unique_ptr<Stranger>> strangers;
    findStrangers(population_, subject, world_, strangers);
    for (const auto& each : strangers) {
        unknown_.add(each->outcome.gaps);
        ++answer_.checked;
        WhoRow row;
        row.row = {each->text,
                   each->kind,
                   policySteps(each->outcome),
                   each->outcome.decision,
                   each->outcome.dependsOn,
                   each->outcome.conditions,
                   std::nullopt};
        addRow(std::move(row));
    }
}

// What a route asks of its callers in place of a signature. True: policies of identities have no say.
bool WhoSearch::byAuthorizer(const Subject& subject) {
    const std::string action = foldedAscii(subject.target.action);
    const Resource* route = action == "execute-api:invoke"        ? routeFor(population_.estate(), subject.target.resource)
                            : action == "vpc-lattice-svcs:invoke" ? subject.resource
                                                                  : nullptr;
    if (route == nullptr || route->authorization.type.empty() || route->authorization.type == "AWS_IAM") return false;
    const Authorization& asked = route->authorization;
    // Then its networks ask.
    if (asked.type == "NONE" && !subject.networks.empty() && !subject.hasOpenNetwork()) return false;
    WhoRow row;
    if (asked.type == "NONE") {
        // A policy of a Lattice service is not looked at then; one of a REST API is.
        std::optional<Outcome> outcome = Outcome{};
        const bool looked = action == "execute-api:invoke" && subject.target.resourcePolicy;
        if (looked) outcome = outcomeForAnyone(subject, world_);
        if (outcome) {
            row.row = {
                "*",         ReachKind::Anyone, policySteps(*outcome), outcome->decision, outcome->dependsOn, outcome->conditions,
                std::nullopt};
            if (row.row.path.empty()) row.row.path.push_back({StepKind::Policy, "authorization NONE"});
            if (asked.apiKeyRequired) {
                row.row.decision = Decision::Depends;
                row.row.dependsOn.emplace_back("x-api-key");
            }
            addRow(std::move(row));
        }
        return looked || action != "execute-api:invoke";
    }
    const auto& resources = population_.estate().resources();
    const auto known = std::find_if(resources.begin(), resources.end(), [&](const Resource& each) {
        return each.kind == ResourceKind::Authorizer && each.id == asked.authorizer &&
               (each.parent == route->api || each.api == route->api || each.arn.find(route->api) != std::string::npos);
    });
    const std::string name = known != resources.end() ? (known->arn.empty() ? known->name : known->arn) : asked.authorizer;
    row.row.principal = name.empty() ? asked.type : name;
    row.row.kind = ReachKind::Federated;
    row.row.path.push_back({StepKind::Provider, row.row.principal});
    row.row.decision = Decision::Depends;
    row.row.dependsOn.push_back(asked.scopes.empty() ? "authorization" : "scope");
    if (!asked.scopes.empty()) row.row.conditions.push_back({"scope", "ForAnyValue:StringEquals", asked.scopes});
    addRow(std::move(row));
    return true;
}

WhoAnswer WhoSearch::run(const std::string& action, const std::string& resource) {
    const Subject subject = subjectOf(population_, action, requestedArn(resource));
    answer_.checked = population_.size();
    unknown_.add(subject.gaps);
    if (!byAuthorizer(subject)) {
        findDirect(subject);
        followChains();
        const bool open = std::any_of(answer_.rows.begin(), answer_.rows.end(),
                                      [](const WhoRow& each) { return each.row.kind == ReachKind::Anyone; });
        addInhabitants();
        addPeople();
        if (!open) addStrangers(subject);
    }
    std::sort(answer_.rows.begin(), answer_.rows.end(), [](const WhoRow& a, const WhoRow& b) {
        // The order of the kinds is that of the enumeration, but for groups and providers, which come first.
        const auto rank = [](ReachKind kind) {
            return kind == ReachKind::Group ? 0 : kind == ReachKind::Federated ? 1 : 2 + static_cast<int>(kind);
        };
        const auto path = [](const WhoRow& row) {
            std::string text;
            for (const Step& each : row.row.path) text += each.id + "\n";
            return text;
        };
        if (rank(a.row.kind) != rank(b.row.kind)) return rank(a.row.kind) < rank(b.row.kind);
        if (a.row.principal != b.row.principal) return a.row.principal < b.row.principal;
        return path(a) < path(b);
    });
    answer_.unknown = unknown_.take();
    return std::move(answer_);
}

} // namespace

void GapSet::add(const Gap& gap) {
    if (known_.emplace(gap.what, gap.object).second) gaps_.push_back(gap);
}

WhoAnswer whoCanAll(const Population& population, const policy::WorldRules& world, Chains& chains, Ways& ways,
                    const std::string& action, const std::string& resource, const Progress& progress) {
    return WhoSearch(population, world, chains, ways, progress).run(action, resource);
}

} // namespace gw::estate
