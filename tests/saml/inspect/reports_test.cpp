#include "tests/saml/inspect/helpers.h"

#include "saml/base/json.h"
#include "saml/inspect/metadata_report.h"
#include "saml/inspect/response_diff.h"
#include "saml/inspect/safe_copy.h"

#include <functional>

namespace gw::inspect {
namespace {

using namespace std::chrono_literals;
using saml::goodXml;
using saml::replaced;
using saml::testNow;
using test::ResponseBuilder;

// --- AWS's answer ---

struct Forecast {
    const char* name;
    std::function<void(ResponseBuilder&)> change;
    const char* code;
    const char* message;
};

class Forecasts : public testing::TestWithParam<Forecast> {};

TEST_P(Forecasts, UseAwsOwnWords) {
    ResponseBuilder builder(testNow);
    GetParam().change(builder);
    const Inspection inspection = inspectText(builder.xml(), testTrust());
    const AwsAnswer& answer = inspection.aws.roles.empty() ? inspection.aws.overall : inspection.aws.roles[0].answer;
    EXPECT_EQ(answer.code, GetParam().code);
    EXPECT_EQ(answer.message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    All, Forecasts,
    testing::Values(
        Forecast{"Good", [](auto&) {}, "", ""},
        Forecast{"NoSessionName", [](auto& b) { b.roleSessionName.reset(); }, "InvalidIdentityToken", "RoleSessionName is required in AuthnResponse"},
        Forecast{"BadSessionName", [](auto& b) { b.roleSessionName = "a b"; }, "InvalidIdentityToken",
                 "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}"},
        Forecast{"SourceIdentity", [](auto& b) { b.sourceIdentity = "aws:x"; }, "InvalidIdentityToken",
                 "Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\""},
        Forecast{"Audience", [](auto& b) { b.audienceRestrictions = {{"urn:other"}}; }, "InvalidIdentityToken",
                 "Response does not contain the required audience"},
        Forecast{"Expired", [](auto& b) { b.notOnOrAfter = testNow - 1s; }, "ExpiredTokenException", "Response has expired"},
        Forecast{"FiveMinutes", [](auto& b) { b.assertionInstant = testNow - 5min; }, "ExpiredTokenException",
                 "Token must be redeemed within 5 minutes of issuance"},
        Forecast{"NoRoles", [](auto& b) { b.roles.clear(); }, "InvalidIdentityToken", "Your request included an invalid SAML response"},
        Forecast{"NoSubject", [](auto& b) { b.subject = false; }, "InvalidIdentityToken", "invalid SAML response"},
        Forecast{"Issuer", [](auto& b) { b.issuer = "https://other.example"; b.responseIssuer = b.issuer; }, "InvalidIdentityToken",
                 "Issuer not present in specified provider"},
        Forecast{"ReservedRole", [](auto& b) { b.roles = {ResponseBuilder::role("111122223333", "AWSReservedSSO_x")}; }, "AccessDenied",
                 "Not authorized to perform sts:AssumeRoleWithSAML"},
        Forecast{"NotAPair", [](auto& b) { b.roles = {"arn:aws:iam::111122223333:role/x"}; }, "ValidationError", "Request ARN is invalid"},
        Forecast{"OtherAccount",
                 [](auto& b) { b.roles = {"arn:aws:iam::111122223333:role/x,arn:aws:iam::444455556666:saml-provider/P"}; }, "ValidationError",
                 "Principal exists outside the account of the Role being assumed."},
        Forecast{"Partition", [](auto& b) { b.recipient = "https://signin.amazonaws.cn/saml"; }, "InvalidIdentityToken", "Specified provider doesn't exist"}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(Forecasts, SignatureOfAnotherKey) {
    ResponseBuilder builder(testNow);
    const Inspection inspection = inspectText(builder.xml(test::strangerKey()), testTrust());
    EXPECT_EQ(inspection.aws.overall.message, "Response signature invalid");
    EXPECT_EQ(inspection.aws.overall.confidence, Confidence::Certain);
}

TEST(Forecasts, SizeIsThatOfTheWholeResponse) {
    ResponseBuilder builder(testNow);
    for (int i = 0; i < 600; ++i) builder.roles.push_back(ResponseBuilder::role("111122223333", "a-role-with-a-name-" + std::to_string(i)));
    const Inspection inspection = inspectText(builder.xml(), testTrust());
    EXPECT_GT(inspection.aws.size, inspection.aws.sizeLimit);
    EXPECT_EQ(inspection.aws.overall.code, "ValidationError");
}

TEST(Forecasts, SessionEndsAtTheShortestLimit) {
    ResponseBuilder builder(testNow);
    builder.sessionNotOnOrAfter = testNow + 20min;
    Inspection inspection = inspectText(builder.xml());
    EXPECT_EQ(inspection.aws.session.length, 1200s);
    EXPECT_EQ(inspection.aws.session.decidedBy, SessionLimit::ProviderSession);
    builder.sessionNotOnOrAfter = testNow + 8h;
    builder.sessionDuration = "900";
    inspection = inspectText(builder.xml());
    EXPECT_EQ(inspection.aws.session.length, 900s);
    EXPECT_EQ(inspection.aws.session.decidedBy, SessionLimit::SessionDuration);
    builder.sessionDuration.reset();
    inspection = inspectText(builder.xml());
    EXPECT_EQ(inspection.aws.session.length, 3600s);
    EXPECT_EQ(inspection.aws.session.decidedBy, SessionLimit::Default);
}

TEST(Forecasts, TrustPolicyNeedsFollowFromTheAttributes) {
    ResponseBuilder builder(testNow);
    EXPECT_EQ(inspectText(builder.xml()).aws.trust.actions, (std::vector<std::string>{"sts:AssumeRoleWithSAML"}));
    builder.principalTags = {{"team", "payments"}};
    builder.sourceIdentity = "alice";
    builder.recipient = "https://eu-west-1.signin.aws.amazon.com/saml";
    const TrustNeeds needs = inspectText(builder.xml()).aws.trust;
    EXPECT_EQ(needs.actions, (std::vector<std::string>{"sts:AssumeRoleWithSAML", "sts:TagSession", "sts:SetSourceIdentity"}));
    EXPECT_EQ(needs.audience, "https://eu-west-1.signin.aws.amazon.com/saml");
    const auto statement = parseJson(needs.statement);
    ASSERT_TRUE(statement);
    EXPECT_EQ((*statement)["Condition"]["StringEquals"]["SAML:aud"], needs.audience);
    EXPECT_EQ((*statement)["Principal"]["Federated"], "arn:aws:iam::111122223333:saml-provider/Practice");
}

// --- clocks ---

TEST(Clocks, AreToldApartFromAge) {
    StatedClaims stated;
    stated.issueInstant = testNow;
    stated.notOnOrAfter = testNow + 5min;
    const auto finding = [&](UtcTime now, std::optional<UtcTime> captured, std::optional<UtcTime> date, std::optional<UtcTime> aws = {}) {
        return examineClocks(stated, {now, captured, date, aws, aws ? std::optional(now) : std::nullopt}).finding;
    };
    EXPECT_EQ(finding(testNow + 10s, {}, {}), ClockFinding::Agree);
    EXPECT_EQ(finding(testNow + 1h, testNow + 1s, testNow + 1s), ClockFinding::Stale);
    EXPECT_EQ(finding(testNow - 2min, {}, {}), ClockFinding::ProviderAhead);
    EXPECT_EQ(finding(testNow, testNow - 2min, testNow), ClockFinding::ProviderAhead);
    EXPECT_EQ(finding(testNow + 4min, testNow + 4min, testNow), ClockFinding::ProviderBehind);
    EXPECT_EQ(finding(testNow, {}, {}, testNow + 10min), ClockFinding::ThisComputer);
    EXPECT_EQ(examineClocks(StatedClaims(), {testNow, {}, {}, {}, {}}).finding, ClockFinding::Unknown);
}

// --- copies ---

TEST(SafeCopy, KeepsTheStructureAndNothingElse) {
    ResponseBuilder builder(testNow);
    builder.principalTags = {{"team", "secret-team"}};
    const SourceTree tree = SourceTree::read(builder.xml());
    const std::string copy = redacted(tree, "salt");
    for (const char* secret : {"alice", "example.org", "idp.example", "111122223333", "Admin", "secret-team", "Practice", "_assert1"})
        EXPECT_EQ(copy.find(secret), std::string::npos) << secret;
    EXPECT_NE(copy.find("https://signin.aws.amazon.com/saml"), std::string::npos);
    EXPECT_NE(copy.find("urn:amazon:webservices"), std::string::npos);
    EXPECT_NE(copy.find("https://aws.amazon.com/SAML/Attributes/Role\""), std::string::npos);
    EXPECT_NE(copy.find(testNow.toRfc3339()), std::string::npos);

    const SourceTree again = SourceTree::read(copy);
    ASSERT_EQ(again.nodes().size(), tree.nodes().size());
    for (NodeIndex at = 0; at < tree.nodes().size(); ++at) {
        EXPECT_EQ(again.node(at).kind, tree.node(at).kind);
        if (tree.node(at).kind == NodeKind::Element) {
            EXPECT_EQ(again.text(again.node(at).name), tree.text(tree.node(at).name));
        }
    }
    // What was equal stays equal, and the roles can still be read as roles.
    const StatedClaims stated = readStated(again);
    EXPECT_EQ(stated.aws.roles.size(), 3U);
    EXPECT_EQ(stated.aws.roles[0].role.account(), stated.aws.roles[1].role.account());
    EXPECT_EQ(redacted(tree, "salt"), copy);
    EXPECT_NE(redacted(tree, "other salt"), copy);
}

TEST(SafeCopy, CanBeSignedAgain) {
    const SourceTree tree = SourceTree::read(redacted(SourceTree::read(goodXml(test::Sign::Both)), "salt"));
    const auto copy = resigned(tree, testNow);
    ASSERT_TRUE(copy) << copy.error().chain();
    const auto certificates = saml::Certificate::fromPem(copy->certificatePem);
    ASSERT_TRUE(certificates);
    saml::TrustedProvider trust;
    trust.signingKeys = *certificates;
    const Inspection inspection = inspectText(copy->xml, trust);
    EXPECT_EQ(inspection.verdict, Verdict::Accepted) << listed(inspection);
    EXPECT_EQ(inspection.signedPart, saml::SignedPart::Both);
    EXPECT_FALSE(resigned(SourceTree::read(goodXml(test::Sign::Nothing)), testNow));
}

// --- diff ---

TEST(Diff, NamesWhatChangedInMeaning) {
    ResponseBuilder monday(testNow);
    ResponseBuilder tuesday(testNow);
    tuesday.responseId = "_other";
    tuesday.assertionId = "_another";
    EXPECT_TRUE(diffResponses(inspectText(monday.xml()), inspectText(tuesday.xml())).empty());
    tuesday.shape.algorithm = saml::SignatureAlgorithm::RsaSha1;
    tuesday.roles.pop_back();
    tuesday.audienceRestrictions = {{"urn:other"}};
    tuesday.sign = test::Sign::Both;
    const auto entries = diffResponses(inspectText(monday.xml()), inspectText(tuesday.xml()));
    const auto find = [&](DiffAspect aspect) {
        const auto found = std::find_if(entries.begin(), entries.end(), [aspect](const DiffEntry& one) { return one.aspect == aspect; });
        return found == entries.end() ? DiffEntry{} : *found;
    };
    EXPECT_EQ(find(DiffAspect::Audience).after, "urn:other");
    EXPECT_EQ(find(DiffAspect::SignedParts).before, "Assertion");
    EXPECT_EQ(find(DiffAspect::Role).before, ResponseBuilder::role("444455556666", "Deploy"));
    EXPECT_EQ(find(DiffAspect::Role).after, "");
    EXPECT_NE(find(DiffAspect::SignatureMethod).after, find(DiffAspect::SignatureMethod).before);
}

// --- metadata ---

TEST(Metadata, ReportsKeysAndTheirEnds) {
    const auto soon = saml::SigningKey::generateRsa(2048, "Soon over", testNow, 10);
    ASSERT_TRUE(soon);
    const std::string xml = test::metadataXml("https://idp.example/metadata", {test::providerKey().certificate, soon->certificate});
    const MetadataReport report = reportMetadata(xml, testNow);
    ASSERT_EQ(report.entities.size(), 1U);
    EXPECT_EQ(report.entities[0].entityId, "https://idp.example/metadata");
    EXPECT_EQ(report.entities[0].keys.size(), 2U);
    ASSERT_EQ(report.calendar.size(), 2U);
    EXPECT_EQ(report.calendar[0].fingerprint, soon->certificate.fingerprint());
    EXPECT_FALSE(report.calendar[0].onlySigningKey);
    EXPECT_TRUE(has(report.findings, "metadata-certificate-ends-soon"));
    EXPECT_TRUE(has(report.findings, "metadata-roll-over"));
    EXPECT_FALSE(has(report.findings, "metadata-certificate-expired"));
    EXPECT_TRUE(has(reportMetadata(xml, testNow + 24h * 20).findings, "metadata-certificate-expired"));
    EXPECT_TRUE(reportMetadata(xml, testNow + 24h * 20).calendar[1].onlySigningKey);
}

struct Lint {
    const char* rule;
    std::function<std::string(std::string)> change;
};

class MetadataLint : public testing::TestWithParam<Lint> {};

TEST_P(MetadataLint, Finds) {
    const std::string xml = test::metadataXml("https://idp.example/metadata", {test::providerKey().certificate});
    EXPECT_FALSE(has(reportMetadata(xml, testNow).findings, GetParam().rule));
    EXPECT_TRUE(has(reportMetadata(GetParam().change(xml), testNow).findings, GetParam().rule));
}

INSTANTIATE_TEST_SUITE_P(
    All, MetadataLint,
    testing::Values(Lint{"metadata-unreadable", [](std::string xml) { return xml + "<"; }},
                    Lint{"metadata-unreadable", [](std::string xml) { return "<!DOCTYPE a>" + xml; }},
                    Lint{"metadata-byte-order-mark", [](std::string xml) { return "\xEF\xBB\xBF" + xml; }},
                    Lint{"metadata-no-entity-id", [](std::string xml) { return replaced(xml, "entityID=\"https://idp.example/metadata\"", "entityID=\"\""); }},
                    Lint{"metadata-plain-http", [](std::string xml) { return replaced(xml, "https://idp.example/sso", "http://idp.example/sso"); }},
                    Lint{"metadata-plain-http", [](std::string xml) { return replaced(xml, "https://idp.example/sso", "javascript:alert(1)"); }},
                    Lint{"metadata-plain-http", [](std::string xml) { return replaced(xml, "https://idp.example/sso", ""); }},
                    Lint{"metadata-bad-certificate",
                         [](std::string xml) { return replaced(xml, "X509Certificate>MII", "X509Certificate>AAA"); }},
                    Lint{"metadata-expired", [](std::string xml) { return replaced(xml, "entityID=", "validUntil=\"2026-01-01T00:00:00Z\" entityID="); }},
                    Lint{"metadata-ends-soon", [](std::string xml) { return replaced(xml, "entityID=", "validUntil=\"2026-11-26T00:00:00Z\" entityID="); }}),
    [](const auto& one) {
        std::string name = std::to_string(one.index) + one.param.rule;
        std::erase(name, '-');
        return name;
    });

} // namespace
} // namespace gw::inspect
