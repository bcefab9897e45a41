// Configurations of Terraform in its JSON syntax, for the provider "aws". What is there already is imported, and of what the map
// does not speak of in it nothing is changed: `ignore_changes` leaves it to whoever has it.
#include "models/mesh/export/exporter.h"

#include <algorithm>
#include <array>

namespace gw::mesh {
namespace {

// "${" and "%{" begin expressions in every string.
Json literal(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((text[i] == '$' || text[i] == '%') && i + 1 < text.size() && text[i + 1] == '{') out += text[i];
        out += text[i];
    }
    return out;
}

class Terraform final : public Exporter {
public:
    using Exporter::Exporter;

private:
    struct Configuration {
        Json imports = Json::array(), resources = Json::object();
        std::map<std::string, std::set<std::string>> names; // by type
        std::map<std::string, std::string> addresses;       // of roles and policies, by name
    };

    // The new resource's address.
    static std::string add(Configuration& into, const std::string& type, std::string_view name, Json attributes,
                           const std::string& importId = {}) {
        std::string fresh = freshName("gatewarden_" + std::string(name), '_', into.names[type]);
        std::string address = type + '.' + fresh;
        into.resources[type][fresh] = std::move(attributes);
        if (!importId.empty()) into.imports.push_back({{"to", address}, {"id", literal(importId)}});
        return address;
    }

    static void after(Json& attributes, const Configuration& in, const std::string& what) {
        if (const auto found = in.addresses.find(what); found != in.addresses.end())
            attributes["depends_on"] = Json::array({found->second});
    }

    static Json leaving(std::initializer_list<const char*> attributes) {
        Json ignored = Json::array();
        for (const char* each : attributes) ignored.push_back(each);
        return {{"prevent_destroy", true}, {"ignore_changes", std::move(ignored)}};
    }

    void trust(const Artefact& artefact, const RoleName& role) override {
        Configuration& into = at_[role.at()];
        Json attributes = {{"name", role.name}, {"path", role.path}, {"assume_role_policy", literal(lineOf(artefact))}};
        const bool there = existing(role) != nullptr;
        if (there)
            attributes["lifecycle"] = leaving(
                {"description", "force_detach_policies", "max_session_duration", "permissions_boundary", "tags", "tags_all"});
        into.addresses.emplace("role " + role.name,
                               add(into, "aws_iam_role", role.name, std::move(attributes), there ? role.name : std::string()));
    }

    void inlinePolicy(const Artefact& artefact, const RoleName& role) override {
        Configuration& into = at_[role.at()];
        Json attributes = {{"name", artefact.name}, {"role", role.name}, {"policy", literal(lineOf(artefact))}};
        after(attributes, into, "role " + role.name);
        (void)add(into, "aws_iam_role_policy", role.name, std::move(attributes),
                  has(role, artefact.name) ? role.name + ':' + artefact.name : std::string());
    }

    void managedPolicy(const Artefact& artefact, const RoleName& role, const std::string& arn) override {
        Configuration& into = at_[role.at()];
        const PolicyName name = policyNameOf(arn);
        const std::string address = add(into, "aws_iam_policy", name.name,
                                        {{"name", name.name}, {"path", name.path}, {"policy", literal(lineOf(artefact))}},
                                        isPolicyThere(arn) ? arn : std::string());
        Json attachment = {{"role", role.name}, {"policy_arn", arn}, {"depends_on", Json::array({address})}};
        if (const auto found = into.addresses.find("role " + role.name); found != into.addresses.end())
            attachment["depends_on"].push_back(found->second);
        const estate::Role* held = existing(role);
        const bool attached = held != nullptr && std::find(held->policies.attached.begin(), held->policies.attached.end(), arn) !=
                                                     held->policies.attached.end();
        (void)add(into, "aws_iam_role_policy_attachment", name.name, std::move(attachment),
                  attached ? role.name + '/' + arn : std::string());
    }

    void apiPolicy(const Artefact& artefact, const ApiName& api) override {
        const estate::Resource* there = existing(api.arn());
        (void)add(at_[api.at()], "aws_api_gateway_rest_api_policy", api.id,
                  {{"rest_api_id", api.id}, {"policy", literal(lineOf(artefact))}},
                  there != nullptr && there->policy ? api.id : std::string());
        lose(artefact, ExportLossKind::Deployment, true);
    }

