// From a question to the policies that decide it, and to what is not known.
#include "models/estate/estate_reader.h"
#include "models/estate/handed_policies.h"
#include "models/estate/question.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace gw::estate {
namespace {

constexpr const char* account = "111122223333";

struct Dump {
    std::string path, text;
};

std::shared_ptr<const Estate> read(const std::vector<Dump>& dumps) {
    EstateReader reader;
    for (const Dump& each : dumps) reader.addText(each.path, each.text);
    auto estate = reader.finish();
    for (const Error& each : estate->problems()) ADD_FAILURE() << each.chain();
    return estate;
}

std::string details(const std::string& more) {
    return R"({"RoleDetailList":[{"RoleName":"reader","Arn":"arn:aws:iam::111122223333:role/team/reader","Path":"/team/","RoleId":"AROAX",
  "AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:saml-provider/P"},"Action":"sts:AssumeRoleWithSAML"}]},
  "RolePolicyList":[{"PolicyName":"read","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}}]
  )" + more + "}]}";
}

const Dump bucket{"get-bucket-policy-logs.json", R"({"Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::logs/*\"}]}"})"};

Question ask(const Estate& estate, const std::string& principal, const std::string& action = "s3:GetObject",
             const std::string& resource = "arn:aws:s3:::logs/a") {
    return makeQuestion(estate, policy::Request{*policy::Principal::parse(principal), action, resource, "", {}, {}});
}

const std::string session = "arn:aws:sts::111122223333:assumed-role/reader/lena";

bool has(const Question& question, Missing what, const std::string& object = {}) {
    return std::any_of(question.gaps.begin(), question.gaps.end(),
                       [&](const Gap& each) { return each.what == what && (object.empty() || each.object == object); });
}

// An organization with one level between root and account.
std::vector<Dump> organization() {
    return {{"list-roots.json", R"({"Roots":[{"Id":"r-abcd","Arn":"arn:aws:organizations::999900001111:root/o-abc/r-abcd","Name":"Root","PolicyTypes":[{"Type":"SERVICE_CONTROL_POLICY","Status":"ENABLED"}]}]})"},
            {"list-accounts.json", R"({"Accounts":[{"Id":"111122223333","Arn":"arn:aws:organizations::999900001111:account/o-abc/111122223333","Name":"prod"}]})"},
            {"list-parents-111122223333.json", R"({"Parents":[{"Id":"ou-abcd-11112222","Type":"ORGANIZATIONAL_UNIT"}]})"},
            {"list-parents-ou-abcd-11112222.json", R"({"Parents":[{"Id":"r-abcd","Type":"ROOT"}]})"},
            {"list-policies-for-target-r-abcd.json", R"({"Policies":[{"Id":"p-FullAWSAccess","Type":"SERVICE_CONTROL_POLICY"}]})"},
            {"list-policies-for-target-ou-abcd-11112222.json", R"({"Policies":[{"Id":"p-11","Name":"guard","Type":"SERVICE_CONTROL_POLICY"},{"Id":"p-FullAWSAccess","Type":"SERVICE_CONTROL_POLICY"}]})"},
            {"list-policies-for-target-111122223333.json", R"({"Policies":[{"Id":"p-FullAWSAccess","Type":"SERVICE_CONTROL_POLICY"}]})"},
            {"describe-policy-p-11.json", R"({"Policy":{"PolicySummary":{"Id":"p-11","Name":"guard","Type":"SERVICE_CONTROL_POLICY"},"Content":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"s3:DeleteObject\",\"Resource\":\"*\"}]}"}})"}};
}

std::shared_ptr<const Estate> whole(const std::string& without = {}) {
    std::vector<Dump> dumps = organization();
    std::erase_if(dumps, [&](const Dump& each) { return each.path == without; });
    dumps.push_back({"details.json", details(R"(,"Tags":[{"Key":"team","Value":"ledger"}])")});
    dumps.push_back(bucket);
    return read(dumps);
}

TEST(Question, IsCompletedFromTheEstate) {
    const auto estate = whole();
    const Question question = ask(*estate, session);
    EXPECT_TRUE(question.gaps.empty()) << missingName(question.gaps.front().what) << " " << question.gaps.front().object;
    const auto value = [&](const char* key) {
        const auto* entry = question.request.context.find(policy::Key(key));
        return entry == nullptr || !entry->value ? std::string() : entry->value->values.front();
    };
    EXPECT_EQ(value("aws:PrincipalArn"), "arn:aws:iam::111122223333:role/team/reader");
    EXPECT_EQ(value("aws:PrincipalTag/team"), "ledger");
    EXPECT_EQ(value("aws:userid"), "AROAX:lena");
    EXPECT_EQ(value("aws:PrincipalOrgID"), "o-abc");
    EXPECT_EQ(value("aws:PrincipalOrgPaths"), "o-abc/r-abcd/ou-abcd-11112222/");
    EXPECT_EQ(question.scpTargets, (std::vector<std::string>{"Root", "ou-abcd-11112222", "prod"}));
    ASSERT_TRUE(question.policies.scp);
    EXPECT_EQ((*question.policies.scp)[1].size(), 2U);
    EXPECT_EQ(conclude(question, {}).decision, policy::Decision::Allowed);
    EXPECT_EQ(conclude(ask(*estate, session, "s3:DeleteObject"), {}).decision, policy::Decision::ExplicitlyDenied);
}

TEST(Question, WhatIsToldWinsOverTheEstate) {
    policy::Request request{*policy::Principal::parse(session), "s3:GetObject", "arn:aws:s3:::logs/a", "", {}, {}};
    request.context.set("aws:PrincipalTag/team", "payments");
    const Question question = makeQuestion(*whole(), request);
    EXPECT_EQ(question.request.context.find(policy::Key("aws:principaltag/team"))->value->values.front(), "payments");
}

// Tags of a session win over those of its role, and come from where no dump reaches, such as a sign-in response.
TEST(Question, TagsOfARoleAreNotCertainWhereItsSessionsBringTheirOwn) {
    const auto role = [](const std::string& trust) {
        return R"({"RoleDetailList":[{"RoleName":"reader","Arn":"arn:aws:iam::111122223333:role/reader","Path":"/","RoleId":"AROAX","Tags":[{"Key":"team","Value":"ledger"}],)" +
               (trust.empty() ? std::string() : R"("AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[)" + trust + "]},") +
               R"("RolePolicyList":[{"PolicyName":"p","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"ledger"}}}]}}]}]})";
    };
    const std::string saml = R"({"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:saml-provider/P"},"Action":["sts:AssumeRoleWithSAML")";
    for (const auto& [trust, certain] : {std::pair{saml + "]}", true}, {saml + R"(,"sts:TagSession"]})", false},
                                         {R"({"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:saml-provider/P"},"Action":"sts:*"})", false},
                                         {std::string(), false}}) {
        SCOPED_TRACE(trust);
        auto dumps = organization();
        dumps.push_back({"details.json", role(trust)});
        dumps.push_back({"get-bucket-policy-logs.json", R"({"Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:PutObject\",\"Resource\":\"*\"}]}"})"});
        const auto estate = read(dumps);
        const Question question = ask(*estate, session);
        const Conclusion said = conclude(question, {});
        EXPECT_EQ(said.decision, certain ? policy::Decision::Allowed : policy::Decision::Depends);
        const auto& keys = said.explanation.answer.dependsOn;
        EXPECT_EQ(keys, certain ? std::vector<std::string>() : std::vector<std::string>{"aws:PrincipalTag/team"});
    }
}

struct Hole {
    const char* without;
    Missing what;
    const char* object;
};

class Holes : public testing::TestWithParam<Hole> {};

TEST_P(Holes, MakeWhatWasAllowedDepend) {
    const auto estate = whole(GetParam().without);
    const Question question = ask(*estate, session);
    EXPECT_TRUE(has(question, GetParam().what, GetParam().object));
    EXPECT_EQ(conclude(question, {}).decision, policy::Decision::Depends);
    // What is denied already stays denied.
    const auto denied = conclude(ask(*estate, session, "s3:PutObject"), {});
    EXPECT_EQ(denied.decision, policy::Decision::ExplicitlyDenied);
    EXPECT_TRUE(denied.turning.empty());
}

INSTANTIATE_TEST_SUITE_P(Question, Holes,
                         testing::Values(Hole{"list-parents-111122223333.json", Missing::Scp, "111122223333"},
                                         Hole{"list-parents-ou-abcd-11112222.json", Missing::Scp, "ou-abcd-11112222"},
                                         Hole{"list-policies-for-target-r-abcd.json", Missing::Scp, "r-abcd"},
                                         Hole{"describe-policy-p-11.json", Missing::Scp, "p-11"}));

TEST(Question, APolicyOfWhichOnlyTheTargetsAreKnownIsAGap) {
    auto dumps = organization();
    dumps.push_back({"details.json", details("")});
    dumps.push_back({"list-targets-for-policy-p-22.json", R"({"Targets":[{"TargetId":"111122223333"}]})"});
    EXPECT_TRUE(has(ask(*read(dumps), session, "ec2:DescribeVpcs", "*"), Missing::Scp, "p-22"));
    // Of a tag policy it is known that it decides nothing.
    dumps.push_back({"list-policies.json", R"({"Policies":[{"Id":"p-22","Type":"TAG_POLICY"}]})"});
    EXPECT_TRUE(ask(*read(dumps), session, "ec2:DescribeVpcs", "*").gaps.empty());
}

TEST(Question, WithoutAnOrganizationItsPoliciesAreNotKnown) {
    const auto estate = read({{"details.json", details("")}, bucket});
    const Question question = ask(*estate, session);
    EXPECT_FALSE(question.policies.scp);
    EXPECT_TRUE(has(question, Missing::Scp, account));
    EXPECT_TRUE(has(question, Missing::Rcp, account)); // S3 is bound by them
    EXPECT_FALSE(has(ask(*estate, session, "ec2:DescribeVpcs", "*"), Missing::Rcp));
}

TEST(Question, TheManagementAccountHasNoServiceControlPolicies) {
    auto dumps = organization();
    dumps.push_back({"describe-organization.json", R"({"Organization":{"Id":"o-abc","MasterAccountId":"111122223333"}})"});
    dumps.push_back({"details.json", details("")});
    const Question question = ask(*read(dumps), session, "ec2:DescribeVpcs", "*");
    EXPECT_FALSE(question.policies.scp);
    EXPECT_TRUE(question.gaps.empty());
}

TEST(Question, WhatIsAttachedAndNotThereIsTold) {
    const auto estate = read({{"details.json", details(R"(,"AttachedManagedPolicies":[{"PolicyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}],
        "PermissionsBoundary":{"PermissionsBoundaryArn":"arn:aws:iam::111122223333:policy/ceiling"})")}});
    const Question question = ask(*estate, session);
    EXPECT_TRUE(has(question, Missing::ManagedPolicy, "arn:aws:iam::aws:policy/ReadOnlyAccess"));
    EXPECT_TRUE(has(question, Missing::Boundary, "arn:aws:iam::111122223333:policy/ceiling"));
    EXPECT_TRUE(has(question, Missing::ResourcePolicy, "arn:aws:s3:::logs/a"));
    EXPECT_TRUE(has(ask(*estate, "arn:aws:sts::111122223333:assumed-role/other/x"), Missing::Principal));
    const auto listed = read({{"list-roles.json", R"({"Roles":[{"RoleName":"reader","Arn":"arn:aws:iam::111122223333:role/reader"}]})"}});
    EXPECT_TRUE(has(ask(*listed, session), Missing::IdentityPolicies));
}

TEST(Question, AMalformedPolicyIsLeftOutAndTold) {
    const auto estate = read({{"details.json", R"({"RoleDetailList":[{"RoleName":"reader","Arn":"arn:aws:iam::111122223333:role/reader",
  "RolePolicyList":[{"PolicyName":"bad","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Efect":"Allow"}]}}]}]})"}});
    const Question question = ask(*estate, session);
    ASSERT_TRUE(has(question, Missing::Malformed, "bad"));
    EXPECT_EQ(question.gaps[0].cause->fact("file"), "details.json");
    EXPECT_TRUE(question.policies.identity.empty());
}

TEST(Question, AUserHasThePoliciesOfItsGroups) {
    const auto estate = read({{"details.json", R"({"UserDetailList":[{"UserName":"lena","Arn":"arn:aws:iam::111122223333:user/lena","UserId":"AIDAX","GroupList":["ops","gone"]}],
  "GroupDetailList":[{"GroupName":"ops","Arn":"arn:aws:iam::111122223333:group/ops","GroupPolicyList":[{"PolicyName":"read","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}}]}]})"}});
    const Question question = ask(*estate, "arn:aws:iam::111122223333:user/lena");
    ASSERT_EQ(question.policies.identity.size(), 1U);
    EXPECT_EQ(question.policies.identity[0]->name(), "ops/read");
    EXPECT_TRUE(has(question, Missing::Group, "gone"));
    EXPECT_EQ(question.request.context.find(policy::Key("aws:userid"))->value->values.front(), "AIDAX");
}

TEST(Question, AssumingARoleAsksItsTrustPolicy) {
    const auto estate = whole();
    const Question question = ask(*estate, "arn:aws:iam::111122223333:saml-provider/P", "sts:AssumeRoleWithSAML", "arn:aws:iam::111122223333:role/team/reader");
    EXPECT_FALSE(has(question, Missing::TrustPolicy));
    EXPECT_EQ(conclude(question, {}).decision, policy::Decision::Allowed);
    EXPECT_TRUE(has(ask(*estate, "arn:aws:iam::111122223333:saml-provider/P", "sts:AssumeRoleWithSAML", "arn:aws:iam::111122223333:role/none"), Missing::TrustPolicy));
}

struct Masked {
    const char* resource;
    const char* full; // empty: it cannot be told
};

class MaskedAccounts : public testing::TestWithParam<Masked> {};

TEST_P(MaskedAccounts, AreFilledInWhereOneFits) {
    const auto estate = read({{"222233334444/eu-west-1/get-rest-apis.json", R"({"items":[{"id":"a1","name":"api"}]})"},
                              {"list-accounts.json", R"({"Accounts":[{"Id":"444455556666"},{"Id":"888855557777"},{"Id":"999955557777"}]})"}});
    const auto denial = policy::readDenial("User: " + session + " is not authorized to perform: execute-api:Invoke on resource: " + GetParam().resource);
    ASSERT_TRUE(denial);
    const Question question = makeQuestion(*estate, *denial);
    const bool known = *GetParam().full != 0;
    EXPECT_EQ(question.request.resource, known ? GetParam().full : GetParam().resource);
    EXPECT_EQ(question.writtenResource, known ? GetParam().resource : "");
    EXPECT_EQ(has(question, Missing::ResourceAccount), !known);
}

INSTANTIATE_TEST_SUITE_P(
    Question, MaskedAccounts,
    testing::Values(Masked{"arn:aws:execute-api:eu-west-1:********3333:x9/prod/GET/a", "arn:aws:execute-api:eu-west-1:111122223333:x9/prod/GET/a"}, // the caller's own
                    Masked{"arn:aws:execute-api:eu-west-1:********4444:a1/prod/GET/a", "arn:aws:execute-api:eu-west-1:222233334444:a1/prod/GET/a"}, // the API's
                    Masked{"arn:aws:execute-api:eu-west-1:********6666:x9/prod/GET/a", "arn:aws:execute-api:eu-west-1:444455556666:x9/prod/GET/a"}, // the only one
                    Masked{"arn:aws:execute-api:eu-west-1:********7777:x9/prod/GET/a", ""},   // two of them
                    Masked{"arn:aws:execute-api:eu-west-1:********0000:x9/prod/GET/a", ""})); // none

TEST(Question, WhatAwsSaysOfASessionPolicyIsAGapThatNoDumpFills) {
    const auto denial = policy::readDenial("User: " + session + " is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::logs/a\" because no session policy allows the s3:GetObject action");
    ASSERT_TRUE(denial);
    const Question question = makeQuestion(*whole(), *denial);
    EXPECT_TRUE(question.isDenial);
    EXPECT_EQ(question.saidLayer, policy::Layer::Session);
    EXPECT_TRUE(has(question, Missing::SessionPolicy));
    EXPECT_EQ(conclude(question, {}).decision, policy::Decision::Depends);
}

TEST(Question, EditsNameTheRoleWithItsPathAndSpareWhatAwsOwns) {
    const auto estate = whole();
    const policy::WorldRules world;
    const Question question = ask(*estate, session, "s3:ListBucket", "arn:aws:s3:::logs");
    const Conclusion conclusion = conclude(question, world);
    const auto edits = editsFor(*estate, question, conclusion, world, 20);
    ASSERT_FALSE(edits.empty());
    bool named = false;
    for (const PlacedEdit& each : edits) {
        EXPECT_NE(each.edit.policy, "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess");
        const std::string after = each.edit.after.dump();
        EXPECT_EQ(after.find("role/reader"), std::string::npos) << after;
        named = named || after.find("role/team/reader") != std::string::npos;
        if (each.document != nullptr) {
            EXPECT_TRUE(each.place);
        }
    }
    EXPECT_TRUE(named);
}

TEST(Question, AnEditThatHangsOnAGapSaysSo) {
    const policy::WorldRules world;
    for (const bool complete : {true, false}) {
        const auto estate = whole(complete ? "" : "describe-policy-p-11.json");
        const Question question = ask(*estate, session, "s3:ListBucket", "arn:aws:s3:::logs");
        const Conclusion denied = conclude(question, world);
        const auto edits = editsFor(*estate, question, denied, world);
        ASSERT_FALSE(edits.empty());
        EXPECT_EQ(edits[0].edit.result, policy::Decision::Allowed);
        EXPECT_EQ(edits[0].decision, complete ? policy::Decision::Allowed : policy::Decision::Depends);
        EXPECT_EQ(edits[0].turning.empty(), complete);
        // What denies stands whatever else there is.
        const Question allowed = ask(*estate, session);
        const auto denials = editsFor(*estate, allowed, conclude(allowed, world), world);
        ASSERT_FALSE(denials.empty());
        EXPECT_TRUE(policy::addsDenial(denials[0].edit));
        EXPECT_EQ(denials[0].decision, policy::Decision::ExplicitlyDenied);
        EXPECT_TRUE(denials[0].turning.empty());
    }
}

TEST(Question, AnEditTellsWhomElseItGivesOrTakesTheSame) {
    const auto role = [](const std::string& name) {
        return R"({"RoleName":")" + name + R"(","Arn":"arn:aws:iam::111122223333:role/)" + name + R"(","Path":"/","RoleId":"AROA)" + name +
               R"(","AttachedManagedPolicies":[{"PolicyName":"shared","PolicyArn":"arn:aws:iam::111122223333:policy/shared"}]})";
    };
    std::vector<Dump> dumps = organization();
    dumps.push_back({"details.json", R"({"RoleDetailList":[)" + role("a") + "," + role("b") + "," + role("c") +
                                         R"(],"Policies":[{"PolicyName":"shared","Arn":"arn:aws:iam::111122223333:policy/shared","DefaultVersionId":"v1","PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":true,"Document":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ec2:DescribeVpcs"],"Resource":"*"}]}}]}]})"});
    const auto estate = read(dumps);
    const policy::WorldRules world;
    const Question question = ask(*estate, "arn:aws:iam::111122223333:role/a", "ec2:DescribeSubnets", "*");
    const auto edits = editsFor(*estate, question, conclude(question, world), world, 20);
    const auto extended = std::find_if(edits.begin(), edits.end(), [](const PlacedEdit& each) {
        return each.edit.kind == policy::EditKind::ExtendActions;
    });
    ASSERT_NE(extended, edits.end());
    ASSERT_TRUE(extended->reach);
    EXPECT_EQ(extended->reach->gained, 3U);
    EXPECT_EQ(extended->reach->lost, 0U);
    EXPECT_EQ(extended->reach->principals, 3U);
    // The other way round: a denial for this principal alone, and the removal for all.
    const Question allowed = ask(*estate, "arn:aws:iam::111122223333:role/a", "ec2:DescribeVpcs", "*");
    const auto takes = editsFor(*estate, allowed, conclude(allowed, world), world, 20);
    ASSERT_GE(takes.size(), 2U);
    EXPECT_TRUE(policy::addsDenial(takes[0].edit));
    EXPECT_EQ(takes[0].reach->lost, 1U);
    EXPECT_EQ(takes[1].edit.kind, policy::EditKind::RemoveStatement);
    EXPECT_EQ(takes[1].reach->lost, 3U);
}

HandedPolicy handed(policy::DocumentKind kind, const std::string& statement) {
    auto parsed = policy::CompiledPolicy::parse(R"({"Version":"2012-10-17","Statement":[)" + statement + "]}", kind, "pasted");
    EXPECT_TRUE(parsed) << parsed.error().chain();
    return {kind, parsed ? *parsed : nullptr};
}

TEST(Question, PoliciesGivenByHandAnswerAloneAndBesideTheFiles) {
    using policy::DocumentKind;
    const auto empty = EstateReader().finish();
    const auto decide = [&](const Estate& estate, const std::vector<HandedPolicy>& policies, bool alone,
                            const std::string& action = "s3:GetObject", const std::string& resource = "arn:aws:s3:::logs/a") {
        Question question = ask(estate, session, action, resource);
        addHanded(question, policies, alone);
        return conclude(question, {});
    };
    const auto reads = handed(DocumentKind::Identity, R"({"Effect":"Allow","Action":"s3:Get*","Resource":"*"})");
    EXPECT_EQ(decide(*empty, {reads}, true).decision, policy::Decision::Allowed);
    EXPECT_EQ(decide(*empty, {}, true).decision, policy::Decision::ImplicitlyDenied);
    // Of denials alone the organisation's own policy lets the rest pass.
    const auto scp = handed(DocumentKind::Scp, R"({"Effect":"Deny","Action":"s3:PutObject","Resource":"*"})");
    EXPECT_EQ(decide(*empty, {reads, scp}, true).decision, policy::Decision::Allowed);
    const auto narrow = handed(DocumentKind::Scp, R"({"Effect":"Allow","Action":"ec2:*","Resource":"*"})");
    EXPECT_TRUE(decide(*empty, {reads, narrow}, true).explanation.answer.blockedBy.has(policy::Layer::Scp));
    const auto boundary = handed(DocumentKind::Boundary, R"({"Effect":"Allow","Action":"ec2:*","Resource":"*"})");
    EXPECT_TRUE(decide(*empty, {reads, boundary}, true).explanation.answer.blockedBy.has(policy::Layer::Boundary));
    const auto ofSession = handed(DocumentKind::Session, R"({"Effect":"Allow","Action":"ec2:*","Resource":"*"})");
    EXPECT_TRUE(decide(*empty, {reads, ofSession}, true).explanation.answer.blockedBy.has(policy::Layer::Session));
    const auto onBucket = handed(DocumentKind::Resource, R"({"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"})");
    EXPECT_EQ(decide(*empty, {reads, onBucket}, true).decision, policy::Decision::ExplicitlyDenied);
    // A trust policy has no say here, and a resource's none where a role is assumed.
    const auto trust = handed(DocumentKind::Trust, R"({"Effect":"Deny","Principal":"*","Action":"*"})");
    EXPECT_EQ(decide(*empty, {reads, trust}, true).decision, policy::Decision::Allowed);
    EXPECT_EQ(decide(*empty, {trust}, true, "sts:AssumeRole", "arn:aws:iam::111122223333:role/other").decision,
              policy::Decision::ExplicitlyDenied);
    // Beside files the rest stays as it is.
    const auto estate = whole();
    EXPECT_EQ(decide(*estate, {}, false, "s3:ListBucket", "arn:aws:s3:::logs").decision, policy::Decision::ImplicitlyDenied);
    EXPECT_EQ(decide(*estate, {handed(DocumentKind::Identity, R"({"Effect":"Allow","Action":"s3:List*","Resource":"*"})")}, false,
                     "s3:ListBucket", "arn:aws:s3:::logs")
                  .decision,
              policy::Decision::Allowed);
    EXPECT_EQ(decide(*estate, {handed(DocumentKind::Identity, R"({"Effect":"Allow","Action":"*","Resource":"*"})")}, false,
                     "s3:DeleteObject")
                  .decision,
              policy::Decision::ExplicitlyDenied);
}

TEST(Question, ActorsHaveEverythingButTheResource) {
    const auto estate = whole();
    policy::AccessIndex index;
    for (policy::Actor& each : actorsOf(*estate)) index.add(std::move(each));
    policy::AccessIndex::Question question(index, targetFor(*estate, "s3:GetObject", "arn:aws:s3:::logs/a"), {});
    EXPECT_EQ(question.answer().size(), 1U);
    policy::AccessIndex::Question denied(index, targetFor(*estate, "s3:PutObject", "arn:aws:s3:::logs/a"), {});
    EXPECT_TRUE(denied.answer().empty());
}

TEST(Question, ActorsBringWhatIsKnownOfThem) {
    const auto role = [](const std::string& name, const std::string& team) {
        return R"({"RoleName":")" + name + R"(","Arn":"arn:aws:iam::111122223333:role/)" + name + R"(","Path":"/","RoleId":"AROA)" + name +
               R"(","AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]},"Tags":[{"Key":"team","Value":")" + team +
               R"("}],"RolePolicyList":[{"PolicyName":"p","PolicyDocument":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"payments","aws:PrincipalOrgID":"o-abc"}}}}}]})";
    };
    std::vector<Dump> dumps = organization();
    dumps.push_back({"details.json", R"({"RoleDetailList":[)" + role("a", "payments") + "," + role("b", "support") + "]}"});
    // What nobody tells of the bucket could deny.
    {
        policy::AccessIndex index;
        const auto estate = read(dumps);
        for (policy::Actor& each : actorsOf(*estate)) index.add(std::move(each));
        const auto rows = policy::AccessIndex::Question(index, targetFor(*estate, "s3:GetObject", "arn:aws:s3:::logs/a"), {}).answer();
        ASSERT_EQ(rows.size(), 1U);
        EXPECT_EQ(rows[0].decision, policy::Decision::Depends);
    }
    dumps.push_back({"111122223333/" + bucket.path, bucket.text});
    const auto estate = read(dumps);
    policy::AccessIndex index;
    for (policy::Actor& each : actorsOf(*estate)) index.add(std::move(each));
    policy::Target target = targetFor(*estate, "s3:GetObject", "arn:aws:s3:::logs/a");
    const auto rows = policy::AccessIndex::Question(index, target, {}).answer();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(index.find(rows[0].actor)->principal.name(), "a");
    EXPECT_EQ(rows[0].decision, policy::Decision::Allowed);
    // What is asked wins over what is known.
    target.context.set("aws:PrincipalTag/team", "payments");
    EXPECT_EQ(policy::AccessIndex::Question(index, target, {}).answer().size(), 2U);
}

} // namespace
} // namespace gw::estate
