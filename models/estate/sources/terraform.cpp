// Terraform's state (version 4) and what `terraform show -json` prints of a state or a plan. Only the types below are looked
// at, and of those what is known to be no secret: a state holds secrets in plain text.
#include "models/estate/sources/terraform.h"

#include "models/policy/arn_pattern.h"

#include <algorithm>
#include <array>
#include <set>

namespace gw::estate {
namespace {

using policy::ValueKind;
using Kind = Datum::Kind;
using Owner = Declared::Owner;

constexpr std::size_t mostModules = 64; // below each other

bool isOurs(std::string_view type) {
    static constexpr auto starts = std::to_array<std::string_view>({"aws_iam_", "aws_api_gateway_", "aws_apigatewayv2_", "aws_lambda_", "aws_ecs_", "aws_appmesh_",
                                                                    "aws_vpclattice_", "aws_sqs_queue", "aws_sns_topic", "aws_s3_bucket", "aws_kms_key",
                                                                    "aws_secretsmanager_secret"});
    static constexpr auto never = std::to_array<std::string_view>({"aws_iam_access_key", "aws_iam_user_login_profile", "aws_secretsmanager_secret_version",
                                                                   "aws_api_gateway_api_key", "aws_iam_service_specific_credential"});
    return std::any_of(starts.begin(), starts.end(), [&](std::string_view each) { return type.starts_with(each); }) &&
           std::find(never.begin(), never.end(), type) == never.end();
}

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
                                                           {"metadata", "metadata"}});
    const auto* found = std::find_if(plurals.begin(), plurals.end(), [&](const Plural& each) { return each.block == block; });
    return found == plurals.end() ? std::string_view() : found->list;
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
        const bool empty = value.kind == Kind::Null || (value.kind == Kind::String && value.text.empty()) || (value.kind == Kind::Array && value.members.empty());
        if (empty) continue;
        const bool blocks = value.kind == Kind::Array && value.members[0].second.kind == Kind::Object;
        if (!blocks) {
            made.members.emplace_back(apiName(name), fromBlocks(value));
        } else if (const std::string_view list = listName(name); !list.empty()) {
            made.members.emplace_back(std::string(list), fromBlocks(value));
        } else if (value.members.size() == 1) {
            made.members.emplace_back(apiName(name), fromBlocks(value.members[0].second));
        } else {
            made.members.emplace_back(apiName(name), fromBlocks(value));
        }
    }
    return made;
}

class TerraformReader {
public:
    TerraformReader(const DumpFile& file, const std::shared_ptr<const SourceFile>& source, TemplatePlace place, EstateParts& parts)
        : file_(file), declared_(parts, source, std::move(place)), parts_(parts) {}

    void state(const Node& root) {
        each(root.member("resources"), [&](const Node& resource) {
            const std::string type = resource.text("type");
            if (resource.text("mode") != "managed" || !isOurs(type)) return;
            forEach(resource.member("instances"), [&](const Node& instance) { keep(type, instance.member("attributes")); });
        });
        run();
    }

    void shown(const Node& values) {
        module(values.member("root_module"), 0);
        run();
    }

private:
    template <class Take>
    static void each(const Node& list, Take take) {
        forEach(list, take);
    }

    void module(const Node& node, std::size_t depth) {
        if (depth > mostModules) return;
        forEach(node.member("resources"), [&](const Node& resource) {
            const std::string type = resource.text("type");
            if (resource.text("mode") == "managed" && isOurs(type)) keep(type, resource.member("values"));
        });
        forEach(node.member("child_modules"), [&](const Node& child) { module(child, depth + 1); });
    }

    void keep(const std::string& type, const Node& attributes) {
        if (attributes.value.is(ValueKind::Object)) resources_.emplace_back(type, datumOf(file_, attributes));
    }

    void run() {
        for (const auto& [type, values] : resources_) {
            if (type == "aws_api_gateway_resource") paths_[std::string(values.string("id"))] = values.string("path");
            if (type == "aws_api_gateway_rest_api") paths_[std::string(values.string("root_resource_id"))] = "/";
            if (type == "aws_api_gateway_stage" || type == "aws_apigatewayv2_stage") stage(type, values);
        }
        for (const auto& [type, values] : resources_) one(type, values);
        declared_.finish();
    }

