// Who gets which role, and what the role is worth.
#include "models/estate/estate_parts.h"
#include "models/estate/mapping.h"
#include "models/policy/catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace gw::estate {
namespace {

constexpr const char* account = "111122223333";
const std::string provider = "arn:aws:iam::111122223333:saml-provider/SSO";

PolicyDocument document(std::string name, std::string text) {
    PolicyDocument out;
    out.name = std::move(name);
    out.text = std::move(text);
    return out;
}

std::string statement(const std::string& members) {
    return R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",)" + members + "}]}";
}

std::string samlTrust(const std::string& condition = R"({"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"}})") {
    return statement(R"("Principal":{"Federated":")" + provider + R"("},"Action":"sts:AssumeRoleWithSAML","Condition":)" + condition);
}

Role role(const std::string& name, const std::string& trust, const std::vector<std::string>& policies = {}) {
    Role out;
    out.name = name;
    out.account = account;
    out.path = "/";
    out.arn = "arn:aws:iam::111122223333:role/" + name;
    out.trust = document(name, trust);
    for (const std::string& each : policies)
        out.policies.inlinePolicies.push_back(document("p" + std::to_string(out.policies.inlinePolicies.size()), each));
    return out;
}

const policy::Catalogue& catalogue() {
    static const std::unique_ptr<policy::Catalogue> read = [] {
        std::ifstream file(GW_SOURCE_DIR "/resources/catalogue/catalogue.jsonl");
        std::stringstream text;
        text << file.rdbuf();
        return std::move(*policy::Catalogue::read(text.str()));
    }();
    return *read;
}

std::vector<Mapping> mappings(EstateParts parts, std::shared_ptr<const Estate>* keep = nullptr) {
    static std::vector<std::shared_ptr<const Estate>> all;
    all.push_back(std::make_shared<const Estate>(std::move(parts)));
    if (keep != nullptr) *keep = all.back();
    return mappingsOf(*all.back(), {.complete = false, .now = {}, .catalogue = &catalogue()});
}

Privilege privilegeOf(const std::vector<std::string>& policies, const std::function<void(EstateParts&)>& change = {}) {
    EstateParts parts;
    parts.roles.push_back(role("one", samlTrust(), policies));
    if (change) change(parts);
    const auto rows = mappings(std::move(parts));
    return rows.empty() ? Privilege::Unknown : rows.front().privilege;
}

std::string allow(const std::string& action, const std::string& resource = "*", const std::string& more = {}) {
    return statement(R"("Action":")" + action + R"(","Resource":")" + resource + '"' + more);
}

TEST(Mapping, WhoIsNotActiveDoesNotCount) {
    EstateParts parts;
    parts.roles.push_back(role("r", samlTrust()));
    parts.directoryGroups.push_back({"g", "Staff", {"u1", "u2"}, true, {}});
    parts.people.push_back({"u1", "ann", {}, {"g"}, false, {}});
    parts.people.push_back({"u2", "bob", {}, {"g"}, true, {}});
    Assignment assignment;
    assignment.role = parts.roles[0].arn;
    assignment.provider = provider;
    assignment.group = "g";
    parts.assignments.push_back(assignment);
    assignment.group.clear();
    for (const char* each : {"ann", "bob"}) {
        assignment.person = each;
        parts.assignments.push_back(assignment);
    }
    const std::vector<Mapping> rows = mappings(std::move(parts));
    ASSERT_EQ(rows.size(), 2U);
    for (const Mapping& each : rows) {
        EXPECT_EQ(each.people, 1U);
        EXPECT_NE(each.who, "ann");
    }
}

TEST(Mapping, NamesEveryWayIn) {
    EstateParts parts;
    parts.roles.push_back(role("by-provider", samlTrust()));
    parts.roles.push_back(role("by-claim", samlTrust(R"({"ForAnyValue:StringEquals":{"saml:edupersonaffiliation":["staff","faculty"]}})")));
    parts.roles.push_back(role("by-account", statement(R"("Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"sts:AssumeRole")")));
    parts.roles.push_back(role("by-service", statement(R"("Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole")")));
    parts.roles.push_back(role("by-anyone", statement(R"("Principal":"*","Action":"sts:AssumeRole")")));
    parts.roles.push_back(
        role("by-web", statement(R"("Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/oidc.eks.example/id/A"},
      "Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"oidc.eks.example/id/A:sub":"system:serviceaccount:pay:ledger"}})")));
    parts.roles.push_back(role("by-nobody", R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}]})"));
    Role linked = role("AWSServiceRoleForX", statement(R"("Principal":{"Service":"x.amazonaws.com"},"Action":"sts:AssumeRole")"));
    linked.path = "/aws-service-role/x.amazonaws.com/";
    parts.roles.push_back(linked);

    std::vector<std::string> told;
    for (const Mapping& each : mappings(std::move(parts)))
        told.push_back(each.role.substr(each.role.rfind('/') + 1) + " | " + std::string(granteeKindName(each.kind)) + " | " + each.who);
    EXPECT_EQ(told, (std::vector<std::string>{
                        "by-account | account | arn:aws:iam::444455556666:root", "by-anyone | anyone | *",
                        "by-claim | claim | saml:edupersonaffiliation = staff, faculty", "by-provider | provider | " + provider,
                        "by-service | service | lambda.amazonaws.com", "by-web | web-identity | system:serviceaccount:pay:ledger"}));
}

TEST(Mapping, ReadsGroupsFromAssignments) {
    EstateParts parts;
    parts.roles.push_back(role("reader", samlTrust()));
    parts.directoryGroups.push_back({"g-1", "Support", {"p-1", "p-2"}, true, {}});
    parts.assignments.push_back({"g-1", "", parts.roles[0].arn, "", AssignmentOrigin::Table, {}});
    parts.assignments.push_back({"Support", "", parts.roles[0].arn, provider, AssignmentOrigin::GroupName, {}});
    parts.assignments.push_back({"", "lena", parts.roles[0].arn, provider, AssignmentOrigin::Assertion, {}});
    parts.assignments.push_back({"Unread", "", "arn:aws:iam::111122223333:role/prod-gone", "", AssignmentOrigin::Table, {}});
    const auto rows = mappings(std::move(parts));
    ASSERT_EQ(rows.size(), 3U) << "the provider itself is none: it is known whom it sends";
    EXPECT_EQ(rows[0].who, "Unread");
    EXPECT_EQ(rows[0].found, nullptr);
    EXPECT_EQ(rows[0].environment, Environment::Prod);
    EXPECT_FALSE(rows[0].people.has_value());
    EXPECT_EQ(rows[1].who, "Support");
    EXPECT_EQ(rows[1].groupId, "g-1");
    EXPECT_EQ(rows[1].people, 2U);
    EXPECT_EQ(rows[1].provider, provider);
    EXPECT_EQ(rows[1].conditions, std::vector<std::string>{"SAML:aud"});
    EXPECT_EQ(rows[2].kind, GranteeKind::Person);
}

TEST(Mapping, KeepsTheProviderWhereOnlySamplesAreKnown) {
    EstateParts parts;
    parts.roles.push_back(role("reader", samlTrust()));
    parts.assignments.push_back({"", "lena", parts.roles[0].arn, provider, AssignmentOrigin::Assertion, {}});
    const auto rows = mappings(std::move(parts));
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].kind, GranteeKind::Person);
    EXPECT_EQ(rows[1].kind, GranteeKind::Provider);
}

