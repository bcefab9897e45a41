// The table of calls: what is sent, what follows from what, under which names answers are kept, and which actions it takes.
#include "models/cloud/read/plan.h"
#include "models/estate/readers/call_names.h"
#include "models/policy/catalogue.h"
#include "models/policy/document.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

namespace gw::cloud {
namespace {

const PlannedCall& row(std::string_view service, std::string_view call) {
    const auto rows = readPlan();
    return *std::find_if(rows.begin(), rows.end(), [&](const PlannedCall& each) { return each.service == service && each.call == call; });
}

std::string sent(const PlannedCall& planned, const Arguments& arguments, std::string_view page = {}) {
    const HttpRequest request = requestFor(callFor(planned, arguments, "eu-west-1", page), "https://h");
    return request.url.substr(9) + " " + std::string(request.body.reveal());
}

TEST(ReadPlan, SendsWhatEachProtocolAsksFor) {
    EXPECT_EQ(sent(row("iam", "get-saml-provider"), {"arn:x"}), "/ Action=GetSAMLProvider&Version=2010-05-08&SAMLProviderArn=arn%3Ax");
    EXPECT_EQ(sent(row("iam", "list-roles"), {}, "m"), "/ Action=ListRoles&Version=2010-05-08&MaxItems=1000&Marker=m");
    EXPECT_EQ(sent(row("apigateway", "get-resources"), {"a1"}, "p=="), "/restapis/a1/resources?embed=methods&limit=500&position=p%3D%3D ");
    EXPECT_EQ(sent(row("appmesh", "describe-route"), {"m", "1", "r/..", "x y"}),
              "/v20190125/meshes/m/virtualRouter/r%2F../routes/x%20y?meshOwner=1 ");
    EXPECT_EQ(sent(row("ecs", "describe-services"), {"c", "s1", "s2"}),
              R"(/ {"cluster":"c","services":["s1","s2"],"include":["TAGS"]})");
    EXPECT_EQ(sent(row("secretsmanager", "list-secrets"), {}, "t"), R"(/ {"MaxResults":100,"NextToken":"t"})");
    EXPECT_EQ(sent(row("vpc-lattice", "list-targets"), {"tg-1"}, "t"), "/targetgroups/tg-1/listtargets?maxResults=100&nextToken=t {}");
    EXPECT_EQ(sent(row("s3", "list-buckets"), {}, "t"), "/?bucket-region=eu-west-1&max-buckets=1000&continuation-token=t ");
    EXPECT_EQ(sent(row("s3", "get-public-access-block"), {"b.c"}), "/b.c?publicAccessBlock= ");
    EXPECT_EQ(sent(row("ec2", "describe-vpc-endpoints"), {}, "t"),
              "/ Action=DescribeVpcEndpoints&Version=2016-11-15&MaxResults=1000&NextToken=t");
    EXPECT_EQ(callFor(row("apigateway", "get-base-path-mappings"), {}, {}, {}).operation, "GetBasePathMappings");
    EXPECT_EQ(callFor(row("iam", "list-saml-providers"), {}, {}, {}).operation, "ListSAMLProviders");
}

TEST(ReadPlan, AsksForWhatAnAnswerNames) {
    using All = std::vector<Arguments>;
    const auto then = [](const char* service, const char* call, const char* answer, const Arguments& ofParent = {}) {
        return argumentsAfter(row(service, call), *parseJson(answer), ofParent);
    };
    EXPECT_EQ(then("apigateway", "get-stages", R"({"items":[{"id":"a"},{"name":"no id"},"x",{"id":"b"}]})"), (All{{"a"}, {"b"}}));
    EXPECT_EQ(then("appmesh", "describe-route", R"({"routes":[{"routeName":"r"}]})", {"m", "1", "v"}), (All{{"m", "1", "v", "r"}}));
    std::string arns = R"({"serviceArns":["s0")";
    for (int i = 1; i < 12; ++i) arns += ",\"s" + std::to_string(i) + "\"";
    const All batches = then("ecs", "describe-services", (arns + "]}").c_str(), {"cluster"});
    ASSERT_EQ(batches.size(), 2U);
    EXPECT_EQ(batches[0].size(), 11U);
    EXPECT_EQ(batches[1], (Arguments{"cluster", "s10", "s11"}));
    EXPECT_EQ(then("eks", "describe-cluster", R"({"clusters":"none"})"), All{});
    EXPECT_TRUE(follows(row("apigatewayv2", "get-api-mappings"), row("apigateway", "get-domain-names")));
    EXPECT_FALSE(follows(row("apigateway", "get-stages"), row("apigatewayv2", "get-apis")));
}

TEST(ReadPlan, StartsJobsAndKnowsTheirEnd) {
    const PlannedCall& planned = row("iam", "get-service-last-accessed-details");
    const HttpRequest start = requestFor(startOf(planned, {"arn:x"}), "https://h");
    EXPECT_EQ(start.body.reveal(), "Action=GenerateServiceLastAccessedDetails&Version=2010-05-08&Arn=arn%3Ax");
    EXPECT_EQ(jobIn(planned, *parseJson(R"({"JobId":"j-1"})")), "j-1");
    EXPECT_EQ(jobIn(planned, *parseJson(R"({"JobId":1})")), "");
    EXPECT_EQ(sent(planned, {"arn:x", "j-1"}),
              "/ Action=GetServiceLastAccessedDetails&Version=2010-05-08&JobId=j-1&MaxItems=1000");
    EXPECT_EQ(jobState(planned, *parseJson(R"({"JobStatus":"IN_PROGRESS"})")), JobState::Runs);
    EXPECT_EQ(jobState(planned, *parseJson(R"({"JobStatus":"COMPLETED"})")), JobState::Done);
    EXPECT_EQ(jobState(planned, *parseJson(R"({"JobStatus":"FAILED"})")), JobState::Failed);
    EXPECT_EQ(jobState(planned, *parseJson("{}")), JobState::Failed);
    EXPECT_EQ(jobState(row("iam", "list-roles"), *parseJson("{}")), JobState::Done);
    const auto actions = readActions();
    EXPECT_TRUE(std::find(actions.begin(), actions.end(), "iam:GenerateServiceLastAccessedDetails") != actions.end());
}

TEST(ReadPlan, PutsPagesTogether) {
    const PlannedCall& planned = row("iam", "get-account-authorization-details");
    Json whole;
    EXPECT_EQ(addPage(planned, whole, *parseJson(R"({"RoleDetailList":[1],"Policies":[],"IsTruncated":true,"Marker":"m"})")), "m");
    EXPECT_EQ(addPage(planned, whole, *parseJson(R"({"RoleDetailList":[2,3],"Policies":[4],"UserDetailList":[5],"IsTruncated":false})")), "");
    EXPECT_EQ(whole.dump(), R"({"RoleDetailList":[1,2,3],"Policies":[4],"IsTruncated":false,"UserDetailList":[5],"GroupDetailList":[]})");
    EXPECT_EQ(objectsIn(planned, whole), 5U);
}

TEST(ReadPlan, NamesAnswersAsTheImporterKnowsThem) {
    EXPECT_EQ(fileFor(row("lambda", "get-policy"), {"refund"}, "111122223333", "eu-west-1"),
              "111122223333/eu-west-1/lambda/get-policy-refund.json");
    EXPECT_EQ(fileFor(row("iam", "get-saml-provider"), {"arn:aws:iam::111122223333:saml-provider/Okta"}, "111122223333", {}),
              "111122223333/iam/get-saml-provider-Okta.json");
    EXPECT_EQ(fileFor(row("organizations", "describe-policy"), {"p-1"}, "111122223333", {}), "organizations/describe-policy-p-1.json");
    EXPECT_EQ(fileFor(row("sqs", "list-queues"), {}, "111122223333", "eu-west-1"), "111122223333/eu-west-1/sqs/list-queues.names");
    // Never above its folder, whatever AWS calls its objects.
    const std::string hostile = fileFor(row("eks", "describe-cluster"), {"../../\n\x01x"}, "111122223333", "eu-west-1");
    EXPECT_EQ(hostile.find(".."), std::string::npos) << hostile;
    EXPECT_EQ(hostile.find('\n'), std::string::npos);
    // Alike, and not the same.
    EXPECT_NE(fileFor(row("secretsmanager", "get-resource-policy"), {"arn:a/x"}, "1", "r"),
              fileFor(row("secretsmanager", "get-resource-policy"), {"arn:b/x"}, "1", "r"));
    for (const PlannedCall& each : readPlan()) {
        const bool read = std::find(estate::callNames.begin(), estate::callNames.end(), each.call) != estate::callNames.end();
        EXPECT_TRUE(read || each.kept != PlannedCall::Kept::Answer) << each.call;
    }
}

TEST(ReadPlan, IsWellFormed) {
    for (const PlannedCall& each : readPlan()) {
        ASSERT_NE(awsService(each.service), nullptr) << each.service;
        const AwsProtocol protocol = awsService(each.service)->protocol;
        EXPECT_EQ(protocol == AwsProtocol::RestJson || protocol == AwsProtocol::RestXml, !each.path.empty()) << each.call;
        EXPECT_EQ(each.job.empty(), each.state.empty()) << each.call;
        EXPECT_EQ(awsService(each.service)->global, each.scope != PlannedCall::Scope::Region) << each.call;
        EXPECT_TRUE(each.page.empty() || !each.lists.empty()) << each.call;
        if (each.after.empty()) continue;
        const auto parents = std::count_if(readPlan().begin(), readPlan().end(), [&](const PlannedCall& parent) {
            return follows(each, parent) && (parent.scope == each.scope);
        });
        EXPECT_GE(parents, 1) << each.service << " " << each.call << " follows nothing";
    }
}

TEST(ReadPlan, TakesReadingActionsOnlyThatExist) {
    std::ifstream file(GW_SOURCE_DIR "/resources/catalogue/catalogue.jsonl");
    std::stringstream text;
    text << file.rdbuf();
    const auto catalogue = policy::Catalogue::read(text.str());
    ASSERT_TRUE(catalogue);
    const auto actions = readActions();
    EXPECT_GT(actions.size(), 60U);
    for (const std::string& each : actions) {
        const auto* action = (*catalogue)->action(each);
        ASSERT_NE(action, nullptr) << each;
        EXPECT_TRUE(action->level == policy::AccessLevel::Read || action->level == policy::AccessLevel::List) << each;
    }
}

TEST(ReadPlan, GivesAPolicyThatIamTakes) {
    const std::string text = readPolicy();
    const auto json = parseJson(text);
    ASSERT_TRUE(json);
    EXPECT_EQ((*json)["Statement"].size(), 1U);
    EXPECT_EQ((*json)["Statement"][0]["Action"].size(), readActions().size());
    EXPECT_TRUE(policy::Document::parse(text, policy::DocumentKind::Identity));
    // A managed policy's quota, blanks not counted.
    EXPECT_LT(std::count_if(text.begin(), text.end(), [](char c) { return c != ' ' && c != '\n'; }), 6144);
}

} // namespace
} // namespace gw::cloud
