#include "models/policy/evaluator.h"

#include "models/policy/catalogue.h"

#include <algorithm>
#include <array>

namespace gw::policy {
namespace {

// What one layer says: whether it denies, and whether it allows, apart by how it names the caller.
struct Voice {
    Truth deny = Truth::False;
    Truth allow = Truth::False;       // by whatever naming
    Truth allowEntity = Truth::False; // as the user or role
    Truth allowDirect = Truth::False; // as the very session, or as everyone
};

bool hasPrefix(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

// Who listens to a policy with principals.
struct Listener {
    bool hasBoundary = false;
    bool byNameOnly = false; // "*" grants to it within its limits only
};

void listen(const CompiledPolicy& policy, const RequestView& request, Listener listener, Voice& voice) {
    for (const CompiledStatement& statement : policy.statements()) {
        Truth& said = statement.effect() == Effect::Deny ? voice.deny : voice.allow;
        if (!statement.coversAction(request.action())) continue;
        Naming naming = statement.namesCaller(request.principal(), listener.hasBoundary);
        if (naming == Naming::None) continue;
        if (naming == Naming::Everyone && listener.byNameOnly) naming = Naming::Entity;
        const bool more = said != Truth::True ||
                          (statement.effect() == Effect::Allow && naming != Naming::Account && voice.allowDirect != Truth::True);
        if (!more) continue;
        const Truth covered = statement.coversResource(request);
        if (covered == Truth::False) continue;
        const Truth applies = covered & statement.conditionsHold(request.scope());
        said |= applies;
        if (statement.effect() == Effect::Deny) continue;
        if (naming == Naming::Entity) voice.allowEntity |= applies;
        if (naming >= Naming::Everyone) voice.allowDirect |= applies;
    }
}

Voice listenToAll(const std::vector<PolicyRef>& policies, const RequestView& request) {
    Voice voice;
    for (const PolicyRef& each : policies) listen(*each, request, {}, voice);
    return voice;
}

// Every level must allow; a denial at any of them is one of the whole.
Voice listenToLevels(const std::vector<std::vector<PolicyRef>>& levels, const RequestView& request) {
    Voice voice;
    voice.allow = Truth::True;
    for (const auto& level : levels) {
        const Voice one = listenToAll(level, request);
        voice.deny |= one.deny;
        voice.allow &= one.allow;
    }
    return voice;
}

bool isAssumeRole(std::string_view action) {
    return hasPrefix(action, "sts:assumerole") || action == "sts:tagsession" || action == "sts:setsourceidentity";
}

// AssumeRoleWithSAML and AssumeRoleWithWebIdentity are called without credentials, by whom a provider vouches for, and
// AssumeRole with credentials (AWS STS API Reference): a trust policy that names the one and allows the other lets nobody in.
bool callsAsItMay(std::string_view action, const Principal& caller) {
    if (action == "sts:assumerole") return !caller.isFederatedCaller();
    if (action == "sts:assumerolewithsaml") return !caller.belongsToAccount() && caller.kind() != PrincipalKind::WebIdentity;
    if (action == "sts:assumerolewithwebidentity")
        return !caller.belongsToAccount() && caller.kind() != PrincipalKind::SamlProvider;
    return true;
}

// Services whose resources resource control policies bind (AWS Organizations User Guide, "Resource control policies"). The
// list here stands in where there is no catalogue.
bool isUnderRcp(const RequestView& request) {
    const std::string_view service = request.service();
    if (request.catalogue() != nullptr) return request.catalogue()->isUnderRcp(service);
    static constexpr auto services = std::to_array<std::string_view>(
        {"aoss", "cognito-identity", "cognito-idp", "dynamodb", "ecr", "kms", "logs", "s3", "secretsmanager", "sqs", "sts"});
    return std::binary_search(services.begin(), services.end(), service);
}

bool isWrite(std::string_view action) {
    const std::string_view verb = action.substr(action.find(':') + 1);
    return !hasPrefix(verb, "get") && !hasPrefix(verb, "list") && !hasPrefix(verb, "describe") && !hasPrefix(verb, "simulate") &&
           !hasPrefix(verb, "generate");
}

// What belongs to AWS is changed by nobody, whatever the policies say.
bool isReservedToAws(const RequestView& request) {
    if (!request.resourceParts()) return false;
    const ArnParts& parts = *request.resourceParts();
    if (request.service() == "kms")
        return hasPrefix(parts.resource, "alias/aws/") && (request.action() == "kms:createalias" ||
                                                           request.action() == "kms:updatealias" ||
                                                           request.action() == "kms:deletealias");
    if (request.service() != "iam" || !isWrite(request.action())) return false;
    // Attaching one to a principal of one's own changes the principal, not the policy.
    const bool managed = parts.account == "aws" && hasPrefix(parts.resource, "policy/");
    return (managed && request.action().find("attach") == std::string_view::npos) ||
           hasPrefix(parts.resource, "role/aws-reserved/");
}

bool isLattice(const RequestView& request) {
    return request.service() == "vpc-lattice-svcs";
}

// A Lambda authorizer of API Gateway vouches for a caller without credentials of an account, by a policy that it returns.
bool isVouchedFor(const RequestView& request) {
    return request.service() == "execute-api" && !request.principal().belongsToAccount() &&
           !request.request().facts.lambdaAuthorizer.empty();
}

struct Rules {
    RequestView& request;
    const PolicySet& policies;
    const CompiledPolicy* resourcePolicy; // null: none
    Voice scp, rcp, endpoint, network, resource, identity, boundary, session;
    bool scpBinds = false, rcpBinds = false, endpointBinds = false, networkBinds = false, trust = false, key = false;

    Rules(RequestView& r, const PolicySet& p, const CompiledPolicy* attached) : request(r), policies(p), resourcePolicy(attached) {}
    void hear();
    [[nodiscard]] Truth denied() const;
    [[nodiscard]] Truth granted() const;
    [[nodiscard]] Truth within() const;
    [[nodiscard]] LayerSet denying() const;
    [[nodiscard]] LayerSet silent() const;
    [[nodiscard]] Truth ownPolicies() const;
    [[nodiscard]] Truth limits() const;
    // GetFederationToken without a session policy gives a session that may do nothing by its own.
    [[nodiscard]] bool isBare() const {
        return request.principal().kind() == PrincipalKind::FederatedUser && policies.session.empty();
    }
    // Both sides must allow, and a service that asks for credentials denies all without a policy.
    [[nodiscard]] bool lattice() const { return isLattice(request); }
    // By an authorizer in the API's own account; the others need the API's policy as well.
    [[nodiscard]] bool authorizedAtHome() const {
        return request.request().facts.lambdaAuthorizer == request.resourceAccount();
    }
    [[nodiscard]] Truth byAuthorizer() const {
        return authorizedAtHome() ? identity.allow | resource.allow : identity.allow & resource.allow;
    }
    [[nodiscard]] LayerSet silentWithAuthorizer(LayerSet layers) const;
    [[nodiscard]] Layer resourceLayer() const { return trust ? Layer::Trust : Layer::Resource; }
};

void Rules::hear() {
    const Principal& caller = request.principal();
    const Binding binding = bindingOf(request, policies, resourcePolicy != nullptr);
    trust = binding.trust;
    key = binding.key;
    scpBinds = binding.binds.has(Layer::Scp);
    rcpBinds = binding.binds.has(Layer::Rcp);
    endpointBinds = binding.binds.has(Layer::Endpoint);
    networkBinds = binding.binds.has(Layer::Network);
    if (scpBinds) scp = listenToLevels(*policies.scp, request);
    if (rcpBinds) rcp = listenToLevels(*policies.rcp, request);
    if (endpointBinds) endpoint = listenToAll(policies.endpoint, request);
    // "… except by a resource policy that references the session in its Principal element" (AWS STS API Reference,
    // GetFederationToken).
    const Listener listener{.hasBoundary = binding.binds.has(Layer::Boundary), .byNameOnly = isBare()};
    if (resourcePolicy != nullptr) listen(*resourcePolicy, request, listener, resource);
    if (networkBinds) listen(**policies.network, request, listener, network);
    if (binding.binds.has(Layer::Identity)) identity = listenToAll(policies.identity, request);
    if (!caller.belongsToAccount() || caller.kind() == PrincipalKind::Root) return;
    if (policies.boundary) listen(**policies.boundary, request, {}, boundary);
    session = listenToAll(policies.session, request);
}

Truth Rules::denied() const {
    return scp.deny | rcp.deny | endpoint.deny | network.deny | resource.deny | identity.deny | boundary.deny | session.deny;
}

LayerSet Rules::denying() const {
    LayerSet layers;
    const auto add = [&](Layer layer, const Voice& voice) {
        if (voice.deny == Truth::True) layers.add(layer);
    };
    add(Layer::Scp, scp), add(Layer::Rcp, rcp), add(Layer::Endpoint, endpoint), add(Layer::Network, network);
    add(resourceLayer(), resource), add(Layer::Identity, identity), add(Layer::Boundary, boundary), add(Layer::Session, session);
    return layers;
}

// The boundary and the session policies: they take away, and give nothing.
Truth Rules::limits() const {
    Truth all = Truth::True;
    if (policies.boundary) all &= boundary.allow;
    if (!policies.session.empty()) all &= session.allow;
    return isBare() ? Truth::False : all;
}

Truth Rules::ownPolicies() const {
    if (request.principal().kind() == PrincipalKind::Root) return Truth::True;
    return identity.allow & limits();
}

// Organisation, endpoint and service network: every one that is there must allow.
Truth Rules::within() const {
    Truth all = Truth::True;
    if (scpBinds) all &= scp.allow;
    if (rcpBinds) all &= rcp.allow;
    if (endpointBinds) all &= endpoint.allow;
    if (networkBinds) all &= network.allow;
    return all;
}

Truth Rules::granted() const {
    const Principal& caller = request.principal();
    if (trust && !callsAsItMay(request.action(), caller)) return Truth::False;
    if (!caller.belongsToAccount()) {
        // An identity provider vouches for roles of its own account only.
        if (caller.isFederatedCaller() && !caller.account().empty() && trust && !request.sameAccount()) return Truth::False;
        return isVouchedFor(request) ? byAuthorizer() : resource.allow;
    }
    if (!request.sameAccount() || lattice()) return ownPolicies() & resource.allow;
    // In the caller's own account a policy of the resource may be enough: one that names the session or everyone binds only
    // explicitly; one that names the role stays within boundary and session policy; one that names the user within neither.
    Truth byResource = resource.allowDirect;
    byResource |= caller.kind() == PrincipalKind::User ? resource.allowEntity : resource.allowEntity & limits();
    if (trust || key) return byResource | (resource.allow & ownPolicies());
    return byResource | ownPolicies();
}

LayerSet Rules::silent() const {
    LayerSet layers;
    if (scpBinds && scp.allow != Truth::True) layers.add(Layer::Scp);
    if (rcpBinds && rcp.allow != Truth::True) layers.add(Layer::Rcp);
    if (endpointBinds && endpoint.allow != Truth::True) layers.add(Layer::Endpoint);
    if (networkBinds && network.allow != Truth::True) layers.add(Layer::Network);
    if (granted() == Truth::True) return layers;
    const Principal& caller = request.principal();
    if (trust && !callsAsItMay(request.action(), caller)) {
        layers.add(Layer::Trust);
        return layers;
    }
    if (isVouchedFor(request)) return silentWithAuthorizer(layers);
    const bool needsResource = trust || key || !request.sameAccount() || !caller.belongsToAccount() ||
                               lattice();
    if (needsResource && (resource.allow != Truth::True || !caller.belongsToAccount())) layers.add(resourceLayer());
    if (!caller.belongsToAccount() || caller.kind() == PrincipalKind::Root) return layers;
    // Where the resource's policy grants to the role, the identity policies need not.
    const bool byResource = request.sameAccount() && !lattice() && resource.allowEntity == Truth::True;
    if (identity.allow != Truth::True && !byResource) layers.add(Layer::Identity);
    if (policies.boundary && boundary.allow != Truth::True) layers.add(Layer::Boundary);
    if (isBare() || (!policies.session.empty() && session.allow != Truth::True)) layers.add(Layer::Session);
    return layers;
}

LayerSet Rules::silentWithAuthorizer(LayerSet layers) const {
    if (!authorizedAtHome() && resource.allow != Truth::True) layers.add(Layer::Resource);
    if (identity.allow != Truth::True) layers.add(Layer::Identity);
    return layers;
}

Verdict decideOne(RequestView& request, const PolicySet& policies, const CompiledPolicy* resource) {
    Verdict verdict;
    verdict.action = request.action();
    if (request.action() == "sts:getcalleridentity" && request.principal().kind() != PrincipalKind::Anonymous) {
        verdict.decision = Decision::Allowed;
        return verdict;
    }
    if (isReservedToAws(request)) {
        verdict.decision = Decision::ExplicitlyDenied;
        verdict.blockedBy.add(Layer::Resource);
        return verdict;
    }
    Rules rules(request, policies, resource);
    rules.hear();
    const Truth denied = rules.denied();
    if (denied == Truth::True) {
        verdict.decision = Decision::ExplicitlyDenied;
        verdict.blockedBy = rules.denying();
        return verdict;
    }
    const Truth allowed = rules.granted() & rules.within();
    if (allowed == Truth::False && denied == Truth::False) {
        verdict.decision = Decision::ImplicitlyDenied;
        verdict.blockedBy = rules.silent();
    } else {
        verdict.decision = (allowed & !denied) == Truth::True ? Decision::Allowed : Decision::Depends;
    }
    return verdict;
}

int severity(Decision decision) {
    switch (decision) {
    case Decision::Allowed:
        return 0;
    case Decision::Depends:
        return 1;
    case Decision::ImplicitlyDenied:
        return 2;
    case Decision::ExplicitlyDenied:
        break;
    }
    return 3;
}

bool passesTags(const Context& context) {
    return std::any_of(context.entries().begin(), context.entries().end(), [](const Context::Entry& entry) {
        return entry.value && !entry.value->values.empty() &&
               (hasPrefix(entry.key.folded(), "aws:requesttag/") || entry.key.folded() == "aws:tagkeys");
    });
}

} // namespace

Binding bindingOf(const RequestView& request, const PolicySet& policies) {
    return bindingOf(request, policies, policies.resource.has_value());
}

Binding bindingOf(const RequestView& request, const PolicySet& policies, bool hasResourcePolicy) {
    const Principal& caller = request.principal();
    const Facts& facts = request.request().facts;
    const bool exempt = facts.serviceLinkedRole || caller.isServiceLinkedRole();
    const bool own = caller.belongsToAccount() && caller.kind() != PrincipalKind::Root;
    const auto& parts = request.resourceParts();
    Binding binding;
    binding.trust = isAssumeRole(request.action()) && parts && parts->service == "iam" && hasPrefix(parts->resource, "role/");
    binding.key = request.service() == "kms" && parts && hasPrefix(parts->resource, "key/");
    const auto bind = [&](Layer layer, bool binds) {
        if (binds) binding.binds.add(layer);
    };
    bind(Layer::Scp, policies.scp && caller.belongsToAccount() && !exempt && !facts.managementAccount);
    bind(Layer::Rcp,
         policies.rcp && !exempt && isUnderRcp(request) && !(facts.managementAccount && request.sameAccount()));
    bind(Layer::Endpoint, !policies.endpoint.empty());
    bind(binding.trust ? Layer::Trust : Layer::Resource, hasResourcePolicy);
    bind(Layer::Network, policies.network && isLattice(request));
    bind(Layer::Identity, own || isVouchedFor(request));
    bind(Layer::Boundary, own && policies.boundary);
    bind(Layer::Session, own && !policies.session.empty());
    return binding;
}

std::vector<std::string_view> requiredActions(const RequestView& request) {
    static const Key sourceIdentity("sts:SourceIdentity");
    std::vector<std::string_view> actions{request.action()};
    if (!hasPrefix(request.action(), "sts:assumerole")) return actions;
    const Context& context = request.request().context;
    if (passesTags(context)) actions.emplace_back("sts:tagsession");
    const Context::Entry* entry = context.find(sourceIdentity);
    if (entry != nullptr && entry->value && !entry->value->values.empty()) actions.emplace_back("sts:setsourceidentity");
    return actions;
}

Verdict decide(RequestView& request, const PolicySet& policies) {
    return decide(request, policies, policies.resource ? policies.resource->get() : nullptr);
}

Verdict decide(RequestView& request, const PolicySet& policies, const CompiledPolicy* resource) {
    if (!hasPrefix(request.action(), "sts:assumerole")) return decideOne(request, policies, resource);
    const std::string action(request.action());
    Verdict worst;
    bool first = true;
    for (const std::string_view each : requiredActions(request)) {
        request.setAction(first ? std::string_view(action) : each);
        Verdict verdict = decideOne(request, policies, resource);
        if (!first) verdict.action = each;
        if (first || severity(verdict.decision) > severity(worst.decision)) worst = verdict;
        first = false;
    }
    request.setAction(action);
    if (worst.action != "sts:tagsession" && worst.action != "sts:setsourceidentity") worst.action = request.action();
    return worst;
}

std::string_view layerName(Layer layer) {
    static constexpr auto names =
        std::to_array<std::string_view>({"scp", "rcp", "endpoint", "network", "resource", "trust", "identity", "boundary",
                                         "session"});
    return names[static_cast<std::size_t>(layer)];
}

std::string_view decisionName(Decision decision) {
    static constexpr auto names = std::to_array<std::string_view>({"Allowed", "ImplicitlyDenied", "ExplicitlyDenied", "Depends"});
    return names[static_cast<std::size_t>(decision)];
}

} // namespace gw::policy