TEST(Mapping, PrivilegeIsWhatTheEvaluatorGrants) {
    EXPECT_EQ(privilegeOf({}), Privilege::None);
    EXPECT_EQ(privilegeOf({allow("*")}), Privilege::Admin);
    EXPECT_EQ(privilegeOf({allow("*:*")}), Privilege::Admin);
    EXPECT_EQ(privilegeOf({statement(R"("NotAction":"aws-portal:*","Resource":"*")")}), Privilege::Admin);
    EXPECT_EQ(privilegeOf({statement(R"("NotAction":"iam:*","Resource":"*")")}), Privilege::Escalating);
    EXPECT_EQ(privilegeOf({allow("*", "*", R"(,"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}})")}), Privilege::Admin)
        << "a second factor is a circumstance, no limit";
    EXPECT_EQ(privilegeOf({allow("iam:CreatePolicyVersion")}), Privilege::Escalating);
    EXPECT_EQ(privilegeOf({allow("iam:PutRolePolicy", "arn:aws:iam::111122223333:role/one")}), Privilege::Escalating) << "to itself";
    EXPECT_EQ(privilegeOf({allow("iam:PutRolePolicy", "arn:aws:iam::111122223333:role/two")}), Privilege::Write);
    EXPECT_EQ(privilegeOf({allow("s3:*")}), Privilege::Write);
    EXPECT_EQ(privilegeOf({allow("s3:Get*")}), Privilege::Read);
    EXPECT_EQ(privilegeOf({allow("execute-api:Invoke", "arn:aws:execute-api:eu-west-1:111122223333:a1/prod/GET/*")}), Privilege::Read);
    EXPECT_EQ(privilegeOf({allow("execute-api:Invoke", "arn:aws:execute-api:eu-west-1:111122223333:a1/*")}), Privilege::Write);
    EXPECT_EQ(privilegeOf({allow("s3:Get*"), R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}})"}),
              Privilege::None);
}

