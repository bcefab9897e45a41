// Runs the real gatewardenctl. The documents are made by the response builder, with keys made at run time.
#include "saml/base/base64.h"
#include "saml/base/json.h"
#include "tests/app/process.h"
#include "tests/saml/verify_helpers.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

namespace gw {
namespace {

using namespace std::chrono_literals;
using saml::testNow;
using test::ProcessResult;
using test::ResponseBuilder;

#ifdef __SANITIZE_ADDRESS__
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

class SamlCommands : public testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() / ("gw-ctl-" + std::to_string(getpid()) + "-" +
                                                            testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::create_directories(folder_);
        metadata_ = file("metadata.xml", test::metadataXml("https://idp.example/metadata", {test::providerKey().certificate}));
        certificate_ = file("certificate.pem", test::providerKey().certificatePem());
        response_ = file("response.b64", ResponseBuilder(testNow).base64());
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string file(const std::string& name, const std::string& content) {
        const auto path = folder_ / name;
        std::ofstream(path, std::ios::binary) << content;
        return path.string();
    }

    static ProcessResult ctl(std::vector<std::string> words, const std::string& input = {}) {
        words.insert(words.begin(), {GW_CTL, "saml"});
        return test::runProgram(words, input);
    }

    static std::string at() { return "--at=" + testNow.toRfc3339(); }

    static Json parsed(const std::string& text) {
        auto json = parseJson(text);
        EXPECT_TRUE(json) << text.substr(0, 500);
        return json ? std::move(*json) : Json();
    }

    std::filesystem::path folder_;
    std::string metadata_, certificate_, response_;
};

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

// --- verify-batch ---

class VerifyBatch : public SamlCommands {
protected:
    static Json line(const std::string& id) {
        Json made;
        made["id"] = id;
        made["response"] = ResponseBuilder(testNow).base64();
        made["certificates"] = {test::providerKey().certificatePem()};
        made["at"] = testNow.toRfc3339();
        return made;
    }

    static std::vector<Json> answers(const ProcessResult& result) {
        std::vector<Json> all;
        std::istringstream lines(result.out);
        for (std::string text; std::getline(lines, text);) all.push_back(parsed(text));
        return all;
    }

