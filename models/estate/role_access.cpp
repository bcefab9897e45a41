#include "models/estate/role_access.h"

#include "models/estate/question_parts.h"
#include "models/policy/answer.h"
#include "models/policy/arn_pattern.h"
#include "models/policy/catalogue.h"
#include "models/policy/lint/guards.h"
#include "saml/base/ascii.h"

#include <algorithm>
#include <array>
#include <set>

namespace gw::estate {
namespace {

using policy::AccessLevel;
using policy::CompiledStatement;
using policy::Decision;
using policy::Effect;

constexpr std::size_t mostExamples = 24, mostResources = 4, mostPatterns = 2'000;

// What an action does, by its name: for services that no catalogue knows.
bool readsByName(std::string_view action) {
    const std::string folded = foldedAscii(action.substr(action.find(':') + 1));
    static constexpr auto verbs = std::to_array<std::string_view>(
        {"get", "list", "describe", "view", "head", "batchget", "search", "query", "scan", "lookup", "select", "check", "test"});
    return std::any_of(verbs.begin(), verbs.end(), [&](std::string_view each) { return folded.starts_with(each); });
}

bool isWrite(AccessLevel level) {
    return level != AccessLevel::Read && level != AccessLevel::List;
}

// "GET" of "arn:aws:execute-api:…:API/STAGE/GET/…".
bool readsByMethod(std::string_view resource) {
    const auto parts = policy::ArnParts::split(resource);
    if (!parts || parts->service != "execute-api") return false;
    std::string_view rest = parts->resource;
    for (int i = 0; i < 2; ++i) {
        const std::size_t slash = rest.find('/');
        if (slash == std::string_view::npos) return false;
        rest.remove_prefix(slash + 1);
    }
    const std::string_view method = rest.substr(0, rest.find('/'));
    return method == "GET" || method == "HEAD" || method == "OPTIONS";
}

} // namespace

bool isAdministratorPolicy(std::string_view arn) {
    const auto parts = policy::ArnParts::split(arn);
    return parts && parts->service == "iam" && parts->account == "aws" && parts->resource == "policy/AdministratorAccess";
}

RoleAccess::RoleAccess(const Estate& estate, policy::WorldRules world)
    : estate_(estate), world_(world), privileged_(estate, world) {
    world_.complete = false;
}

void RoleAccess::ask(std::string_view arn, std::string_view account) {
    question_ = {};
    auto principal = policy::Principal::parse(arn);
    if (!principal) principal = policy::Principal::parse(account);
    if (principal) question_.request.principal = std::move(*principal);
    addPrincipalPolicies(estate_, question_, [this](const PolicyDocument& document, policy::DocumentKind kind) {
        return pool_.get(document, kind);
    });
    addContext(estate_, question_);
}

Question& RoleAccess::of(const Role& role) {
    own_ = {&role.policies};
    ask(role.arn, role.account);
    return question_;
}

Question& RoleAccess::of(const User& user) {
    own_ = {&user.policies};
    for (const std::string& each : user.groups)
        if (const Group* group = estate_.group(user.account, each)) own_.push_back(&group->policies);
    ask(user.arn, user.account);
    return question_;
}

Question& RoleAccess::ofMember(const Group& group) {
    own_ = {&group.policies};
    ask(policy::lint::inAccount("arn:aws:iam::111122223333:user/anyone-at-all", group.account), group.account);
    question_.gaps.clear();
    const auto add = [&](const PolicyDocument& document) {
        if (const auto ref = pool_.get(document, policy::DocumentKind::Identity); ref && document.known) question_.policies.identity.push_back(*ref);
    };
    for (const PolicyDocument& each : group.policies.inlinePolicies) add(each);
    for (const std::string& each : group.policies.attached)
        if (const ManagedPolicy* managed = estate_.managedPolicy(each)) add(managed->document);
    return question_;
}

bool RoleAccess::may(std::string_view action, std::string_view resource) {
    policy::Request& request = question_.request;
    request.action = action;
    request.resource = resource;
    request.resourceAccount.clear();
    {
        policy::RequestView view(request, world_);
        const Decision quick = policy::decide(view, question_.policies).decision;
        if (quick != Decision::Depends) return quick == Decision::Allowed;
    }
    const policy::Answer full = policy::answer(request, world_, question_.policies);
    if (full.decision == Decision::Allowed) return true;
    return full.decision == Decision::Depends &&
           std::none_of(full.dependsOn.begin(), full.dependsOn.end(), policy::lint::isOfTheAsked);
}

bool RoleAccess::speaksOf(std::string_view foldedAction) const {
    for (const policy::PolicyRef& each : question_.policies.identity)
        for (const CompiledStatement& statement : each->statements())
            if (statement.effect() == Effect::Allow && statement.coversAction(foldedAction)) return true;
    return false;
}

bool RoleAccess::speaksOfService(std::string_view prefix) const {
    const std::string start = foldedAscii(prefix) + ":";
    for (const policy::PolicyRef& each : question_.policies.identity)
        for (const policy::StatementText& statement : each->document().statements())
            if (statement.effect == Effect::Allow && !statement.notAction &&
                std::any_of(statement.actions.begin(), statement.actions.end(),
                            [&](const policy::Text& action) { return foldedAscii(action.text).starts_with(start); }))
                return true;
    return false;
}

bool RoleAccess::isAdministrator() {
    // What it says is known without its document.
    if (question_.policies.boundary == std::nullopt && !own_.empty() && own_.front()->boundary.empty() &&
        std::any_of(own_.begin(), own_.end(), [](const IdentityPolicies* each) {
            return std::any_of(each->attached.begin(), each->attached.end(), isAdministratorPolicy);
        }))
        return true;
    const std::string account = question_.request.principal.account();
    const auto asks = policy::lint::administratorAsks();
    return std::all_of(asks.begin(), asks.end(), [&](const policy::lint::PrivilegeAsk& each) {
        return may(each.action, policy::lint::inAccount(each.resource, account));
    });
}

const RoleAccess::Examples& RoleAccess::examplesOf(std::string_view pattern) {
    if (const auto known = examples_.find(pattern); known != examples_.end()) return known->second;
    if (examples_.size() > mostPatterns) examples_.clear();
    Examples examples;
    const auto put = [&](std::string action, bool write) {
        if (action == "execute-api:invoke")
            examples.invoke = std::move(action);
        else if (!write)
            examples.read = std::move(action);
        else if (examples.writes.size() < mostExamples)
            examples.writes.push_back(std::move(action));
    };
    const std::string folded = foldedAscii(pattern);
    const policy::Pattern matcher(folded, {.wildcards = true, .variables = false, .foldCase = false});
    const policy::Context nothing;
    const policy::Scope scope(nothing, {}, true);
    const std::string prefix = folded.substr(0, folded.find(':'));
    if (matcher.isLiteral()) {
        const policy::ActionInfo* info = world_.catalogue == nullptr ? nullptr : world_.catalogue->action(folded);
        put(folded, info != nullptr ? isWrite(info->level) : !readsByName(folded));
    } else if (prefix.find_first_of("*?") != std::string::npos) {
        put("iam:createrole", true);
        put("ec2:describeinstances", false);
        put("s3:deleteobject", true);
        std::erase_if(examples.writes,
                      [&](const std::string& each) { return matcher.matches(each, scope) != policy::Truth::True; });
        if (matcher.matches(examples.read, scope) != policy::Truth::True) examples.read.clear();
    } else if (const policy::ServiceInfo* service =
                   world_.catalogue == nullptr ? nullptr : world_.catalogue->service(prefix)) {
        for (const auto& [name, info] : service->actions) {
            std::string action = prefix + ":" + name;
            if (matcher.matches(action, scope) == policy::Truth::True) put(std::move(action), isWrite(info.level));
        }
    } else if (auto text = matcher.example("x", scope)) {
        // "dynamodb:Get*" reads; "dynamodb:*" may be anything.
        put(*text, !readsByName(folded));
    }
    return examples_.emplace(pattern, std::move(examples)).first->second;
}

std::vector<std::string> RoleAccess::resourcesOf(const CompiledStatement& statement) const {
    const policy::Scope scope(question_.request.context, {}, false);
    std::vector<std::string> resources;
    // What a NotResource leaves is next to everything.
    if (statement.isNotResource()) resources.emplace_back("*");
    for (const policy::ArnPattern& each : statement.resources()) {
        if (statement.isNotResource() || resources.size() == mostResources) break;
        if (each.matchesEverything())
            resources.emplace_back("*");
        else if (auto text = each.example("x", scope))
            resources.push_back(std::move(*text));
    }
    return resources;
}

template <class Each>
bool RoleAccess::anyAllowed(Each each) const {
    const auto inAll = [&](const policy::PolicyRef& policy) {
        return std::any_of(policy->statements().begin(), policy->statements().end(), [&](const CompiledStatement& statement) {
            return statement.effect() == Effect::Allow && each(*policy, statement);
        });
    };
    if (std::any_of(question_.policies.identity.begin(), question_.policies.identity.end(), inAll)) return true;
    // What a boundary leaves of a grant of everything stands in the boundary.
    return question_.policies.boundary && inAll(*question_.policies.boundary);
}

bool RoleAccess::mayWrite() {
    return anyAllowed([&](const policy::CompiledPolicy& policy, const CompiledStatement& statement) {
        const std::vector<std::string> resources = resourcesOf(statement);
        const auto tries = [&](std::string_view pattern) {
            const Examples& examples = examplesOf(pattern);
            for (const std::string& resource : resources) {
                if (!examples.invoke.empty() && !readsByMethod(resource) && may(examples.invoke, resource)) return true;
                for (const std::string& each : examples.writes)
                    if (may(each, resource)) return true;
            }
            return false;
        };
        if (statement.isNotAction()) return tries("*");
        const auto& actions = policy.document().statements()[statement.index()].actions;
        return std::any_of(actions.begin(), actions.end(), [&](const policy::Text& each) { return tries(each.text); });
    });
}

bool RoleAccess::mayRead() {
    return anyAllowed([&](const policy::CompiledPolicy& policy, const CompiledStatement& statement) {
        const std::vector<std::string> resources = resourcesOf(statement);
        const auto& actions = policy.document().statements()[statement.index()].actions;
        return std::any_of(actions.begin(), actions.end(), [&](const policy::Text& each) {
            const Examples& examples = examplesOf(statement.isNotAction() ? std::string_view("*") : each.text);
            const std::string& read = examples.read.empty() ? examples.invoke : examples.read;
            return !read.empty() && std::any_of(resources.begin(), resources.end(),
                                                [&](const std::string& resource) { return may(read, resource); });
        });
    });
}

Privilege RoleAccess::privilege() {
    if (question_.role == nullptr || !question_.role->policies.known) return Privilege::Unknown;
    if (isAdministrator()) return Privilege::Admin;
    if (!escalations(true).empty()) return Privilege::Escalating;
    if (mayWrite()) return Privilege::Write;
    if (mayRead()) return Privilege::Read;
    const bool untold = std::any_of(question_.gaps.begin(), question_.gaps.end(),
                                    [](const Gap& each) { return each.layer == policy::Layer::Identity; });
    return untold ? Privilege::Unknown : Privilege::None;
}

std::uint32_t RoleAccess::services() {
    std::set<std::string, std::less<>> found;
    bool all = false;
    anyAllowed([&](const policy::CompiledPolicy& policy, const CompiledStatement& statement) {
        std::vector<std::string> resources;
        const auto tries = [&](std::string_view pattern) {
            const std::string service = foldedAscii(pattern.substr(0, pattern.find(':')));
            const bool every = service.find_first_of("*?") != std::string::npos;
            if (found.contains(service) || (every && all)) return;
            if (resources.empty()) resources = resourcesOf(statement);
            const Examples& examples = examplesOf(pattern);
            std::vector<std::string> actions = examples.writes;
            for (const std::string& each : {examples.read, examples.invoke})
                if (!each.empty()) actions.push_back(each);
            for (const std::string& action : actions) {
                if (std::none_of(resources.begin(), resources.end(), [&](const std::string& each) { return may(action, each); }))
                    continue;
                if (every)
                    all = true;
                else
                    found.insert(service);
                return;
            }
        };
        if (statement.isNotAction())
            tries("*");
        else
            for (const policy::Text& each : policy.document().statements()[statement.index()].actions) tries(each.text);
        return false;
    });
    std::size_t count = found.size();
    if (all && world_.catalogue != nullptr) count = std::max(count, world_.catalogue->services().size());
    if (all && count == 0) count = 1;
    return static_cast<std::uint32_t>(count);
}

} // namespace gw::estate
