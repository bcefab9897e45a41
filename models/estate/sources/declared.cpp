#include "models/estate/sources/declared.h"

#include "models/estate/readers/secrets.h"
#include "models/policy/arn_pattern.h"
#include "saml/base/ascii.h"
#include "saml/base/json.h"

#include <algorithm>

namespace gw::estate {
namespace {

using Kind = Datum::Kind;

std::string lastOf(std::string_view text) {
    return std::string(text.substr(text.rfind('/') + 1));
}

// Its names are kept, so that one can see what there is; and its values nowhere.
void blank(Datum& values) {
    if (values.kind == Kind::Array) {
        for (auto& [none, each] : values.members)
            if (!isMeshNode(each.string("name"), each.string("value")))
                std::erase_if(each.members, [](const Datum::Member& member) { return member.first == "value"; });
        return;
    }
    for (auto& [name, each] : values.members) {
        if (name == "variables" && each.kind == Kind::Object) {
            blank(each);
            continue;
        }
        each = each.placed(Datum::of({}));
    }
}

void withoutSecrets(Datum& datum) {
    std::erase_if(datum.members, [](const Datum::Member& each) {
        const std::string name = foldedAscii(each.first);
        return name == "secretstring" || name.find("password") != std::string::npos;
    });
    for (auto& [name, value] : datum.members) {
        if (name == "environment" || name == "variables" || name == "stageVariables")
            blank(value);
        else
            withoutSecrets(value);
    }
}

} // namespace

Declared::Declared(EstateParts& parts, std::shared_ptr<const SourceFile> file, TemplatePlace place)
    : parts_(parts), file_(std::move(file)), place_(std::move(place)) {}

std::string Declared::arn(std::string_view service, std::string_view resource, bool region) const {
    return "arn:" + place_.partition() + ":" + std::string(service) + ":" + (region ? place_.region : "") + ":" + place_.account + ":" + std::string(resource);
}

Role& Declared::role(std::string_view name, const Datum& at) {
    const std::string key = foldedAscii(lastOf(name));
    const auto [place, fresh] = roles_.emplace(key, parts_.roles.size());
    if (!fresh) return parts_.roles[place->second];
    Role made;
    made.name = lastOf(name);
    made.account = place_.account;
    made.arn = name.starts_with("arn:") ? std::string(name) : arn("iam", "role/" + made.name, false);
    made.path = "/";
    made.source = this->at(at);
    // Until the role itself is seen, it is one that exists already.
    made.policies.known = false;
    parts_.roles.push_back(std::move(made));
    return parts_.roles.back();
}

User& Declared::user(std::string_view name, const Datum& at) {
    const auto [place, fresh] = users_.emplace(foldedAscii(lastOf(name)), parts_.users.size());
    if (!fresh) return parts_.users[place->second];
    User made;
    made.name = lastOf(name);
    made.account = place_.account;
    made.arn = arn("iam", "user/" + made.name, false);
    made.path = "/";
    made.source = this->at(at);
    made.policies.known = false;
    parts_.users.push_back(std::move(made));
    return parts_.users.back();
}

Group& Declared::group(std::string_view name, const Datum& at) {
    const auto [place, fresh] = groups_.emplace(foldedAscii(lastOf(name)), parts_.groups.size());
    if (!fresh) return parts_.groups[place->second];
    Group made;
    made.name = lastOf(name);
    made.account = place_.account;
    made.arn = arn("iam", "group/" + made.name, false);
    made.path = "/";
    made.source = this->at(at);
    made.policies.known = false;
    parts_.groups.push_back(std::move(made));
    return parts_.groups.back();
}

IdentityPolicies& Declared::policiesOf(Owner owner, std::string_view name, const Datum& at) {
    if (owner == Owner::Role) return role(name, at).policies;
    return owner == Owner::User ? user(name, at).policies : group(name, at).policies;
}

void Declared::attach(Owner owner, const Datum& name, const Datum& policyArn) {
    if (name.string().empty()) return;
    // An ARN that nobody knows is a policy that is not there: answers depend on it.
    const std::string written = policyArn.kind == Kind::Unknown ? "${" + policyArn.text + "}" : std::string(policyArn.string());
    auto& attached = policiesOf(owner, name.string(), name).attached;
    if (!written.empty() && std::find(attached.begin(), attached.end(), written) == attached.end()) attached.push_back(written);
}

void Declared::addInline(Owner owner, const Datum& name, std::string policyName, const Datum& value) {
    if (name.string().empty()) return;
    IdentityPolicies& policies = policiesOf(owner, name.string(), name);
    const std::string prefix = owner == Owner::Group ? lastOf(name.string()) + "/" : std::string();
    std::string arn = owner == Owner::Role ? role(name.string(), name).arn : owner == Owner::User ? user(name.string(), name).arn : group(name.string(), name).arn;
    policies.inlinePolicies.push_back(document(value, prefix + std::move(policyName), {}, std::move(arn)));
}

void Declared::addManagedPolicy(std::string arn, std::string name, const Datum& value) {
    ManagedPolicy made;
    made.arn = std::move(arn);
    made.name = std::move(name);
    const auto parts = policy::ArnParts::split(made.arn);
    made.account = parts ? std::string(parts->account) : place_.account;
    made.source = at(value);
    made.document = document(value, made.name, made.arn, {});
    parts_.managedPolicies.push_back(std::move(made));
}

Resource& Declared::resource(ResourceKind kind, std::string arn, std::string name, const Datum& at) {
    const auto [place, fresh] = resources_.emplace(arn, parts_.resources.size());
    if (!fresh) {
        Resource& known = parts_.resources[place->second];
        if (known.kind == ResourceKind::Other) known.kind = kind;
        if (known.spec.empty() && !name.empty()) known.name = std::move(name);
        return known;
    }
    Resource made;
    made.kind = kind;
    made.arn = std::move(arn);
    const auto parts = policy::ArnParts::split(made.arn);
    made.account = parts && !parts->account.empty() ? std::string(parts->account) : place_.account;
    made.region = parts && !parts->region.empty() ? std::string(parts->region) : kind == ResourceKind::Bucket ? std::string() : place_.region;
    made.id = parts ? std::string(parts->resource.substr(parts->resource.find_last_of("/:") + 1)) : made.arn;
    made.name = name.empty() ? made.id : std::move(name);
    made.source = this->at(at);
    parts_.resources.push_back(std::move(made));
    return parts_.resources.back();
}

void Declared::setPolicy(ResourceKind kind, const std::string& arn, const Datum& value) {
    Resource& owner = resource(kind, arn, {}, value);
    owner.policy = document(value, owner.name, {}, arn);
    owner.policyKnown = true;
}

void Declared::addPermission(const std::string& functionArn, const Datum& permission) {
    Permissions& into = permissions_[functionArn];
    if (into.source.file == nullptr) into.source = at(permission);
    const auto text = [&](std::string_view name) { return std::string(permission.string(name)); };
    for (const std::string_view name :
         {"action", "principal", "sourceArn", "sourceAccount", "principalOrgID", "functionUrlAuthType", "invokedViaFunctionUrl"})
        if (!permission[name].known()) into.known = false;
    const std::string principal = text("principal");
    Json statement = {{"Sid", text("statementId")}, {"Effect", "Allow"}};
    if (principal == "*")
        statement["Principal"] = "*";
    else if (principal.find(".amazonaws.com") != std::string::npos)
        statement["Principal"]["Service"] = principal;
    else
        statement["Principal"]["AWS"] = principal;
    statement["Action"] = text("action");
    statement["Resource"] = functionArn + (text("qualifier").empty() ? "" : ":" + text("qualifier"));
    if (!text("sourceArn").empty()) statement["Condition"]["ArnLike"]["AWS:SourceArn"] = text("sourceArn");
    if (!text("sourceAccount").empty()) statement["Condition"]["StringEquals"]["AWS:SourceAccount"] = text("sourceAccount");
    if (!text("principalOrgID").empty()) statement["Condition"]["StringEquals"]["aws:PrincipalOrgID"] = text("principalOrgID");
    if (!text("functionUrlAuthType").empty()) statement["Condition"]["StringEquals"]["lambda:FunctionUrlAuthType"] = text("functionUrlAuthType");
    if (permission["invokedViaFunctionUrl"].is(Kind::True) || text("invokedViaFunctionUrl") == "true")
        statement["Condition"]["Bool"]["lambda:InvokedViaFunctionUrl"] = "true";
    if (statement["Sid"].get<std::string>().empty()) statement.erase("Sid");
    if (!into.statements.empty()) into.statements += ',';
    into.statements += statement.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void Declared::use(Resource& resource, std::string slot, const Datum& role) {
    if (role.kind == Kind::Null) return;
    std::string written = role.kind == Kind::Unknown ? "${" + role.text + "}" : std::string(role.string());
    if (!written.empty()) resource.roles.push_back({std::move(slot), std::move(written)});
}

PolicyDocument Declared::document(const Datum& value, std::string name, std::string arn, std::string owner) const {
    PolicyDocument made;
    made.name = std::move(name);
    made.arn = std::move(arn);
    made.owner = std::move(owner);
    made.source = at(value);
    // What was worked out stands nowhere as it is.
    made.quoted = true;
    made.known = value.known() && (value.kind == Kind::Object || (value.kind == Kind::String && !value.text.empty()));
    if (made.known) made.text = value.kind == Kind::String ? value.text : jsonOf(value);
    return made;
}

void Declared::finish() {
    for (auto& [function, permissions] : permissions_) {
        Resource& owner = resource(ResourceKind::Function, function, {}, {});
        PolicyDocument made;
        made.name = owner.name;
        made.owner = function;
        made.source = permissions.source;
        made.quoted = true;
        made.known = permissions.known;
        if (made.known) made.text = R"({"Version":"2012-10-17","Statement":[)" + permissions.statements + "]}";
        owner.policy = std::move(made);
        owner.policyKnown = true;
        if (owner.source.file == nullptr) owner.source = permissions.source;
    }
    permissions_.clear();
}

std::string specOf(Datum properties) {
    Datum spec = withApiNames(std::move(properties));
    withoutSecrets(spec);
    return jsonOf(spec);
}

Tags tagsIn(const Datum& tags) {
    Tags made;
    if (tags.kind == Kind::Object)
        for (const auto& [name, value] : tags.members) made.emplace_back(name, std::string(value.string()));
    for (const auto& [none, each] : tags.members)
        if (tags.kind == Kind::Array && !each.string("Key").empty()) made.emplace_back(std::string(each.string("Key")), std::string(each.string("Value")));
    return made;
}

} // namespace gw::estate
