#include "tests/mesh/fake_aws.h"

#include "models/mesh/plan/canonical.h"
#include "models/policy/arn_pattern.h"
#include "saml/base/json_fields.h"
#include "saml/base/percent.h"

#include <algorithm>

namespace gw::mesh::test {
namespace {

using Kind = CallDoor::Reply::Kind;

CallDoor::Reply answered(Json json = Json::object()) {
    return {Kind::Answered, std::move(json), std::nullopt};
}
CallDoor::Reply absent() {
    return {Kind::Absent, Json::object(), std::nullopt};
}
CallDoor::Reply refused(std::string code) {
    return {Kind::Refused, Json::object(), Error(ApplyError::Refused).with("code", std::move(code)).with("message", "no")};
}

std::string of(const ApiCall& call, std::string_view name) {
    for (const auto& [key, value] : call.parameters)
        if (key == name) return value;
    return {};
}

std::vector<std::string> segmentsOf(std::string_view path) {
    std::vector<std::string> all;
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::size_t slash = std::min(path.find('/'), path.size());
        all.push_back(percentDecoded(path.substr(0, slash), PlusSign::Itself));
        path.remove_prefix(slash);
    }
    return all;
}

} // namespace

FakeAws::FakeAws(const estate::Estate& estate) {
    for (const estate::Role& role : estate.roles()) {
        texts[role.account + " " + role.name] = role.trust->text;
        for (const estate::PolicyDocument& each : role.policies.inlinePolicies) texts[role.account + " " + role.name + "/" + each.name] = each.text;
        for (const std::string& each : role.policies.attached) texts[role.account + " " + role.name + "@" + each] = each;
    }
    for (const estate::ManagedPolicy& each : estate.managedPolicies()) {
        texts[each.arn] = each.document.text;
        versions[each.arn] = {"v1"};
    }
    for (const estate::Resource& each : estate.resources()) {
        using estate::ResourceKind;
        const std::string policy = each.policy ? each.policy->text : std::string();
        if (each.kind == ResourceKind::RestApi) texts["api " + each.id] = policy;
        if (each.kind == ResourceKind::Route)
            texts["api " + each.api + " " + each.id + " " + each.method] = routeAuthorizationText(each.authorization.type, each.authorization.authorizer, each.authorization.scopes);
        if (each.kind == ResourceKind::Stage) texts["api " + each.parent.substr(each.parent.rfind(':') + 1) + " stage " + each.id] = "d1";
        if (each.kind == ResourceKind::LatticeService || each.kind == ResourceKind::ServiceNetwork) texts["lattice " + each.id] = policy;
        if (each.kind != ResourceKind::Function && each.kind != ResourceKind::FunctionAlias) continue;
        const std::string name = each.arn.substr(each.arn.find("function:") + 9);
        if (const auto parts = policyParts(policy); parts && !policy.empty())
            for (const Json& statement : parts->statements) texts["function " + name + " " + sidIn(statement)] = compactJson(statement);
    }
}

std::map<std::string, std::string> FakeAws::held() const {
    std::map<std::string, std::string> all;
    for (const auto& [key, text] : texts) {
        if (text.empty() || key.find(" stage ") != std::string::npos) continue;
        all[key] = key.starts_with("function ") ? canonicalStatement(parseJson(text).value(), true) : canonicalPolicy(text);
        // An action of AddPermission stands without its function.
        if (const std::size_t resource = all[key].find("\"Resource\""); key.starts_with("function ") && resource != std::string::npos)
            all[key] = seenDigest(StepKind::FunctionPermission, text);
    }
    return all;
}

std::string FakeAws::told(const std::string& key) {
    if (const auto found = delayed_.find(key); found != delayed_.end() && found->second.left > 0) {
        --found->second.left;
        return found->second.before;
    }
    const auto found = texts.find(key);
    return found == texts.end() ? std::string() : found->second;
}

void FakeAws::put(const std::string& key, std::string text) {
    if (late > 0) delayed_[key] = {texts[key], late};
    texts[key] = std::move(text);
}

CallDoor::Reply FakeAws::call(const ApiCall& call, const std::string& account, const std::string& region) {
    if (!call.operation.starts_with("Get") && !call.operation.starts_with("List")) {
        if (refuses && refuses(call)) return refused("Refused");
        changes.push_back(std::string(call.service) + ":" + std::string(call.operation));
    }
    if (call.service == "iam") return iam(call, account);
    if (call.service == "lambda") return lambda(call, region);
    return call.service == "vpc-lattice" ? lattice(call) : gateway(call);
}

