// Input of AWS's command line, one file for each call, and the order of the calls: roles and their policies first, so that nobody
// is named who is not there yet, deployments last.
#include "models/mesh/export/exporter.h"

#include <algorithm>
#include <tuple>

namespace gw::mesh {
namespace {

class CliInput final : public Exporter {
public:
    using Exporter::Exporter;

private:
    enum class Stage : unsigned char { Trust, Policies, Attachments, Resources, Routes, Deployments };
    struct Step {
        Stage stage = Stage::Trust;
        DeployedAt at;
        const char* service;
        const char* operation;
        std::string about; // last part of the file's name
        Json input;
        std::vector<EdgeId> edges;
    };

    void add(Stage stage, const DeployedAt& at, const char* service, const char* operation, std::string about, Json input,
             const Artefact& of) {
        steps_.push_back({stage, at, service, operation, std::move(about), std::move(input), of.edges});
    }

    void trust(const Artefact& artefact, const RoleName& role) override {
        if (estate() != nullptr && existing(role) == nullptr)
            add(Stage::Trust, role.at(), "iam", "create-role", role.name,
                {{"Path", role.path}, {"RoleName", role.name}, {"AssumeRolePolicyDocument", lineOf(artefact)}}, artefact);
        else
            add(Stage::Trust, role.at(), "iam", "update-assume-role-policy", role.name,
                {{"RoleName", role.name}, {"PolicyDocument", lineOf(artefact)}}, artefact);
    }

    void inlinePolicy(const Artefact& artefact, const RoleName& role) override {
        add(Stage::Policies, role.at(), "iam", "put-role-policy", role.name,
            {{"RoleName", role.name}, {"PolicyName", artefact.name}, {"PolicyDocument", lineOf(artefact)}}, artefact);
    }

    void managedPolicy(const Artefact& artefact, const RoleName& role, const std::string& arn) override {
        const PolicyName name = policyNameOf(arn);
        if (isPolicyThere(arn))
            add(Stage::Policies, role.at(), "iam", "create-policy-version", name.name,
                {{"PolicyArn", arn}, {"PolicyDocument", lineOf(artefact)}, {"SetAsDefault", true}}, artefact);
        else
            add(Stage::Policies, role.at(), "iam", "create-policy", name.name,
                {{"PolicyName", name.name}, {"Path", name.path}, {"PolicyDocument", lineOf(artefact)}}, artefact);
        add(Stage::Attachments, role.at(), "iam", "attach-role-policy", name.name, {{"RoleName", role.name}, {"PolicyArn", arn}},
            artefact);
    }

    void apiPolicy(const Artefact& artefact, const ApiName& api) override {
        Json operation = {{"op", "replace"}, {"path", "/policy"}, {"value", lineOf(artefact)}};
        add(Stage::Resources, api.at(), "apigateway", "update-rest-api", api.id,
            {{"restApiId", api.id}, {"patchOperations", Json::array({std::move(operation)})}}, artefact);
        changed_.insert(api.id);
    }

    void routes(const Artefact& artefact, const ApiName& api, const ApiRoutes& routes) override {
        if (!routes.known) lose(artefact, ExportLossKind::RouteUnknown);
        const std::vector<RouteChange> changes = routes.known ? routes.changes : std::vector<RouteChange>();
        for (const RouteChange& each : changes) {
            const estate::Resource& route = *each.route;
            if (api.rest) {
                Json operation = {{"op", "replace"}, {"path", "/authorizationType"}, {"value", each.authorization}};
                add(Stage::Routes, api.at(), "apigateway", "update-method", api.id + '-' + route.id + '-' + route.method,
                    {{"restApiId", api.id},
                     {"resourceId", route.id},
                     {"httpMethod", route.method},
                     {"patchOperations", Json::array({std::move(operation)})}},
                    artefact);
            } else {
                add(Stage::Routes, api.at(), "apigatewayv2", "update-route", api.id + '-' + route.id,
                    {{"ApiId", api.id}, {"RouteId", route.id}, {"AuthorizationType", each.authorization}}, artefact);
            }
        }
        // The policy of an API stands before its routes.
        if (changes.empty() && !changed_.contains(api.id)) return;
        if (routes.stages.empty()) lose(artefact, ExportLossKind::Deployment, true);
        for (const std::string& stage : routes.stages)
            if (api.rest)
                add(Stage::Deployments, api.at(), "apigateway", "create-deployment", api.id + '-' + stage,
                    {{"restApiId", api.id}, {"stageName", stage}}, artefact);
            else
                add(Stage::Deployments, api.at(), "apigatewayv2", "create-deployment", api.id + '-' + stage,
                    {{"ApiId", api.id}, {"StageName", stage}}, artefact);
    }

