#include "models/mesh/import_back/artefacts.h"

#include "models/estate/estate.h"
#include "models/estate/ways_in.h"
#include "models/mesh/compile/grouped.h"
#include "models/mesh/compile/statement.h"
#include "models/mesh/plan/canonical.h"
#include "models/mesh/plan/planner.h"
#include "models/mesh/text/json_texts.h"
#include "models/policy/arn_pattern.h"
#include "saml/base/json_writer.h"

#include <algorithm>
#include <set>

namespace gw::mesh {
namespace {

using estate::Missing;
using estate::PolicyDocument;
using estate::ResourceKind;

std::vector<Json> statementsOf(std::string_view text) {
    auto parts = policyParts(text);
    return parts ? std::move(parts->statements) : std::vector<Json>();
}

std::vector<EdgeId> edgesIn(const Json& statement) {
    return edgesOfSid(sidIn(statement));
}

std::vector<EdgeId> edgesIn(const PolicyDocument& document) {
    // Most policies have none, and need not be read for it.
    return document.text.find("gw") == std::string::npos ? std::vector<EdgeId>() : mesh::edgesIn(document.text);
}

// "arn:aws:lambda:REGION:ACCOUNT:function:NAME", without an alias or version.
std::string_view unqualified(std::string_view function) {
    const std::size_t name = function.find(":function:");
    return name == std::string_view::npos ? function : function.substr(0, function.find(':', name + 10));
}

// Whether a statement of a function's policies is one of those of this function, alias or version: each has its own.
bool isOf(const Json& statement, std::string_view object) {
    const std::vector<std::string> resources = textsIn(statement.value("Resource", Json()));
    const std::string base(unqualified(object));
    return resources.empty() || std::any_of(resources.begin(), resources.end(), [&](const std::string& each) {
               return each == object || (each != base && !each.starts_with(base + ":"));
           });
}

class Collector {
public:
    Collector(const estate::Estate& estate, const Intent& intent, bool everything = false)
        : estate_(estate), ways_(estate), intent_(intent), everything_(everything) {}

    LiveArtefacts collect() && {
        named();
        for (const estate::Role& role : estate_.roles())
            if (roles_.contains(role.arn) || hasEdges(role)) takeRole(role);
        for (const auto& [object, uses] : grouped<ApiAccess>(intent_, apiArn)) takeApi(object, *uses.front()->as<ApiAccess>());
        for (const std::string& object : lattice_)
            take(object, estate_.resourceFor(object), Target::Lattice, ArtefactKind::AuthPolicy);
        for (const std::string& object : functions_) takeFunction(object);
        return std::move(found_);
    }

    LiveArtefacts collectAll() && {
        for (const estate::Role& role : estate_.roles()) {
            if (role.path.starts_with("/aws-service-role/") || role.path.starts_with("/aws-reserved/")) continue;
            takeRole(role);
            assignments(role);
        }
        for (const estate::Resource& each : estate_.resources()) {
            if (!each.policy) continue;
            const auto arn = policy::ArnParts::split(each.arn);
            if (each.kind == ResourceKind::RestApi && arn)
                take("arn:" + std::string(arn->partition) + ":apigateway:" + std::string(arn->region) + "::/restapis/" +
                         std::string(arn->resource),
                     &each, Target::ApiGateway, ArtefactKind::ApiPolicy);
            if (each.kind == ResourceKind::LatticeService || each.kind == ResourceKind::ServiceNetwork)
                take(each.arn, &each, Target::Lattice, ArtefactKind::AuthPolicy);
            if (each.kind == ResourceKind::Function) take(each.arn, &each, Target::Lambda, ArtefactKind::FunctionPolicy);
        }
        return std::move(found_);
    }

private:
    void assignments(const estate::Role& role) {
        JsonWriter json;
        bool any = false;
        json.beginObject().member("role", role.arn).key("assignments").beginArray();
        for (const estate::Assignment& each : estate_.assignments()) {
            if (each.role != role.arn || each.group.empty()) continue;
            const estate::DirectoryGroup* group = ways_.group(each.group);
            json.beginObject()
                .member("group", group == nullptr ? each.group : group->name)
                .member("provider", each.provider)
                .endObject();
            any = true;
        }
        json.endArray().endObject();
        if (any) found_.compilation.artefacts.push_back({Target::Iam, ArtefactKind::Assignments, role.arn, {}, json.text(), {}});
    }

    void named() {
        const auto add = [](std::vector<std::string>& to, const std::string& object) {
            if (!object.empty() && std::find(to.begin(), to.end(), object) == to.end()) to.push_back(object);
        };
        for (const Admission& admission : intent_.admissions) roles_.insert(admission.role);
        for (const Use& use : intent_.uses) {
            if (use.caller.principal.starts_with("arn:")) roles_.insert(use.caller.principal);
            if (const auto* lattice = use.as<LatticeAccess>()) {
                add(lattice_, lattice->service);
                add(lattice_, lattice->network);
            }
            if (const auto* function = use.as<FunctionAccess>()) add(functions_, function->function);
        }
        for (const estate::Resource& each : estate_.resources()) {
            if (!each.policy || edgesIn(*each.policy).empty()) continue;
            if (each.kind == ResourceKind::LatticeService || each.kind == ResourceKind::ServiceNetwork) add(lattice_, each.arn);
            if (each.kind != ResourceKind::Function) continue;
            for (const Json& statement : statementsOf(each.policy->text))
                if (!edgesIn(statement).empty())
                    for (const std::string& resource : textsIn(statement.value("Resource", Json())))
                        if (unqualified(resource) == each.arn) add(functions_, resource);
        }
    }

