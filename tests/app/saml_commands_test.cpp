// gatewardenctl saml verify, inspect and metadata.
#include "saml/base/base64.h"
#include "saml/xml/text_gate.h"
#include "tests/app/saml_commands_fixture.h"

#include <functional>

namespace gw {
namespace {

using namespace std::chrono_literals;
using saml::testNow;
using test::ProcessResult;
using test::ResponseBuilder;

// --- verify ---

TEST_F(SamlCommands, VerifyAcceptsByMetadataAndByCertificate) {
    for (const std::vector<std::string>& trust : {std::vector<std::string>{"--metadata", metadata_}, {"--certificate", certificate_}, {"--metadata", metadata_, "--certificate", certificate_}}) {
        std::vector<std::string> words{"verify", response_, at(), "--format=json"};
        words.insert(words.end(), trust.begin(), trust.end());
        const ProcessResult result = ctl(words);
        ASSERT_EQ(result.exit, 0) << result.err << result.out;
        const Json json = parsed(result.out);
        EXPECT_EQ(json["verdict"], "accepted");
        EXPECT_TRUE(json["reason"].is_null());
        EXPECT_EQ(json["signed"], "assertion");
        EXPECT_EQ(json["issuer"], "https://idp.example/metadata");
        EXPECT_EQ(json["name_id"], "alice@example.org");
        EXPECT_EQ(json["audiences"], Json::array({"urn:amazon:webservices"}));
        EXPECT_EQ(json["recipient"], "https://signin.aws.amazon.com/saml");
        EXPECT_EQ(json["aws"]["roles"].size(), 3U);
        EXPECT_EQ(json["aws"]["roles"][0]["provider"], "arn:aws:iam::111122223333:saml-provider/Practice");
        EXPECT_EQ(json["aws"]["session_name"], "alice@example.org");
        EXPECT_TRUE(json["aws"]["session_duration"].is_null());
        EXPECT_EQ(json["not_on_or_after"], (testNow + 5min).toRfc3339());
        EXPECT_TRUE(result.err.empty()) << result.err;
    }
}

TEST_F(SamlCommands, VerifyTakesSeveralValuesBeforeTheFile) {
    EXPECT_EQ(ctl({"verify", at(), "--metadata", metadata_, response_}).exit, 0);
    EXPECT_EQ(ctl({"verify", "--acs", "https://other.example/saml", "https://signin.aws.amazon.com/saml", at(), "--metadata", metadata_, "--", response_}).exit, 0);
    EXPECT_EQ(ctl({"verify", response_, at(), "--metadata", metadata_, "--acs", "https://other.example/saml"}).exit, 1);
    EXPECT_EQ(ctl({"verify", response_, at(), "--metadata", metadata_, "--audience", "urn:other"}).exit, 1);
}

TEST_F(SamlCommands, VerifyReadsStandardInputAndEveryWrapping) {
    const std::string xml = ResponseBuilder(testNow).xml();
    std::string form = "SAMLResponse=";
    for (const char c : encodeBase64(xml)) form += c == '+' ? "%2B" : c == '=' ? "%3D" : std::string(1, c);
    for (const std::string& input : {xml, encodeBase64(xml), form, "<form><input name='SAMLResponse' value='" + encodeBase64(xml) + "'></form>"})
        EXPECT_EQ(ctl({"verify", "-", at(), "--metadata", metadata_}, input).exit, 0);
}

TEST_F(SamlCommands, VerifyTakesNoneOfTwo) {
    const std::string good = ResponseBuilder(testNow).base64();
    const std::string field = "SAMLResponse=" + good;
    for (const std::string& input : {field + "&SAMLResponse=AAAA", "SAMLResponse=AAAA&" + field,
                                     "<form><input name='SAMLResponse' value='" + good + "'><input name='SAMLResponse' value='AAAA'></form>"}) {
        const ProcessResult result = ctl({"verify", "-", at(), "--metadata", metadata_}, input);
        EXPECT_EQ(result.exit, 2);
        EXPECT_NE(result.err.find("several"), std::string::npos) << result.err;
    }
}

TEST_F(SamlCommands, WhatCannotBeWrittenIsSaid) {
    const ProcessResult result = test::runProgram({"/bin/sh", "-c", "exec \"$0\" saml metadata \"$1\" >/dev/full", GW_CTL, metadata_}, {});
    EXPECT_EQ(result.exit, 2);
    EXPECT_NE(result.err.find("standard output cannot be written"), std::string::npos) << result.err;
}

struct Rejection {
    const char* reason;
    std::function<void(ResponseBuilder&)> change;
};

TEST_F(SamlCommands, VerifyNamesTheReason) {
    const Rejection rejections[] = {
        {"expired", [](auto& b) { b.notOnOrAfter = b.confirmationNotOnOrAfter = testNow - 1h; }},
        {"wrong-audience", [](auto& b) { b.audienceRestrictions = {{"urn:other"}}; }},
        {"wrong-issuer", [](auto& b) { b.issuer = "https://other.example"; b.responseIssuer = b.issuer; }},
        {"not-signed", [](auto& b) { b.sign = test::Sign::Nothing; }},
        {"several-assertions", [](auto& b) { b.assertions = 2; }},
        {"wrong-recipient", [](auto& b) { b.recipient = "https://evil.example/saml"; }},
    };
    for (const Rejection& one : rejections) {
        ResponseBuilder builder(testNow);
        one.change(builder);
        const ProcessResult result = ctl({"verify", "-", at(), "--metadata", metadata_, "--format", "json"}, builder.base64());
        EXPECT_EQ(result.exit, 1) << one.reason;
        const Json json = parsed(result.out);
        EXPECT_EQ(json["verdict"], "rejected");
        EXPECT_EQ(json["reason"], one.reason);
        EXPECT_FALSE(json.contains("name_id"));
        EXPECT_FALSE(json.contains("aws"));
        const ProcessResult text = ctl({"verify", "-", at(), "--metadata", metadata_}, builder.base64());
        EXPECT_NE(text.out.find(one.reason), std::string::npos);
    }
}

// A document is shown to people; it does not write on their terminals.
TEST_F(SamlCommands, TextIsShownAndNotObeyed) {
    ResponseBuilder builder(testNow);
    builder.issuer = "https://idp\u202E.example/\u009B31m\u2066";
    builder.responseIssuer = builder.issuer;
    std::string broken = builder.xml();
    broken.replace(broken.find("<saml:Subject"), 1, "\x9B\xC0\x1B<");
    const std::string strange = file("strange.xml", test::metadataXml(builder.issuer, {test::providerKey().certificate}));
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"verify", "-", at(), "--certificate", certificate_}, {"verify", "-", at(), "--metadata", metadata_},
          {"inspect", "-", at()}, {"metadata", strange, at()}, {"verify", "/nonexistent/\u202E\u009B\xFF", "--metadata", metadata_}}) {
        for (const std::string& input : {builder.xml(), broken}) {
            const ProcessResult result = ctl(words, input);
            const std::string said = result.out + result.err;
            EXPECT_FALSE(said.empty());
            EXPECT_TRUE(xml::checkEncoding(said)) << words[0];
            for (const char* character : {"\u202E", "\u009B", "\u2066", "\x1B"}) EXPECT_EQ(said.find(character), std::string::npos) << words[0];
        }
    }
}

