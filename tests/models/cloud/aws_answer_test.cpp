// What AWS's services answer, as the command line prints it; every error by its code.
#include "models/cloud/aws/answer.h"
#include "models/cloud/aws/call.h"
#include "models/cloud/aws/xml_answer.h"

#include <gtest/gtest.h>

#include <tuple>
#include <vector>

namespace gw::cloud {
namespace {

HttpResponse response(int status, std::string_view body, std::vector<HttpHeader> headers = {}) {
    HttpResponse made;
    made.status = status;
    made.headers = std::move(headers);
    made.body = Secret(body);
    return made;
}

std::string answerOf(std::string_view service, std::string_view operation, std::string_view body) {
    const auto answer = readAnswer(*awsService(service), operation, response(200, body));
    return answer ? answer->dump() : answer.error().chain();
}

struct Row {
    const char* name;
    const char* xml;
    const char* json; // empty: refused
};

TEST(XmlAnswer, IsWhatTheCommandLinePrints) {
    const Row rows[] = {
        {"texts", "<A><B>x &amp; y</B><C/></A>", R"({"B":"x & y","C":""})"},
        {"a list", "<A><Roles><member><RoleName>a</RoleName></member><member><RoleName>b</RoleName></member></Roles></A>",
         R"({"Roles":[{"RoleName":"a"},{"RoleName":"b"}]})"},
        {"a list of texts", "<A><PolicyNames><member>one</member></PolicyNames></A>", R"({"PolicyNames":["one"]})"},
        {"an empty list", "<A><UserDetailList/><Tags></Tags></A>", R"({"UserDetailList":[],"Tags":[]})"},
        {"blanks between", "<A>\n  <B>\n    <C>1</C>\n  </B>\n</A>", R"({"B":{"C":"1"}})"},
        {"truth and numbers", "<A><IsTruncated>false</IsTruncated><MaxSessionDuration>3600</MaxSessionDuration></A>",
         R"({"IsTruncated":false,"MaxSessionDuration":3600})"},
        {"a number that is none", "<A><MaxSessionDuration>long</MaxSessionDuration></A>", R"({"MaxSessionDuration":"long"})"},
        {"a document", "<A><PolicyDocument>%7B%22Version%22%3A%222012-10-17%22%2C%22a%22%3A%22b+c%22%7D</PolicyDocument></A>",
         R"({"PolicyDocument":{"Version":"2012-10-17","a":"b+c"}})"},
        {"a broken document", "<A><Document>%7B%22Version%22</Document></A>", R"({"Document":"{\"Version\""})"},
        {"a map",
         "<A><Attributes><entry><key>TopicArn</key><value>arn</value></entry><entry><key>IsTruncated</key><value>true</value>"
         "</entry></Attributes></A>",
         R"({"Attributes":{"TopicArn":"arn","IsTruncated":"true"}})"},
        {"items", "<A><b><item>1</item><item>2</item></b></A>", R"({"b":["1","2"]})"},
        {"a DOCTYPE", "<!DOCTYPE A [<!ENTITY x \"y\">]><A><B>&x;</B></A>", ""},
        {"cut off", "<A><B>x</B>", ""},
        {"a text only", "<A>x</A>", ""},
        {"nothing", "", ""},
    };
    for (const Row& each : rows) {
        const auto json = jsonOfXml(each.xml);
        EXPECT_EQ(json ? json->dump() : std::string(), each.json) << each.name;
    }
    std::string deep;
    for (int i = 0; i < 40; ++i) deep += "<a>";
    for (int i = 0; i < 40; ++i) deep += "</a>";
    EXPECT_FALSE(jsonOfXml(deep));
}

TEST(AwsAnswer, IsWhatTheCommandLinePrints) {
    EXPECT_EQ(answerOf("iam", "ListAccountAliases",
                       "<ListAccountAliasesResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><ListAccountAliasesResult>"
                       "<AccountAliases><member>nwr-payments-prod</member></AccountAliases><IsTruncated>false</IsTruncated>"
                       "</ListAccountAliasesResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></ListAccountAliasesResponse>"),
              R"({"AccountAliases":["nwr-payments-prod"],"IsTruncated":false})");
    EXPECT_EQ(answerOf("organizations", "ListAccounts", R"({"Accounts":[{"Id":"111122223333","JoinedTimestamp":1.6e9}]})"),
              R"({"Accounts":[{"Id":"111122223333","JoinedTimestamp":"2020-09-13T12:26:40Z"}]})");
    EXPECT_EQ(answerOf("apigateway", "GetRestApis", R"({"item":[{"id":"a1","createdDate":1600000000,"tags":{"item":"x"}}],"position":"p"})"),
              R"({"items":[{"id":"a1","createdDate":"2020-09-13T12:26:40Z","tags":{"item":"x"}}],"position":"p"})");
    EXPECT_EQ(answerOf("apigateway", "GetRestApis", R"({"item":{"id":"a1"}})"), R"({"items":[{"id":"a1"}]})");
    EXPECT_EQ(answerOf("apigateway", "GetStages", R"({"item":[{"stageName":"prod"}]})"), R"({"item":[{"stageName":"prod"}]})");
    EXPECT_EQ(answerOf("apigatewayv2", "GetStages",
                       R"({"items":[{"stageName":"prod","stageVariables":{"lower":"x"},"routeSettings":{"GET /a":{"dataTraceEnabled":true}}}]})"),
              R"({"Items":[{"StageName":"prod","StageVariables":{"lower":"x"},"RouteSettings":{"GET /a":{"DataTraceEnabled":true}}}]})");
    EXPECT_EQ(answerOf("appmesh", "DescribeVirtualNode", R"({"meshName":"m","metadata":{"arn":"a"}})"),
              R"({"virtualNode":{"meshName":"m","metadata":{"arn":"a"}}})");
    EXPECT_EQ(answerOf("appmesh", "ListMeshes", R"({"meshes":[]})"), R"({"meshes":[]})");
    EXPECT_EQ(answerOf("s3", "ListBuckets",
                       "<ListAllMyBucketsResult><Owner><ID>o</ID></Owner><Buckets><Bucket><Name>a.b</"
                       "Name><BucketRegion>eu-west-1</BucketRegion>"
                       "</Bucket></Buckets><ContinuationToken>t</ContinuationToken></ListAllMyBucketsResult>"),
              R"({"Owner":{"ID":"o"},"Buckets":[{"Name":"a.b","BucketRegion":"eu-west-1"}],"ContinuationToken":"t"})");
    EXPECT_EQ(answerOf("s3", "ListBuckets", "<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>"), R"({"Buckets":[]})");
    EXPECT_EQ(answerOf("s3", "GetBucketPolicy", R"({"Version":"2012-10-17","Statement":[]})"),
              R"({"Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[]}"})");
    EXPECT_EQ(answerOf("s3", "GetPublicAccessBlock",
                       "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><RestrictPublicBuckets>false</"
                       "RestrictPublicBuckets>"
                       "</PublicAccessBlockConfiguration>"),
              R"({"PublicAccessBlockConfiguration":{"BlockPublicAcls":true,"RestrictPublicBuckets":false}})");
    EXPECT_EQ(
        answerOf(
            "ec2", "DescribeVpcEndpoints",
            "<DescribeVpcEndpointsResponse><requestId>r</requestId><vpcEndpointSet><item><vpcEndpointId>vpce-1</vpcEndpointId>"
            "<policyDocument>{&quot;Version&quot;:&quot;2012-10-17&quot;}</policyDocument><privateDnsEnabled>true</"
            "privateDnsEnabled>"
            "<tagSet/><dnsEntrySet><item><dnsName>d</dnsName></item></dnsEntrySet><subnetIdSet><item>s</item></subnetIdSet></"
            "item>"
            "</vpcEndpointSet></DescribeVpcEndpointsResponse>"),
        R"({"VpcEndpoints":[{"VpcEndpointId":"vpce-1","PolicyDocument":"{\"Version\":\"2012-10-17\"}","PrivateDnsEnabled":true,)"
        R"("Tags":[],"DnsEntries":[{"DnsName":"d"}],"SubnetIds":["s"]}]})");
    EXPECT_EQ(answerOf("lambda", "GetPolicy", R"({"Policy":"{}","RevisionId":"1"})"), R"({"Policy":"{}","RevisionId":"1"})");
    EXPECT_EQ(answerOf("secretsmanager", "ListSecrets", R"({"SecretList":[{"ARN":"a","RotationRules":{"AutomaticallyAfterDays":30}}]})"),
              R"({"SecretList":[{"ARN":"a","RotationRules":{"AutomaticallyAfterDays":30}}]})");
    for (const char* body : {"<html>a proxy was here</html>", "[1]", "{\"a\":1,\"a\":2}", "{"})
        EXPECT_TRUE(readAnswer(*awsService("ecs"), "ListClusters", response(200, body)).error().code().is(AwsError::Unreadable)) << body;
}

TEST(AwsAnswer, TellsErrorsApart) {
    struct Case {
        const char* service;
        int status;
        const char* body;
        const char* header;
        AwsError error;
        const char* code;
    };
    const Case cases[] = {
        {"iam", 403,
         "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error><RequestId>r1</"
         "RequestId></ErrorResponse>",
         "", AwsError::AccessDenied, "AccessDenied"},
        {"organizations", 400, R"({"__type":"com.amazonaws.organizations#AWSOrganizationsNotInUseException","Message":"no"})", "",
         AwsError::NotInUse, "AWSOrganizationsNotInUseException"},
        {"lambda", 404, R"({"Message":"no","Type":"User"})", "ResourceNotFoundException", AwsError::NotFound,
         "ResourceNotFoundException"},
        {"apigateway", 403, R"({"message":"no"})", "AccessDeniedException:http://internal.amazon.com/coral/",
         AwsError::AccessDenied, "AccessDeniedException"},
        {"ecs", 400, R"({"__type":"ThrottlingException","message":"Rate exceeded"})", "", AwsError::Throttled,
         "ThrottlingException"},
        {"apigateway", 429, R"({"message":"Too Many Requests"})", "", AwsError::Throttled, ""},
        {"ecs", 400, R"({"__type":"ExpiredTokenException","message":"no"})", "", AwsError::ExpiredCredentials,
         "ExpiredTokenException"},
        {"ecs", 400, R"({"__type":"InvalidSignatureException","message":"Signature expired: 1 is now earlier than 2"})", "",
         AwsError::ClockSkew, "InvalidSignatureException"},
        {"ecs", 400, R"({"__type":"InvalidSignatureException","message":"does not match"})", "", AwsError::BadCredentials,
         "InvalidSignatureException"},
        {"ecs", 403, "<ErrorResponse><Errors><Error><Code>InvalidClientTokenId</Code></Error></Errors></ErrorResponse>", "",
         AwsError::BadCredentials, "InvalidClientTokenId"},
        {"s3", 404, "<Error><Code>NoSuchBucketPolicy</Code><Message>no</Message><BucketName>b</BucketName></Error>", "",
         AwsError::NotFound, "NoSuchBucketPolicy"},
        {"s3", 403, "<Error><Code>InvalidAccessKeyId</Code><Message>no</Message></Error>", "", AwsError::BadCredentials,
         "InvalidAccessKeyId"},
        {"ec2", 403,
         "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>", "",
         AwsError::AccessDenied, "UnauthorizedOperation"},
        {"ec2", 401, "<Response><Errors><Error><Code>AuthFailure</Code></Error></Errors></Response>", "",
         AwsError::BadCredentials, "AuthFailure"},
        {"ecs", 500, "oops", "", AwsError::ServerError, ""},
        {"ecs", 400, R"({"__type":"InvalidParameterException","message":"no"})", "", AwsError::Rejected,
         "InvalidParameterException"},
        {"ecs", 407, "<html/>", "", AwsError::Unreadable, ""},
        {"ecs", 302, "", "", AwsError::Unreadable, ""},
    };
    for (const Case& each : cases) {
        std::vector<HttpHeader> headers;
        if (*each.header != '\0') headers.push_back({"x-amzn-errortype", each.header});
        const auto answer = readAnswer(*awsService(each.service), "GetThing", response(each.status, each.body, headers));
        ASSERT_FALSE(answer) << each.body;
        EXPECT_TRUE(answer.error().code().is(each.error)) << each.body << " " << answer.error().chain();
        EXPECT_EQ(answer.error().fact("code"), each.code);
        EXPECT_EQ(answer.error().fact("service"), each.service);
    }
}

TEST(AwsCall, IsWrittenAsTheProtocolHasIt) {
    const HttpRequest query =
        requestFor({awsService("iam"), "GetSAMLProvider", HttpRequest::Method::Get, "/", {{"SAMLProviderArn", "arn:aws:iam::1:saml-provider/a"}}, {}},
                   "https://iam.amazonaws.com");
    EXPECT_EQ(query.url, "https://iam.amazonaws.com/");
    EXPECT_EQ(query.body.reveal(),
              "Action=GetSAMLProvider&Version=2010-05-08&SAMLProviderArn=arn%3Aaws%3Aiam%3A%3A1%3Asaml-provider%2Fa");
    const HttpRequest json = requestFor({awsService("sqs"), "ListQueues", HttpRequest::Method::Get, "/", {}, {{"MaxResults", 1000}}}, "http://127.0.0.1:1");
    EXPECT_EQ(json.body.reveal(), R"({"MaxResults":1000})");
    EXPECT_EQ(json.headers[0].value, "application/x-amz-json-1.0");
    EXPECT_EQ(json.headers[1].value, "AmazonSQS.ListQueues");
    const HttpRequest rest =
        requestFor({awsService("apigateway"), "GetResources", HttpRequest::Method::Get, "/restapis/a/resources", {{"position", "x="}}, {}}, "https://h");
    EXPECT_EQ(rest.url, "https://h/restapis/a/resources?position=x%3D");
    EXPECT_TRUE(rest.method == HttpRequest::Method::Get && rest.body.empty());
    for (const auto& [method, name, sent] : std::vector<std::tuple<HttpRequest::Method, const char*, const char*>>{
             {HttpRequest::Method::Put, "PUT", R"({"policy":"{}"})"}, {HttpRequest::Method::Patch, "PATCH", R"({"policy":"{}"})"}, {HttpRequest::Method::Delete, "DELETE", ""}}) {
        const HttpRequest changing = requestFor({awsService("vpc-lattice"), "X", method, "/authpolicy/svc-1", {}, {{"policy", "{}"}}}, "https://h");
        EXPECT_EQ(methodName(changing.method), name);
        EXPECT_EQ(changing.body.reveal(), sent);
    }
}

TEST(AwsService, AnswersWhereAwsPublishesIt) {
    using aws::Partition;
    const auto url = [](const char* service, Partition partition, const char* region) {
        const AwsEndpoint endpoint = endpointOf(*awsService(service), partition, aws::Region(region));
        return endpoint.url + " " + endpoint.region.value();
    };
    EXPECT_EQ(url("iam", Partition::Aws, "eu-west-1"), "https://iam.amazonaws.com us-east-1");
    EXPECT_EQ(url("iam", Partition::AwsCn, "cn-northwest-1"), "https://iam.cn-north-1.amazonaws.com.cn cn-north-1");
    EXPECT_EQ(url("iam", Partition::AwsUsGov, "us-gov-east-1"), "https://iam.us-gov.amazonaws.com us-gov-west-1");
    EXPECT_EQ(url("organizations", Partition::Aws, "eu-west-1"), "https://organizations.us-east-1.amazonaws.com us-east-1");
    EXPECT_EQ(url("organizations", Partition::AwsCn, "cn-north-1"), "https://organizations.cn-northwest-1.amazonaws.com.cn cn-northwest-1");
    EXPECT_EQ(url("apigatewayv2", Partition::Aws, "eu-west-1"), "https://apigateway.eu-west-1.amazonaws.com eu-west-1");
    EXPECT_EQ(url("vpc-lattice", Partition::AwsCn, "cn-north-1"), "https://vpc-lattice.cn-north-1.amazonaws.com.cn cn-north-1");
    EXPECT_EQ(signingName(*awsService("apigatewayv2")), "apigateway");
    EXPECT_EQ(awsService("ec3"), nullptr);
}

} // namespace
} // namespace gw::cloud
