#include "models/estate/sources/cloudformation.h"

#include "models/estate/sources/cloudformation_reader.h"
#include "saml/base/ascii.h"

#include <algorithm>
#include <array>

namespace gw::estate {

using Kind = Datum::Kind;
using Owner = Declared::Owner;

namespace {

struct MeshKind {
    std::string_view type;
    ResourceKind kind;
};
constexpr auto meshKinds = std::to_array<MeshKind>({{"Mesh", ResourceKind::Mesh},
                                                    {"VirtualNode", ResourceKind::VirtualNode},
                                                    {"VirtualService", ResourceKind::VirtualService},
                                                    {"VirtualRouter", ResourceKind::VirtualRouter},
                                                    {"Route", ResourceKind::MeshRoute},
                                                    {"VirtualGateway", ResourceKind::VirtualGateway},
                                                    {"GatewayRoute", ResourceKind::GatewayRoute}});
constexpr auto latticeKinds = std::to_array<MeshKind>({{"ServiceNetwork", ResourceKind::ServiceNetwork},
                                                       {"Service", ResourceKind::LatticeService},
                                                       {"Listener", ResourceKind::LatticeListener},
                                                       {"Rule", ResourceKind::LatticeRule},
                                                       {"TargetGroup", ResourceKind::TargetGroup},
                                                       {"ServiceNetworkServiceAssociation", ResourceKind::NetworkAssociation},
                                                       {"ServiceNetworkVpcAssociation", ResourceKind::NetworkAssociation}});

} // namespace

void TemplateReader::run() {
    const Datum& resources = root_["Resources"];
    // Stages come before the routes that they are in.
    for (const auto& [logicalId, resource] : resources.members)
        if (isMade(resource)) stage(logicalId, resource);
    for (const auto& [logicalId, resource] : resources.members)
        if (isMade(resource)) one(logicalId, resource);
    declared_.finish();
}

bool TemplateReader::isMade(const Datum& resource) {
    const std::string_view condition = resource.string("Condition");
    return resource.string("Type").starts_with("AWS::") && (condition.empty() || values_.condition(condition) != false);
}

std::string TemplateReader::arnText(std::string_view logicalId) {
    const Datum arn = values_.arnOf(logicalId);
    // Where the account is not known, what tells it from the others of the template.
    return arn.kind == Kind::String ? arn.text : declared_.arn("", std::string(root_["Resources"][logicalId].string("Type")) + "/" + std::string(logicalId));
}

void TemplateReader::one(const std::string& logicalId, const Datum& resource) {
    const std::string_view type = resource.string("Type");
    const Datum properties = resource["Properties"].kind == Kind::Object ? values_.resolve(resource["Properties"]) : resource.placed({});
    if (type.starts_with("AWS::IAM::")) return identity(logicalId, type.substr(10), properties, resource);
    if (type.starts_with("AWS::AppMesh::")) return mesh(logicalId, type.substr(14), properties, resource);
    if (type.starts_with("AWS::VpcLattice::")) return lattice(logicalId, type.substr(17), properties, resource);
    if (isServerlessApi(type)) return api(logicalId, type, properties, resource);
    if (type.starts_with("AWS::ApiGateway")) return gateway(logicalId, type.substr(5), properties, resource);
    if (type.starts_with("AWS::Lambda::") || type.starts_with("AWS::Serverless::")) return function(logicalId, type, properties, resource);
    if (type.starts_with("AWS::ECS::")) return container(logicalId, type.substr(10), properties, resource);
    storage(logicalId, type, properties, resource);
}

void TemplateReader::identity(const std::string& logicalId, std::string_view kind, const Datum& properties, const Datum& resource) {
    const std::string arn = arnText(logicalId), name = values_.nameOf(logicalId);
    if (kind == "Role") {
        Role& role = declared_.role(name, resource);
        role.arn = arn;
        role.path = properties.string("Path").empty() ? "/" : std::string(properties.string("Path"));
        role.policies.known = true;
        role.source = declared_.at(resource);
        role.trust = declared_.document(properties["AssumeRolePolicyDocument"], name, {}, arn);
        role.description = properties.string("Description");
        role.tags = tagsIn(properties["Tags"]);
        if (const Datum* seconds = properties.find("MaxSessionDuration"); seconds == nullptr)
            role.maxSessionSeconds = 3600;
        else if (!seconds->string().empty())
            role.maxSessionSeconds = std::strtoll(std::string(seconds->string()).c_str(), nullptr, 10);
        principal(Owner::Role, name, properties, resource);
    } else if (kind == "User") {
        User& user = declared_.user(name, resource);
        user.policies.known = true;
        user.tags = tagsIn(properties["Tags"]);
        for (const auto& [none, each] : properties["Groups"].members) user.groups.emplace_back(each.string());
        principal(Owner::User, name, properties, resource);
    } else if (kind == "Group") {
        declared_.group(name, resource).policies.known = true;
        principal(Owner::Group, name, properties, resource);
    } else if (kind == "ManagedPolicy" || kind == "Policy" || kind == "RolePolicy" || kind == "UserPolicy" || kind == "GroupPolicy") {
        policy(logicalId, kind, properties);
    } else if (kind == "SAMLProvider") {
        SamlProvider made;
        made.arn = arn;
        made.name = name;
        made.account = declared_.place().account;
        made.source = declared_.at(resource);
        made.metadata = properties["SamlMetadataDocument"].known() ? std::string(properties.string("SamlMetadataDocument")) : std::string();
        made.encryption = properties.string("AssertionEncryptionMode");
        made.tags = tagsIn(properties["Tags"]);
        parts_.samlProviders.push_back(std::move(made));
    } else if (kind == "OIDCProvider") {
        OidcProvider made;
        made.arn = arn;
        made.name = made.url = name;
        made.account = declared_.place().account;
        made.source = declared_.at(resource);
        for (const auto& [none, each] : properties["ClientIdList"].members) made.clientIds.emplace_back(each.string());
        made.tags = tagsIn(properties["Tags"]);
        parts_.oidcProviders.push_back(std::move(made));
    } else if (kind == "UserToGroupAddition") {
        for (const auto& [none, each] : properties["Users"].members)
            if (!each.string().empty()) declared_.user(each.string(), resource).groups.emplace_back(properties.string("GroupName"));
    }
}

void TemplateReader::principal(Owner owner, const std::string& name, const Datum& properties, const Datum& resource) {
    const Datum named = resource.placed(Datum::of(name));
    for (const auto& [none, each] : properties["ManagedPolicyArns"].members) declared_.attach(owner, named, each);
    if (properties["ManagedPolicyArns"].kind == Kind::Unknown) declared_.attach(owner, named, properties["ManagedPolicyArns"]);
    for (const auto& [none, each] : properties["Policies"].members)
        declared_.addInline(owner, named, std::string(each.string("PolicyName")), each["PolicyDocument"]);
    if (properties["Policies"].kind == Kind::Unknown) declared_.policiesOf(owner, name, resource).known = false;
    if (const Datum* boundary = properties.find("PermissionsBoundary"))
        declared_.policiesOf(owner, name, resource).boundary = boundary->kind == Kind::Unknown ? "${" + boundary->text + "}" : std::string(boundary->string());
}

void TemplateReader::policy(const std::string& logicalId, std::string_view kind, const Datum& properties) {
    const Datum& document = properties["PolicyDocument"];
    struct Slot {
        const char* many;
        const char* one;
        Owner owner;
    };
    static constexpr auto slots =
        std::to_array<Slot>({{"Roles", "RoleName", Owner::Role}, {"Users", "UserName", Owner::User}, {"Groups", "GroupName", Owner::Group}});
    const bool managed = kind == "ManagedPolicy";
    const Datum arn = managed ? values_.arnOf(logicalId) : Datum();
    if (managed) declared_.addManagedPolicy(arn.text, values_.nameOf(logicalId), document);
    const auto give = [&](Owner owner, const Datum& to) {
        if (managed)
            declared_.attach(owner, to, arn);
        else
            declared_.addInline(owner, to, std::string(properties.string("PolicyName")), document);
    };
    for (const Slot& slot : slots) {
        for (const auto& [none, each] : properties[slot.many].members) give(slot.owner, each);
        if (kind.size() > 6 && kind.ends_with("Policy") && !managed && kind.starts_with(std::string_view(slot.one).substr(0, 4))) give(slot.owner, properties[slot.one]);
    }
}

void TemplateReader::mesh(const std::string& logicalId, std::string_view kind, const Datum& properties, const Datum& resource) {
    const auto* found = std::find_if(meshKinds.begin(), meshKinds.end(), [&](const MeshKind& each) { return each.type == kind; });
    if (found == meshKinds.end()) return;
    Resource& made = declared_.resource(found->kind, arnText(logicalId), values_.nameOf(logicalId), resource);
    if (kind != "Mesh") made.parent = made.arn.substr(0, made.arn.rfind('/', made.arn.rfind('/') - 1));
    Datum spec = properties;
    const std::string own = std::string(kind == "Mesh" ? "MeshName" : std::string(kind) + "Name");
    if (spec.find(own) == nullptr) spec.members.emplace_back(own, resource.placed(Datum::of(made.name)));
    made.tags = tagsIn(properties["Tags"]);
    made.spec = specOf(std::move(spec));
}

void TemplateReader::lattice(const std::string& logicalId, std::string_view kind, const Datum& properties, const Datum& resource) {
    if (kind == "AuthPolicy" || kind == "ResourcePolicy") {
        const std::string owner(properties.string(kind == "AuthPolicy" ? "ResourceIdentifier" : "ResourceArn"));
        if (kind == "AuthPolicy" && !owner.empty())
            declared_.setPolicy(owner.find("servicenetwork") != std::string::npos || owner.starts_with("sn-") ? ResourceKind::ServiceNetwork : ResourceKind::LatticeService, owner,
                                properties["Policy"]);
        return;
    }
    const auto* found = std::find_if(latticeKinds.begin(), latticeKinds.end(), [&](const MeshKind& each) { return each.type == kind; });
    if (found == latticeKinds.end()) return;
    const Datum known = values_.arnOf(logicalId);
    std::string arn = known.kind == Kind::String ? known.text : declared_.arn("vpc-lattice", foldedAscii(kind) + "/" + logicalId);
    Resource& made = declared_.resource(found->kind, std::move(arn), values_.nameOf(logicalId), resource);
    made.authorization.type = properties.string("AuthType");
    for (const std::string_view parent : {"ServiceIdentifier", "ServiceNetworkIdentifier"})
        if (made.parent.empty()) made.parent = properties.string(parent);
    // With no auth policy declared for it there is none.
    if (kind == "Service" || kind == "ServiceNetwork") made.policyKnown = true;
    made.tags = tagsIn(properties["Tags"]);
    made.spec = specOf(properties);
}

void TemplateReader::function(const std::string& logicalId, std::string_view type, const Datum& properties, const Datum& resource) {
    if (type == "AWS::Lambda::Function" || type == "AWS::Serverless::Function") {
        Resource& made = declared_.resource(ResourceKind::Function, arnText(logicalId), values_.nameOf(logicalId), resource);
        // Permissions that are declared beside it make one.
        made.policyKnown = true;
        made.tags = tagsIn(properties["Tags"]);
        Datum spec = properties;
        std::erase_if(spec.members, [](const Datum::Member& each) { return each.first == "Code" || each.first == "InlineCode"; });
        made.spec = specOf(std::move(spec));
        if (properties.find("Role") != nullptr)
            Declared::use(made, "Role", properties["Role"]);
        else if (type == "AWS::Serverless::Function")
            Declared::use(made, "Role", Datum::of(functionRole(logicalId, properties, resource)));
        return;
    }
    const std::string owner = functionArn(properties.string(type == "AWS::Lambda::Url" ? "TargetFunctionArn" : "FunctionName"));
    if (owner.empty()) return;
    if (type == "AWS::Lambda::Permission") {
        Datum permission = withApiNames(properties);
        // Of an alias or version the name says so.
        if (const std::string_view written = properties.string("FunctionName"); written.starts_with(owner + ":"))
            permission.members.emplace_back("qualifier", Datum::of(std::string(written.substr(owner.size() + 1))));
        declared_.addPermission(owner, permission);
    } else if (type == "AWS::Lambda::Url") {
        Resource& made = declared_.resource(ResourceKind::Function, owner, {}, resource);
        made.authorization.type = properties.string("AuthType");
    } else if (type == "AWS::Lambda::Alias") {
        Resource& made = declared_.resource(ResourceKind::FunctionAlias, owner + ":" + std::string(properties.string("Name")), std::string(properties.string("Name")), resource);
        made.parent = owner;
    }
}

std::string TemplateReader::functionArn(std::string_view written) const {
    if (written.starts_with("arn:")) {
        const std::size_t name = written.find(":function:");
        return name == std::string_view::npos ? std::string() : std::string(written.substr(0, written.find(':', name + 10)));
    }
    return written.empty() ? std::string() : declared_.arn("lambda", "function:" + std::string(written.substr(0, written.find(':'))));
}

std::string TemplateReader::functionRole(const std::string& logicalId, const Datum& properties, const Datum& resource) {
    const std::string name = logicalId + "Role";
    Role& role = declared_.role(name, resource);
    role.policies.known = true;
    role.maxSessionSeconds = 3600;
    role.trust = declared_.document(
        resource.placed(Datum::of(
            R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]})")),
        name, {}, role.arn);
    const std::string arn = role.arn;
    const Datum named = resource.placed(Datum::of(name));
    const Datum& policies = properties["Policies"];
    declared_.attach(Owner::Role, named, Datum::of("arn:" + declared_.place().partition() + ":iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"));
    const auto add = [&](const Datum& each) {
        if (!each.string().empty())
            declared_.attach(Owner::Role, named, each.string().starts_with("arn:") ? each : Datum::of("arn:" + declared_.place().partition() + ":iam::aws:policy/" + std::string(each.string())));
        else if (each.find("Statement") != nullptr)
            declared_.addInline(Owner::Role, named, name + "Policy", each);
        else if (each.kind != Kind::Null)
            // One of SAM's own templates: what is in it is not told here.
            declared_.addInline(Owner::Role, named, each.members.empty() ? name : each.members[0].first, each.placed(Datum::unknown("policy template")));
    };
    if (policies.kind == Kind::Array)
        for (const auto& [none, each] : policies.members) add(each);
    else
        add(policies);
    return arn;
}

