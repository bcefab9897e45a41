#include "app/practice/organisation.h"

#include "app/practice/random_text.h"
#include "app/practice/resource.h"

#include <algorithm>
#include <initializer_list>

namespace gw::practice {

namespace {

constexpr std::string_view accountVariable = "${AWS::AccountId}";

tl::unexpected<Error> bad(std::string detail, std::string where) {
    return fail(Error(PracticeError::BadOrganisation, std::move(detail)).with("where", std::move(where)));
}

Status checkKeys(const Json& object, std::initializer_list<std::string_view> allowed, const std::string& where) {
    if (!object.is_object()) return bad("not an object", where);
    for (const auto& item : object.items()) {
        if (std::ranges::find(allowed, std::string_view(item.key())) == allowed.end())
            return bad("an unknown key", where + '/' + item.key());
    }
    return {};
}

Result<std::string> text(const Json& object, const std::string& key, const std::string& where) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string() || found->get_ref<const std::string&>().empty())
        return bad("a missing or empty text", where + '/' + key);
    return found->get<std::string>();
}

Result<std::chrono::seconds> seconds(const Json& object, const std::string& key, int least, const std::string& where) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_integer()) return bad("a missing number", where + '/' + key);
    const auto value = found->get<std::int64_t>();
    if (value < least || value > 43'200) return bad("a duration out of range", where + '/' + key);
    return std::chrono::seconds(value);
}

Result<const Json*> list(const Json& object, const std::string& key, const std::string& where) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_array()) return bad("a missing list", where + '/' + key);
    return &*found;
}

std::string replaceAll(std::string text, std::string_view what, std::string_view with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
        text.replace(at, what.size(), with);
    return text;
}

// Policies are written once for all accounts; the variable stands for the account's number, as in CloudFormation.
Result<policy::PolicyRef> policyFor(const Json& policies, const std::string& name, const aws::AccountId& account,
                                    const std::string& where) {
    const auto found = policies.find(name);
    if (found == policies.end()) return bad("a trust policy that is not there", where);
    auto trust = policy::CompiledPolicy::parse(replaceAll(found->dump(), accountVariable, account.value()),
                                               policy::DocumentKind::Trust, name);
    if (trust) return trust;
    Error error(PracticeError::BadOrganisation, "not a trust policy");
    error.with("where", "/trustPolicies/" + name + std::string(trust.error().fact("pointer")));
    return fail(std::move(error).because(std::move(trust).error()));
}

} // namespace

Result<Organisation> Organisation::embedded() {
    return parse(resource("organisation.json"));
}

Result<Organisation> Organisation::parse(std::string_view json) {
    auto parsed = parseJson(json);
    if (!parsed) return fail(Error(PracticeError::BadOrganisation, "not JSON").because(std::move(parsed).error()));
    const Json& root = *parsed;
    GW_CHECK(checkKeys(root, {"name", "sso", "entityId", "samlProvider", "trustPolicies", "accounts", "people"}, ""));
    Organisation organisation;
    GW_TRY(organisation.name_, text(root, "name", ""));
    GW_TRY(organisation.ssoName_, text(root, "sso", ""));
    GW_TRY(organisation.entityId_, text(root, "entityId", ""));
    GW_TRY(organisation.providerName_, text(root, "samlProvider", ""));
    const Json policies = root.value("trustPolicies", Json());
    if (!policies.is_object()) return bad("a missing object", "/trustPolicies");
    GW_TRY(const Json* accounts, list(root, "accounts", ""));
    for (std::size_t i = 0; i < accounts->size(); ++i)
        GW_CHECK(organisation.readAccount((*accounts)[i], policies, "/accounts/" + std::to_string(i)));
    GW_TRY(const Json* people, list(root, "people", ""));
    for (std::size_t i = 0; i < people->size(); ++i)
        GW_CHECK(organisation.readPerson((*people)[i], "/people/" + std::to_string(i)));
    if (organisation.people_.empty()) return bad("nobody to sign in", "/people");
    return organisation;
}

