// gatewardenctl saml verify-batch: an answer for every line, in order, whatever the line is.
#include "saml/base/base64.h"
#include "tests/app/saml_commands_fixture.h"

#include <sstream>

namespace gw {
namespace {

using saml::testNow;
using test::ProcessResult;
using test::ResponseBuilder;

#ifdef __SANITIZE_ADDRESS__
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

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