void TemplateReader::container(const std::string& logicalId, std::string_view kind, const Datum& properties, const Datum& resource) {
    if (kind != "TaskDefinition" && kind != "Service" && kind != "Cluster") return;
    Resource& made = declared_.resource(kind == "TaskDefinition" ? ResourceKind::TaskDefinition
                                        : kind == "Service"      ? ResourceKind::Service
                                                                 : ResourceKind::Cluster,
                                        arnText(logicalId), values_.nameOf(logicalId), resource);
    Declared::use(made, "taskRoleArn", properties["TaskRoleArn"]);
    Declared::use(made, "executionRoleArn", properties["ExecutionRoleArn"]);
    Declared::use(made, "roleArn", properties["Role"]);
    if (kind == "Service") made.parent = std::string(properties.string("Cluster"));
    made.tags = tagsIn(properties["Tags"]);
    made.spec = specOf(properties);
}

void TemplateReader::storage(const std::string& logicalId, std::string_view type, const Datum& properties, const Datum& resource) {
    struct Store {
        std::string_view type;
        ResourceKind kind;
    };
    static constexpr auto stores = std::to_array<Store>({{"AWS::SQS::Queue", ResourceKind::Queue},
                                                         {"AWS::SNS::Topic", ResourceKind::Topic},
                                                         {"AWS::S3::Bucket", ResourceKind::Bucket},
                                                         {"AWS::KMS::Key", ResourceKind::Key},
                                                         {"AWS::SecretsManager::Secret", ResourceKind::Secret}});
    if (const auto* found = std::find_if(stores.begin(), stores.end(), [&](const Store& each) { return each.type == type; }); found != stores.end()) {
        Resource& made = declared_.resource(found->kind, arnText(logicalId), values_.nameOf(logicalId), resource);
        made.policyKnown = true;
        made.tags = tagsIn(properties["Tags"]);
        if (type == "AWS::KMS::Key" && properties.find("KeyPolicy") != nullptr) made.policy = declared_.document(properties["KeyPolicy"], made.name, {}, made.arn);
        return;
    }
    const Datum& document = properties[type == "AWS::SecretsManager::ResourcePolicy" ? "ResourcePolicy" : "PolicyDocument"];
    if (type == "AWS::S3::BucketPolicy") {
        const std::string bucket(properties.string("Bucket"));
        if (!bucket.empty()) declared_.setPolicy(ResourceKind::Bucket, "arn:" + declared_.place().partition() + ":s3:::" + bucket, document);
    } else if (type == "AWS::SQS::QueuePolicy") {
        for (const auto& [none, each] : properties["Queues"].members)
            if (const std::string url(each.string()); !url.empty()) declared_.setPolicy(ResourceKind::Queue, declared_.arn("sqs", url.substr(url.rfind('/') + 1)), document);
    } else if (type == "AWS::SNS::TopicPolicy") {
        for (const auto& [none, each] : properties["Topics"].members)
            if (!each.string().empty()) declared_.setPolicy(ResourceKind::Topic, std::string(each.string()), document);
    } else if (type == "AWS::SecretsManager::ResourcePolicy") {
        const std::string secret(properties.string("SecretId"));
        if (!secret.empty()) declared_.setPolicy(ResourceKind::Secret, secret.starts_with("arn:") ? secret : declared_.arn("secretsmanager", "secret:" + secret), document);
    }
}

bool isTemplate(const Datum& root) {
    if (root.kind != Kind::Object) return false;
    if (root.find("AWSTemplateFormatVersion") != nullptr) return true;
    const Datum& resources = root["Resources"];
    return resources.kind == Kind::Object && std::any_of(resources.members.begin(), resources.members.end(), [](const Datum::Member& each) {
               return each.second.string("Type").starts_with("AWS::");
           });
}

void readTemplate(const Datum& root, const TemplatePlace& place, const std::shared_ptr<const SourceFile>& file, EstateParts& parts, const TemplateExports* exports) {
    TemplateReader(root, place, file, parts, exports).run();
}

} // namespace gw::estate
