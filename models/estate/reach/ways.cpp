#include "models/estate/reach/ways.h"

#include "models/estate/question.h"
#include "models/policy/federation.h"
#include "saml/aws/endpoints.h"

#include <algorithm>

namespace gw::estate {
namespace {

using policy::Decision;

constexpr std::size_t maxAudiences = 16; // of one role that are tried

const std::vector<std::string>& none() {
    static const std::vector<std::string> empty;
    return empty;
}

void addClaims(const std::vector<ConditionText>& conditions, std::vector<Step>& steps) {
    for (const ConditionText& each : conditions) {
        if (!policy::isPersonKey(each.key)) continue;
        std::string text = each.key + " = ";
        for (std::size_t i = 0; i < each.values.size(); ++i) text += (i == 0 ? "" : ", ") + each.values[i];
        steps.push_back({StepKind::Claim, std::move(text)});
    }
}

// Providers that a trust policy lets in by `action`, folded.
std::set<std::string> providersIn(const policy::CompiledPolicy& trust, std::string_view action, policy::Federation kind) {
    std::set<std::string> providers;
    for (const policy::CompiledStatement& each : trust.statements()) {
        if (each.effect() != policy::Effect::Allow || !each.coversAction(action)) continue;
        for (const policy::NamedPrincipal& one : each.principals()) {
            // "*" is no provider that could send somebody.
            if (one.text() != "*" && policy::federationOf(one.type(), one.text()) == kind) providers.insert(one.text());
        }
    }
    return providers;
}

// The audiences that a trust policy asks for, as far as they are AWS's own: a sign-in may be sent to any of them.
std::vector<std::string> audiencesIn(const policy::CompiledPolicy& trust) {
    std::vector<std::string> audiences;
    const aws::AcsMatcher acs;
    for (const policy::CompiledStatement& each : trust.statements())
        for (const policy::Condition& one : each.conditions()) {
            if (one.key().folded() != "saml:aud") continue;
            for (const std::string& value : one.values())
                if (audiences.size() < maxAudiences && acs.matches(value)) audiences.push_back(value);
        }
    return audiences;
}

void addGaps(const GapLists& gaps, std::vector<Gap>& into) {
    for (const auto* list : gaps.lists) into.insert(into.end(), list->begin(), list->end());
}

} // namespace

Ways::Ways(const Population& population, const policy::WorldRules& world) : population_(population), world_(world) {
    const Estate& estate = population.estate();
    for (const DirectoryGroup& each : estate.directoryGroups()) {
        groups_.emplace(each.id, &each);
        groupsByName_.emplace(each.name, &each);
    }
    for (const Person& each : estate.people()) people_.emplace(each.userName, &each);
    const auto once = [](std::vector<std::string>& list, const std::string& role) {
        if (std::find(list.begin(), list.end(), role) == list.end()) list.push_back(role);
    };
    for (const Assignment& each : estate.assignments()) {
        const auto person = people_.find(each.person);
        if (person != people_.end() && !person->second->active) continue;
        byRole_[each.role].push_back(&each);
        if (!each.group.empty()) once(byGroup_[each.group], each.role);
        if (!each.person.empty()) once(byPerson_[each.person], each.role);
    }
    for (const ObservedResponse& each : estate.responses()) {
        for (const auto& [role, provider] : each.roles) {
            Sent& sent = sent_[provider];
            if (!each.recipient.empty()) sent.recipients.insert(each.recipient);
            for (const auto& [key, value] : each.tags) sent.tagKeys.insert(key);
        }
    }
}

const std::vector<std::string>& Ways::assignedTo(std::string_view group) const {
    const auto known = byGroup_.find(std::string(group));
    return known == byGroup_.end() ? none() : known->second;
}

const std::vector<std::string>& Ways::assignedToPerson(std::string_view person) const {
    const auto known = byPerson_.find(std::string(person));
    return known == byPerson_.end() ? none() : known->second;
}

std::set<std::string, std::less<>> Ways::groupsCalled(std::string_view text) const {
    std::set<std::string, std::less<>> all;
    const std::string key(text);
    const auto add = [&](const DirectoryGroup& group) {
        all.insert(group.id);
        all.insert(group.name);
    };
    if (const auto known = groups_.find(key); known != groups_.end()) add(*known->second);
    const auto [begin, end] = groupsByName_.equal_range(key);
    for (auto each = begin; each != end; ++each) add(*each->second);
    if (byGroup_.contains(key)) all.insert(key);
    return all;
}

std::set<std::string, std::less<>> Ways::groupsOf(std::string_view person) const {
    std::set<std::string, std::less<>> all;
    const auto known = people_.find(std::string(person));
    if (known == people_.end() || !known->second->active) return all;
    for (const std::string& each : known->second->groups) all.merge(groupsCalled(each));
    for (const auto& [id, group] : groups_)
        if (std::find(group->members.begin(), group->members.end(), known->second->id) != group->members.end())
            all.merge(groupsCalled(id));
    return all;
}

bool Ways::knowsPerson(std::string_view person) const {
    return people_.contains(std::string(person)) || byPerson_.contains(std::string(person));
}

std::string Ways::nameOf(const std::string& group) const {
    const auto known = groups_.find(group);
    return known == groups_.end() || known->second->name.empty() ? group : known->second->name;
}

// A sign-in as the provider sends it: of the audiences the one that gets furthest.
std::optional<Outcome> Ways::federated(const std::string& provider, const Subject& subject) const {
    policy::Request request = requestFor(subject);
    auto principal = policy::Principal::parse(provider);
    if (!principal) return std::nullopt;
    request.principal = std::move(*principal);
    request.context = subject.target.context;
    policy::PolicySet policies;
    policies.resource = subject.target.resourcePolicy;
    GapLists gaps;
    gaps.add(subject.gaps);
    if (subject.rcps != nullptr) {
        policies.rcp = subject.rcps->levels;
        gaps.add(subject.rcps->gaps);
    }
    if (request.principal.kind() != policy::PrincipalKind::SamlProvider) return outcomeOf(request, policies, gaps, world_);
    const std::string& arn = request.principal.text();
    request.context.set("saml:doc", request.principal.account() + "/" + request.principal.name());
    const auto sent = sent_.find(arn);
    std::vector<std::string> audiences;
    if (sent != sent_.end()) {
        audiences.assign(sent->second.recipients.begin(), sent->second.recipients.end());
        if (!sent->second.tagKeys.empty())
            request.context.set(policy::Key("aws:TagKeys"),
                                policy::ContextValue::many({sent->second.tagKeys.begin(), sent->second.tagKeys.end()}));
    }
    if (audiences.empty()) {
        const auto partition = aws::parsePartition(request.principal.partition());
        audiences.push_back(aws::defaultAcs(partition ? *partition : aws::Partition::Aws));
        if (policies.resource)
            for (std::string& each : audiencesIn(**policies.resource)) audiences.push_back(std::move(each));
    }
    std::optional<Outcome> best;
    for (const std::string& each : audiences) {
        request.context.set("saml:aud", each);
        auto outcome = outcomeOf(request, policies, gaps, world_);
        if (!outcome || (best && best->decision == Decision::Allowed)) continue;
        if (!best || outcome->decision == Decision::Allowed) best = std::move(outcome);
    }
    return best;
}

void Ways::addFederated(const Role& role, std::vector<Way>& into) const {
    const auto assigned = byRole_.find(role.arn);
    if (!role.trust && assigned == byRole_.end()) return;
    const auto ways = [&](const char* action, policy::Federation kind, bool saml) {
        const Subject subject = subjectOf(population_, action, role.arn);
        std::set<std::string> providers;
        if (subject.target.resourcePolicy) providers = providersIn(**subject.target.resourcePolicy, foldedAscii(action), kind);
        // Of a trust policy that is not known, the providers that the assignments name.
        if (saml && !subject.target.resourcePolicy && assigned != byRole_.end())
            for (const Assignment* each : assigned->second)
                if (!each->provider.empty()) providers.insert(each->provider);
        for (const std::string& provider : providers) {
            const auto outcome = federated(provider, subject);
            if (!outcome) continue;
            const auto add = [&](ReachKind which, std::string principal, std::vector<Step> before, std::string session) -> Way& {
                Way way;
                way.kind = which;
                way.principal = std::move(principal);
                way.role = role.arn;
                way.steps = std::move(before);
                addClaims(outcome->conditions, way.steps);
                way.steps.push_back({StepKind::Provider, provider});
                way.steps.push_back({StepKind::Assume, role.arn});
                way.steps.push_back({StepKind::Session, sessionArn(role, session)});
                way.decision = outcome->decision;
                way.dependsOn = outcome->dependsOn;
                way.conditions = outcome->conditions;
                addGaps(outcome->gaps, way.gaps);
                into.push_back(std::move(way));
                return into.back();
            };
            if (saml && assigned != byRole_.end()) {
                std::set<std::pair<std::string, std::string>> done;
                for (const Assignment* each : assigned->second) {
                    if (!each->provider.empty() && each->provider != provider) continue;
                    if (!done.emplace(each->group, each->person).second) continue;
                    if (!each->group.empty()) {
                        const std::string name = nameOf(each->group);
                        Way& way = add(ReachKind::Group, "group:" + name, {{StepKind::Group, name}}, "*");
                        way.group = each->group;
                        const auto directory = groups_.find(each->group);
                        if (directory != groups_.end() && directory->second->membersKnown)
                            way.people = directory->second->members.size();
                    } else {
                        Way& way = add(ReachKind::Federated, sessionArn(role, each->person), {}, each->person);
                        way.person = each->person;
                        way.people = 1;
                    }
                }
            }
            add(ReachKind::Federated, provider, {}, "*");
        }
    };
    ways("sts:AssumeRoleWithSAML", policy::Federation::Saml, true);
    ways("sts:AssumeRoleWithWebIdentity", policy::Federation::Web, false);
}

const std::vector<Way>& Ways::into(const Role& role) {
    const auto [kept, fresh] = ways_.try_emplace(role.arn);
    if (!fresh) return kept->second;
    std::vector<Way>& ways = kept->second;
    addFederated(role, ways);
    // Whom the trust policy names and nobody in the estate is; services take on roles for the resources that they run.
    std::vector<std::unique_ptr<Stranger>> strangers;
    findStrangers(population_, subjectOf(population_, "sts:AssumeRole", role.arn), world_, strangers);
    for (const auto& each : strangers) {
        if (each->kind == ReachKind::Service || each->kind == ReachKind::Federated) continue;
        Way way;
        way.kind = each->kind;
        way.principal = each->text;
        way.role = role.arn;
        way.steps.push_back({StepKind::Assume, role.arn});
        way.decision = each->outcome.decision;
        way.dependsOn = each->outcome.dependsOn;
        way.conditions = each->outcome.conditions;
        addGaps(each->outcome.gaps, way.gaps);
        ways.push_back(std::move(way));
    }
    return ways;
}

} // namespace gw::estate
