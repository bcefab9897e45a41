#include "models/mesh/prove/meaning.h"

#include "models/mesh/map/wildcards.h"
#include "models/policy/arn_pattern.h"
#include "models/policy/condition.h"
#include "saml/base/ascii.h"

#include <algorithm>

namespace gw::mesh {
namespace {

using Kind = EdgeCondition::Kind;
using policy::ArnParts;

const policy::ContextValue* valueOf(const policy::Context& context, std::string_view key) {
    const policy::Context::Entry* entry = context.find(policy::Key(key));
    return entry != nullptr && entry->value && !entry->value->values.empty() ? &*entry->value : nullptr;
}

bool isAmong(const policy::Context& context, std::string_view key, const std::vector<std::string>& wanted) {
    const policy::ContextValue* seen = valueOf(context, key);
    return seen != nullptr && std::any_of(seen->values.begin(), seen->values.end(), [&](const std::string& value) {
               return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& each) { return wildcardsMatch(each, value); });
           });
}

// Blocks of addresses and times compare as they do in policies.
bool compares(policy::Comparison comparison, std::string_view key, const std::vector<std::string>& values, const policy::Context& context) {
    const std::vector<std::string_view> views(values.begin(), values.end());
    policy::Operator op;
    op.comparison = comparison;
    const policy::Scope scope(context, {}, true);
    return policy::Condition(op, key, views, false).holds(scope) == policy::Truth::True;
}

bool isAddressKey(std::string_view key) {
    const std::string folded = foldedAscii(key);
    return folded == "aws:sourceip" || folded == "aws:vpcsourceip";
}

bool holds(const EdgeCondition& condition, const policy::Context& context, bool lattice) {
    switch (condition.kind) {
    case Kind::Key:
        return isAddressKey(condition.name) ? compares(policy::Comparison::IpAddress, condition.name, condition.values, context)
                                            : isAmong(context, condition.name, condition.values);
    case Kind::Mfa: return isAmong(context, "aws:MultiFactorAuthPresent", {"true"});
    case Kind::SourceIp: return compares(policy::Comparison::IpAddress, "aws:SourceIp", condition.values, context);
    case Kind::SourceVpc: return isAmong(context, lattice ? "vpc-lattice-svcs:SourceVpc" : "aws:SourceVpc", condition.values);
    case Kind::After: return compares(policy::Comparison::DateGreaterThanEquals, "aws:CurrentTime", condition.values, context);
    case Kind::Before: return compares(policy::Comparison::DateLessThan, "aws:CurrentTime", condition.values, context);
    case Kind::Header: return isAmong(context, "vpc-lattice-svcs:RequestHeader/" + condition.name, condition.values);
    case Kind::Query: return isAmong(context, "vpc-lattice-svcs:RequestQueryString/" + condition.name, condition.values);
    case Kind::JwtClaim: return false;
    }
    return false;
}

// "API/STAGE/METHOD/PATH" behind the account.
bool isAboutApi(const Use& use, const ApiAccess& access, const Asked& asked) {
    if (asked.action != "execute-api:invoke") return false;
    const auto arn = ArnParts::split(asked.resource);
    if (!arn || arn->service != "execute-api" || arn->region != access.region || arn->account != access.account) return false;
    std::string_view rest = arn->resource;
    const auto next = [&rest] {
        const std::size_t slash = std::min(rest.find('/'), rest.size());
        const std::string_view part = rest.substr(0, slash);
        rest.remove_prefix(std::min(slash + 1, rest.size()));
        return part;
    };
    if (std::count(rest.begin(), rest.end(), '/') < 2 && access.kind != ApiAccess::Kind::WebSocket) return false;
    if (next() != access.api) return false;
    const std::string_view stage = next();
    if (access.stage != "*" && access.stage != stage) return false;
    if (access.kind == ApiAccess::Kind::WebSocket) return true;
    // A path comes behind the method, if only an empty one.
    if (rest.find('/') == std::string_view::npos) return false;
    const std::string_view method = next();
    return allowsMethod(access.methods, method) && allowsPath(access.paths, use.pathsAsGlobs, "/" + std::string(rest));
}