    void authPolicy(const Artefact& artefact, const DeployedAt& at, bool network) override {
        const std::string id = artefact.object.substr(artefact.object.rfind('/') + 1);
        add(Stage::Resources, at, "vpc-lattice", "put-auth-policy", id,
            {{"resourceIdentifier", artefact.object}, {"policy", lineOf(artefact)}}, artefact);
        const estate::Resource* there = existing(artefact.object);
        if (there != nullptr && there->authorization.type == "AWS_IAM") return;
        // Without, the policy is inactive.
        if (network)
            add(Stage::Routes, at, "vpc-lattice", "update-service-network", id,
                {{"serviceNetworkIdentifier", artefact.object}, {"authType", "AWS_IAM"}}, artefact);
        else
            add(Stage::Routes, at, "vpc-lattice", "update-service", id,
                {{"serviceIdentifier", artefact.object}, {"authType", "AWS_IAM"}}, artefact);
    }

    void permissions(const Artefact& artefact, const DeployedAt& at, const std::vector<Json>& permissions) override {
        const FunctionName function = functionNameOf(artefact.object);
        for (const Json& each : permissions) {
            const std::string sid = each.value("StatementId", std::string());
            Json statement = {{"FunctionName", function.arn}};
            if (!function.qualifier.empty()) statement["Qualifier"] = function.qualifier;
            statement["StatementId"] = sid;
            // A statement cannot be changed.
            if (isStatementThere(function.arn, sid))
                add(Stage::Resources, at, "lambda", "remove-permission", function.name + '-' + sid, statement, artefact);
            statement.update(each);
            add(Stage::Resources, at, "lambda", "add-permission", function.name + '-' + sid, std::move(statement), artefact);
        }
    }

    void finish() override {
        std::stable_sort(steps_.begin(), steps_.end(), [](const Step& a, const Step& b) { return a.stage < b.stage; });
        Json order = Json::array();
        for (std::size_t i = 0; i < steps_.size(); ++i) {
            const Step& step = steps_[i];
            std::string number = std::to_string(i + 1);
            number.insert(0, 4 - std::min<std::size_t>(number.size(), 4), '0');
            std::set<std::string> none;
            const std::string file =
                number + '-' + step.service + '-' + step.operation + '-' + freshName(step.about, '-', none) + ".json";
            write(file, step.input);
            Json edges = Json::array();
            for (const EdgeId& edge : step.edges) edges.push_back(edge.value());
            order.push_back(
                {{"step", i + 1},
                 {"account", step.at.account},
                 {"command",
                  {"aws", step.service, step.operation, "--region", step.at.region, "--cli-input-json", "file://" + file}},
                 {"edges", std::move(edges)}});
        }
        if (!order.empty()) write("order.json", {{"steps", std::move(order)}});
    }

    std::vector<Step> steps_;
    std::set<std::string> changed_; // APIs
};

} // namespace

Export cliInputOf(const Compilation& compilation, const estate::Estate* estate) {
    return CliInput(compilation, estate).run();
}

} // namespace gw::mesh