    void one(std::string_view type, const Datum& values) {
        if (type.starts_with("aws_iam_")) return identity(type.substr(8), values);
        if (type.starts_with("aws_appmesh_")) return mesh(type.substr(12), values);
        if (type.starts_with("aws_vpclattice_")) return lattice(type.substr(15), values);
        if (type.starts_with("aws_api")) return gateway(type.substr(4), values);
        if (type.starts_with("aws_lambda_")) return function(type.substr(11), values);
        if (type.starts_with("aws_ecs_")) return container(type.substr(8), values);
        storage(type.substr(4), values);
    }

    // In a plan the ARN is not known before it is carried out.
    [[nodiscard]] std::string arnOr(const Datum& values, std::string_view service, const std::string& resource, bool region = true) const {
        const std::string_view arn = values.string("arn");
        return arn.empty() ? declared_.arn(service, resource, region) : std::string(arn);
    }

    static std::string pathOf(const Datum& values) {
        const std::string_view path = values.string("path");
        return path.empty() ? "/" : std::string(path);
    }

    // What a plan does not know yet is left out of it.
    static Datum orUnknown(const Datum& values, std::string_view name) {
        const Datum* found = values.find(name);
        return found == nullptr || found->kind == Kind::Null ? values.placed(Datum::unknown(std::string(name))) : *found;
    }

    void identity(std::string_view kind, const Datum& values) {
        if (kind == "role" || kind == "user" || kind == "group") return principal(kind, values);
        if (kind == "policy") {
            const std::string name(values.string("name"));
            declared_.addManagedPolicy(arnOr(values, "iam", "policy" + pathOf(values) + name, false), name, orUnknown(values, "policy"));
        } else if (kind == "role_policy" || kind == "user_policy" || kind == "group_policy") {
            const std::string_view who = kind.substr(0, kind.find('_'));
            declared_.addInline(ownerOf(who), values[who], std::string(values.string("name")), orUnknown(values, "policy"));
        } else if (kind == "role_policy_attachment" || kind == "user_policy_attachment" || kind == "group_policy_attachment") {
            const std::string_view who = kind.substr(0, kind.find('_'));
            declared_.attach(ownerOf(who), values[who], orUnknown(values, "policy_arn"));
        } else if (kind == "policy_attachment") {
            for (const std::string_view who : {"role", "user", "group"})
                for (const auto& [none, each] : values[std::string(who) + "s"].members) declared_.attach(ownerOf(who), each, orUnknown(values, "policy_arn"));
        } else if (kind == "user_group_membership") {
            for (const auto& [none, each] : values["groups"].members) member(values["user"], each);
        } else if (kind == "group_membership") {
            for (const auto& [none, each] : values["users"].members) member(each, values["group"]);
        } else if (kind == "saml_provider") {
            SamlProvider made;
            made.name = values.string("name");
            made.arn = arnOr(values, "iam", "saml-provider/" + made.name, false);
            made.account = declared_.place().account;
            made.validUntil = values.string("valid_until");
            made.metadata = values.string("saml_metadata_document");
            made.source = declared_.at(values);
            made.tags = tagsIn(values["tags"]);
            parts_.samlProviders.push_back(std::move(made));
        } else if (kind == "openid_connect_provider") {
            OidcProvider made;
            std::string_view url = values.string("url");
            if (url.starts_with("https://")) url.remove_prefix(8);
            made.name = made.url = url;
            made.arn = arnOr(values, "iam", "oidc-provider/" + made.url, false);
            made.account = declared_.place().account;
            made.source = declared_.at(values);
            for (const auto& [none, each] : values["client_id_list"].members) made.clientIds.emplace_back(each.string());
            made.tags = tagsIn(values["tags"]);
            parts_.oidcProviders.push_back(std::move(made));
        }
    }

    static Owner ownerOf(std::string_view word) { return word == "role" ? Owner::Role : word == "user" ? Owner::User : Owner::Group; }

    void member(const Datum& user, const Datum& group) {
        if (user.string().empty() || group.string().empty()) return;
        auto& groups = declared_.user(user.string(), user).groups;
        if (std::find(groups.begin(), groups.end(), group.string()) == groups.end()) groups.emplace_back(group.string());
    }