TEST(Mapping, PrivilegeHeedsBoundariesAndWhatIsNotTold) {
    const auto bounded = [](EstateParts& parts) {
        ManagedPolicy ceiling;
        ceiling.arn = "arn:aws:iam::111122223333:policy/ceiling";
        ceiling.document = document("ceiling", allow("s3:Get*"));
        ceiling.document.arn = ceiling.arn;
        parts.managedPolicies.push_back(ceiling);
        parts.roles[0].policies.boundary = ceiling.arn;
    };
    EXPECT_EQ(privilegeOf({allow("*")}, bounded), Privilege::Read);
    EXPECT_EQ(privilegeOf({}, [](EstateParts& parts) { parts.roles[0].policies.known = false; }), Privilege::Unknown);
    EXPECT_EQ(privilegeOf({}, [](EstateParts& parts) { parts.roles[0].policies.attached = {"arn:aws:iam::aws:policy/X"}; }),
              Privilege::Unknown);
    EXPECT_EQ(privilegeOf({}, [](EstateParts& parts) { parts.roles[0].policies.attached = {"arn:aws:iam::aws:policy/AdministratorAccess"}; }),
              Privilege::Admin)
        << "AWS's own, which everybody knows";
}

TEST(Mapping, CountsWhatIsReached) {
    EstateParts parts;
    const std::string api = "arn:aws:execute-api:eu-west-1:111122223333:a1";
    Resource rest;
    rest.kind = ResourceKind::RestApi;
    rest.id = "a1";
    rest.arn = api;
    rest.account = account;
    rest.region = "eu-west-1";
    rest.policyKnown = true;
    parts.resources.push_back(rest);
    for (const char* each : {"/prod/GET/payments", "/prod/POST/refunds"}) {
        Resource route = rest;
        route.kind = ResourceKind::Route;
        route.arn = api + each;
        route.api = "a1";
        route.policyKnown = false;
        parts.resources.push_back(route);
    }
    Resource open = parts.resources.back();
    open.arn = api + "/prod/GET/health";
    open.authorization.type = "NONE";
    parts.resources.push_back(open);
    Resource function;
    function.kind = ResourceKind::Function;
    function.arn = "arn:aws:lambda:eu-west-1:444455556666:function:f";
    function.account = "444455556666";
    function.policyKnown = true;
    function.policy = document("f", R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/caller"},"Action":"lambda:InvokeFunction","Resource":"*"}]})");
    parts.resources.push_back(function);
    parts.roles.push_back(role("caller", samlTrust(), {allow("execute-api:Invoke", api + "/prod/GET/*"), allow("lambda:InvokeFunction"),
                                                       allow("sts:AssumeRole", "arn:aws:iam::111122223333:role/next")}));
    parts.roles.push_back(role("next", statement(R"("Principal":{"AWS":"arn:aws:iam::111122223333:role/caller"},"Action":"sts:AssumeRole")")));
    parts.roles.push_back(role("other", samlTrust(), {allow("lambda:InvokeFunction")}));
    for (const Mapping& each : mappings(std::move(parts))) {
        const bool caller = each.role.ends_with("/caller");
        EXPECT_EQ(each.reach.routes, caller ? 1U : 0U) << each.role;
        EXPECT_EQ(each.reach.functions, caller ? 1U : 0U) << each.role;
        EXPECT_EQ(each.reach.roles, caller ? 1U : 0U) << each.role;
        EXPECT_EQ(each.reach.services, caller ? 2U : each.role.ends_with("/other") ? 1U : 0U)
            << each.role << ": taking on a role is no service of its own";
    }
}

TEST(Mapping, StopsWhereItIsTold) {
    EstateParts parts;
    for (int i = 0; i < 500; ++i) parts.roles.push_back(role("r" + std::to_string(1000 + i), samlTrust()));
    const Estate estate(std::move(parts));
    int heard = 0;
    const auto rows = mappingsOf(estate, {}, [&](double) { return ++heard < 2; });
    EXPECT_LT(rows.size(), 500U);
    EXPECT_FALSE(rows.empty());
}

TEST(Environment, IsToldByTagNameOrAccount) {
    EstateParts parts;
    Account named;
    named.account = account;
    named.name = "nwr-prod-payments";
    parts.accounts.push_back(named);
    const Estate estate(std::move(parts));
    const auto of = [&](const std::string& name, const Tags& tags = {}) {
        Object object;
        object.name = name;
        object.account = account;
        return environmentName(environmentOf(estate, object, tags));
    };
    EXPECT_EQ(of("reader"), "prod");
    EXPECT_EQ(of("stage-reader"), "stage");
    EXPECT_EQ(of("payments-developer"), "prod") << "a developer is no environment";
    EXPECT_EQ(of("stage-reader", {{"Environment", "dev"}}), "dev");
    EXPECT_EQ(of("reader-non-prod"), "dev");
    EXPECT_EQ(of("reader", {{"env", "blue"}}), "prod");
}

} // namespace
} // namespace gw::estate
