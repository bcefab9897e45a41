// Signatures: AWS's published suite and its documentation's example, and what botocore 1.43.11 makes of requests as we send them.
#include "models/cloud/aws/signature.h"

#include <gtest/gtest.h>

namespace gw::cloud {
namespace {

constexpr std::string_view suiteSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

struct Vector {
    const char* name;
    HttpRequest::Method method;
    const char* url;
    std::vector<HttpHeader> headers;
    const char* body;
    const char* token;
    SigningScope scope;
    const char* time;
    const char* signedHeaders;
    const char* signature;
};

const SigningScope suite{"us-east-1", "service"};
constexpr auto get = HttpRequest::Method::Get, post = HttpRequest::Method::Post;
constexpr const char* token = "IQoJb3JpZ2luX2VjEXAMPLE//token==";

const std::vector<Vector> vectors = {
    {"get-vanilla", get, "https://example.amazonaws.com/", {}, "", "", suite, "2015-08-30T12:36:00Z", "host;x-amz-date",
     "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"},
    {"post-vanilla", post, "https://example.amazonaws.com", {}, "", "", suite, "2015-08-30T12:36:00Z", "host;x-amz-date",
     "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"},
    {"get-vanilla-query-order-key-case", get, "https://example.amazonaws.com/?Param2=value2&Param1=value1", {}, "", "", suite,
     "2015-08-30T12:36:00Z", "host;x-amz-date", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"},
    {"post-x-www-form-urlencoded", post, "https://example.amazonaws.com/", {{"Content-Type", "application/x-www-form-urlencoded"}},
     "Param1=value1", "", suite, "2015-08-30T12:36:00Z", "content-type;host;x-amz-date",
     "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"},
    {"the example of the documentation", get, "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08",
     {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}}, "", "", {"us-east-1", "iam"}, "2015-08-30T12:36:00Z",
     "content-type;host;x-amz-date", "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"},
    {"a path that is encoded once more", get,
     "https://lambda.eu-west-1.amazonaws.com/2015-03-31/functions/"
     "arn%3Aaws%3Alambda%3Aeu-west-1%3A111122223333%3Afunction%3Arefund/policy",
     {}, "", token, {"eu-west-1", "lambda"}, "2026-11-24T13:05:00Z", "host;x-amz-date;x-amz-security-token",
     "a0424f502788e95e233028e549ce449bd8a36686ca6837b75c7110603651cf2a"},
    {"a query with what is encoded in it", get,
     "https://apigateway.eu-west-1.amazonaws.com/restapis/a1b2c3/resources?embed=methods&limit=500&position=a%2Bb%3D%3D", {}, "", token,
     {"eu-west-1", "apigateway"}, "2026-11-24T13:05:00Z", "host;x-amz-date;x-amz-security-token",
     "3e01068732b6060cc7840c4a01cabaea3b8ff55e643c8ba2945e08cda600e538"},
    {"a target", post, "https://ecs.eu-west-1.amazonaws.com/",
     {{"Content-Type", "application/x-amz-json-1.1"}, {"X-Amz-Target", "AmazonEC2ContainerServiceV20141113.ListClusters"}},
     R"({"maxResults":100})", token, {"eu-west-1", "ecs"}, "2026-11-24T13:05:00Z",
     "content-type;host;x-amz-date;x-amz-security-token;x-amz-target",
     "072826deed6bacbf3da0a9adf9f0321f62eb934b809417332c4632ace2750ddb"},
    {"a patch", HttpRequest::Method::Patch, "https://apigateway.eu-west-1.amazonaws.com/restapis/a1b2c3", {{"Content-Type", "application/json"}},
     R"({"patchOperations":[]})", token, {"eu-west-1", "apigateway"}, "2026-11-24T13:05:00Z", "content-type;host;x-amz-date;x-amz-security-token",
     "5c14760efa8b4a54b01fe46084d8f7e8ed9f82a6f0ee4e1ab720ccf6e67e8537"},
    {"a deletion", HttpRequest::Method::Delete, "https://vpc-lattice.eu-west-1.amazonaws.com/authpolicy/svc-1", {}, "", token,
     {"eu-west-1", "vpc-lattice"}, "2026-11-24T13:05:00Z", "host;x-amz-date;x-amz-security-token",
     "d524f24a9aaa14f86ead7f703f4bde77f68c0bbb516cbd004a00771dec1569c0"},
};

std::string headerOf(const HttpRequest& request, std::string_view name) {
    for (const HttpHeader& each : request.headers)
        if (each.name == name) return each.value;
    return "absent";
}

TEST(AwsSignature, IsThatOfThePublishedExamples) {
    for (const Vector& each : vectors) {
        SCOPED_TRACE(each.name);
        HttpRequest request;
        request.method = each.method;
        request.url = each.url;
        request.headers = each.headers;
        request.body = Secret(std::string_view(each.body));
        const Credentials credentials{"AKIDEXAMPLE", Secret(suiteSecret), Secret(std::string_view(each.token)), {}};
        const UtcTime time = *UtcTime::parse(each.time);
        signRequest(request, credentials, each.scope, time);
        EXPECT_EQ(headerOf(request, "x-amz-date"), basicTimestamp(time));
        EXPECT_EQ(headerOf(request, "x-amz-security-token"), *each.token == '\0' ? "absent" : each.token);
        EXPECT_EQ(headerOf(request, "authorization"),
                  "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/" + basicTimestamp(time).substr(0, 8) + '/' + each.scope.region + '/' +
                      each.scope.service + "/aws4_request, SignedHeaders=" + each.signedHeaders + ", Signature=" + each.signature);
    }
}

TEST(AwsSignature, OfS3CoversTheBodyAndEncodesThePathOnce) {
    HttpRequest request;
    request.url = "https://s3.eu-west-1.amazonaws.com/statements%20old?policy=";
    HttpRequest other;
    other.url = request.url;
    const Credentials credentials{"AKIDEXAMPLE", Secret(suiteSecret), {}, {}};
    const UtcTime time = *UtcTime::parse("2026-11-24T13:05:00Z");
    signRequest(request, credentials, {"eu-west-1", "s3"}, time);
    signRequest(other, credentials, {"eu-west-1", "ecs"}, time);
    EXPECT_EQ(headerOf(request, "x-amz-content-sha256"), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(headerOf(other, "x-amz-content-sha256"), "absent");
    EXPECT_NE(headerOf(request, "authorization").substr(150), headerOf(other, "authorization").substr(150));
}

} // namespace
} // namespace gw::cloud
