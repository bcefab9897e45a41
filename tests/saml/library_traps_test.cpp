// One test for each row of what xmlsec1 and libxml2 do when left alone, in the order of the list in README.md. Every
// document of an attacker is refused by the whole verifier; what it must not cause on the way is checked beside it.
#include "tests/saml/verify_helpers.h"
#include "tests/support/cpu_time.h"
#include "tests/support/loopback_listener.h"
#include "tests/support/raw_signature.h"

#include <gtest/gtest.h>

#include <chrono>

namespace gw::saml {
namespace {

using test::ResponseBuilder;
using test::Sign;

testing::AssertionResult refused(const std::string& xml, VerifyError expected) {
    return failsWith(verifyText(xml), expected);
}

std::string signedWithUri(std::string_view uri) {
    ResponseBuilder builder(testNow);
    builder.shape.referenceUri = uri;
    return builder.xml();
}

std::string withUri(std::string_view uri) {
    return replaced(goodXml(), "URI=\"#_assert1\"", "URI=\"" + std::string(uri) + "\"");
}

std::string afterTransforms(std::string_view transform) {
    return replaced(goodXml(), "</ds:Transforms>", std::string(transform) + "</ds:Transforms>");
}

std::string inSignature(std::string_view content) {
    return replaced(goodXml(), "</ds:Signature>", std::string(content) + "</ds:Signature>");
}

std::string evilAssertion(std::string_view id) {
    ResponseBuilder evil(testNow);
    evil.nameId = "mallory@evil.example";
    const std::string text = evil.unsignedXml();
    const std::size_t begin = text.find("<saml:Assertion");
    return replaced(text.substr(begin, text.find("</samlp:Response>") - begin), "ID=\"_assert1\"", "ID=\"" + std::string(id) + "\"");
}

const std::string ownSha256OfNothing = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

TEST(LibraryTrap, R01_ReferenceToAWebAddressSendsNothing) {
    const test::LoopbackListener listener;
    EXPECT_TRUE(refused(withUri(listener.url()), VerifyError::BadSignatureStructure));
    EXPECT_FALSE(listener.wasCalled());
}

TEST(LibraryTrap, R02_ReferenceToAFileIsRefused) {
    for (const char* uri : {"file:///etc/passwd", "/etc/passwd", "file://localhost/etc/hostname"})
        EXPECT_TRUE(refused(withUri(uri), VerifyError::BadSignatureStructure)) << uri;
}

TEST(LibraryTrap, R03_ManifestInAnObjectSendsNothing) {
    const test::LoopbackListener listener;
    EXPECT_TRUE(refused(inSignature("<ds:Object><ds:Manifest><ds:Reference URI=\"" + listener.url() +
                                    "\"><ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue>" +
                                    ownSha256OfNothing + "</ds:DigestValue></ds:Reference></ds:Manifest></ds:Object>"),
                        VerifyError::BadSignatureStructure));
    EXPECT_FALSE(listener.wasCalled());
}

TEST(LibraryTrap, R04_AnyObjectIsRefused) {
    for (const char* object : {"<ds:Object/>", "<ds:Object Id=\"o\">text</ds:Object>", "<ds:Object><x xmlns=\"\"/></ds:Object>"})
        EXPECT_TRUE(refused(inSignature(object), VerifyError::BadSignatureStructure));
}

TEST(LibraryTrap, R05_DuplicateIdWithTheEvilOneAfter) {
    EXPECT_TRUE(refused(replaced(goodXml(), "</samlp:Response>", evilAssertion("_assert1") + "</samlp:Response>"),
                        VerifyError::DuplicateId));
}

TEST(LibraryTrap, R06_DuplicateIdWithTheEvilOneBefore) {
    EXPECT_TRUE(refused(replaced(goodXml(), "<saml:Assertion", evilAssertion("_assert1") + "<saml:Assertion"),
                        VerifyError::DuplicateId));
}

TEST(LibraryTrap, R07_XmlIdAnywhereIsRefused) {
    for (const char* tag : {"<samlp:Status", "<saml:Subject", "<ds:Signature", "<saml:AttributeValue"})
        EXPECT_TRUE(refused(replaced(goodXml(), tag, std::string(tag) + " xml:id=\"_assert1\""), VerifyError::ForbiddenNode)) << tag;
}

TEST(LibraryTrap, R08_PrefixedIdIsRefusedInEverySpelling) {
    for (const char* name : {"ID", "Id", "id"})
        EXPECT_TRUE(refused(replaced(goodXml(), "<samlp:Status", "<samlp:Status xmlns:q=\"u:q\" q:" + std::string(name) + "=\"_assert1\""),
                            VerifyError::ForbiddenNode))
            << name;
}

TEST(LibraryTrap, R09_DeclaredAndEntityBuiltIdsAreRefused) {
    EXPECT_TRUE(refused("<!DOCTYPE r [<!ATTLIST x foo ID #IMPLIED>]>" + goodXml(), VerifyError::HasDoctype));
    EXPECT_TRUE(refused("<!DOCTYPE r [<!ENTITY e \"_assert1\">]>" + replaced(goodXml(), "ID=\"_assert1\"", "ID=\"&e;\""),
                        VerifyError::HasDoctype));
}

TEST(LibraryTrap, R10_XPathInjectionIntoTheReference) {
    for (const char* uri : {"#x')|id('_assert1", "#x&apos;)|id(&apos;_assert1", "#_assert1')|(//*"})
        EXPECT_TRUE(refused(withUri(uri), VerifyError::BadSignatureStructure)) << uri;
}

TEST(LibraryTrap, R11_XPointerReferenceIsRefusedEvenIfItHolds) {
    for (const char* uri : {"#xpointer(//*[@ID='_assert1'])", "#xpointer(id('_assert1'))", "#xpointer(/)"})
        EXPECT_TRUE(refused(signedWithUri(uri), VerifyError::BadSignatureStructure)) << uri;
}

TEST(LibraryTrap, R12_TwoIdsInOneReference) {
    EXPECT_TRUE(refused(withUri("#_assert1 _resp1"), VerifyError::BadSignatureStructure));
    EXPECT_TRUE(refused(withUri("#_resp1 _assert1"), VerifyError::BadSignatureStructure));
}

TEST(LibraryTrap, R13_EmptyOrAbsentReferenceIsRefusedEvenIfItHolds) {
    EXPECT_TRUE(refused(signedWithUri(""), VerifyError::BadSignatureStructure));
    EXPECT_TRUE(refused(replaced(goodXml(), " URI=\"#_assert1\"", ""), VerifyError::BadSignatureStructure));
}

TEST(LibraryTrap, R14_XPathTransformIsRefusedInNoTime) {
    const test::CpuTimer timer;
    EXPECT_FALSE(verifyText(afterTransforms("<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"><ds:XPath>"
                                            "count(//.|//@*|//namespace::*)</ds:XPath></ds:Transform>")));
    EXPECT_LT(timer.elapsed(), test::bound(std::chrono::milliseconds(100)));
}

TEST(LibraryTrap, R15_XsltTransformIsRefused) {
    EXPECT_FALSE(verifyText(afterTransforms("<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\">"
                                            "<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"/>"
                                            "</ds:Transform>")));
    EXPECT_TRUE(refused(replaced(goodXml(), "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"",
                                 "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\""),
                        VerifyError::AlgorithmNotAllowed));
}

TEST(LibraryTrap, R16_VoidCanonicalizationFailsClosed) {
    std::string voided = goodXml();
    const std::size_t begin = voided.find("<ds:DigestValue>") + 16;
    voided.replace(begin, voided.find("</ds:DigestValue>") - begin, ownSha256OfNothing);
    for (const std::string& xml : {goodXml(), voided})
        for (const char* declaration : {" xmlns:v=\"relative\"", " xmlns:v=\"http://e.com\xC2\x80\"", " xmlns:v=\":\""})
            for (const char* tag : {"<samlp:Response", "<saml:Assertion", "<ds:Signature", "<ds:SignedInfo"})
                EXPECT_FALSE(verifyText(replaced(xml, tag, std::string(tag) + declaration))) << tag << declaration;
}

// Such a name passes through libxml2's canonical form, so only the reader stands between it and a signature that holds.
TEST(LibraryTrap, R16_NamespaceNamesWithoutASchemeAreRefusedEvenIfSigned) {
    for (const char* name : {"relative", "http:", ":x", "1x:y", "a_b:c", "a b:c"}) {
        auto root = test::Markup::parse(ResponseBuilder(testNow).unsignedXml());
        test::Markup* assertion = root->find("saml:Assertion");
        assertion->set("xmlns:v", name);
        test::RawSignature shape;
        shape.inclusivePrefixes = {"v"};
        test::signRaw(*assertion, shape, test::providerKey());
        // By the reader, not only by the signature that libxml2 then cannot check.
        EXPECT_TRUE(refused(root->str(), VerifyError::BadStructure)) << name;
    }
    auto root = test::Markup::parse(ResponseBuilder(testNow).unsignedXml());
    test::Markup* assertion = root->find("saml:Assertion");
    assertion->set("xmlns:v", "a1+-.:x");
    test::signRaw(*assertion, {}, test::providerKey());
    EXPECT_TRUE(holds(verifyText(root->str())));
}

TEST(LibraryTrap, R17_HmacUnderThePublicKeyIsRefused) {
    for (const char* method : {"http://www.w3.org/2000/09/xmldsig#hmac-sha1", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"})
        EXPECT_TRUE(refused(replaced(goodXml(), algorithm::rsaSha256, method), VerifyError::AlgorithmNotAllowed)) << method;
}

TEST(LibraryTrap, R18_TwoSignedInfoAreRefused) {
    const std::string xml = goodXml();
    const std::size_t begin = xml.find("<ds:SignedInfo>");
    const std::size_t end = xml.find("</ds:SignedInfo>") + 16;
    const std::string twice = xml.substr(0, end) + xml.substr(begin, end - begin) + xml.substr(end);
    EXPECT_TRUE(refused(twice, VerifyError::BadSignatureStructure));
}

TEST(LibraryTrap, R19_CommentInTheDigestValueIsRefused) {
    const std::string xml = goodXml();
    const std::size_t at = xml.find("<ds:DigestValue>") + 20;
    EXPECT_TRUE(refused(xml.substr(0, at) + "<!-- x -->" + xml.substr(at), VerifyError::ForbiddenNode));
}

TEST(LibraryTrap, R20_CommentInTheNameIsRefused) {
    EXPECT_TRUE(refused(replaced(goodXml(), "alice@", "al<!-- x -->ice@"), VerifyError::ForbiddenNode));
}

TEST(LibraryTrap, R21_ProcessingInstructionInTheNameIsRefused) {
    EXPECT_TRUE(refused(replaced(goodXml(), "alice@", "al<?x y?>ice@"), VerifyError::ForbiddenNode));
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    for (; times > 0; --times) out += text;
    return out;
}

TEST(LibraryTrap, R22_DeepNestingIsRefusedQuickly) {
    const test::CpuTimer timer;
    for (const std::size_t depth : {std::size_t{33}, std::size_t{300}, std::size_t{30'000}})
        EXPECT_TRUE(refused(replaced(goodXml(), "<samlp:Status>", repeated("<a>", depth) + repeated("</a>", depth) + "<samlp:Status>"),
                            VerifyError::TooDeep));
    EXPECT_LT(timer.elapsed(), test::bound(std::chrono::milliseconds(1000)));
}

TEST(LibraryTrap, R23_BillionLaughsIsRefusedQuickly) {
    std::string dtd = "<!DOCTYPE r [<!ENTITY a0 \"ha\">";
    for (int i = 1; i < 12; ++i)
        dtd += "<!ENTITY a" + std::to_string(i) + " \"" + repeated("&a" + std::to_string(i - 1) + ";", 10) + "\">";
    const test::CpuTimer timer;
    EXPECT_TRUE(refused(dtd + "]>" + replaced(goodXml(), "alice@", "&a11;"), VerifyError::HasDoctype));
    EXPECT_TRUE(refused(dtd + "]>" + replaced(goodXml(), "ID=\"_assert1\"", "ID=\"&a11;\""), VerifyError::HasDoctype));
    EXPECT_LT(timer.elapsed(), test::bound(std::chrono::milliseconds(200)));
}

TEST(LibraryTrap, R24_QuadraticBlowUpIsRefusedQuickly) {
    const std::string dtd = "<!DOCTYPE r [<!ENTITY a \"" + std::string(50'000, 'a') + "\">]>";
    const test::CpuTimer timer;
    EXPECT_TRUE(refused(dtd + replaced(goodXml(), "ID=\"_assert1\"", "ID=\"" + repeated("&a;", 5'000) + "\""), VerifyError::HasDoctype));
    EXPECT_LT(timer.elapsed(), test::bound(std::chrono::milliseconds(200)));
}

TEST(LibraryTrap, R25_ExternalEntitiesAreNeverLoaded) {
    const test::LoopbackListener listener;
    for (const std::string& place : {listener.url(), std::string("file:///etc/passwd")}) {
        EXPECT_TRUE(refused("<!DOCTYPE r [<!ENTITY e SYSTEM \"" + place + "\">]>" + replaced(goodXml(), "alice@", "&e;"),
                            VerifyError::HasDoctype));
        EXPECT_TRUE(refused("<!DOCTYPE r SYSTEM \"" + place + "\">" + goodXml(), VerifyError::HasDoctype));
    }
    EXPECT_FALSE(listener.wasCalled());
}

TEST(LibraryTrap, R26_ManyAttributesAndNamespacesAreRefusedQuickly) {
    std::string attributes, namespaces;
    for (int i = 0; i < 12'000; ++i) {
        attributes += " a" + std::to_string(i) + "=\"\"";
        namespaces += " xmlns:n" + std::to_string(i) + "=\"u\"";
    }
    const test::CpuTimer timer;
    EXPECT_TRUE(refused(replaced(goodXml(), "<samlp:Status", "<samlp:Status" + attributes), VerifyError::TooLarge));
    EXPECT_TRUE(refused(replaced(goodXml(), "<samlp:Status", "<samlp:Status" + namespaces), VerifyError::TooLarge));
    EXPECT_LT(timer.elapsed(), test::bound(std::chrono::milliseconds(500)));
    // Either kind alone, just above the bound of one tag.
    for (const char* start : {" a", " xmlns:n"}) {
        std::string few;
        for (int i = 0; i < 65; ++i) few += start + std::to_string(i) + "=\"u:u\"";
        EXPECT_TRUE(refused(replaced(goodXml(), "<samlp:Status", "<samlp:Status" + few), VerifyError::TooLarge)) << start;
    }
}

TEST(LibraryTrap, R27_Utf16IsRefusedWithAndWithoutADoctype) {
    for (const std::string& text : {std::string("<!DOCTYPE r>") + goodXml(), goodXml()})
        for (const bool big : {true, false}) {
            std::string wide = big ? "\xFE\xFF" : "\xFF\xFE";
            for (const char c : text) wide += big ? std::string{'\0', c} : std::string{c, '\0'};
            EXPECT_TRUE(refused(wide, VerifyError::NotUtf8));
            EXPECT_TRUE(refused(wide.substr(2), VerifyError::NotUtf8));
        }
    EXPECT_TRUE(refused("<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + goodXml(), VerifyError::NotUtf8));
    EXPECT_TRUE(refused("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + goodXml(), VerifyError::NotUtf8));
    EXPECT_TRUE(refused("<?xml version=\"1.0\" encoding=\"UTF-7\"?>" + goodXml(), VerifyError::NotUtf8));
}

TEST(LibraryTrap, R27_EveryMalformedSequenceIsNamedAsSuch) {
    for (const char* octets : {"\x80", "\xC3(", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xE2\x82(", "\xED\xA0\x80", "\xF0\x80\x80\x80",
                               "\xF0\x9F\x92(", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF"})
        EXPECT_TRUE(refused(replaced(goodXml(), "alice@", "al" + std::string(octets) + "ice@"), VerifyError::NotUtf8));
    // Cut off by the end.
    for (const char* octets : {"\xC3", "\xE2\x82", "\xF0\x9F\x92"})
        EXPECT_TRUE(refused(goodXml() + octets, VerifyError::NotUtf8));
}

TEST(LibraryTrap, R27_DeclarationsAreReadAsXmlReadsThem) {
    for (const char* encoding : {"UTF-80", "UTF", "utf-16", "latin1", "utf8"})
        EXPECT_TRUE(refused("<?xml version=\"1.0\" encoding=\"" + std::string(encoding) + "\"?>" + goodXml(), VerifyError::NotUtf8)) << encoding;
    // No declarations, although they look like some.
    EXPECT_TRUE(holds(verifyText("<!--  encoding=\"latin1\"?> -->" + goodXml())));
    EXPECT_TRUE(holds(verifyText("<?xml-stylesheet encoding=\"latin1\"?>" + goodXml())));
    EXPECT_TRUE(holds(verifyText("<?xml version=\"1.0\" encoding='utf-8'?>" + goodXml())));
}

TEST(LibraryTrap, R28_NothingOfAStoppedParseIsUsed) {
    // The good response is complete before what stops the reader.
    EXPECT_TRUE(refused(goodXml() + "<!DOCTYPE r>", VerifyError::NotXml));
    EXPECT_TRUE(refused(replaced(goodXml(), "</samlp:Response>", "<?p?></samlp:Response>"), VerifyError::ForbiddenNode));
    EXPECT_TRUE(refused(replaced(goodXml(), "</samlp:Response>", ""), VerifyError::NotXml));
    EXPECT_TRUE(refused(goodXml() + "<x/>", VerifyError::NotXml));
}

TEST(LibraryTrap, R29_TheLibrariesPrintNothing) {
    testing::internal::CaptureStderr();
    testing::internal::CaptureStdout();
    for (const std::string& xml : {withUri("#x')"), replaced(goodXml(), "<saml:Assertion", "<saml:Assertion xmlns:v=\"relative\""),
                                   goodXml() + "<", replaced(goodXml(), "role/Admin", "role/Root!"), std::string("<")})
        EXPECT_FALSE(verifyText(xml));
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

TEST(LibraryTrap, R30_ASignatureThatCouldBeCheckedAndDoesNotHoldIsInvalid) {
    for (const Sign sign : {Sign::Assertion, Sign::Response, Sign::Both}) {
        const std::string xml = goodXml(sign);
        EXPECT_TRUE(refused(replaced(xml, "role/Admin", "role/Root!"), VerifyError::SignatureInvalid));
        const std::size_t value = xml.find("<ds:SignatureValue>") + 19;
        std::string changed = xml;
        changed[value + 8] = changed[value + 8] == 'A' ? 'B' : 'A';
        EXPECT_TRUE(refused(changed, VerifyError::SignatureInvalid));
    }
}

} // namespace
} // namespace gw::saml
