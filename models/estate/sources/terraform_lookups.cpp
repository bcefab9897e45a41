// Data sources: what a state or plan looked up.
#include "models/estate/sources/terraform_reader.h"

#include <algorithm>
#include <array>

namespace gw::estate {

bool TerraformReader::existing(std::string_view type, const Datum& values) {
    const std::string arn(values.string("arn"));
    if (type == "aws_iam_policy_document") return true; // a text, and no object
    if (type == "aws_iam_role" || type == "aws_iam_user" || type == "aws_iam_group") {
        const std::string kind(type.substr(8)), name(values.string(kind == "role" ? "name" : kind + "_name"));
        if (!name.empty()) existingPrincipal(kind, name, arn, values);
    } else if (type == "aws_iam_roles" || type == "aws_iam_users") {
        for (const auto& [none, each] : values["arns"].members) {
            if (each.string().empty()) continue;
            if (type == "aws_iam_roles")
                (void)declared_.role(each.string(), each);
            else
                declared_.user(each.string(), each).arn = each.string();
        }
    } else if (type == "aws_iam_policy" || type == "aws_iam_saml_provider" || type == "aws_iam_openid_connect_provider") {
        identity(type.substr(8), values);
    } else if (type.starts_with("aws_appmesh_")) {
        mesh(type.substr(12), values);
    } else if (type == "aws_vpclattice_service" || type == "aws_vpclattice_service_network") {
        lattice(type.substr(15), values);
        if (!arn.empty()) declared_.resource(ResourceKind::Other, arn, {}, values).policyKnown = false;
    } else if (type == "aws_vpclattice_auth_policy") {
        lattice("auth_policy", values);
    } else if (type == "aws_api_gateway_rest_api" || type == "aws_apigatewayv2_api") {
        existingApi(type == "aws_api_gateway_rest_api", values);
    } else if (type == "aws_lambda_function") {
        if (!arn.empty()) Declared::use(declared_.resource(ResourceKind::Function, functionArn(arn), std::string(values.string("function_name")), values), "Role", values["role"]);
    } else if (type == "aws_ecs_task_definition" || type == "aws_ecs_service" || type == "aws_ecs_cluster") {
        existingContainer(type.substr(8), arn, values);
    } else {
        return existingStore(type.substr(4), arn, values);
    }
    return true;
}

void TerraformReader::existingPrincipal(std::string_view kind, const std::string& name, const std::string& arn, const Datum& values) {
    if (kind == "role") {
        Role& role = declared_.role(name, values);
        if (!arn.empty()) role.arn = arn;
        role.id = values.string("unique_id");
        role.path = pathOf(values);
        role.trust = declared_.document(orUnknown(values, "assume_role_policy"), name, {}, role.arn);
        role.description = values.string("description");
        role.created = values.string("create_date");
        role.tags = tagsIn(values["tags"]);
        if (!values.string("max_session_duration").empty())
            role.maxSessionSeconds = std::strtoll(std::string(values.string("max_session_duration")).c_str(), nullptr, 10);
    } else if (kind == "user") {
        User& user = declared_.user(name, values);
        if (!arn.empty()) user.arn = arn;
        user.id = values.string("user_id");
        user.path = pathOf(values);
        user.tags = tagsIn(values["tags"]);
    } else {
        Group& group = declared_.group(name, values);
        if (!arn.empty()) group.arn = arn;
        group.id = values.string("group_id");
        group.path = pathOf(values);
        for (const auto& [none, each] : values["users"].members) member(each["user_name"], values["group_name"]);
    }
    declared_.policiesOf(ownerOf(kind), name, values).boundary = values.string("permissions_boundary");
}

void TerraformReader::existingApi(bool rest, const Datum& values) {
    const std::string id(values.string(rest ? "id" : "api_id"));
    if (id.empty()) return;
    const ResourceKind kind = rest ? ResourceKind::RestApi : values.string("protocol_type") == "WEBSOCKET" ? ResourceKind::WebSocketApi : ResourceKind::HttpApi;
    Resource& made = declared_.resource(kind, apiArn(id), std::string(values.string("name")), values);
    made.id = id;
    made.tags = tagsIn(values["tags"]);
    // The look-up of a REST API brings its policy, if it has one; the others cannot have any.
    made.policyKnown = !rest || values.find("policy") != nullptr;
    if (rest && !values.string("policy").empty()) made.policy = declared_.document(values["policy"], made.name, {}, made.arn);
}

void TerraformReader::existingContainer(std::string_view kind, const std::string& arn, const Datum& values) {
    if (arn.empty()) return;
    Resource& made = declared_.resource(kind == "task_definition" ? ResourceKind::TaskDefinition
                                        : kind == "service"       ? ResourceKind::Service
                                                                  : ResourceKind::Cluster,
                                        arn, std::string(values.string(kind == "task_definition" ? "family" : kind == "service" ? "service_name" : "cluster_name")), values);
    Declared::use(made, "taskRoleArn", values["task_role_arn"]);
    Declared::use(made, "executionRoleArn", values["execution_role_arn"]);
    if (kind == "service") made.parent = values.string("cluster_arn");
}

bool TerraformReader::existingStore(std::string_view kind, const std::string& arn, const Datum& values) {
    struct Store {
        std::string_view type;
        ResourceKind kind;
    };
    constexpr auto stores = std::to_array<Store>({{"sqs_queue", ResourceKind::Queue},
                                                         {"sns_topic", ResourceKind::Topic},
                                                         {"s3_bucket", ResourceKind::Bucket},
                                                         {"kms_key", ResourceKind::Key},
                                                         {"secretsmanager_secret", ResourceKind::Secret}});
    const auto* found = std::find_if(stores.begin(), stores.end(), [&](const Store& each) { return each.type == kind; });
    if (found == stores.end()) return false;
    const std::string_view name = values.string(kind == "s3_bucket" ? "bucket" : "name");
    if (!arn.empty()) declared_.resource(found->kind, arn, std::string(name), values).tags = tagsIn(values["tags"]);
    return true;
}

} // namespace gw::estate