Status Organisation::readAccount(const Json& json, const Json& policies, const std::string& where) {
    GW_CHECK(checkKeys(json, {"id", "alias", "environment", "samlProvider", "roles"}, where));
    Account out;
    GW_TRY(const std::string id, text(json, "id", where));
    auto parsedId = aws::AccountId::parse(id);
    if (!parsedId || account(*parsedId) != nullptr) return bad("not an account number of its own", where + "/id");
    out.id = *parsedId;
    GW_TRY(out.alias, text(json, "alias", where));
    GW_TRY(const std::string environment, text(json, "environment", where));
    const auto parsedEnvironment = sessions::parseEnvironment(environment);
    if (!parsedEnvironment) return bad("an unknown environment", where + "/environment");
    out.environment = *parsedEnvironment;
    if (const auto provider = json.find("samlProvider"); provider != json.end()) {
        if (!provider->is_boolean()) return bad("not true or false", where + "/samlProvider");
        out.hasProvider = provider->get<bool>();
    }
    GW_TRY(const Json* roles, list(json, "roles", where));
    for (std::size_t i = 0; i < roles->size(); ++i) {
        const std::string here = where + "/roles/" + std::to_string(i);
        GW_TRY(auto role, readRole((*roles)[i], out.id, policies, here));
        if (std::ranges::find(out.roles, role.arn, &Role::arn) != out.roles.end()) return bad("a role twice", here);
        out.roles.push_back(std::move(role));
    }
    accounts_.push_back(std::move(out));
    return {};
}

Result<Role> Organisation::readRole(const Json& json, const aws::AccountId& account, const Json& policies,
                                    const std::string& where) const {
    GW_CHECK(checkKeys(json, {"name", "path", "maxSessionDuration", "trust"}, where));
    GW_TRY(const std::string name, text(json, "name", where));
    std::string path = "/";
    if (json.contains("path")) {
        GW_TRY(path, text(json, "path", where));
    }
    const std::string arn = "arn:aws:iam::" + account.value() + ":role" + path + name;
    auto parsedArn = aws::RoleArn::parse(arn);
    if (!parsedArn) return bad("not a role name", where);
    GW_TRY(const auto maxSession, seconds(json, "maxSessionDuration", 3600, where));
    GW_TRY(const std::string trust, text(json, "trust", where));
    GW_TRY(auto policy, policyFor(policies, trust, account, where + "/trust"));
    return Role{std::move(*parsedArn), "AROA" + stableBase32(arn, 17), maxSession, std::move(policy)};
}

Status Organisation::readPerson(const Json& json, const std::string& where) {
    GW_CHECK(
        checkKeys(json, {"userName", "password", "name", "title", "sessionDuration", "tags", "transitiveTags", "roles"}, where));
    Person out;
    GW_TRY(out.userName, text(json, "userName", where));
    if (person(out.userName) != nullptr) return bad("a person twice", where + "/userName");
    GW_TRY(out.password, text(json, "password", where));
    GW_TRY(out.name, text(json, "name", where));
    GW_TRY(out.title, text(json, "title", where));
    GW_TRY(out.sessionDuration, seconds(json, "sessionDuration", 900, where));
    const Json tags = json.value("tags", Json::object());
    if (!tags.is_object()) return bad("not an object", where + "/tags");
    for (const auto& tag : tags.items()) {
        GW_TRY(out.tags[tag.key()], text(tags, tag.key(), where + "/tags"));
    }
    if (json.contains("transitiveTags")) {
        GW_TRY(const Json* keys, list(json, "transitiveTags", where));
        for (const Json& key : *keys) {
            if (!key.is_string() || !out.tags.contains(key.get<std::string>()))
                return bad("not a tag of this person", where + "/transitiveTags");
            out.transitiveTags.push_back(key.get<std::string>());
        }
    }
    const Json roles = json.value("roles", Json());
    if (!roles.is_object()) return bad("not an object", where + "/roles");
    for (const auto& entry : roles.items()) {
        const auto owner = std::ranges::find(accounts_, entry.key(), &Account::alias);
        if (owner == accounts_.end() || !entry.value().is_array())
            return bad("not an account with a list of roles", where + "/roles/" + entry.key());
        for (const Json& name : entry.value()) {
            const auto found = std::ranges::find_if(owner->roles, [&](const Role& role) { return name == role.arn.name(); });
            if (found == owner->roles.end()) return bad("a role that is not there", where + "/roles/" + entry.key());
            out.roles.push_back(found->arn);
        }
    }
    people_.push_back(std::move(out));
    return {};
}

std::string Organisation::providerArn(const aws::AccountId& account) const {
    return "arn:aws:iam::" + account.value() + ":saml-provider/" + providerName_;
}

const Account* Organisation::account(const aws::AccountId& id) const {
    const auto found = std::ranges::find(accounts_, id, &Account::id);
    return found == accounts_.end() ? nullptr : &*found;
}

const Role* Organisation::role(const aws::RoleArn& arn) const {
    const Account* owner = account(arn.account());
    if (owner == nullptr) return nullptr;
    const auto found = std::ranges::find(owner->roles, arn, &Role::arn);
    return found == owner->roles.end() ? nullptr : &*found;
}

const Person* Organisation::person(std::string_view userName) const {
    const auto found = std::ranges::find(people_, userName, &Person::userName);
    return found == people_.end() ? nullptr : &*found;
}

} // namespace gw::practice
