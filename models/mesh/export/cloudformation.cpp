// Templates of CloudFormation (Template Reference). A role, an API or a route that is there already cannot be changed in one
// property: its resource type owns all of it, so that is left to another way and told.
#include "models/mesh/export/exporter.h"

namespace gw::mesh {
namespace {

class CloudFormation final : public Exporter {
public:
    using Exporter::Exporter;

private:
    // CloudFormation User Guide, "Quotas": 500 resources of a template. What belongs to one role stays in one.
    static constexpr std::size_t most = 450;
    struct Template {
        Json resources = Json::object();
        std::size_t part = 1;
        std::string last; // object that the last resource is about
        std::set<std::string> names;
        std::map<std::string, std::string> roles; // logical ids by name
    };

    Template& templateAt(const DeployedAt& at, const Artefact& artefact) {
        Template& one = templates_[at];
        if (one.resources.size() >= most && one.last != artefact.object) {
            flush(at, one);
            one = {Json::object(), one.part + 1, {}, {}, {}};
        }
        one.last = artefact.object;
        return one;
    }

    static void add(Template& into, std::string_view name, const char* type, Json properties, const std::string& after = {}) {
        Json resource = {{"Type", type}};
        if (!after.empty()) resource["DependsOn"] = after;
        resource["Properties"] = std::move(properties);
        into.resources[freshName(name, 0, into.names)] = std::move(resource);
    }

    static std::string roleIn(const Template& one, const RoleName& role) {
        const auto found = one.roles.find(role.name);
        return found == one.roles.end() ? std::string() : found->second;
    }

    void trust(const Artefact& artefact, const RoleName& role) override {
        if (existing(role) != nullptr) return lose(artefact, ExportLossKind::OwnsRole);
        Template& into = templateAt(role.at(), artefact);
        std::set<std::string> names = into.names;
        into.roles.emplace(role.name, freshName("Role" + role.name, 0, names));
        add(into, "Role" + role.name, "AWS::IAM::Role",
            {{"RoleName", role.name}, {"Path", role.path}, {"AssumeRolePolicyDocument", documentOf(artefact)}});
    }

    void inlinePolicy(const Artefact& artefact, const RoleName& role) override {
        Template& into = templateAt(role.at(), artefact);
        add(into, "Policy" + role.name, "AWS::IAM::RolePolicy",
            {{"RoleName", role.name}, {"PolicyName", artefact.name}, {"PolicyDocument", documentOf(artefact)}},
            roleIn(into, role));
    }

    void managedPolicy(const Artefact& artefact, const RoleName& role, const std::string& arn) override {
        const PolicyName name = policyNameOf(arn);
        Template& into = templateAt(role.at(), artefact);
        add(into, "Managed" + name.name, "AWS::IAM::ManagedPolicy",
            {{"ManagedPolicyName", name.name},
             {"Path", name.path},
             {"PolicyDocument", documentOf(artefact)},
             {"Roles", {role.name}}},
            roleIn(into, role));
    }

    void apiPolicy(const Artefact& artefact, const ApiName& /*api*/) override { lose(artefact, ExportLossKind::OwnsApi); }

    void routes(const Artefact& artefact, const ApiName& /*api*/, const ApiRoutes& routes) override {
        if (!routes.known)
            lose(artefact, ExportLossKind::RouteUnknown);
        else if (!routes.changes.empty())
            lose(artefact, ExportLossKind::OwnsRoute);
    }

    void authPolicy(const Artefact& artefact, const DeployedAt& at, bool network) override {
        add(templateAt(at, artefact),
            (network ? "NetworkPolicy" : "ServicePolicy") + artefact.object.substr(artefact.object.rfind('/') + 1),
            "AWS::VpcLattice::AuthPolicy", {{"ResourceIdentifier", artefact.object}, {"Policy", documentOf(artefact)}});
        const estate::Resource* there = existing(artefact.object);
        if (there == nullptr || there->authorization.type.empty())
            lose(artefact, ExportLossKind::AuthType, true);
        else if (there->authorization.type != "AWS_IAM")
            lose(artefact, ExportLossKind::OwnsService, true);
    }

    void permissions(const Artefact& artefact, const DeployedAt& at, const std::vector<Json>& permissions) override {
        Template& into = templateAt(at, artefact);
        for (const Json& each : permissions) {
            Json properties = {{"FunctionName", artefact.object}};
            for (const auto& [name, value] : each.items())
                if (name != "StatementId") properties[name] = value;
            add(into, each.value("StatementId", std::string()), "AWS::Lambda::Permission", std::move(properties));
        }
        lose(artefact, ExportLossKind::StatementId, true);
    }

    void flush(const DeployedAt& at, const Template& one) {
        write(at.folder() + "gatewarden" + (one.part == 1 ? std::string() : "-" + std::to_string(one.part)) + ".template.json",
              {{"AWSTemplateFormatVersion", "2010-09-09"},
               {"Description", "Compiled from a map; change the map instead"},
               {"Resources", one.resources}});
    }

    void finish() override {
        for (const auto& [at, one] : templates_)
            if (!one.resources.empty()) flush(at, one);
    }

    std::map<DeployedAt, Template> templates_;
};

} // namespace

Export cloudFormationOf(const Compilation& compilation, const estate::Estate* estate) {
    return CloudFormation(compilation, estate).run();
}

} // namespace gw::mesh
