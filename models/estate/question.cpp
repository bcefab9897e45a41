#include "models/estate/question_parts.h"

#include "models/estate/ways_in.h"
#include "models/policy/arn_pattern.h"

#include <algorithm>
#include <array>
#include <set>

namespace gw::estate {
namespace {

using policy::Decision;
using policy::DocumentKind;
using policy::Layer;
using policy::LayerSet;
using policy::PrincipalKind;

// Services whose resources may have policies of their own (IAM User Guide, "AWS services that work with IAM").
bool hasResourcePolicies(std::string_view service) {
    static constexpr auto services = std::to_array<std::string_view>({"acm-pca",
                                                                      "aoss",
                                                                      "backup",
                                                                      "codeartifact",
                                                                      "codebuild",
                                                                      "dynamodb",
                                                                      "ecr",
                                                                      "elasticfilesystem",
                                                                      "es",
                                                                      "events",
                                                                      "execute-api",
                                                                      "glacier",
                                                                      "glue",
                                                                      "iot",
                                                                      "kinesis",
                                                                      "kms",
                                                                      "lambda",
                                                                      "lex",
                                                                      "logs",
                                                                      "mediastore",
                                                                      "s3",
                                                                      "schemas",
                                                                      "secretsmanager",
                                                                      "serverlessrepo",
                                                                      "ses",
                                                                      "signer",
                                                                      "sns",
                                                                      "sqs",
                                                                      "vpc-lattice-svcs"});
    return std::find(services.begin(), services.end(), service) != services.end();
}

class PolicyAdder {
public:
    PolicyAdder(const Estate& estate, Question& question, const Compile& compile = {})
        : estate_(estate), question_(question), compile_(compile) {}

    // Nothing where it is unusable or unknown, which is a gap then.
    std::optional<policy::PolicyRef> one(const PolicyDocument& document, DocumentKind kind, Layer layer, Missing missing) {
        if (!document.known) {
            gap(missing, document.id(), layer);
            return std::nullopt;
        }
        auto policy = compile_ ? compile_(document, kind) : estate_.compiled(document, kind);
        if (policy) return *policy;
        Error cause = policy.error();
        if (document.source.file != nullptr) cause.with("file", document.source.file->path);
        cause.with("document", document.source.pointer);
        question_.gaps.push_back({Missing::Malformed, document.id(), layer, std::move(cause)});
        return std::nullopt;
    }

    void managed(const std::string& arn, Missing missing, Layer layer, DocumentKind kind, auto put) {
        const ManagedPolicy* policy = estate_.managedPolicy(arn);
        if (policy == nullptr) return gap(missing, arn, layer);
        if (const auto ref = one(policy->document, kind, layer, missing)) put(*ref);
    }

    void identity(const IdentityPolicies& policies) {
        for (const PolicyDocument& each : policies.inlinePolicies)
            if (const auto ref = one(each, DocumentKind::Identity, Layer::Identity, Missing::IdentityPolicies))
                question_.policies.identity.push_back(*ref);
        for (const std::string& each : policies.attached) {
            // A policy that the user has, and a group of it as well.
            if (!attached_.insert(each).second) continue;
            managed(each, Missing::ManagedPolicy, Layer::Identity, DocumentKind::Identity,
                    [&](const policy::PolicyRef& ref) { question_.policies.identity.push_back(ref); });
        }
    }

    void boundary(const IdentityPolicies& policies) {
        if (policies.boundary.empty()) return;
        managed(policies.boundary, Missing::Boundary, Layer::Boundary, DocumentKind::Boundary,
                [&](const policy::PolicyRef& ref) { question_.policies.boundary = ref; });
    }

