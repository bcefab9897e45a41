// APIs, functions, containers, meshes, Lattice and what else has a policy, as Terraform manages them.
#include "models/estate/readers/described.h"
#include "models/estate/sources/terraform_reader.h"

#include <algorithm>
#include <array>

namespace gw::estate {

using Kind = Datum::Kind;

namespace {

struct TypeKind {
    std::string_view type;
    ResourceKind kind;
};
constexpr auto meshKinds = std::to_array<TypeKind>({{"mesh", ResourceKind::Mesh},
                                                    {"virtual_node", ResourceKind::VirtualNode},
                                                    {"virtual_service", ResourceKind::VirtualService},
                                                    {"virtual_router", ResourceKind::VirtualRouter},
                                                    {"route", ResourceKind::MeshRoute},
                                                    {"virtual_gateway", ResourceKind::VirtualGateway},
                                                    {"gateway_route", ResourceKind::GatewayRoute}});
constexpr auto latticeKinds = std::to_array<TypeKind>({{"service_network", ResourceKind::ServiceNetwork},
                                                       {"service", ResourceKind::LatticeService},
                                                       {"listener", ResourceKind::LatticeListener},
                                                       {"listener_rule", ResourceKind::LatticeRule},
                                                       {"target_group", ResourceKind::TargetGroup},
                                                       {"service_network_service_association", ResourceKind::NetworkAssociation},
                                                       {"service_network_vpc_association", ResourceKind::NetworkAssociation}});

// Blocks of which App Mesh has a list under a name of its own; every other block is one object.
std::string_view listName(std::string_view block) {
    struct Plural {
        std::string_view block, list;
    };
    static constexpr auto plurals = std::to_array<Plural>({{"listener", "listeners"},
                                                           {"backend", "backends"},
                                                           {"weighted_target", "weightedTargets"},
                                                           {"header", "headers"},
                                                           {"query_parameter", "queryParameters"},
                                                           {"metadata", "metadata"},
                                                           {"json", "json"}});
    const auto* found = std::find_if(plurals.begin(), plurals.end(), [&](const Plural& each) { return each.block == block; });
    return found == plurals.end() ? std::string_view() : found->list;
}

// A map of Cloud Map's attributes, of which AWS's interface has a list.
Datum pairsOf(const Datum& map) {
    Datum made = map.placed({});
    made.kind = Kind::Array;
    for (const auto& [key, value] : map.members) {
        Datum pair = map.placed({});
        pair.kind = Kind::Object;
        pair.members.emplace_back("key", value.placed(Datum::of(key)));
        pair.members.emplace_back("value", value);
        made.members.emplace_back(std::string(), std::move(pair));
    }
    return made;
}

Datum emptyBlock(const Datum& at) {
    Datum made = at.placed({});
    made.kind = Kind::Object;
    return made;
}

// Blocks as AWS's interface has them. What was not written is left out.
Datum fromBlocks(const Datum& block) {
    Datum made = block.placed({});
    made.kind = block.kind;
    made.text = block.text;
    for (const auto& [name, value] : block.members) {
        if (block.kind == Kind::Array) {
            made.members.emplace_back(std::string(), fromBlocks(value));
            continue;
        }
        if (name == "attributes" && value.kind == Kind::Object) {
            made.members.emplace_back(name, pairsOf(value));
            continue;
        }
        const bool empty = value.kind == Kind::Null || (value.kind == Kind::String && value.text.empty()) || (value.kind == Kind::Array && value.members.empty());
        if (empty) continue;
        // A block with nothing in it is kept as null.
        const bool blocks = value.kind == Kind::Array && (value.members[0].second.kind == Kind::Object || value.members[0].second.kind == Kind::Null);
        if (!blocks) {
            made.members.emplace_back(apiName(name), fromBlocks(value));
        } else if (const std::string_view list = listName(name); !list.empty()) {
            made.members.emplace_back(std::string(list), fromBlocks(value));
        } else if (value.members.size() == 1) {
            made.members.emplace_back(apiName(name), fromBlocks(value.members[0].second.kind == Kind::Null ? emptyBlock(value) : value.members[0].second));
        } else {
            made.members.emplace_back(apiName(name), fromBlocks(value));
        }
    }
    return made;
}

// A state has 0 where a number was not set, and AWS takes no such port.
Datum withoutUnset(Datum block) {
    std::erase_if(block.members, [](const Datum::Member& each) { return (each.first == "port" || each.first == "max_pending_requests") && each.second.string() == "0"; });
    for (auto& [none, each] : block.members) each = withoutUnset(std::move(each));
    return block;
}

// As describe-task-definition has it, without the values of variables.
std::string taskSpec(const Datum& values, const std::string& family) {
    Datum spec = emptyBlock(values);
    spec.members.emplace_back("family", Datum::of(family));
    for (const std::string_view each : {"task_role_arn", "execution_role_arn"})
        if (!values.string(each).empty()) spec.members.emplace_back(apiName(each), values[each]);
    for (const auto& [none, proxy] : values["proxy_configuration"].members) {
        Datum made = emptyBlock(proxy);
        for (const std::string_view each : {"type", "container_name"})
            if (!proxy.string(each).empty()) made.members.emplace_back(apiName(each), proxy[each]);
        spec.members.emplace_back("proxyConfiguration", std::move(made));
    }
    std::string text = jsonOf(spec);
    const std::string written(values.string("container_definitions"));
    if (auto containers = policy::SourceTree::parse(R"({"containerDefinitions":)" + written + "}"); !written.empty() && containers) {
        const DumpFile file(std::move(*containers), std::make_shared<SourceFile>());
        text = joinSpecs(std::move(text), gw::estate::specOf(file, file.root()));
    }
    return text;
}

} // namespace

void TerraformReader::mesh(std::string_view kind, const Datum& values) {
    const auto* found = std::find_if(meshKinds.begin(), meshKinds.end(), [&](const TypeKind& each) { return each.type == kind; });
    const std::string arn(values.string("arn")), name(values.string("name"));
    if (found == meshKinds.end() || name.empty()) return;
    Resource& made = declared_.resource(found->kind, arn.empty() ? declared_.arn("appmesh", meshPath(kind, values)) : arn, name, values);
    if (kind != "mesh") made.parent = made.arn.substr(0, made.arn.rfind('/', made.arn.rfind('/') - 1));
    made.tags = tagsIn(values["tags"]);
    Datum spec = values.placed({});
    spec.kind = Kind::Object;
    spec.members.emplace_back(kind == "mesh" ? "meshName" : apiName(std::string(kind) + "_name"), Datum::of(name));
    for (const std::string_view each : {"mesh_name", "virtual_router_name", "virtual_gateway_name"})
        if (!values.string(each).empty() && spec.find(apiName(each)) == nullptr) spec.members.emplace_back(apiName(each), Datum::of(std::string(values.string(each))));
    if (!values["spec"].members.empty()) {
        const Datum& block = values["spec"].members[0].second;
        spec.members.emplace_back("spec", block.kind == Kind::Null ? emptyBlock(block) : fromBlocks(withoutUnset(block)));
    }
    // What AWS answered when it was made.
    Datum metadata = emptyBlock(values);
    static constexpr auto told = std::to_array<std::pair<std::string_view, std::string_view>>({{"arn", "arn"},
                                                                                               {"created_date", "createdAt"},
                                                                                               {"last_updated_date", "lastUpdatedAt"},
                                                                                               {"mesh_owner", "meshOwner"},
                                                                                               {"resource_owner", "resourceOwner"}});
    for (const auto& [attribute, member] : told)
        if (!values.string(attribute).empty()) metadata.members.emplace_back(std::string(member), Datum::of(std::string(values.string(attribute))));
    if (!metadata.members.empty()) spec.members.emplace_back("metadata", std::move(metadata));
    made.spec = jsonOf(spec);
}

std::string TerraformReader::meshPath(std::string_view kind, const Datum& values) {
    const std::string name(values.string("name"));
    if (kind == "mesh") return "mesh/" + name;
    std::string path = "mesh/" + std::string(values.string("mesh_name"));
    if (kind == "route") path += "/virtualRouter/" + std::string(values.string("virtual_router_name"));
    if (kind == "gateway_route") path += "/virtualGateway/" + std::string(values.string("virtual_gateway_name"));
    return path + "/" + apiName(kind) + "/" + name;
}

void TerraformReader::lattice(std::string_view kind, const Datum& values) {
    if (kind == "auth_policy") {
        const std::string owner(values.string("resource_identifier"));
        const bool network = owner.find("servicenetwork") != std::string::npos || owner.starts_with("sn-");
        std::string arn = owner.starts_with("arn:") ? owner : declared_.arn("vpc-lattice", (network ? "servicenetwork/" : "service/") + owner);
        if (!owner.empty()) declared_.setPolicy(network ? ResourceKind::ServiceNetwork : ResourceKind::LatticeService, arn, orUnknown(values, "policy"));
        return;
    }
    const auto* found = std::find_if(latticeKinds.begin(), latticeKinds.end(), [&](const TypeKind& each) { return each.type == kind; });
    if (found == latticeKinds.end()) return;
    const std::string name(values.string("name"));
    Resource& made = declared_.resource(found->kind, arnOr(values, "vpc-lattice", std::string(kind) + "/" + (values.string("id").empty() ? name : std::string(values.string("id")))),
                                        name, values);
    made.authorization.type = values.string("auth_type");
    for (const std::string_view parent : {"service_identifier", "service_network_identifier"})
        if (made.parent.empty()) made.parent = values.string(parent);
    if (kind == "service" || kind == "service_network") made.policyKnown = true;
    made.tags = tagsIn(values["tags"]);
    made.spec = jsonOf(fromBlocks(values));
}

void TerraformReader::stage(std::string_view type, const Datum& values) {
    const bool rest = type == "aws_api_gateway_stage";
    const std::string api(values.string(rest ? "rest_api_id" : "api_id")), name(values.string(rest ? "stage_name" : "name"));
    if (api.empty() || name.empty()) return;
    stages_[api].push_back(name);
    Resource& made = declared_.resource(ResourceKind::Stage, apiArn(api) + "/" + name, name, values);
    made.parent = apiArn(api);
    made.api = api;
    made.stage = name;
}

void TerraformReader::gateway(std::string_view kind, const Datum& values) {
    if (kind == "api_gateway_rest_api" || kind == "apigatewayv2_api") {
        const std::string id(values.string("id"));
        if (id.empty()) return;
        const bool rest = kind == "api_gateway_rest_api";
        Resource& made = declared_.resource(rest                                               ? ResourceKind::RestApi
                                            : values.string("protocol_type") == "WEBSOCKET" ? ResourceKind::WebSocketApi
                                                                                               : ResourceKind::HttpApi,
                                            apiArn(id), std::string(values.string("name")), values);
        made.id = id;
        made.policyKnown = true;
        made.tags = tagsIn(values["tags"]);
        if (rest && !values.string("policy").empty() && !made.policy) made.policy = declared_.document(values["policy"], made.name, {}, made.arn);
    } else if (kind == "api_gateway_rest_api_policy") {
        const std::string id(values.string("rest_api_id"));
        if (!id.empty()) declared_.setPolicy(ResourceKind::RestApi, apiArn(id), orUnknown(values, "policy"));
    } else if (kind == "api_gateway_method") {
        const auto path = paths_.find(values.string("resource_id"));
        if (path != paths_.end()) route(std::string(values.string("rest_api_id")), std::string(values.string("http_method")), path->second, values, "authorization");
    } else if (kind == "apigatewayv2_route") {
        const std::string key(values.string("route_key"));
        const std::size_t blank = key.find(' ');
        route(std::string(values.string("api_id")), blank == std::string::npos ? std::string() : key.substr(0, blank),
              blank == std::string::npos ? key : key.substr(blank + 1), values, "authorization_type");
    } else if (kind == "api_gateway_authorizer" || kind == "apigatewayv2_authorizer") {
        const std::string api(values.string(kind == "api_gateway_authorizer" ? "rest_api_id" : "api_id")), id(values.string("id"));
        if (api.empty() || id.empty()) return;
        Resource& made = declared_.resource(ResourceKind::Authorizer, apiArn(api) + "/authorizers/" + id, std::string(values.string("name")), values);
        made.parent = apiArn(api);
        made.api = api;
        Declared::use(made, "authorizerCredentials", values["authorizer_credentials"]);
        made.spec = jsonOf(fromBlocks(values));
    }
}

void TerraformReader::route(const std::string& api, const std::string& method, const std::string& path, const Datum& values, std::string_view authorization) {
    if (api.empty() || path.empty()) return;
    std::vector<std::string> stages = stages_[api];
    if (stages.empty()) stages.emplace_back();
    for (const std::string& stage : stages) {
        Resource& made = declared_.resource(ResourceKind::Route, apiArn(api) + "/" + (stage.empty() ? "*" : stage) + "/" + method + path,
                                            method.empty() ? path : method + " " + path, values);
        made.id = made.api = api;
        made.stage = stage;
        made.method = method;
        made.path = path;
        made.parent = apiArn(api);
        const std::string_view type = values.string(authorization);
        made.authorization = {type.empty() ? "NONE" : std::string(type), std::string(values.string("authorizer_id")), {}, values["api_key_required"].kind == Kind::True};
        for (const auto& [none, each] : values["authorization_scopes"].members) made.authorization.scopes.emplace_back(each.string());
    }
}

void TerraformReader::function(std::string_view kind, const Datum& values) {
    const std::string name(values.string("function_name"));
    if (name.empty()) return;
    const std::string arn = kind == "function" ? arnOr(values, "lambda", "function:" + name) : functionArn(name);
    if (kind == "function") {
        Resource& made = declared_.resource(ResourceKind::Function, arn, name, values);
        made.policyKnown = true;
        Declared::use(made, "Role", values["role"]);
        made.tags = tagsIn(values["tags"]);
    } else if (kind == "permission") {
        Datum permission = withApiNames(values);
        for (auto& [member, value] : permission.members)
            if (member == "principalOrgId") member = "principalOrgID";
        declared_.addPermission(arn, permission);
    } else if (kind == "function_url") {
        declared_.resource(ResourceKind::Function, arn, {}, values).authorization.type = values.string("authorization_type");
    } else if (kind == "alias") {
        declared_.resource(ResourceKind::FunctionAlias, arn + ":" + std::string(values.string("name")), std::string(values.string("name")), values).parent = arn;
    }
}

std::string TerraformReader::functionArn(std::string_view written) const {
    if (!written.starts_with("arn:")) return declared_.arn("lambda", "function:" + std::string(written.substr(0, written.find(':'))));
    const std::size_t name = written.find(":function:");
    return std::string(name == std::string_view::npos ? written : written.substr(0, written.find(':', name + 10)));
}

void TerraformReader::container(std::string_view kind, const Datum& values) {
    const std::string name(values.string(kind == "task_definition" ? "family" : "name"));
    if (name.empty() || (kind != "task_definition" && kind != "service" && kind != "cluster")) return;
    const std::string cluster(values.string("cluster"));
    const std::string path = kind == "task_definition" ? "task-definition/" + name
                             : kind == "cluster"       ? "cluster/" + name
                                                       : "service/" + cluster.substr(cluster.rfind('/') + 1) + "/" + name;
    // The id of a service is its ARN.
    const std::string_view id = values.string("id");
    Resource& made = declared_.resource(kind == "task_definition" ? ResourceKind::TaskDefinition
                                        : kind == "service"       ? ResourceKind::Service
                                                                  : ResourceKind::Cluster,
                                        kind == "service" && id.starts_with("arn:") ? std::string(id) : arnOr(values, "ecs", path), name, values);
    Declared::use(made, "taskRoleArn", values["task_role_arn"]);
    Declared::use(made, "executionRoleArn", values["execution_role_arn"]);
    Declared::use(made, "roleArn", values["iam_role"]);
    if (kind == "service") made.parent = cluster;
    if (kind == "task_definition") made.spec = taskSpec(values, name);
    made.tags = tagsIn(values["tags"]);
}

void TerraformReader::storage(std::string_view kind, const Datum& values) {
    const std::string name(values.string("name"));
    if (kind == "sqs_queue") {
        store(ResourceKind::Queue, arnOr(values, "sqs", name), name, values);
    } else if (kind == "sns_topic") {
        store(ResourceKind::Topic, arnOr(values, "sns", name), name, values);
    } else if (kind == "s3_bucket") {
        const std::string bucket(values.string("bucket"));
        store(ResourceKind::Bucket, "arn:" + declared_.place().partition() + ":s3:::" + bucket, bucket, values);
    } else if (kind == "kms_key") {
        if (!values.string("arn").empty()) store(ResourceKind::Key, std::string(values.string("arn")), {}, values);
    } else if (kind == "secretsmanager_secret") {
        store(ResourceKind::Secret, arnOr(values, "secretsmanager", "secret:" + name), name, values);
    } else if (kind == "sqs_queue_policy") {
        const std::string url(values.string("queue_url"));
        if (!url.empty()) declared_.setPolicy(ResourceKind::Queue, declared_.arn("sqs", url.substr(url.rfind('/') + 1)), orUnknown(values, "policy"));
    } else if (kind == "sns_topic_policy") {
        if (!values.string("arn").empty()) declared_.setPolicy(ResourceKind::Topic, std::string(values.string("arn")), orUnknown(values, "policy"));
    } else if (kind == "s3_bucket_policy") {
        declared_.setPolicy(ResourceKind::Bucket, "arn:" + declared_.place().partition() + ":s3:::" + std::string(values.string("bucket")), orUnknown(values, "policy"));
    } else if (kind == "secretsmanager_secret_policy") {
        if (!values.string("secret_arn").empty()) declared_.setPolicy(ResourceKind::Secret, std::string(values.string("secret_arn")), orUnknown(values, "policy"));
    } else if (kind == "kms_key_policy") {
        const std::string id(values.string("key_id"));
        declared_.setPolicy(ResourceKind::Key, id.starts_with("arn:") ? id : declared_.arn("kms", "key/" + id), orUnknown(values, "policy"));
    }
}

void TerraformReader::store(ResourceKind kind, std::string arn, std::string name, const Datum& values) {
    Resource& made = declared_.resource(kind, std::move(arn), std::move(name), values);
    made.policyKnown = true;
    made.tags = tagsIn(values["tags"]);
    if (!values.string("policy").empty() && !made.policy) made.policy = declared_.document(values["policy"], made.name, {}, made.arn);
}

} // namespace gw::estate