bool isAboutLattice(const Use& use, const LatticeAccess& access, const Asked& asked) {
    if (access.connect) return asked.action == "vpc-lattice-svcs:connect" && asked.resource == access.service;
    if (asked.action != "vpc-lattice-svcs:invoke" || !asked.resource.starts_with(access.service)) return false;
    const std::string_view path = std::string_view(asked.resource).substr(access.service.size());
    return path.starts_with('/') && allowsPath(access.paths, use.pathsAsGlobs, path);
}

bool isAboutAction(const ActionAccess& access, const Asked& asked) {
    const bool action = std::any_of(access.actions.begin(), access.actions.end(),
                                    [&](const std::string& each) { return wildcardsMatch(foldedAscii(each), asked.action); });
    if (!action) return false;
    const policy::Context none;
    return policy::ArnPattern(access.resource, policy::ArnUse::IdentityResource, false)
               .matches(asked.resource, ArnParts::split(asked.resource), policy::Scope(none, {}, true)) == policy::Truth::True;
}

} // namespace

bool isAbout(const Use& use, const Asked& asked) {
    if (const auto* api = use.as<ApiAccess>()) return isAboutApi(use, *api, asked);
    if (const auto* lattice = use.as<LatticeAccess>()) return isAboutLattice(use, *lattice, asked);
    if (const auto* function = use.as<FunctionAccess>())
        return asked.resource == function->function &&
               (asked.action == "lambda:invokefunction" || (function->url && asked.action == "lambda:invokefunctionurl"));
    if (const auto* task = use.as<TaskAccess>()) {
        if (asked.action == "ecs:runtask") return wildcardsMatch(task->definition, asked.resource);
        return asked.action == "iam:passrole" && use.effect == Effect::Allow &&
               std::find(task->passes.begin(), task->passes.end(), asked.resource) != task->passes.end();
    }
    if (const auto* action = use.as<ActionAccess>()) return isAboutAction(*action, asked);
    return false;
}

bool holds(const std::vector<EdgeCondition>& conditions, std::optional<UtcTime> expires, const policy::Context& context, bool lattice) {
    if (expires && !compares(policy::Comparison::DateLessThan, "aws:CurrentTime", {expires->toRfc3339()}, context)) return false;
    return std::all_of(conditions.begin(), conditions.end(), [&](const EdgeCondition& one) { return holds(one, context, lattice); });
}

bool means(const Use& use, const Asked& asked) {
    if (!isAbout(use, asked)) return false;
    const policy::Context& context = *asked.context;
    const auto* lattice = use.as<LatticeAccess>();
    if (lattice != nullptr) {
        if (!lattice->connect && !allowsMethod(lattice->methods, "*") && !isAmong(context, "vpc-lattice-svcs:RequestMethod", lattice->methods))
            return false;
        if (lattice->port != 0 && !isAmong(context, "vpc-lattice-svcs:Port", {std::to_string(lattice->port)})) return false;
    }
    if (const auto* function = use.as<FunctionAccess>(); function != nullptr && function->url) {
        const bool url = asked.action == "lambda:invokefunctionurl";
        if (url ? !isAmong(context, "lambda:FunctionUrlAuthType", {"AWS_IAM"}) : !isAmong(context, "lambda:InvokedViaFunctionUrl", {"true"}))
            return false;
    }
    if (const auto* task = use.as<TaskAccess>()) {
        const bool run = asked.action == "ecs:runtask";
        if (run && !task->cluster.empty() && !isAmong(context, "ecs:cluster", {task->cluster})) return false;
        if (!run && !isAmong(context, "iam:PassedToService", {"ecs-tasks.amazonaws.com"})) return false;
    }
    return holds(use.when, use.expires, context, lattice != nullptr);
}

Meanings::Meanings(const Intent& intent, std::span<const Use* const> uses, Target target) {
    for (const Use* use : uses)
        all.push_back({use, widestUse(intent, *use, target),
                       intent.accepts(use->edge, target, "leave-out") || (asksIdentity(target) && intent.accepts(use->edge, Target::Iam, "leave-out"))});
}

std::vector<const Meanings::One*> Meanings::about(const Asked& asked) const {
    std::vector<const One*> some;
    for (const One& one : all)
        if (isAbout(*one.use, asked) || isAbout(one.widest, asked)) some.push_back(&one);
    return some;
}

} // namespace gw::mesh