    [[nodiscard]] bool hasEdges(const estate::Role& role) const {
        const auto& all = role.policies.inlinePolicies;
        if (role.trust && !edgesIn(*role.trust).empty()) return true;
        if (std::any_of(all.begin(), all.end(), [](const PolicyDocument& each) { return !edgesIn(each).empty(); })) return true;
        return std::any_of(role.policies.attached.begin(), role.policies.attached.end(), [&](const std::string& arn) {
            const estate::ManagedPolicy* policy = estate_.managedPolicy(arn);
            return policy != nullptr && !edgesIn(policy->document).empty();
        });
    }

    void gap(Missing what, std::string missing, const std::string& object) {
        found_.unknown.push_back({what, std::move(missing), {}, {}});
        found_.incomplete.push_back(object);
    }

    void add(Target target, ArtefactKind kind, const std::string& object, std::string name, const PolicyDocument& document,
             Missing otherwise) {
        if (!document.known) return gap(otherwise, document.arn.empty() ? object : document.arn, object);
        found_.compilation.artefacts.push_back({target, kind, object, std::move(name), document.text, edgesIn(document)});
    }

    void takeRole(const estate::Role& role) {
        if (role.trust)
            add(Target::Iam, ArtefactKind::TrustPolicy, role.arn, {}, *role.trust, Missing::TrustPolicy);
        else
            gap(Missing::TrustPolicy, role.arn, role.arn);
        if (!role.policies.known) gap(Missing::IdentityPolicies, role.arn, role.arn);
        for (const PolicyDocument& each : role.policies.inlinePolicies)
            add(Target::Iam, ArtefactKind::InlinePolicy, role.arn, each.name, each, Missing::IdentityPolicies);
        for (const std::string& arn : role.policies.attached) {
            const estate::ManagedPolicy* policy = estate_.managedPolicy(arn);
            if (arn.find(":iam::aws:policy/") != std::string::npos && everything_)
                gap(Missing::ManagedPolicy, arn, role.arn);
            else if (policy == nullptr)
                gap(Missing::ManagedPolicy, arn, role.arn);
            else
                add(Target::Iam, ArtefactKind::ManagedPolicy, role.arn, policy->name, policy->document, Missing::ManagedPolicy);
        }
    }

    void takeApi(const std::string& object, const ApiAccess& access) {
        if (access.kind != ApiAccess::Kind::Rest) return; // they have no policies
        const std::string arn =
            "arn:" + access.partition + ":execute-api:" + access.region + ':' + access.account + ':' + access.api;
        take(object, estate_.resourceFor(arn), Target::ApiGateway, ArtefactKind::ApiPolicy);
    }

    void takeFunction(const std::string& object) {
        const estate::Resource* function = estate_.resourceFor(unqualified(object));
        const std::size_t before = found_.compilation.artefacts.size();
        take(object, function, Target::Lambda, ArtefactKind::FunctionPolicy);
        if (found_.compilation.artefacts.size() == before) return;
        Artefact& artefact = found_.compilation.artefacts.back();
        Json own = Json::array();
        bool all = true;
        std::vector<EdgeId> edges;
        for (const Json& statement : statementsOf(artefact.text)) {
            const bool mine = isOf(statement, object);
            all = all && mine;
            if (!mine) continue;
            own.push_back(statement);
            for (const EdgeId& edge : edgesIn(statement)) addEdge(edges, edge);
        }
        if (all) return;
        artefact.edges = std::move(edges);
        artefact.text = compactJson({{"Version", "2012-10-17"}, {"Statement", own}});
        if (own.empty()) found_.compilation.artefacts.pop_back();
    }

    void take(const std::string& object, const estate::Resource* resource, Target target, ArtefactKind kind) {
        if (resource != nullptr && resource->policy)
            return add(target, kind, object, {}, *resource->policy, Missing::ResourcePolicy);
        if (resource == nullptr || !resource->policyKnown) gap(Missing::ResourcePolicy, object, object);
    }

    const estate::Estate& estate_;
    const estate::WaysIn ways_;
    const Intent& intent_;
    bool everything_; // and what is AWS's own is not the map's
    std::set<std::string> roles_;
    std::vector<std::string> lattice_, functions_;
    LiveArtefacts found_;
};

} // namespace

LiveArtefacts everyArtefactIn(const estate::Estate& estate) {
    const Intent nothing;
    return Collector(estate, nothing, true).collectAll();
}

LiveArtefacts artefactsIn(const estate::Estate& estate, const Intent& intent) {
    return Collector(estate, intent).collect();
}

} // namespace gw::mesh
