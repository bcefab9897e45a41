// The dumps of the practice organisation: they fit the organisation that people sign in to, and give one answer of every
// kind.
#include "models/estate/estate_reader.h"
#include "models/estate/inventory.h"
#include "models/estate/question.h"
#include "models/estate/review/review.h"
#include "models/estate/review/settings.h"
#include "models/policy/edits.h"
#include "saml/base/json.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace gw::estate {
namespace {

const std::filesystem::path practice = std::filesystem::path(GW_SOURCE_DIR) / "resources/practice";

std::string textOf(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

const Estate& sample() {
    static const std::shared_ptr<const Estate> estate = [] {
        EstateReader reader;
        EXPECT_TRUE(reader.addPath(practice / "estate"));
        return reader.finish();
    }();
    return *estate;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at)) text.replace(at, what.size(), by);
    return text;
}

TEST(PracticeEstate, IsReadWithoutAProblem) {
    for (const Error& each : sample().problems()) ADD_FAILURE() << each.chain() << " " << each.fact("file");
    EXPECT_EQ(sample().organization().id, "o-nwr0example");
    EXPECT_EQ(sample().accounts().size(), 9U);
}

TEST(PracticeEstate, HasTheRolesThatPeopleSignInToWithTheirTrustPolicies) {
    const auto organisation = parseJson(textOf(practice / "organisation.json"));
    ASSERT_TRUE(organisation);
    for (const Json& account : organisation->at("accounts")) {
        const auto id = account.at("id").get<std::string>();
        ASSERT_NE(sample().account(id), nullptr) << id;
        EXPECT_EQ(sample().account(id)->name, account.at("alias"));
        const std::string provider = "arn:aws:iam::" + id + ":saml-provider/" + organisation->at("samlProvider").get<std::string>();
        EXPECT_EQ(sample().samlProvider(provider) != nullptr, account.value("samlProvider", true)) << id;
        for (const Json& each : account.at("roles")) {
            const Role* role = sample().role(id, each.at("name").get<std::string>());
            ASSERT_NE(role, nullptr) << each;
            EXPECT_EQ(role->path, each.value("path", "/"));
            EXPECT_EQ(role->maxSessionSeconds, each.at("maxSessionDuration").get<std::int64_t>());
            const Json trust = parseJson(replaced(organisation->at("trustPolicies").at(each.at("trust")).dump(), "${AWS::AccountId}", id)).value();
            EXPECT_EQ(parseJson(role->trust->text).value(), trust) << role->arn;
        }
    }
}

TEST(PracticeEstate, HasRoutes) {
    const auto resources = resourcesOf(sample());
    const auto refunds = std::find_if(resources.begin(), resources.end(), [](const ResourceItem& each) { return each.name == "POST /refunds"; });
    ASSERT_NE(refunds, resources.end());
    EXPECT_EQ(refunds->arn, "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/POST/refunds");
    EXPECT_EQ(refunds->parent, "payments-api, prod");
    EXPECT_EQ(refunds->accountName, "nwr-prod-payments");
    EXPECT_EQ(refunds->action, "execute-api:Invoke");
}

TEST(PracticeEstate, EveryPolicyIsOneThatAwsWouldStore) {
    for (const Role& each : sample().roles()) {
        const Question question = makeQuestion(sample(), policy::Request{*policy::Principal::parse(each.arn), "s3:ListAllMyBuckets", "*", "", {}, {}});
        for (const Gap& gap : question.gaps) EXPECT_NE(gap.what, Missing::Malformed) << each.arn << " " << gap.object;
        EXPECT_TRUE(sample().compiled(*each.trust, policy::DocumentKind::Trust)) << each.arn;
    }
    for (const Resource& each : sample().resources()) {
        if (!each.policy) continue;
        EXPECT_TRUE(sample().compiled(*each.policy, policy::DocumentKind::Resource)) << each.arn;
    }
}

struct Sample {
    const char* role;
    const char* action;
    const char* resource;
    policy::Decision decision;
    const char* by; // a policy that decides, or a key that it depends on
};

const std::string api = "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/";

class PracticeAnswers : public testing::TestWithParam<Sample> {};

TEST_P(PracticeAnswers, AreAsTheyShould) {
    const Sample& one = GetParam();
    const std::string resource = one.resource == std::string_view("*") || std::string_view(one.resource).starts_with("arn:") ? one.resource : api + one.resource;
    const auto principal = policy::Principal::parse(std::string("arn:aws:sts::") + one.role + "/dario.venn");
    ASSERT_TRUE(principal);
    const Question question = makeQuestion(sample(), policy::Request{*principal, one.action, resource, "", {}, {}});
    const Conclusion conclusion = conclude(question, {});
    EXPECT_EQ(policy::decisionName(conclusion.decision), policy::decisionName(one.decision))
        << policy::awsMessage(question.request, conclusion.explanation.answer);
    const policy::Answer& answer = conclusion.explanation.answer;
    const auto decides = [&](const policy::StatementRef& each) { return sample().documentOf(*each.policy)->name == one.by; };
    const bool told = std::any_of(answer.decisive.begin(), answer.decisive.end(), decides) ||
                      std::find(answer.dependsOn.begin(), answer.dependsOn.end(), one.by) != answer.dependsOn.end() ||
                      std::any_of(question.gaps.begin(), question.gaps.end(), [&](const Gap& each) { return each.object == one.by; });
    EXPECT_TRUE(told || *one.by == 0) << one.by;
    const bool denied = one.decision == policy::Decision::ImplicitlyDenied || one.decision == policy::Decision::ExplicitlyDenied;
    // Across accounts two policies are missing, which no single edit mends.
    const bool twice = answer.blockedBy.has(policy::Layer::Identity) && answer.blockedBy.has(policy::Layer::Resource);
    if (denied && !twice) {
        EXPECT_FALSE(policy::smallestEdits(question.request, {}, question.policies, conclusion.explanation).empty());
    }
}

