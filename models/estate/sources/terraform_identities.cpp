// IAM of what Terraform manages.
#include "models/estate/sources/terraform_reader.h"

#include <algorithm>

namespace gw::estate {

using Kind = Datum::Kind;

std::string TerraformReader::arnOr(const Datum& values, std::string_view service, const std::string& resource, bool region) const {
    const std::string_view arn = values.string("arn");
    return arn.empty() ? declared_.arn(service, resource, region) : std::string(arn);
}

std::string TerraformReader::pathOf(const Datum& values) {
    const std::string_view path = values.string("path");
    return path.empty() ? "/" : std::string(path);
}

Datum TerraformReader::orUnknown(const Datum& values, std::string_view name) {
    const Datum* found = values.find(name);
    return found == nullptr || found->kind == Kind::Null ? values.placed(Datum::unknown(std::string(name))) : *found;
}

void TerraformReader::identity(std::string_view kind, const Datum& values) {
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

void TerraformReader::member(const Datum& user, const Datum& group) {
    if (user.string().empty() || group.string().empty()) return;
    auto& groups = declared_.user(user.string(), user).groups;
    if (std::find(groups.begin(), groups.end(), group.string()) == groups.end()) groups.emplace_back(group.string());
}

void TerraformReader::principal(std::string_view kind, const Datum& values) {
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

bool TerraformReader::isBeside(std::string_view kind, const std::string& owner, std::string_view policy) {
    if (beside_.empty())
        for (const auto& [type, values] : resources_)
            for (const std::string_view who : {"role", "user", "group"})
                if (type == "aws_iam_" + std::string(who) + "_policy")
                    beside_.insert(std::string(who) + "\n" + std::string(values.string(who)) + "\n" + std::string(values.string("name")));
    return beside_.contains(std::string(kind) + "\n" + owner + "\n" + std::string(policy));
}

} // namespace gw::estate
