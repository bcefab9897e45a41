// Signatures of AWS's published Signature Version 4 test suite, and every way a signed request is refused.
#include "app/practice/sigv4.h"

#include <gtest/gtest.h>

#include <string>

namespace gw::practice {
namespace {

constexpr std::string_view suiteSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

SignatureClaim suiteClaim(std::vector<std::string> signedHeaders) {
    return {"AKIDEXAMPLE", "20150830", "us-east-1", "service", std::move(signedHeaders), "", "20150830T123600Z"};
}

HttpRequest suiteRequest(const std::string& method) {
    HttpRequest request;
    request.method = method;
    request.path = request.target = "/";
    request.headers = {{"host", "example.amazonaws.com"}, {"x-amz-date", "20150830T123600Z"}};
    return request;
}

TEST(SignatureV4, MatchesThePublishedSuite) {
    const HttpRequest vanilla = suiteRequest("GET");
    EXPECT_EQ(computeSignature(vanilla, suiteClaim({"host", "x-amz-date"}), suiteSecret),
              "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    EXPECT_EQ(computeSignature(suiteRequest("POST"), suiteClaim({"host", "x-amz-date"}), suiteSecret),
              "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");

    HttpRequest form = suiteRequest("POST");
    form.headers.push_back({"content-type", "application/x-www-form-urlencoded"});
    form.body = "Param1=value1";
    EXPECT_EQ(computeSignature(form, suiteClaim({"content-type", "host", "x-amz-date"}), suiteSecret),
              "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");

    HttpRequest query = suiteRequest("GET");
    query.query = "Param2=value2&Param1=value1";
    EXPECT_EQ(computeSignature(query, suiteClaim({"host", "x-amz-date"}), suiteSecret),
              "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");

    HttpRequest trimmed = suiteRequest("GET");
    trimmed.headers.push_back({"my-header1", " value1"});
    trimmed.headers.push_back({"my-header2", " \"a   b   c\""});
    EXPECT_EQ(computeSignature(trimmed, suiteClaim({"host", "my-header1", "my-header2", "x-amz-date"}), suiteSecret),
              "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736");
}

const UtcTime now = UtcTime::parse("2026-11-24T13:05:00Z").value();

HttpRequest signedRequest(const std::string& authorization, const std::string& date = "20261124T130500Z") {
    HttpRequest request;
    request.method = "POST";
    request.path = request.target = "/";
    request.headers = {
        {"host", "127.0.0.1:1"}, {"x-amz-date", date}, {"x-amz-security-token", "T"}, {"authorization", authorization}};
    return request;
}

std::string authorization(const std::string& credential = "ASIAEXAMPLE/20261124/eu-west-1/sts/aws4_request",
                          const std::string& headers = "host;x-amz-date;x-amz-security-token") {
    return "AWS4-HMAC-SHA256 Credential=" + credential + ", SignedHeaders=" + headers + ", Signature=" + std::string(64, '0');
}

TEST(SignatureV4, ReadsAGoodHeader) {
    const auto claim = readSignature(signedRequest(authorization()), "sts", now);
    ASSERT_TRUE(claim) << claim.error().message;
    EXPECT_EQ(claim->accessKeyId, "ASIAEXAMPLE");
    EXPECT_EQ(claim->region, "eu-west-1");
    EXPECT_EQ(claim->signedHeaders.size(), 3U);
    EXPECT_EQ(claim->signature, std::string(64, '0'));
}

struct Case {
    std::string name;
    HttpRequest request;
    int status;
    std::string code;
    std::string message;
};

class RefusedSignatures : public ::testing::TestWithParam<Case> {};

TEST_P(RefusedSignatures, SayWhyAsAwsDoes) {
    const auto claim = readSignature(GetParam().request, "sts", now);
    ASSERT_FALSE(claim);
    EXPECT_EQ(claim.error().status, GetParam().status);
    EXPECT_EQ(claim.error().code, GetParam().code);
    EXPECT_EQ(claim.error().message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    All, RefusedSignatures,
    ::testing::Values(
        Case{"None", signedRequest(""), 403, "MissingAuthenticationToken", "Request is missing Authentication Token"},
        Case{"OtherScheme", signedRequest("Bearer x"), 400, "IncompleteSignature", "Unsupported AWS 'algorithm': 'Bearer'."},
        Case{"NoEquals", signedRequest("AWS4-HMAC-SHA256 Credential= ASIA, b"), 400, "IncompleteSignature",
             "'b' not a valid key=value pair (missing equal-sign) in Authorization header."},
        Case{"MissingParts", signedRequest("AWS4-HMAC-SHA256 Credential=a/b/c/sts/aws4_request", ""), 400, "IncompleteSignature",
             "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. "
             "Authorization header "
             "requires existence of either a 'X-Amz-Date' or a 'Date' header."},
        Case{"ShortScope", signedRequest(authorization("ASIA/20261124/eu-west-1/sts")), 400, "IncompleteSignature",
             "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got "
             "'ASIA/20261124/eu-west-1/sts'"},
        Case{"OtherService", signedRequest(authorization("ASIA/20261124/eu-west-1/iam/aws4_request")), 403,
             "SignatureDoesNotMatch", "Credential should be scoped to correct service: 'sts'."},
        Case{"NoRegion", signedRequest(authorization("ASIA/20261124//sts/aws4_request")), 403, "SignatureDoesNotMatch",
             "Credential should be scoped to a valid region."},
        Case{"HostNotSigned",
             signedRequest(authorization("ASIA/20261124/eu-west-1/sts/aws4_request", "x-amz-date;x-amz-security-token")), 403,
             "SignatureDoesNotMatch", "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."},
        Case{"TokenNotSigned", signedRequest(authorization("ASIA/20261124/eu-west-1/sts/aws4_request", "host;x-amz-date")), 403,
             "SignatureDoesNotMatch", "'x-amz-security-token' must be a 'SignedHeader' in the AWS Authorization."},
        Case{"OddDate", signedRequest(authorization(), "2026-11-24"), 400, "IncompleteSignature",
             "Date must be in ISO-8601 'basic format'. Got '2026-11-24'. See http://en.wikipedia.org/wiki/ISO_8601"},
        Case{"OtherDay", signedRequest(authorization("ASIA/20261123/eu-west-1/sts/aws4_request")), 403, "SignatureDoesNotMatch",
             "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261123' != "
             "'20261124', from "
             "'20261124T130500Z'."},
        Case{"TooOld", signedRequest(authorization(), "20261124T124959Z"), 403, "SignatureDoesNotMatch",
             "Signature expired: 20261124T124959Z is now earlier than 20261124T125000Z (20261124T130500Z - 15 min.)"},
        Case{"TooNew", signedRequest(authorization(), "20261124T132001Z"), 403, "SignatureDoesNotMatch",
             "Signature not yet current: 20261124T132001Z is still later than 20261124T132000Z (20261124T130500Z + 15 min.)"}),
    [](const auto& one) { return one.param.name; });

TEST(SignatureV4, ComparesTheWholeSignature) {
    HttpRequest request = signedRequest(authorization());
    auto claim = readSignature(request, "sts", now).value();
    claim.signature = computeSignature(request, claim, "secret");
    EXPECT_TRUE(signatureMatches(request, claim, "secret"));
    EXPECT_FALSE(signatureMatches(request, claim, "secreT"));
    request.body = "Action=GetCallerIdentity";
    EXPECT_FALSE(signatureMatches(request, claim, "secret"));
    claim.signature.pop_back();
    EXPECT_FALSE(signatureMatches(request, claim, "secret"));
}

} // namespace
} // namespace gw::practice
