#include "saml/base/base64.h"
#include "saml/protocol/captured_response.h"
#include "tests/saml/verify_helpers.h"
#include "tests/support/cpu_time.h"

#include <gtest/gtest.h>

namespace gw::saml {
namespace {

const std::string& value() {
    static const std::string text = [] {
        // Of a length whose base64 holds "+", "/" and "=".
        test::ResponseBuilder builder(testNow);
        builder.nameId = "\xC3\xBB\xC3\xBF>>>???";
        return builder.base64();
    }();
    return text;
}

std::string percentEncoded(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0)
            out += c;
        else
            out += std::string("%") + digits[static_cast<unsigned char>(c) >> 4U] + digits[static_cast<unsigned char>(c) & 15U];
    }
    return out;
}

std::string entityEncoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '+')
            out += "&#x2b;";
        else if (c == '=')
            out += "&#61;";
        else if (c == '/')
            out += "&#x2F;";
        else
            out += c;
    }
    return out;
}

std::string found(std::string_view text) {
    const auto captured = captureFromText(text, testNow);
    return captured ? std::string(captured->base64.reveal()) : captured.error().code().id();
}

TEST(CaptureFromText, FindsTheResponseInEveryForm) {
    const std::string& v = value();
    ASSERT_NE(v.find_first_of("+/"), std::string::npos);
    EXPECT_EQ(found(v), v);
    EXPECT_EQ(found("  \n" + v + "\n"), v);
    EXPECT_EQ(found(percentEncoded(v)), v);
    EXPECT_EQ(found("SAMLResponse=" + percentEncoded(v)), v);
    EXPECT_EQ(found("SAMLResponse=" + percentEncoded(v) + "&RelayState=x"), v);
    EXPECT_EQ(found("RelayState=&SAMLResponse=" + percentEncoded(v)), v);
    EXPECT_EQ(found("SAMLResponse=" + v), v) << "half decoded by a browser's tools";
    EXPECT_EQ(found("<form><input type=\"hidden\" name=\"SAMLResponse\" value=\"" + v + "\"/></form>"), v);
    EXPECT_EQ(found("<!DOCTYPE html><html><body onload='x()'><FORM METHOD=post "
                    "ACTION='https:&#x2f;&#x2f;signin.aws.amazon.com&#x2f;saml'>"
                    "<INPUT VALUE='" +
                    entityEncoded(v) + "' NAME='SAMLResponse' TYPE=hidden></FORM>"),
              v);
    EXPECT_EQ(found("<input name=SAMLResponse value=" + v + ">"), v);
    EXPECT_EQ(found("<textarea name=\"SAMLResponse\">" + v + "</textarea>"), v);
    EXPECT_EQ(found("<?xml version=\"1.0\"?><html><input name=\"SAMLResponse\" value=\"" + v + "\"/></html>"), v) << "XHTML";
    EXPECT_EQ(found("<script>var a = \"<input name='SAMLResponse' value='AAAA'>\";</script><input name='SAMLResponse' value='" +
                    v + "'>"),
              v);
    EXPECT_EQ(found("<!-- <input name='SAMLResponse' value='AAAA'> --><input name='SAMLResponse' value='" + v + "'>"), v);
    const std::string xml = *decodeBase64(v, 1'000'000);
    EXPECT_EQ(found(xml), v);
    EXPECT_EQ(*decodeBase64(found("<?xml version='1.0'?>\n<!-- x -->" + xml), 1'000'000),
              "<?xml version='1.0'?>\n<!-- x -->" + xml);
    EXPECT_EQ(*decodeBase64(found("\xEF\xBB\xBF" + xml), 1'000'000), xml);
}

