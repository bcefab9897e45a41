// Saved sign-in responses and metadata: every wrapping, what they tell, and what AWS would not read.
#include "models/estate/estate_reader.h"
#include "saml/base/json.h"
#include "saml/base/markup.h"
#include "saml/base/percent.h"
#include "tests/support/saml_response_builder.h"

#include <gtest/gtest.h>

#include <memory>

namespace gw::estate {
namespace {

const UtcTime now = UtcTime::fromUnixSeconds(1'795'500'000);

std::shared_ptr<const Estate> read(const std::vector<std::pair<std::string, std::string>>& files) {
    EstateReader reader;
    for (const auto& [path, text] : files) reader.addText(path, text);
    return reader.finish();
}

test::ResponseBuilder alice() {
    test::ResponseBuilder builder(now);
    builder.nameId = "alice";
    builder.nameIdFormat = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";
    builder.roles = {test::ResponseBuilder::role("111122223333", "Admin"), test::ResponseBuilder::role("111122223333", "Reader")};
    builder.principalTags = {{"team", "payments"}};
    builder.transitiveTagKeys = {"team"};
    builder.sessionDuration = "7200";
    builder.sourceIdentity = "alice";
    builder.otherAttributes = {{"http://schemas.xmlsoap.org/claims/Group", {"Payments-Ops", "Everyone"}}};
    return builder;
}

// The same response as people save it.
std::string wrapped(const std::string& how) {
    const auto builder = alice();
    const std::string base64 = builder.base64();
    if (how == "xml") return builder.xml();
    if (how == "base64") return base64;
    if (how == "form") return "SAMLResponse=" + percentEncoded(base64) + "&RelayState=";
    if (how == "html")
        return R"(<!DOCTYPE html><html><body><form method="post"><input type="hidden" name="SAMLResponse" value=")" +
               escapedMarkup(base64) + R"("/></form></body></html>)";
    const Json har = {{"log",
                       {{"version", "1.2"},
                        {"creator", {{"name", "browser"}}},
                        {"entries",
                         {{{"startedDateTime", "2026-11-24T00:00:00Z"},
                           {"request",
                            {{"method", "POST"},
                             {"url", "https://signin.aws.amazon.com/saml"},
                             {"postData", {{"mimeType", "application/x-www-form-urlencoded"},
                                           {"text", "SAMLResponse=" + percentEncoded(base64)}}}}},
                           {"response", {{"headers", Json::array()}, {"content", {{"text", ""}}}}}}}}}}};
    return har.dump();
}

class Wrappings : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(Wrappings, GiveTheSameResponse) {
    const auto& [path, how] = GetParam();
    const auto estate = read({{path, wrapped(how)}});
    EXPECT_TRUE(estate->problems().empty()) << estate->problems().front().chain();
    ASSERT_EQ(estate->files().size(), 1U);
    EXPECT_EQ(estate->files()[0]->call, "saml-response");
    ASSERT_EQ(estate->responses().size(), 1U);
    const ObservedResponse& response = estate->responses()[0];
    EXPECT_EQ(response.issuer, "https://idp.example/metadata");
    EXPECT_EQ(response.nameId, "alice");
    EXPECT_EQ(response.sessionName, "alice@example.org");
    EXPECT_EQ(response.sourceIdentity, "alice");
    EXPECT_EQ(response.recipient, "https://signin.aws.amazon.com/saml");
    EXPECT_EQ(response.audiences, std::vector<std::string>{"urn:amazon:webservices"});
    ASSERT_EQ(response.roles.size(), 2U);
    EXPECT_EQ(response.roles[0].first, "arn:aws:iam::111122223333:role/Admin");
    EXPECT_EQ(response.roles[0].second, "arn:aws:iam::111122223333:saml-provider/Practice");
    EXPECT_TRUE(response.malformedRoles.empty());
    EXPECT_EQ(response.roleAttributeName, "https://aws.amazon.com/SAML/Attributes/Role");
    EXPECT_EQ(response.tags, (std::vector<std::pair<std::string, std::string>>{{"team", "payments"}}));
    EXPECT_EQ(response.transitiveTags, std::vector<std::string>{"team"});
    EXPECT_EQ(response.groups, (std::vector<std::string>{"Payments-Ops", "Everyone"}));
    EXPECT_EQ(response.sessionSeconds, 7200);
    EXPECT_EQ(response.issued, now);
    EXPECT_TRUE(response.notOnOrAfter.has_value());
    EXPECT_EQ(response.subjectConfirmations, 1U);
    EXPECT_TRUE(response.isSigned);
    EXPECT_EQ(response.certificate, alice().trust().signingKeys[0].fingerprint());
    EXPECT_EQ(response.source.file->path, path);