    void principal(std::string_view kind, const Datum& values) {
        const std::string name(values.string("name"));
        if (name.empty()) return;
        const std::string arn = arnOr(values, "iam", std::string(kind) + pathOf(values) + name, false);
        if (kind == "role") {
            Role& role = declared_.role(name, values);
            role.arn = arn;
            role.id = values.string("unique_id");
            role.path = pathOf(values);
            role.source = declared_.at(values);
            role.trust = declared_.document(orUnknown(values, "assume_role_policy"), name, {}, arn);
            role.description = values.string("description");
            role.created = values.string("create_date");
            role.tags = tagsIn(values["tags"].members.empty() ? values["tags_all"] : values["tags"]);
            if (!values.string("max_session_duration").empty())
                role.maxSessionSeconds = std::strtoll(std::string(values.string("max_session_duration")).c_str(), nullptr, 10);
        } else if (kind == "user") {
            User& user = declared_.user(name, values);
            user.arn = arn;
            user.id = values.string("unique_id");
            user.path = pathOf(values);
            user.tags = tagsIn(values["tags"]);
        } else {
            Group& group = declared_.group(name, values);
            group.arn = arn;
            group.path = pathOf(values);
        }
        IdentityPolicies& policies = declared_.policiesOf(ownerOf(kind), name, values);
        policies.known = true;
        policies.boundary = values.string("permissions_boundary");
        for (const auto& [none, each] : values["managed_policy_arns"].members) declared_.attach(ownerOf(kind), values["name"], each);
        // What stands beside it as a resource of its own is listed here once more.
        for (const auto& [none, each] : values["inline_policy"].members)
            if (!each.string("name").empty() && !isBeside(kind, name, each.string("name")))
                declared_.addInline(ownerOf(kind), values["name"], std::string(each.string("name")), each["policy"]);
    }

    [[nodiscard]] bool isBeside(std::string_view kind, const std::string& owner, std::string_view policy) {
        if (beside_.empty())
            for (const auto& [type, values] : resources_)
                for (const std::string_view who : {"role", "user", "group"})
                    if (type == "aws_iam_" + std::string(who) + "_policy")
                        beside_.insert(std::string(who) + "\n" + std::string(values.string(who)) + "\n" + std::string(values.string("name")));
        return beside_.contains(std::string(kind) + "\n" + owner + "\n" + std::string(policy));
    }

    void mesh(std::string_view kind, const Datum& values) {
        const auto* found = std::find_if(meshKinds.begin(), meshKinds.end(), [&](const TypeKind& each) { return each.type == kind; });
        const std::string arn(values.string("arn")), name(values.string("name"));
        if (found == meshKinds.end() || name.empty()) return;
        Resource& made = declared_.resource(found->kind, arn.empty() ? declared_.arn("appmesh", meshPath(kind, values)) : arn, name, values);
        if (kind != "mesh") made.parent = made.arn.substr(0, made.arn.rfind('/', made.arn.rfind('/') - 1));
        made.tags = tagsIn(values["tags"]);
        Datum spec = values.placed({});
        spec.kind = Kind::Object;
        spec.members.emplace_back(kind == "mesh" ? "meshName" : apiName(std::string(kind) + "_name"), Datum::of(name));
        for (const std::string_view each : {"mesh_name", "virtual_router_name", "virtual_gateway_name", "mesh_owner"})
            if (!values.string(each).empty() && spec.find(apiName(each)) == nullptr) spec.members.emplace_back(apiName(each), Datum::of(std::string(values.string(each))));
        if (!values["spec"].members.empty()) spec.members.emplace_back("spec", fromBlocks(values["spec"].members[0].second));
        made.spec = jsonOf(spec);
    }

    static std::string meshPath(std::string_view kind, const Datum& values) {
        const std::string name(values.string("name"));
        if (kind == "mesh") return "mesh/" + name;
        std::string path = "mesh/" + std::string(values.string("mesh_name"));
        if (kind == "route") path += "/virtualRouter/" + std::string(values.string("virtual_router_name"));
        if (kind == "gateway_route") path += "/virtualGateway/" + std::string(values.string("virtual_gateway_name"));
        return path + "/" + apiName(kind) + "/" + name;
    }