TEST_F(SamlCommands, UsageAndUnreadableInputExitWithTwo) {
    const std::string notPem = file("not.pem", "hello");
    const std::vector<std::vector<std::string>> wrong{
        {"verify"},
        {"verify", response_},
        {"verify", response_, "--metadata", "/nonexistent"},
        {"verify", "/nonexistent", "--metadata", metadata_},
        {"verify", response_, "--metadata", metadata_, "--at", "yesterday"},
        {"verify", response_, "--metadata", metadata_, "--policy", "loose"},
        {"verify", response_, "--certificate", notPem},
        {"verify", response_, "--metadata", response_},
        {"verify", response_, "--metadata", metadata_, "--decrypt-key", notPem},
        {"verify", response_, "--metadata", metadata_, "--colour"},
        {"verify", response_, "--metadata", metadata_, "--format", "xml"},
        {"verify", file("empty", ""), "--metadata", metadata_},
        {"inspect", "/nonexistent"},
        {"inspect", file("words", "hello, world")},
        {"metadata", "/nonexistent"},
        {"metadata", file("broken.xml", "<md:EntityDescriptor")},
        {"verify-batch", "/nonexistent"},
        {"colour"},
    };
    for (const auto& words : wrong) {
        const ProcessResult result = ctl(words);
        EXPECT_EQ(result.exit, 2) << words[0] << " " << words.back() << result.out;
        if (words[0] != "metadata" || words[1] == "/nonexistent") {
            EXPECT_TRUE(result.out.empty());
            EXPECT_FALSE(result.err.empty());
        }
    }
}

TEST_F(SamlCommands, PolicyDecidesOnSha1) {
    ResponseBuilder builder(testNow);
    builder.shape.algorithm = saml::SignatureAlgorithm::RsaSha1;
    const std::string input = builder.base64();
    const ProcessResult usual = ctl({"verify", "-", at(), "--metadata", metadata_, "--format=json"}, input);
    EXPECT_EQ(usual.exit, 0);
    EXPECT_NE(usual.out.find("\"weak-digest\""), std::string::npos);
    const ProcessResult strict = ctl({"verify", "-", at(), "--metadata", metadata_, "--policy=strict", "--format=json"}, input);
    EXPECT_EQ(strict.exit, 1);
    EXPECT_EQ(parsed(strict.out)["reason"], "algorithm-not-allowed");
}

TEST_F(SamlCommands, ReplayCacheOutlivesTheProgram) {
    const std::string cache = (folder_ / "replay").string();
    const std::vector<std::string> words{"verify", response_, at(), "--metadata", metadata_, "--replay-cache", cache, "--format=json"};
    EXPECT_EQ(ctl(words).exit, 0);
    const ProcessResult again = ctl(words);
    EXPECT_EQ(again.exit, 1);
    EXPECT_EQ(parsed(again.out)["reason"], "replayed");
    const auto permissions = std::filesystem::status(cache).permissions();
    EXPECT_EQ(permissions & (std::filesystem::perms::group_all | std::filesystem::perms::others_all), std::filesystem::perms::none);
    std::ifstream content(cache);
    const std::string text((std::istreambuf_iterator<char>(content)), {});
    EXPECT_EQ(text.find("_assert1"), std::string::npos);
}