    ASSERT_EQ(estate->assignments().size(), 2U);
    const Assignment& assignment = estate->assignments()[1];
    EXPECT_EQ(assignment.person, "alice");
    EXPECT_EQ(assignment.role, "arn:aws:iam::111122223333:role/Reader");
    EXPECT_EQ(assignment.provider, "arn:aws:iam::111122223333:saml-provider/Practice");
    EXPECT_EQ(assignment.origin, AssignmentOrigin::Assertion);
}

INSTANTIATE_TEST_SUITE_P(SamlMessages, Wrappings,
                         testing::Values(std::pair{"a.xml", "xml"}, std::pair{"a.saml", "xml"}, std::pair{"a.txt", "base64"},
                                         std::pair{"body.b64", "form"}, std::pair{"page.html", "html"},
                                         std::pair{"signin.har", "har"}, std::pair{"recorded.json", "har"}));

TEST(SamlMessages, SeveralSavedResponsesOfOnePersonGiveEachRoleOnce) {
    const auto estate = read({{"a.xml", wrapped("xml")}, {"b.xml", wrapped("xml")}});
    EXPECT_EQ(estate->responses().size(), 2U);
    EXPECT_EQ(estate->assignments().size(), 2U);
}

TEST(SamlMessages, PeopleWithAnOpaqueNameAreKnownByTheirSession) {
    auto builder = alice();
    builder.nameId = "_f00dfeed";
    builder.nameIdFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
    const auto estate = read({{"a.xml", builder.xml()}});
    ASSERT_FALSE(estate->assignments().empty());
    EXPECT_EQ(estate->assignments()[0].person, "alice@example.org");
}

TEST(SamlMessages, WhatAwsWouldNotReadHandsOutNothingAndIsKept) {
    auto builder = alice();
    const std::string pair = test::ResponseBuilder::role("111122223333", "Admin");
    builder.roles.clear();
    builder.otherAttributes = {{"https://aws.amazon.com/SAML/attributes/role", {pair, "arn:aws:iam::111122223333:role/Alone"}}};
    const auto estate = read({{"a.xml", builder.xml()}});
    ASSERT_EQ(estate->responses().size(), 1U);
    const ObservedResponse& response = estate->responses()[0];
    EXPECT_EQ(response.roleAttributeName, "https://aws.amazon.com/SAML/attributes/role");
    EXPECT_EQ(response.roles.size(), 1U);
    EXPECT_EQ(response.malformedRoles, std::vector<std::string>{"arn:aws:iam::111122223333:role/Alone"});
    EXPECT_TRUE(estate->assignments().empty());
}

TEST(SamlMessages, AnUnsignedResponseIsReadAndSaysSo) {
    auto builder = alice();
    builder.sign = test::Sign::Nothing;
    const auto estate = read({{"a.xml", builder.xml()}});
    ASSERT_EQ(estate->responses().size(), 1U);
    EXPECT_FALSE(estate->responses()[0].isSigned);
    EXPECT_EQ(estate->responses()[0].certificate, "");
}

const char* const twoProviders = R"({"SAMLProviderList":[{"Arn":"arn:aws:iam::111122223333:saml-provider/Practice"},
                                    {"Arn":"arn:aws:iam::111122223333:saml-provider/Okta"}]})";