TEST(CaptureFromText, KeepsTheRelayStateAndTheOrigin) {
    const auto body = captureFromText("SAMLResponse=QUFB&RelayState=a%20b%2Bc+d", testNow);
    ASSERT_TRUE(body);
    EXPECT_EQ(body->relayState, "a b+c d");
    EXPECT_EQ(body->capturedAt, testNow);
    EXPECT_EQ(body->source, CaptureSource::Pasted);
    EXPECT_EQ(body->acs, "");
    EXPECT_EQ(body->requestId, std::nullopt);
    const auto page =
        captureFromText("<input name=SAMLResponse value=QUFB><input name=RelayState value=\"&quot;&amp;&lt;&#8364;\">", testNow);
    ASSERT_TRUE(page);
    EXPECT_EQ(page->relayState, "\"&<\xE2\x82\xAC");
}

TEST(CaptureFromText, SaysWhatIsWrong) {
    EXPECT_EQ(found(""), "capture.empty");
    EXPECT_EQ(found(" \r\n\t"), "capture.empty");
    EXPECT_EQ(found("hello, world!"), "capture.no_response_found");
    EXPECT_EQ(found("<html><body>Sign in</body></html>"), "capture.no_response_found");
    EXPECT_EQ(found("<html><input name='SAMLResponse' value=''></html>"), "capture.no_response_found");
    EXPECT_EQ(found("<html><input name='samlresponse' value='QUFB'></html>"), "capture.no_response_found")
        << "the name is case-sensitive";
    EXPECT_EQ(found("<html><input name='SAMLResponse' value='QUFB"), "capture.no_response_found") << "cut off";
    EXPECT_EQ(found("SAMLResponse=&RelayState=x"), "capture.no_response_found");
    EXPECT_EQ(found("SAMLRequest=QUFB"), "capture.no_response_found");
    EXPECT_EQ(found("SAMLResponse=QUFB&SAMLResponse=QkJC"), "capture.several_responses");
    EXPECT_EQ(found("SAMLResponse=QUFB&SAMLResponse=QUFB"), "QUFB");
    EXPECT_EQ(found("<input name=SAMLResponse value=QUFB><input name=SAMLResponse value=QkJC>"), "capture.several_responses");
    EXPECT_EQ(found(std::string(maxFormValue + 1, 'A')), "capture.too_large");
    EXPECT_EQ(found(std::string(maxFormValue * 5, 'A')), "capture.too_large");
    EXPECT_EQ(found(std::string(maxFormValue, 'A')).size(), maxFormValue);
}

TEST(CaptureFromText, TakesLinearTimeOnHostilePages) {
    for (const std::string_view piece :
         {"<", "<a ", "<input name='", "</", "<!--", "<textarea>", "<script></", "&", "%", "SAMLResponse=", "<a b='>"}) {
        std::string text;
        while (text.size() < 2'000'000) text += piece;
        const test::CpuTimer timer;
        (void)captureFromText(text, testNow);
        EXPECT_LT(timer.elapsed(), test::bound(std::chrono::seconds(2))) << piece;
    }
}

TEST(FormField, DecodesByTheRulesOfForms) {
    const std::string body = "a=1&b=x+y%2Bz&c=%zz%4&d&=e&%66=enc&a=2";
    EXPECT_EQ(formField(body, "a"), "1");
    EXPECT_EQ(formField(body, "b"), "x y+z");
    EXPECT_EQ(formField(body, "c"), "%zz%4");
    EXPECT_EQ(formField(body, "d"), "");
    EXPECT_EQ(formField(body, ""), "e");
    EXPECT_EQ(formField(body, "f"), "enc");
    EXPECT_EQ(formField(body, "g"), std::nullopt);
    EXPECT_EQ(formField("", "a"), std::nullopt);
    EXPECT_EQ(formField("a=%00", "a"), std::string(1, '\0'));
    EXPECT_EQ(formField("a==b", "a"), "=b");
}

TEST(Capture, IsRefusedByItsSizeBeforeAnybodyLooks) {
    const std::string response = test::ResponseBuilder(testNow).base64();
    EXPECT_TRUE(captureFromText(response + std::string(1000, ' '), testNow));
    const auto large = captureFromText(response + std::string(4 * maxFormValue, ' '), testNow);
    ASSERT_FALSE(large);
    EXPECT_TRUE(large.error().code().is(CaptureError::TooLarge));
}

} // namespace
} // namespace gw::saml
