// Small organizations made by hand: two accounts, an API, a function, buckets.
#pragma once

#include "models/estate/estate_parts.h"
#include "models/policy/request.h"

#include <string>
#include <vector>

namespace gw::estate::test {

inline const policy::WorldRules open{false, UtcTime::fromUnixSeconds(1'795'521'600), nullptr};
inline const std::string one = "111111111111", two = "222222222222", outside = "333333333333";
inline const std::string api = "arn:aws:execute-api:eu-west-1:111111111111:api1";
inline const std::string refunds = api + "/prod/POST/refunds", refund = api + "/prod/GET/refunds/{id}";
inline const std::string function = "arn:aws:lambda:eu-west-1:222222222222:function:ledger";
inline const std::string bucket = "arn:aws:s3:::statements", unread = "arn:aws:s3:::unread";

inline PolicyDocument document(const std::string& name, const std::string& statements, const std::string& arn = {}) {
    PolicyDocument made;
    made.name = name;
    made.arn = arn;
    made.text = R"({"Version":"2012-10-17","Statement":[)" + statements + "]}";
    return made;
}

inline std::string allow(const std::string& action, const std::string& resource, const std::string& more = {}) {
    return R"({"Effect":"Allow","Action":")" + action + R"(","Resource":")" + resource + "\"" + more + "}";
}

inline std::string trust(const std::string& principal, const std::string& action, const std::string& condition = {}) {
    return R"({"Effect":"Allow","Principal":)" + principal + R"(,"Action":")" + action + "\"" +
           (condition.empty() ? "" : R"(,"Condition":)" + condition) + "}";
}

inline std::string provider(const std::string& account) {
    return "arn:aws:iam::" + account + ":saml-provider/idp";
}

inline std::string samlTrust(const std::string& account, const std::string& condition) {
    return trust(R"({"Federated":")" + provider(account) + "\"}", "sts:AssumeRoleWithSAML", condition);
}

inline constexpr const char* ours = R"({"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"}})";

inline Role role(const std::string& account, const std::string& name, const std::string& trusting,
                 const std::vector<std::string>& statements) {
    Role made;
    made.account = account;
    made.name = name;
    made.path = "/";
    made.arn = "arn:aws:iam::" + account + ":role/" + name;
    made.trust = document(name, trusting);
    for (std::size_t i = 0; i < statements.size(); ++i)
        made.policies.inlinePolicies.push_back(document("p" + std::to_string(i), statements[i]));
    return made;
}

inline Resource resource(ResourceKind kind, const std::string& arn, const std::string& account, const std::string& statements) {
    Resource made;
    made.kind = kind;
    made.arn = arn;
    made.account = account;
    made.policyKnown = true;
    if (!statements.empty()) made.policy = document("resource", statements);
    return made;
}

inline Resource route(const std::string& method, const std::string& path) {
    Resource made = resource(ResourceKind::Route, api + "/prod/" + method + path, one, {});
    made.api = made.id = "api1";
    made.stage = "prod";
    made.method = method;
    made.path = path;
    made.name = method + " " + path;
    return made;
}

inline Assignment assignment(const std::string& group, const Role& to) {
    Assignment made;
    made.group = group;
    made.role = to.arn;
    made.provider = provider(to.account);
    return made;
}

// Both accounts under a root whose policies are all known.
inline void addOrganization(EstateParts& parts, const std::string& rootDenies = {}) {
    parts.organization = {"o-test", outside};
    ControlPolicy full;
    full.id = "p-full";
    full.document = document("full", R"({"Effect":"Allow","Action":"*","Resource":"*"})");
    parts.controlPolicies.push_back(full);
    OrganizationFacts& facts = parts.facts;
    facts.scpsListed = facts.rcpsListed = true;
    facts.types["r-1"] = {"SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"};
    facts.targetsListed.insert("p-full");
    if (!rootDenies.empty()) {
        ControlPolicy denies;
        denies.id = "p-deny";
        denies.document = document("deny", rootDenies);
        parts.controlPolicies.push_back(denies);
        facts.targetsListed.insert("p-deny");
        facts.attachments[one].policies.insert("p-deny");
    }
    ControlPolicy fullRcp = full;
    fullRcp.id = "p-rcp";
    fullRcp.resource = true;
    fullRcp.document = document("rcp", R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"})");
    parts.controlPolicies.push_back(fullRcp);
    facts.targetsListed.insert("p-rcp");
    for (const std::string& each : {std::string("r-1"), one, two}) {
        facts.attachments[each].policies.insert("p-full");
        facts.attachments[each].policies.insert("p-rcp");
        if (each == "r-1") continue;
        facts.parents[each] = "r-1";
        Account account;
        account.account = each;
        account.arn = "arn:aws:organizations::" + outside + ":account/o-test/" + each;
        parts.accounts.push_back(account);
    }
}

} // namespace gw::estate::test