struct Placed {
    const char* path;      // of the metadata
    const char* entity;    // its entity
    const char* withFile;  // "response": one of that issuer beside it
    const char* provider;  // that gets it; empty: none does
};

class Metadata : public testing::TestWithParam<Placed> {};

TEST_P(Metadata, GoesToTheProviderThatItBelongsTo) {
    const std::string xml = test::metadataXml(GetParam().entity, alice().trust().signingKeys);
    std::vector<std::pair<std::string, std::string>> files{{GetParam().path, xml}, {"list-saml-providers.json", twoProviders}};
    if (std::string(GetParam().withFile) == "response") files.emplace_back("alice.xml", wrapped("xml"));
    const auto estate = read(files);
    const std::string wanted = GetParam().provider;
    for (const SamlProvider& each : estate->samlProviders()) EXPECT_EQ(each.metadata, each.name == wanted ? xml : "") << each.name;
    EXPECT_EQ(estate->problems().size(), wanted.empty() ? 1U : 0U);
    if (wanted.empty()) {
        EXPECT_TRUE(estate->problems()[0].code().is(EstateError::Unnamed));
    }
}

INSTANTIATE_TEST_SUITE_P(SamlMessages, Metadata,
                         testing::Values(Placed{"idp/get-saml-provider-okta.xml", "https://other.example", "", "Okta"},
                                         Placed{"metadata.xml", "https://idp.example/metadata", "response", "Practice"},
                                         Placed{"metadata.xml", "https://idp.example/metadata", "", ""},
                                         Placed{"notokta.xml", "https://other.example", "response", ""}));

TEST(SamlMessages, MetadataOfTheOnlyProviderNeedsNoName) {
    const std::string xml = test::metadataXml("https://idp.example", alice().trust().signingKeys);
    const auto estate = read({{"m.xml", xml}, {"p.json", R"({"SAMLProviderList":[{"Arn":"arn:aws:iam::111122223333:saml-provider/X"}]})"}});
    ASSERT_EQ(estate->samlProviders().size(), 1U);
    EXPECT_EQ(estate->samlProviders()[0].metadata, xml);
}

struct Foreign {
    const char* path;
    const char* text;
};

class NotForUs : public testing::TestWithParam<Foreign> {};

TEST_P(NotForUs, IsToldAndTheOthersGoOn) {
    const auto estate = read({{GetParam().path, GetParam().text}, {"good.xml", wrapped("xml")}});
    EXPECT_EQ(estate->responses().size(), 1U);
    ASSERT_EQ(estate->problems().size(), 1U);
    EXPECT_TRUE(estate->problems()[0].code().is(EstateError::NotRecognised));
    EXPECT_EQ(estate->problems()[0].fact("file"), GetParam().path);
}

INSTANTIATE_TEST_SUITE_P(SamlMessages, NotForUs,
                         testing::Values(Foreign{"index.html", "<html><body>hello</body></html>"}, Foreign{"feed.xml", "<rss/>"},
                                         Foreign{"cut.xml", "<"},
                                         Foreign{"request.xml", R"(<p:AuthnRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"/>)"}));

TEST(SamlMessages, WhatCannotBeReadIsNoMistakeOfTheProvider) {
    const std::string sealed = R"(<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion"><s:EncryptedAssertion/></p:Response>)";
    const std::string cut = R"(<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"><p:Status>)";
    const auto estate = read({{"sealed.xml", sealed}, {"cut.xml", cut}});
    EXPECT_TRUE(estate->responses().empty());
    ASSERT_EQ(estate->problems().size(), 2U);
    EXPECT_TRUE(estate->problems()[0].code().is(EstateError::NotRecognised));
    EXPECT_EQ(estate->problems()[0].fact("object"), "EncryptedAssertion");
    EXPECT_TRUE(estate->problems()[1].code().is(EstateError::Malformed));
}

} // namespace
} // namespace gw::estate
