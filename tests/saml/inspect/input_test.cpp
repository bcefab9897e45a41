// What is found in what people save, paste and record.
#include "tests/saml/inspect/helpers.h"

#include "saml/base/base64.h"
#include "saml/base/json.h"

#include <functional>

#include <zlib.h>

namespace gw::inspect {
namespace {

using saml::goodXml;
using saml::testNow;
using test::ResponseBuilder;

std::string deflated(std::string_view text) {
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY), Z_OK);
    std::string in(text);
    std::string out(text.size() + 1000, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(out.size() - stream.avail_out);
    deflateEnd(&stream);
    return out;
}

std::string percentEncoded(std::string_view text) {
    std::string out;
    for (const char c : text)
        out += c == '+' ? "%2B" : c == '/' ? "%2F" : c == '=' ? "%3D" : std::string(1, c);
    return out;
}

std::string quotedJson(std::string_view text) {
    return Json(std::string(text)).dump();
}

struct Wrapped {
    const char* name;
    std::function<std::string(const std::string& xml)> wrap;
    Wrapping expected;
    bool isDeflated = false;
};

class Inputs : public testing::TestWithParam<Wrapped> {};

TEST_P(Inputs, AreUnwrapped) {
    const std::string xml = goodXml();
    const auto found = findMessages(GetParam().wrap(xml));
    ASSERT_TRUE(found) << found.error().chain();
    ASSERT_EQ(found->size(), 1U);
    EXPECT_EQ(found->front().xml.reveal(), xml);
    EXPECT_EQ(found->front().kind, MessageKind::Response);
    EXPECT_EQ(found->front().wrapping, GetParam().expected);
    EXPECT_EQ(found->front().deflated, GetParam().isDeflated);
}

INSTANTIATE_TEST_SUITE_P(
    All, Inputs,
    testing::Values(
        Wrapped{"Xml", [](const auto& xml) { return "\n" + xml + "\n"; }, Wrapping::Xml},
        Wrapped{"Base64", [](const auto& xml) { return encodeBase64(xml); }, Wrapping::Base64},
        Wrapped{"Folded",
                [](const auto& xml) {
                    std::string text = encodeBase64(xml);
                    for (std::size_t i = 76; i < text.size(); i += 78) text.insert(i, "\r\n");
                    return text;
                },
                Wrapping::Base64},
        Wrapped{"PercentEncoded", [](const auto& xml) { return percentEncoded(encodeBase64(xml)); }, Wrapping::Base64},
        Wrapped{"FormBody", [](const auto& xml) { return "RelayState=x&SAMLResponse=" + percentEncoded(encodeBase64(xml)); }, Wrapping::FormBody},
        Wrapped{"HtmlForm",
                [](const auto& xml) {
                    return "<!DOCTYPE html><html><body><form action=\"https://signin.aws.amazon.com/saml\"><input name=\"SAMLResponse\" value=\"" +
                           encodeBase64(xml) + "\"></form></body></html>";
                },
                Wrapping::HtmlForm},
        Wrapped{"RedirectUrl",
                [](const auto& xml) { return "https://sp.example/acs?SAMLResponse=" + percentEncoded(encodeBase64(deflated(xml))) + "&RelayState=r"; },
                Wrapping::Redirect, true},
        Wrapped{"RedirectValue", [](const auto& xml) { return encodeBase64(deflated(xml)); }, Wrapping::Redirect, true},
        Wrapped{"Har",
                [](const auto& xml) {
                    return "{\"log\":{\"version\":\"1.2\",\"entries\":[{\"startedDateTime\":\"2026-11-24T12:00:01Z\",\"request\":{\"method\":\"POST\","
                           "\"url\":\"https://signin.aws.amazon.com/saml\",\"postData\":{\"text\":" +
                           quotedJson("SAMLResponse=" + percentEncoded(encodeBase64(xml))) + "}},\"response\":{\"headers\":[]}}]}}";
                },
                Wrapping::Har},
        Wrapped{"HarParameters",
                [](const auto& xml) {
                    return "{\"log\":{\"entries\":[{\"request\":{\"url\":\"https://signin.aws.amazon.com/saml\",\"postData\":{\"params\":[{\"name\":"
                           "\"SAMLResponse\",\"value\":" +
                           quotedJson(encodeBase64(xml)) + "}]}}}]}}";
                },
                Wrapping::Har}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(Inputs, SeveralOfARecordingComeInOrderAndOnce) {
    ResponseBuilder second(testNow);
    second.assertionId = "_second";
    const auto entry = [](const std::string& xml, const std::string& date) {
        return "{\"startedDateTime\":\"2026-11-24T12:00:01Z\",\"request\":{\"url\":\"https://signin.aws.amazon.com/saml\",\"postData\":{\"text\":" +
               quotedJson("SAMLResponse=" + percentEncoded(encodeBase64(xml))) + "}},\"response\":{\"headers\":[{\"name\":\"Date\",\"value\":\"" + date + "\"}]}}";
    };
    const std::string first = goodXml();
    const auto found = findMessages("{\"log\":{\"entries\":[" + entry(first, "Tue, 24 Nov 2026 12:00:02 GMT") + "," + entry(first, "") + "," +
                                    entry(second.xml(), "") + "]}}");
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), 2U);
    EXPECT_EQ((*found)[0].xml.reveal(), first);
    EXPECT_EQ((*found)[0].url, "https://signin.aws.amazon.com/saml");
    ASSERT_TRUE((*found)[0].providerDate);
    EXPECT_EQ((*found)[0].providerDate->toRfc3339(), "2026-11-24T12:00:02Z");
}

// One server takes the first of two values, another the last.
TEST(Inputs, DifferentValuesOfOneFieldAreShownOneByOneAndTold) {
    ResponseBuilder other(testNow);
    other.assertionId = "_other";
    const std::string first = goodXml();
    const std::string second = other.xml();
    const auto body = [](const std::string& one, const std::string& two) {
        return "SAMLResponse=" + percentEncoded(encodeBase64(one)) + "&RelayState=r&SAMLResponse=" + percentEncoded(encodeBase64(two));
    };
    const auto input = [](const std::string& xml) { return "<input name='SAMLResponse' value='" + encodeBase64(xml) + "'>"; };
    const auto recorded = [](const std::string& request) {
        return "{\"log\":{\"entries\":[{\"request\":{\"url\":\"https://signin.aws.amazon.com/saml\"," + request + "}}]}}";
    };
    const auto parameter = [](const std::string& xml) {
        return "{\"name\":\"SAMLResponse\",\"value\":" + quotedJson(encodeBase64(xml)) + "}";
    };
    for (const std::string& text :
         {body(first, second), "https://sp.example/acs?" + body(first, second), "<html><form>" + input(first) + input(second) + "</form></html>",
          recorded("\"postData\":{\"text\":" + quotedJson(body(first, second)) + "}"),
          recorded("\"postData\":{\"params\":[" + parameter(first) + "," + parameter(second) + "]}")}) {
        auto found = findMessages(text);
        ASSERT_TRUE(found) << text.substr(0, 200);
        ASSERT_EQ(found->size(), 2U) << text.substr(0, 200);
        EXPECT_EQ((*found)[0].xml.reveal(), first);
        EXPECT_EQ((*found)[1].xml.reveal(), second);
        for (std::size_t i = 0; i < 2; ++i) {
            ASSERT_TRUE((*found)[i].choice);
            EXPECT_EQ((*found)[i].choice->number, i + 1);
            EXPECT_EQ((*found)[i].choice->of, 2U);
        }
        InspectOptions options;
        options.now = testNow;
        options.trust = testTrust();
        const Inspection inspection = inspect(std::move((*found)[1]), options);
        EXPECT_TRUE(has(inspection.findings, "ambiguous-form")) << listed(inspection);
        EXPECT_EQ(inspection.verdict, Verdict::Rejected) << "nothing that could be another one is called accepted";
    }
    // What cannot be read is a value, too.
    const auto damaged = findMessages("SAMLResponse=!!!&SAMLResponse=" + percentEncoded(encodeBase64(first)));
    ASSERT_TRUE(damaged);
    ASSERT_EQ(damaged->size(), 1U);
    ASSERT_TRUE(damaged->front().choice);
    EXPECT_EQ(damaged->front().choice->number, 2U);
    // The same one twice, or nothing beside it, leaves no choice.
    for (const std::string& text : {body(first, first), "SAMLResponse=&SAMLResponse=" + percentEncoded(encodeBase64(first)),
                                    "SAMLResponse=" + percentEncoded(encodeBase64(first)) + "&SAMLResponse=" + encodeBase64(first)}) {
        const auto found = findMessages(text);
        ASSERT_TRUE(found);
        ASSERT_EQ(found->size(), 1U);
        EXPECT_FALSE(found->front().choice);
    }
}

// The encoding is what is wrong with them, not that there is nothing.
TEST(Inputs, OtherEncodingsAreFoundAndTold) {
    const auto spread = [](std::size_t before, std::size_t after) {
        std::string out;
        for (const char c : goodXml()) out += std::string(before, '\0') + c + std::string(after, '\0');
        return out;
    };
    for (const std::string& text : {"\xFF\xFE" + spread(0, 1), "\xFE\xFF" + spread(1, 0), spread(0, 1), spread(1, 0), "\xFF\xFE" + std::string(2, '\0') + spread(0, 3),
                                    std::string(2, '\0') + "\xFE\xFF" + spread(3, 0), spread(3, 0)}) {
        auto found = findMessages(text);
        ASSERT_TRUE(found) << text.substr(0, 8);
        ASSERT_EQ(found->size(), 1U);
        EXPECT_EQ(found->front().wrapping, Wrapping::Xml);
        const Inspection inspection = inspect(std::move(found->front()), {});
        EXPECT_EQ(inspection.verdict, Verdict::Rejected);
        EXPECT_TRUE(std::any_of(inspection.findings.begin(), inspection.findings.end(), [](const auto& finding) { return finding.rule->id == "not-utf8"; }));
    }
}

TEST(Inputs, BadOnesSayWhy) {
    const auto code = [](std::string_view text) {
        const auto found = findMessages(text);
        return found ? std::string("found") : found.error().code().id();
    };
    EXPECT_EQ(code("  \n"), "inspect_input.empty");
    EXPECT_EQ(code("hello, world"), "inspect_input.bad_base64");
    EXPECT_EQ(code("<html><body>nothing</body></html>"), "inspect_input.nothing_found");
    EXPECT_EQ(code("{\"log\":{\"entries\":[]}}"), "inspect_input.nothing_found");
    EXPECT_EQ(code("{\"log\":{\"entries\":["), "inspect_input.nothing_found");
    EXPECT_EQ(code(encodeBase64(deflated(std::string(4'000'000, 'a')))), "inspect_input.inflates_too_far");
    EXPECT_EQ(code(encodeBase64("\x01\x02\x03\x04 not deflate")), "inspect_input.bad_deflate");
}

} // namespace
} // namespace gw::inspect