    static Json only(const Json& one) {
        const auto all = answers(ctl({"verify-batch", "-"}, one.dump() + "\n"));
        EXPECT_EQ(all.size(), 1U);
        return all.empty() ? Json() : all[0];
    }
};

TEST_F(VerifyBatch, AnswersEveryLineInOrderWhateverItIs) {
    Json unknown = line("unknown");
    unknown["colour"] = "blue";
    Json without = line("without");
    without.erase("certificates");
    Json notPem = line("not-pem");
    notPem["certificates"] = {"-----BEGIN NOTHING-----"};
    Json badMetadata = line("bad-metadata");
    badMetadata.erase("certificates");
    badMetadata["metadata"] = "<html/>";
    Json noResponse = line("no-response");
    noResponse.erase("response");
    Json both = line("both");
    both["xml"] = "<a/>";
    Json kind = line("kind");
    kind["acs"] = "https://x.example";
    Json skip = line("skip");
    skip["skip"] = {"signature"};
    Json large = line("large");
    large["response"] = std::string(10'000'000, 'A');
    Json notBase64 = line("not-base64");
    notBase64["response"] = "%%%";
    Json doubled = line("doubled");
    const std::string twice = "{\"id\":\"doubled\",\"id\":\"again\"}";
    const std::pair<std::string, std::pair<const char*, const char*>> lines[] = {
        {line("good").dump(), {"good", nullptr}},
        {"{\"id\":\"cut\",\"response\":\"AAAA", {"cut", "malformed-json"}},
        {"not json at all", {nullptr, "malformed-json"}},
        {"", {nullptr, "empty-line"}},
        {"   ", {nullptr, "empty-line"}},
        {"[]", {nullptr, "malformed-json"}},
        {"{\"id\":\"x\"} {}", {"x", "malformed-json"}},
        {twice, {"doubled", "malformed-json"}},
        {"{\"id\":\"lone\\ud800\"}", {nullptr, "malformed-json"}},
        {"{\"id\":\"\xFF\"}", {nullptr, "malformed-json"}},
        {unknown.dump(), {"unknown", "unknown-json-key"}},
        {without.dump(), {"without", "missing-certificate"}},
        {notPem.dump(), {"not-pem", "bad-certificate"}},
        {badMetadata.dump(), {"bad-metadata", "bad-metadata"}},
        {noResponse.dump(), {"no-response", "missing-response"}},
        {both.dump(), {"both", "missing-response"}},
        {kind.dump(), {"kind", "bad-json-value"}},
        {skip.dump(), {"skip", "bad-json-value"}},
        {large.dump(), {"large", "too-large"}},
        {"{\"id\":\"huge\",\"response\":\"" + std::string(std::size_t{20} << 20U, 'A') + "\"}", {"huge", "line-too-long"}},
        {notBase64.dump(), {"not-base64", "not-base64"}},
        {line("last").dump(), {"last", nullptr}},
    };
    std::string input;
    for (const auto& [text, expected] : lines) input += text + "\n";
    input.pop_back();
    const ProcessResult result = ctl({"verify-batch", "-"}, input);
    EXPECT_EQ(result.exit, 1);
    EXPECT_TRUE(result.err.empty()) << result.err;
    const auto all = answers(result);
    ASSERT_EQ(all.size(), std::size(lines));
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& [id, reason] = lines[i].second;
        if (id != nullptr)
            EXPECT_EQ(all[i]["id"], id) << i;
        else
            EXPECT_TRUE(all[i]["id"].is_null()) << i;
        EXPECT_EQ(all[i]["verdict"], reason == nullptr ? "accepted" : "rejected") << i << all[i].dump().substr(0, 400);
        if (reason != nullptr) {
            EXPECT_EQ(all[i]["reason"], reason) << i;
            EXPECT_EQ(all[i]["findings"][0]["id"], reason) << i;
            EXPECT_EQ(all[i]["findings"][0]["severity"], "fatal") << i;
            EXPECT_FALSE(all[i]["findings"][0]["message"].get<std::string>().empty());
        }
    }
}

TEST_F(VerifyBatch, ExitIsZeroWhereAllAreAccepted) {
    EXPECT_EQ(ctl({"verify-batch", "-"}, line("a").dump() + "\r\n" + line("b").dump()).exit, 0);
    EXPECT_EQ(ctl({"verify-batch", file("lines.jsonl", line("a").dump() + "\n")}).exit, 0);
    EXPECT_EQ(ctl({"verify-batch", "-"}, "").exit, 0);
}

TEST_F(VerifyBatch, TakesEveryKeyOfTheContract) {
    Json one = line("keys");
    one["xml"] = ResponseBuilder(testNow).xml();
    one.erase("response");
    one["certificates"] = {encodeBase64(test::providerKey().certificate.der())};
    one["acs"] = {"https://signin.aws.amazon.com/saml"};
    one["audience"] = {"urn:amazon:webservices"};
    one["decrypt_keys"] = {test::strangerKey().privateKeyPem.reveal()};
    one["skip"] = Json::array();
    one["policy"] = "strict";
    EXPECT_EQ(only(one)["verdict"], "accepted");
    one["metadata"] = test::metadataXml("https://idp.example/metadata", {test::providerKey().certificate});
    one.erase("certificates");
    EXPECT_EQ(only(one)["verdict"], "accepted");
    one["audience"] = {"urn:other"};
    EXPECT_EQ(only(one)["reason"], "wrong-audience");
    one["skip"] = {"audience"};
    const Json skipped = only(one);
    EXPECT_EQ(skipped["verdict"], "accepted");
    EXPECT_EQ(skipped["findings"][0]["id"], "wrong-audience");
    EXPECT_EQ(skipped["findings"][0]["severity"], "warning");
    one["decrypt_keys"] = {"no key"};
    EXPECT_EQ(only(one)["reason"], "bad-decryption-key");
}

TEST_F(VerifyBatch, EchoesIdsAsTheyWere) {
    for (const char* id : {"17", "true", "null", "\"a\\u00e9\\n\\\"b\"", "-1.5e3"}) {
        const ProcessResult result = ctl({"verify-batch", "-"}, "{\"id\":" + std::string(id) + "}\n");
        EXPECT_TRUE(result.out.starts_with("{\"id\":" + std::string(id) + ",")) << result.out.substr(0, 80);
    }
}

TEST_F(VerifyBatch, AMalformedRolePairDoesNotReject) {
    ResponseBuilder builder(testNow);
    builder.roles.insert(builder.roles.begin(), "arn:aws:iam::111122223333:role/alone");
    Json one = line("roles");
    one["response"] = builder.base64();
    const Json answer = only(one);
    EXPECT_EQ(answer["verdict"], "accepted");
    EXPECT_EQ(answer["aws"]["roles"].size(), 3U);
    EXPECT_EQ(answer["findings"][0]["id"], "malformed-role-pair");
}

TEST_F(VerifyBatch, LinesAreIndependentUnlessACacheIsGiven) {
    const std::string twice = line("a").dump() + "\n" + line("b").dump() + "\n";
    EXPECT_EQ(ctl({"verify-batch", "-"}, twice).exit, 0);
    const auto all = answers(ctl({"verify-batch", "-", "--replay-cache", (folder_ / "replay").string()}, twice));
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0]["verdict"], "accepted");
    EXPECT_EQ(all[1]["reason"], "replayed");
}

TEST_F(VerifyBatch, MemoryDoesNotGrowWithTheLines) {
    const std::string one = line("x").dump() + "\n";
    std::string few, many;
    for (int i = 0; i < 20; ++i) few += one;
    for (int i = 0; i < 1000; ++i) many += one;
    const long small = ctl({"verify-batch", "-"}, few).maxResidentKib;
    const long large = ctl({"verify-batch", "-"}, many).maxResidentKib;
    // A sanitizer keeps what was freed, up to a bound of its own.
    EXPECT_LT(large, sanitized ? 1024 * 1024 : small + 8 * 1024);
    EXPECT_LT(large, (sanitized ? 1024 : 64) * 1024);
}

} // namespace
} // namespace gw