// --- inspect and metadata ---

TEST_F(SamlCommands, InspectNeedsNoTrust) {
    const ProcessResult result = ctl({"inspect", response_, at(), "--format=json"});
    EXPECT_EQ(result.exit, 0) << result.err;
    const Json json = parsed(result.out);
    EXPECT_EQ(json["verdict"], "consistent");
    EXPECT_EQ(json["trust_checked"], false);
    EXPECT_EQ(json["coverage"]["standing"], "consistent");
    EXPECT_EQ(json["coverage"]["verified"], 0);
    EXPECT_EQ(json["signatures"][0]["references"][0]["digest_stated"], json["signatures"][0]["references"][0]["digest_computed"]);
    EXPECT_EQ(json["aws"]["answer"], "accepted");
    EXPECT_EQ(json["aws"]["trust_policy"]["saml_aud"], "https://signin.aws.amazon.com/saml");

    const ProcessResult trusted = ctl({"inspect", response_, at(), "--metadata", metadata_, "--format=json"});
    EXPECT_EQ(trusted.exit, 0);
    EXPECT_EQ(parsed(trusted.out)["verdict"], "accepted");
    const ProcessResult text = ctl({"inspect", response_, at()});
    EXPECT_NE(text.out.find("saml:Assertion"), std::string::npos);
    EXPECT_NE(text.out.find("What AWS would say"), std::string::npos);
}

TEST_F(SamlCommands, InspectShowsBothValuesOfAField) {
    const std::string good = ResponseBuilder(testNow).base64();
    ResponseBuilder other(testNow);
    other.nameId = "mallory@example.org";
    const std::string form =
        "<form><input name='SAMLResponse' value='" + good + "'><input name='SAMLResponse' value='" + other.base64() + "'></form>";
    const ProcessResult result = ctl({"inspect", "-", at(), "--metadata", metadata_, "--format=json"}, form);
    EXPECT_EQ(result.exit, 1);
    const std::size_t end = result.out.find('\n');
    ASSERT_NE(end, std::string::npos);
    const std::string names[] = {"alice@example.org", "mallory@example.org"};
    const std::string lines[] = {result.out.substr(0, end), result.out.substr(end + 1)};
    for (std::size_t i = 0; i < 2; ++i) {
        const Json json = parsed(lines[i]);
        EXPECT_EQ(json["stated"]["name_id"], names[i]);
        EXPECT_EQ(json["verdict"], "rejected");
        EXPECT_EQ(json["reason"], "ambiguous-form");
        EXPECT_EQ(json["findings"][0]["seen"], "2");
        EXPECT_NE(json["findings"][0]["message"].get<std::string>().find("number " + std::to_string(i + 1)), std::string::npos);
    }
    const ProcessResult text = ctl({"inspect", "-", at(), "--metadata", metadata_}, form);
    EXPECT_NE(text.out.find("SAMLResponse has 2 different values, and this is number 2."), std::string::npos) << text.out;
}

TEST_F(SamlCommands, InspectTellsWhatAwsRefuses) {
    ResponseBuilder builder(testNow);
    builder.roleSessionName.reset();
    const ProcessResult result = ctl({"inspect", "-", at(), "--format=json"}, builder.base64());
    EXPECT_EQ(result.exit, 1);
    EXPECT_EQ(parsed(result.out)["aws"]["message"], "RoleSessionName is required in AuthnResponse");
}

TEST_F(SamlCommands, InspectNeverLetsTheTerminalObeyTheDocument) {
    ResponseBuilder builder(testNow);
    builder.nameId = "a\xC2\x9B" "31mb";
    for (const std::string& input : {builder.xml(), saml::replaced(builder.xml(), "<samlp:Status>", "<samlp:Status x=\"\x1b[31m\">")}) {
        const ProcessResult result = ctl({"inspect", "-", at()}, input);
        EXPECT_EQ(result.out.find('\x1b'), std::string::npos);
        EXPECT_EQ(result.out.find("\xC2\x9B"), std::string::npos);
    }
}

TEST_F(SamlCommands, MetadataListsEntitiesAndKeys) {
    const ProcessResult result = ctl({"metadata", metadata_, at(), "--format=json"});
    EXPECT_EQ(result.exit, 0) << result.out;
    const Json json = parsed(result.out);
    EXPECT_EQ(json["entities"][0]["entity_id"], "https://idp.example/metadata");
    EXPECT_EQ(json["entities"][0]["keys"][0]["fingerprint"], test::providerKey().certificate.fingerprint());
    EXPECT_EQ(json["calendar"].size(), 1U);
    EXPECT_EQ(ctl({"metadata", "-", at()}, test::metadataXml("https://idp.example/metadata", {})).exit, 1);
}

} // namespace
} // namespace gw