CallDoor::Reply FakeAws::iam(const ApiCall& call, const std::string& account) {
    const std::string role = account + " " + of(call, "RoleName"), document = of(call, "PolicyDocument"), arn = of(call, "PolicyArn");
    const std::string inlined = role + "/" + of(call, "PolicyName");
    const bool there = texts.contains(role) && !texts[role].empty();
    if (call.operation == "GetRole") {
        const std::string text = told(role);
        return text.empty() ? absent() : answered({{"Role", {{"AssumeRolePolicyDocument", parseJson(text).value()}}}});
    }
    if (call.operation == "CreateRole") return there ? refused("EntityAlreadyExists") : (put(role, of(call, "AssumeRolePolicyDocument")), answered());
    if (call.operation == "CreatePolicy") {
        const std::string made = "arn:aws:iam::" + account + ":policy" + of(call, "Path") + of(call, "PolicyName");
        if (!texts[made].empty()) return refused("EntityAlreadyExists");
        versions[made] = {"v1"};
        put(made, document);
        return answered();
    }
    if (!arn.empty() && call.operation != "AttachRolePolicy" && call.operation != "DetachRolePolicy") {
        if (texts[arn].empty()) return absent();
        std::vector<std::string>& all = versions[arn];
        if (call.operation == "ListPolicyVersions") {
            Json list = Json::array();
            for (auto each = all.rbegin(); each != all.rend(); ++each) list.push_back({{"VersionId", *each}, {"IsDefaultVersion", each == all.rbegin()}});
            return answered({{"Versions", list}});
        }
        if (call.operation == "GetPolicyVersion") return answered({{"PolicyVersion", {{"Document", told(arn)}}}});
        if (call.operation == "DeletePolicyVersion") return std::erase(all, of(call, "VersionId")), answered();
        if (call.operation == "CreatePolicyVersion") {
            if (all.size() >= 5) return refused("LimitExceeded");
            all.push_back("v" + std::to_string(std::stoi(all.back().substr(1)) + 1));
            return put(arn, document), answered();
        }
        if (all.size() > 1) return refused("DeleteConflict");
        for (const auto& [key, text] : texts)
            if (key.ends_with("@" + arn) && !text.empty()) return refused("DeleteConflict");
        return put(arn, {}), answered();
    }
    if (!there) return absent();
    if (call.operation == "UpdateAssumeRolePolicy") return put(role, document), answered();
    if (call.operation == "DeleteRole") {
        for (const auto& [key, text] : texts)
            if ((key.starts_with(role + "/") || key.starts_with(role + "@")) && !text.empty()) return refused("DeleteConflict");
        return put(role, {}), answered();
    }
    if (call.operation == "GetRolePolicy") {
        const std::string text = told(inlined);
        return text.empty() ? absent() : answered({{"PolicyDocument", parseJson(text).value()}});
    }
    if (call.operation == "PutRolePolicy") return put(inlined, document), answered();
    if (call.operation == "DeleteRolePolicy") return texts[inlined].empty() ? absent() : (put(inlined, {}), answered());
    if (call.operation == "ListAttachedRolePolicies") {
        Json list = Json::array();
        for (const auto& [key, text] : texts)
            if (key.starts_with(role + "@") && !text.empty()) list.push_back({{"PolicyArn", text}});
        // One on each page.
        const std::size_t at = of(call, "Marker").empty() ? 0 : std::stoul(of(call, "Marker"));
        Json answer{{"AttachedPolicies", Json::array()}};
        if (at < list.size()) answer["AttachedPolicies"].push_back(list[at]);
        if (at + 1 < list.size()) answer["Marker"] = std::to_string(at + 1);
        return answered(std::move(answer));
    }
    if (texts[arn].empty() && call.operation == "AttachRolePolicy") return absent();
    return put(role + "@" + arn, call.operation == "AttachRolePolicy" ? arn : std::string()), answered();
}