using policy::Decision;
INSTANTIATE_TEST_SUITE_P(
    Estate, PracticeAnswers,
    testing::Values(
        Sample{"111122223333:assumed-role/payments-operator", "execute-api:Invoke", "POST/payments", Decision::Allowed, "operate-payments"},
        Sample{"111122223333:assumed-role/payments-operator", "execute-api:Invoke", "GET/payments/17", Decision::Allowed, ""},
        Sample{"888899990000:assumed-role/partner-pay-reader", "execute-api:Invoke", "GET/payments/17", Decision::Allowed, "payments-api"},
        Sample{"111122223333:assumed-role/payments-operator", "lambda:InvokeFunction",
               "arn:aws:lambda:eu-west-1:111122223333:function:ledger-reconcile", Decision::Allowed, "operate-payments"},
        Sample{"111122223333:assumed-role/payments-operator", "lambda:InvokeFunction",
               "arn:aws:lambda:us-east-1:111122223333:function:ledger-reconcile", Decision::ExplicitlyDenied, "nwr-regions"},
        Sample{"111122223333:assumed-role/payments-readonly", "dynamodb:GetItem", "arn:aws:dynamodb:us-east-1:111122223333:table/payments",
               Decision::ExplicitlyDenied, "nwr-regions"},
        Sample{"111122223333:assumed-role/payments-operator", "execute-api:Invoke", "DELETE/refunds/4", Decision::ExplicitlyDenied, "never-delete"},
        Sample{"111122223333:assumed-role/ledger-support", "execute-api:Invoke", "POST/refunds", Decision::ImplicitlyDenied, ""},
        Sample{"111122223333:assumed-role/ledger-support", "execute-api:Invoke", "GET/refunds/4", Decision::Allowed, "support-refunds-read"},
        Sample{"888899990000:assumed-role/partner-pay-reader", "execute-api:Invoke", "POST/refunds", Decision::ImplicitlyDenied, ""},
        Sample{"111122223333:assumed-role/payments-operator", "execute-api:Invoke", "POST/refunds", Decision::Depends, "aws:PrincipalTag/team"},
        Sample{"111122223333:assumed-role/payments-ledger-readonly", "s3:GetObject", "arn:aws:s3:::nwr-payments-statements/2026-10.csv",
               Decision::Depends, "aws:SourceIp"},
        Sample{"111122223333:assumed-role/ledger-support", "s3:GetObject", "arn:aws:s3:::nwr-payments-statements/2026-10.csv", Decision::Depends,
               "aws:RequestedRegion"},
        Sample{"444455556666:assumed-role/fleet-operator", "ssm:StartSession", "arn:aws:ec2:eu-central-1:444455556666:instance/i-0a1b2c3d",
               Decision::Depends, "aws:MultiFactorAuthPresent"},
        Sample{"666677778888:assumed-role/network-readonly", "ec2:DescribeVpcs", "*", Decision::Depends,
               "arn:aws:iam::aws:policy/AmazonVPCReadOnlyAccess"}));

TEST(PracticeEstate, IsReviewedAnewForWhatWasAttestedAsFromTheBeginning) {
    const auto settings = review::Settings::parse("[[accept]]\nrule = \"review-overdue\"\nobject = \"*payments-operator\"\nreason = \"asked\"\nuntil = 2026-10-31\n");
    ASSERT_TRUE(settings);
    review::Input input;
    input.estate = &sample();
    input.settings = &*settings;
    input.now = *UtcTime::parse("2026-11-23T14:00:00Z");
    const review::Review former = review::review(input);
    campaign::AttestedRoles attested;
    std::size_t i = 0;
    for (const Role& each : sample().roles())
        if (++i % 2 == 0) attested[each.arn] = *UtcTime::parse(i % 4 == 0 ? "2026-11-20T10:00:00Z" : "2026-06-01T10:00:00Z");
    input.attested = &attested;
    const review::Review whole = review::review(input), anew = review::withAttestations(former, input);
    const auto lines = [](const review::Review& of) {
        std::vector<std::string> all;
        for (const review::Finding& each : of.findings) {
            all.push_back(std::string(each.rule->id) + " " + each.object + " " + std::to_string(static_cast<int>(each.severity)) + (each.suppressed ? " suppressed" : ""));
            for (const auto& fact : each.evidence) all.back() += " " + std::string(fact.name) + "=" + fact.value;
        }
        return all;
    };
    EXPECT_EQ(lines(anew), lines(whole));
    EXPECT_NE(lines(whole), lines(former));
    EXPECT_EQ(anew.counts, whole.counts);
    EXPECT_EQ(anew.notChecked, whole.notChecked);
    EXPECT_EQ(anew.objects, whole.objects);
    // And back.
    input.attested = nullptr;
    EXPECT_EQ(lines(review::withAttestations(whole, input)), lines(former));
}

} // namespace
} // namespace gw::estate