    void lattice(std::string_view kind, const Datum& values) {
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

    [[nodiscard]] std::string apiArn(std::string_view id) const { return declared_.arn("execute-api", id); }

    void stage(std::string_view type, const Datum& values) {
        const bool rest = type == "aws_api_gateway_stage";
        const std::string api(values.string(rest ? "rest_api_id" : "api_id")), name(values.string(rest ? "stage_name" : "name"));
        if (api.empty() || name.empty()) return;
        stages_[api].push_back(name);
        Resource& made = declared_.resource(ResourceKind::Stage, apiArn(api) + "/" + name, name, values);
        made.parent = apiArn(api);
        made.api = api;
        made.stage = name;
    }

    void gateway(std::string_view kind, const Datum& values) {
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

    void route(const std::string& api, const std::string& method, const std::string& path, const Datum& values, std::string_view authorization) {
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

    void function(std::string_view kind, const Datum& values) {
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

    [[nodiscard]] std::string functionArn(std::string_view written) const {
        if (!written.starts_with("arn:")) return declared_.arn("lambda", "function:" + std::string(written.substr(0, written.find(':'))));
        const std::size_t name = written.find(":function:");
        return std::string(name == std::string_view::npos ? written : written.substr(0, written.find(':', name + 10)));
    }

    void container(std::string_view kind, const Datum& values) {
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
        made.tags = tagsIn(values["tags"]);
    }

    void storage(std::string_view kind, const Datum& values) {
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

    void store(ResourceKind kind, std::string arn, std::string name, const Datum& values) {
        Resource& made = declared_.resource(kind, std::move(arn), std::move(name), values);
        made.policyKnown = true;
        made.tags = tagsIn(values["tags"]);
        if (!values.string("policy").empty() && !made.policy) made.policy = declared_.document(values["policy"], made.name, {}, made.arn);
    }

    const DumpFile& file_;
    Declared declared_;
    EstateParts& parts_;
    std::vector<std::pair<std::string, Datum>> resources_;
    std::map<std::string, std::vector<std::string>, std::less<>> stages_; // by API
    std::map<std::string, std::string, std::less<>> paths_;               // by id of the resource
    std::set<std::string, std::less<>> beside_;
};

// The first ARN with an account says where it all is.
void placeIn(const Node& values, TemplatePlace& place) {
    const std::string arn = values.text("arn");
    const auto parts = policy::ArnParts::split(arn);
    if (!parts) return;
    if (place.account.empty()) place.account = parts->account;
    if (place.region.empty()) place.region = parts->region;
}

TemplatePlace placeOf(const DumpFile& file, const Node& root) {
    TemplatePlace place;
    forEach(root.member("resources"), [&](const Node& resource) {
        if (!place.account.empty() && !place.region.empty()) return;
        if (isOurs(resource.text("type"))) forEach(resource.member("instances"), [&](const Node& each) { placeIn(each.member("attributes"), place); });
    });
    for (const char* name : {"values", "planned_values"})
        forEach(root.member(name).member("root_module").member("resources"), [&](const Node& each) {
            if (isOurs(each.text("type"))) placeIn(each.member("values"), place);
        });
    const std::string name = file.path().substr(file.path().rfind('/') + 1);
    if (place.account.empty()) place.account = accountIn(name);
    if (place.region.empty()) place.region = regionIn(name);
    if (place.account.empty()) place.account = file.account();
    if (place.region.empty()) place.region = file.region();
    return place;
}

} // namespace

bool isTerraform(const Node& root) {
    const bool listed = root.member("resources").value.is(ValueKind::Array) || root.member("modules").value.is(ValueKind::Array);
    if (listed && (root.member("terraform_version") || root.member("version").value.is(ValueKind::Number))) return true;
    return root.member("format_version") && (root.member("values") || root.member("planned_values"));
}

std::string_view terraformVersion(const Node& root) {
    // Of a plan "format_version" tells, of which every 0 and 1 is read (Terraform, "JSON Output Format").
    const policy::Value written = root.member(root.member("format_version") ? "format_version" : "version").value;
    const std::string_view version = written.text().substr(0, 32);
    const bool shown = static_cast<bool>(root.member("format_version"));
    const bool known = shown ? version.starts_with("0.") || version.starts_with("1.") : version.empty() || version == "4";
    return known ? std::string_view() : version;
}

TemplatePlace terraformPlace(const DumpFile& file, const Node& root) {
    return placeOf(file, root);
}

void readTerraform(const DumpFile& file, const Node& root, TemplatePlace place, const std::shared_ptr<const SourceFile>& source, EstateParts& parts) {
    TerraformReader reader(file, source, std::move(place), parts);
    // Of a plan what will be; its prior state is what there is.
    if (const Node planned = root.member("planned_values"))
        reader.shown(planned);
    else if (const Node values = root.member("values"))
        reader.shown(values);
    else
        reader.state(root);
}

} // namespace gw::estate