CallDoor::Reply FakeAws::gateway(const ApiCall& call) {
    const auto path = segmentsOf(call.path);
    const std::string api = "api " + path[1];
    if (!texts.contains(api)) return absent();
    if (call.operation == "GetRestApi") return answered({{"policy", told(api)}});
    if (call.operation == "UpdateRestApi") return put(api, textField(call.body["patchOperations"][0], "value")), answered();
    if (call.operation == "GetMethod") return answered(parseJson(told(api + " " + path[3] + " " + path[5])).value());
    if (call.operation == "UpdateMethod") {
        std::string type, authorizer;
        for (const Json& each : call.body["patchOperations"]) (textField(each, "path") == "/authorizerId" ? authorizer : type) = textField(each, "value");
        return put(api + " " + path[3] + " " + path[5], routeAuthorizationText(type, authorizer, {})), answered();
    }
    if (call.operation == "CreateDeployment") {
        const std::string made = "d" + std::to_string(++deployments_);
        marks[made] = textField(call.body, "description");
        return put(api + " stage " + textField(call.body, "stageName"), made), answered();
    }
    if (call.operation == "UpdateStage") return put(api + " stage " + path[3], textField(call.body["patchOperations"][0], "value")), answered();
    if (call.operation == "GetStage") return answered({{"deploymentId", told(api + " stage " + path[3])}});
    if (call.operation == "GetDeployment") return answered({{"description", marks[path[3]]}});
    return answered();
}

CallDoor::Reply FakeAws::lambda(const ApiCall& call, const std::string& region) {
    const auto path = segmentsOf(call.path);
    std::string function = path[2];
    if (const std::string qualifier = of(call, "Qualifier"); !qualifier.empty()) function += ":" + qualifier;
    const std::string key = "function " + function + " ";
    if (call.operation == "GetPolicy") {
        Json statements = Json::array();
        for (const auto& [name, text] : texts)
            if (name.starts_with(key))
                if (const std::string now = told(name); !now.empty()) statements.push_back(parseJson(now).value());
        if (statements.empty()) return absent();
        return answered({{"RevisionId", std::to_string(revision)}, {"Policy", Json{{"Version", "2012-10-17"}, {"Statement", statements}}.dump()}});
    }
    const std::string seen = call.operation == "AddPermission" ? textField(call.body, "RevisionId") : of(call, "RevisionId");
    if (!seen.empty() && seen != std::to_string(revision)) return refused("PreconditionFailedException");
    ++revision;
    if (call.operation == "RemovePermission") {
        if (texts[key + path.back()].empty()) return absent();
        return put(key + path.back(), {}), answered();
    }
    const std::string sid = textField(call.body, "StatementId"), principal = textField(call.body, "Principal");
    if (!texts[key + sid].empty()) return refused("ResourceConflictException");
    Json statement{{"Sid", sid}, {"Effect", "Allow"}, {"Action", textField(call.body, "Action")}};
    const bool service = principal.ends_with(".amazonaws.com");
    const bool account = principal.size() == 12 && principal.find_first_not_of("0123456789") == std::string::npos;
    if (principal == "*")
        statement["Principal"] = "*";
    else
        statement["Principal"] = Json{{service ? "Service" : "AWS", account ? "arn:aws:iam::" + principal + ":root" : principal}};
    statement["Resource"] = "arn:aws:lambda:" + region + ":111122223333:function:" + function;
    const auto condition = [&](const char* member, const char* op, const char* name) {
        if (call.body.contains(member)) statement["Condition"][op][name] = call.body[member].is_boolean() ? Json("true") : call.body[member];
    };
    condition("SourceArn", "ArnLike", "AWS:SourceArn");
    condition("SourceAccount", "StringEquals", "AWS:SourceAccount");
    condition("PrincipalOrgID", "StringEquals", "aws:PrincipalOrgID");
    condition("FunctionUrlAuthType", "StringEquals", "lambda:FunctionUrlAuthType");
    condition("InvokedViaFunctionUrl", "Bool", "lambda:InvokedViaFunctionUrl");
    return put(key + sid, statement.dump()), answered();
}

CallDoor::Reply FakeAws::lattice(const ApiCall& call) {
    const std::string key = "lattice " + segmentsOf(call.path).back();
    if (call.operation == "GetAuthPolicy") {
        const std::string text = told(key);
        return text.empty() ? absent() : answered({{"policy", text}, {"state", "Active"}});
    }
    const std::string text = textField(call.body, "policy");
    if (text.find('\n') != std::string::npos) return refused("ValidationException");
    return put(key, text), answered();
}

} // namespace gw::mesh::test