    void organization(std::string_view account, bool resourceControl) {
        const Layer layer = resourceControl ? Layer::Rcp : Layer::Scp;
        const auto levels = estate_.levelsFor(account, resourceControl, question_.gaps);
        if (!levels) return;
        auto& into = resourceControl ? question_.policies.rcp : question_.policies.scp;
        auto& targets = resourceControl ? question_.rcpTargets : question_.scpTargets;
        for (std::size_t i = 0; i < levels->policies.size(); ++i) {
            std::vector<policy::PolicyRef> refs;
            for (const ControlPolicy* each : levels->policies[i])
                if (const auto ref = one(each->document, resourceControl ? DocumentKind::Rcp : DocumentKind::Scp, layer,
                                         resourceControl ? Missing::Rcp : Missing::Scp))
                    refs.push_back(*ref);
            // Nothing of it can be read: a gap was told, and an empty level would deny everything.
            if (refs.empty() && !levels->policies[i].empty()) continue;
            if (!into) into.emplace();
            into->push_back(std::move(refs));
            targets.push_back(estate_.targetName(levels->targets[i]));
        }
    }

    void gap(Missing missing, std::string object, Layer layer) {
        question_.gaps.push_back({missing, std::move(object), layer, std::nullopt});
    }

private:
    const Estate& estate_;
    Question& question_;
    Compile compile_;
    std::set<std::string> attached_;
};

// The last digits of a masked account; "" for one that is not masked.
std::string_view visibleDigits(std::string_view account) {
    if (account.size() != 12 || account[0] != '*') return {};
    const std::size_t digits = account.find_first_not_of('*');
    return digits == std::string_view::npos ? std::string_view() : account.substr(digits);
}

} // namespace

bool isMasked(std::string_view arn) {
    const auto parts = policy::ArnParts::split(arn);
    return parts && !visibleDigits(parts->account).empty();
}

std::string unmasked(const Estate& estate, const policy::Principal& principal, const std::string& resource) {
    const auto parts = policy::ArnParts::split(resource);
    const std::string_view digits = visibleDigits(parts->account);
    const auto fits = [&](std::string_view account) { return account.size() == 12 && account.ends_with(digits); };
    std::set<std::string> accounts;
    // The API itself says it best, then the caller's own account.
    const std::string_view id = parts->resource.substr(0, parts->resource.find('/'));
    for (const Resource& each : estate.resources())
        if (each.kind == ResourceKind::RestApi && each.id == id && fits(each.account)) accounts.insert(each.account);
    if (accounts.empty() && fits(principal.account())) accounts.insert(principal.account());
    if (accounts.empty())
        for (const Account& each : estate.accounts())
            if (fits(each.account)) accounts.insert(each.account);
    if (accounts.size() != 1) return {};
    const auto at = static_cast<std::size_t>(parts->account.data() - resource.data());
    return resource.substr(0, at) + *accounts.begin() + resource.substr(at + parts->account.size());
}

void addOwnPolicies(const Estate& estate, Question& question, const Compile& compile) {
    const policy::Principal& principal = question.request.principal;
    PolicyAdder adder(estate, question, compile);
    const IdentityPolicies* policies = nullptr;
    bool expected = true;
    switch (principal.kind()) {
    case PrincipalKind::Role:
    case PrincipalKind::RoleSession:
        question.role = estate.role(principal.account(), principal.name());
        if (question.role != nullptr) policies = &question.role->policies;
        break;
    case PrincipalKind::User:
    case PrincipalKind::FederatedUser: // has the policies of the user who made it, whom its ARN does not name
        question.user = estate.user(principal.account(), principal.name());
        if (principal.kind() == PrincipalKind::User && question.user != nullptr) policies = &question.user->policies;
        break;
    default:
        expected = false;
    }
    if (policies != nullptr) {
        adder.identity(*policies);
        adder.boundary(*policies);
        if (!policies->known)
            adder.gap(Missing::IdentityPolicies, question.role != nullptr ? question.role->arn : principal.text(),
                      Layer::Identity);
    } else if (expected) {
        adder.gap(Missing::Principal, principal.principalArn(), Layer::Identity);
    }
    if (question.user != nullptr && policies != nullptr) {
        for (const std::string& each : question.user->groups) {
            if (const Group* group = estate.group(question.user->account, each))
                adder.identity(group->policies);
            else
                adder.gap(Missing::Group, each, Layer::Identity);
        }
    }
    policy::Facts& facts = question.request.facts;
    facts.managementAccount = !principal.account().empty() && principal.account() == estate.organization().managementAccount;
    facts.serviceLinkedRole = question.role != nullptr && isServiceLinked(*question.role);
}

void addPrincipalOrganization(const Estate& estate, Question& question, const Compile& compile) {
    const policy::Principal& principal = question.request.principal;
    const policy::Facts& facts = question.request.facts;
    if (principal.belongsToAccount() && !facts.serviceLinkedRole && !principal.isServiceLinkedRole())
        PolicyAdder(estate, question, compile).organization(principal.account(), false);
}

void addPrincipalPolicies(const Estate& estate, Question& question, const Compile& compile) {
    addOwnPolicies(estate, question, compile);
    addPrincipalOrganization(estate, question, compile);
}

void addResourcePolicy(const Estate& estate, Question& question) {
    policy::Request& request = question.request;
    PolicyAdder adder(estate, question);
    const policy::WorldRules world;
    const policy::RequestView view(request, world);
    const policy::Binding binding = policy::bindingOf(view, question.policies);
    if (binding.trust) {
        const Role* role = estate.role(request.resource);
        if (role != nullptr && role->trust) {
            question.policies.resource = adder.one(*role->trust, DocumentKind::Trust, Layer::Trust, Missing::TrustPolicy);
        } else {
            adder.gap(Missing::TrustPolicy, request.resource, Layer::Trust);
        }
    } else if (hasResourcePolicies(view.service()) && view.resourceParts()) {
        question.resource = estate.resourceFor(request.resource);
        if (question.resource != nullptr && request.resourceAccount.empty()) request.resourceAccount = question.resource->account;
        if (question.resource == nullptr || !question.resource->policyKnown)
            adder.gap(Missing::ResourcePolicy, question.resource != nullptr ? question.resource->arn : request.resource,
                      Layer::Resource);
        else if (question.resource->policy)
            question.policies.resource =
                adder.one(*question.resource->policy, DocumentKind::Resource, Layer::Resource, Missing::ResourcePolicy);
    }
}

void addResourceOrganization(const Estate& estate, Question& question) {
    const policy::Request& request = question.request;
    const policy::WorldRules world;
    const policy::RequestView view(request, world);
    // They bind a few services only: what is not known of them is no gap for the others.
    policy::PolicySet any;
    any.rcp.emplace();
    if (!policy::bindingOf(view, any).binds.has(Layer::Rcp) || view.resourceAccount().find('*') != std::string_view::npos) return;
    PolicyAdder(estate, question).organization(view.resourceAccount(), true);
}

Question makeQuestion(const Estate& estate, policy::Request request) {
    Question question;
    question.request = std::move(request);
    if (isMasked(question.request.resource)) {
        std::string full = unmasked(estate, question.request.principal, question.request.resource);
        if (full.empty()) {
            question.gaps.push_back({Missing::ResourceAccount, question.request.resource, Layer::Resource, std::nullopt});
        } else {
            question.writtenResource = std::move(question.request.resource);
            question.request.resource = std::move(full);
        }
    }
    addPrincipalPolicies(estate, question);
    addResourcePolicy(estate, question);
    addNetwork(estate, question);
    addResourceOrganization(estate, question);
    addContext(estate, question);
    return question;
}

Question makeQuestion(const Estate& estate, const policy::Denial& denial) {
    Question question = makeQuestion(estate, denial.request);
    question.isDenial = true;
    question.saidLayer = denial.layer;
    question.saidExplicit = denial.explicitDeny;
    if (denial.layer == Layer::Session)
        question.gaps.push_back({Missing::SessionPolicy, denial.request.principal.text(), Layer::Session, std::nullopt});
    if (denial.layer == Layer::Network && !question.policies.network)
        question.gaps.push_back({Missing::NetworkPolicy, denial.request.resource, Layer::Network, std::nullopt});
    if (denial.layer == Layer::Endpoint)
        question.gaps.push_back({Missing::EndpointPolicy, denial.request.resource, Layer::Endpoint, std::nullopt});
    return question;
}

} // namespace gw::estate
