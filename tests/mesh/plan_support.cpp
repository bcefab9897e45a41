#include "tests/mesh/plan_support.h"

namespace gw::mesh::test {

const std::string_view things = R"(version = 1
[[role]]
id = "one"
arn = "arn:aws:iam::111122223333:role/one"
[[role]]
id = "two"
arn = "arn:aws:iam::444455556666:role/two"
[[role]]
id = "fresh"
arn = "arn:aws:iam::111122223333:role/desk/fresh"
[[route]]
id = "orders"
api = "aaaa"
stage = "prod"
account = "111122223333"
region = "eu-west-1"
[[mesh-service]]
id = "svc"
lattice = "arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0"
[[function]]
id = "f0"
arn = "arn:aws:lambda:eu-west-1:111122223333:function:f0"
)";

const std::string foreignTrust =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"desk"}}}})";
const std::string foreignPermissions =
    R"({"Version":"2012-10-17","Statement":[{"Sid":"Logs","Effect":"Allow","Action":"logs:PutLogEvents","Resource":"*"}]})";
const std::string foreignFunctionPolicy =
    R"({"Version":"2012-10-17","Id":"default","Statement":[{"Sid":"apigateway","Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:eu-west-1:111122223333:function:f0","Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:execute-api:eu-west-1:111122223333:aaaa/*"}}}]})";
const std::string foreignAuthPolicy =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"vpc-lattice-svcs:Invoke","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalType":"Anonymous"}}}]})";

estate::PolicyDocument document(std::string text, std::string name) {
    estate::PolicyDocument made;
    made.text = std::move(text);
    made.name = std::move(name);
    return made;
}

namespace {

void addRole(estate::EstateParts& parts, const std::string& account, const std::string& name) {
    estate::Role role;
    role.arn = "arn:aws:iam::" + account + ":role/" + name;
    role.name = name;
    role.account = account;
    role.path = "/";
    role.trust = document(foreignTrust, name);
    role.policies.inlinePolicies.push_back(document(foreignPermissions, "logs"));
    parts.roles.push_back(std::move(role));
}

estate::Resource& add(estate::EstateParts& parts, estate::ResourceKind kind, const std::string& arn, const std::string& id) {
    estate::Resource resource;
    resource.kind = kind;
    resource.arn = arn;
    resource.id = resource.name = id;
    resource.account = "111122223333";
    resource.region = "eu-west-1";
    resource.policyKnown = true;
    return parts.resources.emplace_back(std::move(resource));
}

void addApi(estate::EstateParts& parts, const std::string& id, const std::string& stage, std::initializer_list<std::pair<const char*, const char*>> routes) {
    const std::string arn = "arn:aws:execute-api:eu-west-1:111122223333:" + id;
    add(parts, estate::ResourceKind::RestApi, arn, id);
    estate::Resource& one = add(parts, estate::ResourceKind::Stage, "arn:aws:apigateway:eu-west-1::/restapis/" + id + "/stages/" + stage, stage);
    one.parent = arn;
    one.spec = R"({"stageName":")" + stage + R"(","deploymentId":"d1"})";
    for (const auto& [method, path] : routes)
        for (const std::string& of : {stage, std::string("test")}) {
            estate::Resource& route = add(parts, estate::ResourceKind::Route, arn + "/" + of + "/" + method + path, "r" + std::string(path));
            route.name = std::string(method) + " " + path;
            route.api = id;
            route.stage = of;
            route.method = method;
            route.path = path;
            route.parent = arn;
            route.authorization.type = "NONE";
        }
}

} // namespace

estate::EstateParts foundations() {
    using estate::ResourceKind;
    estate::EstateParts parts;
    for (const char* name : {"zero", "one", "w0-task"}) addRole(parts, "111122223333", name);
    addRole(parts, "444455556666", "two");
    addApi(parts, "aaaa", "prod", {{"GET", "/v1/orders"}, {"POST", "/v1/orders/{id}"}, {"OPTIONS", "/v1/orders"}, {"ANY", "/{proxy+}"}});
    addApi(parts, "bbbb", "live", {{"GET", "/v1/a"}, {"DELETE", "/v1/{id}/x"}});
    for (const char* name : {"service/svc-0", "service/svc-1", "servicenetwork/sn-1"}) {
        const std::string text = name;
        estate::Resource& one = add(parts, text.starts_with("servicenetwork") ? ResourceKind::ServiceNetwork : ResourceKind::LatticeService,
                                    "arn:aws:vpc-lattice:eu-west-1:111122223333:" + text, text.substr(text.find('/') + 1));
        one.authorization.type = "AWS_IAM";
    }
    parts.resources.back().policy = document(foreignAuthPolicy, "sn-1");
    add(parts, ResourceKind::Function, "arn:aws:lambda:eu-west-1:111122223333:function:f0", "f0").policy = document(foreignFunctionPolicy, "f0");
    add(parts, ResourceKind::FunctionAlias, "arn:aws:lambda:eu-west-1:444455556666:function:f1:live", "f1");
    return parts;
}

Plan planOf(const Compiled& compiled, const estate::Estate& estate, bool removesLeftovers) {
    return planFor({*compiled.map, compiled.compilation, estate, policyTargets, removesLeftovers});
}

std::string written(const std::vector<Step>& steps) {
    std::string out;
    for (const Step& each : steps)
        out += std::string(stepChangeName(each.change)) + " " + std::string(stepKindName(each.kind)) + " " + each.object + " " + each.name + "\n";
    return out;
}

const Step* stepOf(const Plan& plan, StepKind kind, std::string_view object) {
    for (const Step& each : plan.steps)
        if (each.kind == kind && each.object.find(object) != std::string::npos) return &each;
    return nullptr;
}

} // namespace gw::mesh::test
