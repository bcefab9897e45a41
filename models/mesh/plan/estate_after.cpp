// The estate as a plan leaves it.
#include "models/estate/api_kinds.h"
#include "models/estate/estate_parts.h"
#include "models/mesh/compile/iam_resources.h"
#include "models/mesh/plan/canonical.h"
#include "models/mesh/plan/plan.h"
#include "saml/base/json_fields.h"

#include <algorithm>
#include <unordered_map>

namespace gw::mesh {
namespace {

using estate::PolicyDocument;

PolicyDocument documentOf(std::string name, std::string owner, const std::string& text, const estate::Source& source) {
    PolicyDocument document;
    document.name = std::move(name);
    document.owner = std::move(owner);
    document.text = text;
    document.source = source;
    return document;
}

class Changer {
public:
    explicit Changer(const estate::Estate& before) : parts_(estate::partsOf(before)) {
        for (std::size_t i = 0; i < parts_.roles.size(); ++i) roles_.emplace(parts_.roles[i].arn, i);
    }

    void take(const Step& step) {
        switch (step.kind) {
        case StepKind::TrustPolicy: {
            estate::Role& role = roleOf(step);
            role.trust = documentOf(role.name, role.arn, step.after, role.source);
            break;
        }
        case StepKind::InlinePolicy: inlinePolicy(step, roleOf(step)); break;
        case StepKind::ManagedPolicy: managedPolicy(step); break;
        case StepKind::Attachment: {
            auto& attached = roleOf(step).policies.attached;
            std::erase(attached, step.name);
            if (!step.after.empty()) attached.push_back(step.name);
            break;
        }
        case StepKind::RouteAuthorization: route(step); break;
        case StepKind::FunctionPermission: permission(step); break;
        case StepKind::ApiPolicy:
        case StepKind::AuthPolicy:
            for (estate::Resource& each : parts_.resources)
                if (each.arn == step.object || (step.kind == StepKind::ApiPolicy && estate::isApi(each.kind) && each.id == step.id)) put(each, step.after);
            break;
        case StepKind::Deployment:
        case StepKind::CacheFlush: break;
        }
    }

    estate::Estate done() { return estate::Estate(std::move(parts_)); }

private:
    estate::Role& roleOf(const Step& step) {
        const auto [found, fresh] = roles_.emplace(step.object, parts_.roles.size());
        if (fresh) {
            estate::Role role;
            role.arn = step.object;
            role.name = step.object.substr(step.object.rfind('/') + 1);
            role.account = step.account;
            const std::size_t path = step.object.find(":role/");
            if (path != std::string::npos) role.path = step.object.substr(path + 5, step.object.size() - path - 5 - role.name.size());
            parts_.roles.push_back(std::move(role));
        }
        return parts_.roles[found->second];
    }

    static void inlinePolicy(const Step& step, estate::Role& role) {
        auto& documents = role.policies.inlinePolicies;
        const auto found = std::find_if(documents.begin(), documents.end(), [&](const PolicyDocument& each) { return each.name == step.name; });
        if (step.after.empty()) {
            if (found != documents.end()) documents.erase(found);
        } else if (found == documents.end()) {
            documents.push_back(documentOf(step.name, role.arn, step.after, role.source));
        } else {
            found->text = step.after;
        }
    }

    void managedPolicy(const Step& step) {
        const auto found = std::find_if(parts_.managedPolicies.begin(), parts_.managedPolicies.end(),
                                        [&](const estate::ManagedPolicy& each) { return each.arn == step.name; });
        if (step.after.empty()) {
            if (found != parts_.managedPolicies.end()) parts_.managedPolicies.erase(found);
            return;
        }
        if (found != parts_.managedPolicies.end()) {
            found->document.text = step.after;
            return;
        }
        estate::ManagedPolicy policy;
        policy.arn = step.name;
        policy.name = step.name.substr(step.name.rfind('/') + 1);
        policy.account = step.account;
        policy.document = documentOf(policy.name, {}, step.after, {});
        policy.document.arn = policy.arn;
        parts_.managedPolicies.push_back(std::move(policy));
    }

    static void put(estate::Resource& resource, const std::string& text) {
        resource.policyKnown = true;
        if (text.empty()) {
            resource.policy.reset();
        } else {
            resource.policy = documentOf(resource.name, resource.arn, text, resource.policy ? resource.policy->source : resource.source);
        }
    }

    void route(const Step& step) {
        const auto json = parseJson(step.after);
        if (!json || !json->is_object()) return;
        const std::string api = step.object.substr(step.object.rfind('/') + 1);
        for (estate::Resource& each : parts_.resources) {
            if (each.kind != estate::ResourceKind::Route || each.api != api || each.id != step.id) continue;
            if ((each.name.empty() ? each.path : each.name) != step.name) continue;
            each.authorization.type = textField(*json, "authorizationType");
            each.authorization.authorizer = textField(*json, "authorizerId");
            each.authorization.scopes.clear();
            for (const Json& scope : json->value("authorizationScopes", Json::array()))
                if (scope.is_string()) each.authorization.scopes.push_back(scope.get<std::string>());
        }
    }

    void permission(const Step& step) {
        for (estate::Resource& each : parts_.resources) {
            if (each.arn != step.object) continue;
            auto policy = each.policy ? policyParts(each.policy->text) : PolicyParts();
            if (!policy) return;
            std::erase_if(policy->statements, [&](const Json& statement) { return sidIn(statement) == step.name; });
            if (auto json = step.after.empty() ? Result<Json>(Json()) : parseJson(step.after); json && json->is_object())
                policy->statements.push_back(std::move(*json));
            if (policy->statements.empty()) {
                put(each, {});
                return;
            }
            Json document{{"Version", "2012-10-17"}};
            for (const auto& [name, value] : policy->members.items()) document[name] = value;
            document["Statement"] = policy->statements;
            put(each, compactJson(document));
        }
    }

    estate::EstateParts parts_;
    std::unordered_map<std::string, std::size_t> roles_;
};

} // namespace

estate::Estate estateAfter(const estate::Estate& before, std::span<const Step> steps) {
    Changer changer(before);
    for (const Step& step : steps) changer.take(step);
    return changer.done();
}

} // namespace gw::mesh