    void routes(const Artefact& artefact, const ApiName& api, const ApiRoutes& routes) override {
        if (!routes.known) return lose(artefact, ExportLossKind::RouteUnknown);
        if (routes.changes.empty()) return;
        Configuration& into = at_[api.at()];
        for (const RouteChange& each : routes.changes) {
            const estate::Resource& route = *each.route;
            if (api.rest)
                (void)add(into, "aws_api_gateway_method", api.id + '_' + route.method + route.path,
                          {{"rest_api_id", api.id},
                           {"resource_id", route.id},
                           {"http_method", route.method},
                           {"authorization", each.authorization},
                           {"lifecycle", leaving({"api_key_required", "authorization_scopes", "authorizer_id", "operation_name",
                                                  "request_models", "request_parameters", "request_validator_id"})}},
                          api.id + '/' + route.id + '/' + route.method);
            else
                (void)add(into, "aws_apigatewayv2_route", api.id + '_' + route.name,
                          {{"api_id", api.id},
                           {"route_key", literal(route.method.empty() ? route.path : route.method + ' ' + route.path)},
                           {"authorization_type", each.authorization},
                           {"lifecycle", leaving({"api_key_required", "authorization_scopes", "authorizer_id",
                                                  "model_selection_expression", "operation_name", "request_models",
                                                  "request_parameter", "route_response_selection_expression", "target"})}},
                          api.id + '/' + route.id);
        }
        lose(artefact, ExportLossKind::Deployment, true);
    }

    void authPolicy(const Artefact& artefact, const DeployedAt& at, bool network) override {
        Configuration& into = at_[at];
        const std::string id = artefact.object.substr(artefact.object.rfind('/') + 1);
        const estate::Resource* there = existing(artefact.object);
        (void)add(into, "aws_vpclattice_auth_policy", id,
                  {{"resource_identifier", artefact.object}, {"policy", literal(lineOf(artefact))}},
                  there != nullptr && there->policy ? artefact.object : std::string());
        if (there == nullptr || there->authorization.type.empty() || there->name.empty())
            return lose(artefact, ExportLossKind::AuthType, true);
        if (there->authorization.type == "AWS_IAM") return;
        Json attributes = {{"name", there->name}, {"auth_type", "AWS_IAM"}};
        attributes["lifecycle"] =
            network ? leaving({"tags", "tags_all"}) : leaving({"certificate_arn", "custom_domain_name", "tags", "tags_all"});
        (void)add(into, network ? "aws_vpclattice_service_network" : "aws_vpclattice_service", id, std::move(attributes), id);
    }

    void permissions(const Artefact& artefact, const DeployedAt& at, const std::vector<Json>& permissions) override {
        static constexpr auto names =
            std::to_array<std::pair<std::string_view, std::string_view>>({{"StatementId", "statement_id"},
                                                                          {"Action", "action"},
                                                                          {"Principal", "principal"},
                                                                          {"SourceArn", "source_arn"},
                                                                          {"SourceAccount", "source_account"},
                                                                          {"PrincipalOrgID", "principal_org_id"},
                                                                          {"FunctionUrlAuthType", "function_url_auth_type"},
                                                                          {"InvokedViaFunctionUrl", "invoked_via_function_url"}});
        Configuration& into = at_[at];
        const FunctionName function = functionNameOf(artefact.object);
        for (const Json& each : permissions) {
            const std::string sid = each.value("StatementId", std::string());
            Json attributes = {{"function_name", function.arn}};
            if (!function.qualifier.empty()) attributes["qualifier"] = function.qualifier;
            for (const auto& [member, attribute] : names)
                if (const auto value = each.find(member); value != each.end())
                    attributes[std::string(attribute)] = value->is_string() ? literal(value->get<std::string>()) : *value;
            (void)add(into, "aws_lambda_permission", function.name + '_' + sid, std::move(attributes),
                      isStatementThere(function.arn, sid) ? function.arn + '/' + sid : std::string());
        }
    }

    void finish() override {
        for (const auto& [at, one] : at_) {
            if (one.resources.empty()) continue;
            Json document = {{"//", "Compiled from a map; change the map instead."}};
            // Import blocks are there from 1.5 on.
            document["terraform"] = {{"required_version", ">= 1.5"},
                                     {"required_providers", {{"aws", {{"source", "hashicorp/aws"}}}}}};
            document["provider"] = {{"aws", {{"region", at.region}, {"allowed_account_ids", Json::array({at.account})}}}};
            if (!one.imports.empty()) document["import"] = one.imports;
            document["resource"] = one.resources;
            write(at.folder() + "gatewarden.tf.json", document);
        }
    }

    std::map<DeployedAt, Configuration> at_;
};

} // namespace

Export terraformOf(const Compilation& compilation, const estate::Estate* estate) {
    return Terraform(compilation, estate).run();
}

} // namespace gw::mesh
