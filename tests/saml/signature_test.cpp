// The rows of "what xmlsec1 and libxml2 do by default" and what we must do instead; each through the whole verifier and,
// where a gate stops it before xmlsec1, once more behind the gates, so that neither defence is alone.
#include "saml/dsig/xmlsec_verifier.h"
#include "saml/xml/namespaces.h"
#include "tests/saml/verify_helpers.h"
#include "tests/support/cpu_time.h"
#include "tests/support/loopback_listener.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace gw::saml {
namespace {

using test::ResponseBuilder;
using test::Sign;

// xmlsec1 alone: the profile claims that everything is in order.
Result<Secret> behindTheGates(const std::string& xml, const Certificate& key = test::providerKey().certificate) {
    const auto document = xml::Document::parse(xml, xml::ReadRules::response());
    if (!document) return fail(document.error());
    SignatureProfile profile;
    for (xml::Element at = document->root(); at && !profile.signature; at = following(at, document->root()))
        if (at.is(xml::ns::signature, "Signature")) profile.signature = at;
    profile.parent = profile.signature.parent();
    profile.canonicalization = algorithm::exclusive;
    profile.method = algorithm::rsaSha256;
    profile.digest = algorithm::sha256;
    profile.transforms = {std::string(algorithm::enveloped), std::string(algorithm::exclusive)};
    return XmlsecVerifier().verify(*document, profile, key, AlgorithmPolicy::Default);
}

bool invalidBehindTheGates(const std::string& xml) {
    const auto octets = behindTheGates(xml);
    return !octets && octets.error().code().is(SignatureError::Invalid);
}

std::string withReferenceUri(std::string_view uri) {
    return replaced(goodXml(), "URI=\"#_assert1\"", "URI=\"" + std::string(uri) + "\"");
}

TEST(Signature, ReferenceToAnAddressSendsNothing) {
    const test::LoopbackListener listener;
    const std::string xml = withReferenceUri(listener.url());
    EXPECT_TRUE(failsWith(verifyText(xml), VerifyError::BadSignatureStructure));
    EXPECT_TRUE(invalidBehindTheGates(xml));
    EXPECT_FALSE(listener.wasCalled());
}

TEST(Signature, ReferenceToAFileOpensNothing) {
    // A named pipe without a writer: to open it would be to wait for ever.
    std::string folder = (std::filesystem::temp_directory_path() / "gw-saml-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    const std::string pipe = folder + "/pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    for (const std::string& uri : {"file://" + pipe, pipe}) {
        EXPECT_TRUE(failsWith(verifyText(withReferenceUri(uri)), VerifyError::BadSignatureStructure));
        EXPECT_TRUE(invalidBehindTheGates(withReferenceUri(uri)));
    }
    std::filesystem::remove_all(folder);
}

std::string withObject(const std::string& content) {
    return replaced(goodXml(), "</ds:Signature>", "<ds:Object>" + content + "</ds:Object></ds:Signature>");
}

TEST(Signature, ManifestIsRefusedAndNotFollowed) {
    const test::LoopbackListener listener;
    const std::string xml = withObject("<ds:Manifest><ds:Reference URI=\"" + listener.url() +
                                       "\"><ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>"
                                       "<ds:DigestValue>AAAA</ds:DigestValue></ds:Reference></ds:Manifest>");
    EXPECT_TRUE(failsWith(verifyText(xml), VerifyError::BadSignatureStructure));
    // The enveloped transform removes it, so the signature itself still holds.
    EXPECT_TRUE(behindTheGates(xml));
    EXPECT_FALSE(listener.wasCalled());
}

TEST(Signature, ObjectIsRefused) {
    EXPECT_TRUE(failsWith(verifyText(withObject("")), VerifyError::BadSignatureStructure));
    EXPECT_TRUE(failsWith(verifyText(withObject("text")), VerifyError::BadSignatureStructure));
}

TEST(Signature, RetrievalMethodIsNotFollowed) {
    const test::LoopbackListener listener;
    const std::string keyInfo = "<ds:KeyInfo><ds:RetrievalMethod URI=\"" + listener.url() +
                                "\" Type=\"http://www.w3.org/2000/09/xmldsig#X509Data\"/></ds:KeyInfo></ds:Signature>";
    ResponseBuilder builder(testNow);
    builder.shape.certificate = false;
    const std::string xml = replaced(builder.xml(), "</ds:Signature>", keyInfo);
    EXPECT_TRUE(holds(verifyText(xml))) << "KeyInfo is not part of what is checked";
    EXPECT_TRUE(failsWith(verifyText(xml, AlgorithmPolicy::Default, {builder.issuer, {test::strangerKey().certificate}}),
                          VerifyError::SignatureInvalid));
    EXPECT_FALSE(listener.wasCalled());
}

TEST(Signature, DuplicateIdsAreRefusedWhereverTheyStand) {
    const std::string evil =
        "<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"_assert1\" Version=\"2.0\"/>";
    EXPECT_TRUE(
        failsWith(verifyText(replaced(goodXml(), "</samlp:Response>", evil + "</samlp:Response>")), VerifyError::DuplicateId));
    EXPECT_TRUE(failsWith(verifyText(replaced(goodXml(), "<samlp:Status>", evil + "<samlp:Status>")), VerifyError::DuplicateId));
    EXPECT_TRUE(
        failsWith(verifyText(replaced(goodXml(), "<samlp:Status>", "<samlp:Status Id=\"_assert1\">")), VerifyError::DuplicateId));
    EXPECT_TRUE(
        failsWith(verifyText(replaced(goodXml(), "<samlp:Status>", "<samlp:Status id=\"_assert1\">")), VerifyError::DuplicateId));
}

TEST(Signature, XmlIdAndPrefixedIdsAreRefused) {
    EXPECT_TRUE(failsWith(verifyText(replaced(goodXml(), "<samlp:Status>", "<samlp:Status xml:id=\"_assert1\">")),
                          VerifyError::ForbiddenNode));
    EXPECT_TRUE(failsWith(verifyText(replaced(goodXml(), "<samlp:Status>", "<samlp:Status xmlns:q=\"u:q\" q:ID=\"_assert1\">")),
                          VerifyError::ForbiddenNode));
    EXPECT_TRUE(failsWith(verifyText(replaced(goodXml(), " ID=\"_assert1\"", " xmlns:q=\"u:q\" q:ID=\"_assert1\"")),
                          VerifyError::ForbiddenNode));
}

TEST(Signature, DeclaredAndEntityIdsAreRefused) {
    EXPECT_TRUE(failsWith(verifyText("<!DOCTYPE r [<!ATTLIST x foo ID #IMPLIED>]>" + goodXml()), VerifyError::HasDoctype));
    EXPECT_TRUE(
        failsWith(verifyText("<!DOCTYPE r [<!ENTITY e \"_assert1\">]>" + replaced(goodXml(), " ID=\"_assert1\"", " ID=\"&e;\"")),
                  VerifyError::HasDoctype));
}

class ReferenceUri : public testing::TestWithParam<std::string> {};

TEST_P(ReferenceUri, OtherThanTheParentsIdIsRefused) {
    EXPECT_TRUE(failsWith(verifyText(withReferenceUri(GetParam())), VerifyError::BadSignatureStructure));
}

INSTANTIATE_TEST_SUITE_P(Uris, ReferenceUri,
                         testing::Values("", "#", "_assert1", "#_resp1", "#_ASSERT1", "#_assert1 ", " #_assert1",
                                         "#_assert1 _resp1", "#x')|id('_assert1", "#x&apos;)|id(&apos;_assert1", "#xpointer(/)",
                                         "#xpointer(id('_assert1'))", "#xpointer(//*[@ID='_assert1'])", "#_assert1)#_resp1",
                                         "##_assert1", "file:///etc/passwd", "https://idp.example/#_assert1", "?#_assert1"));

TEST(Signature, MissingReferenceUriIsRefused) {
    EXPECT_TRUE(failsWith(verifyText(replaced(goodXml(), " URI=\"#_assert1\"", "")), VerifyError::BadSignatureStructure));
}

TEST(Signature, ValidSignaturesOverOtherReferencesAreRefused) {
    for (const char* uri : {"", "#xpointer(//*[@ID='_assert1'])", "#xpointer(id('_assert1'))"}) {
        ResponseBuilder builder(testNow);
        builder.shape.referenceUri = uri;
        const std::string xml = builder.xml();
        EXPECT_TRUE(failsWith(verifyText(xml), VerifyError::BadSignatureStructure)) << uri;
    }
}

std::string withTransform(const std::string& transform) {
    return replaced(goodXml(), "</ds:Transforms>", transform + "</ds:Transforms>");
}

TEST(Signature, ExpensiveTransformsAreRefusedQuickly) {
    const std::string xpath =
        "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"><ds:XPath>"
        "count(//.|//@*|//namespace::*[count(//.|//@*) > 0]) &gt; count(//.[count(//.|//@*) > 1])</ds:XPath></ds:Transform>";
    const std::string xslt =
        "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"><xsl:stylesheet version=\"1.0\" "
        "xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"><xsl:template "
        "match=\"/\"><a/></xsl:template></xsl:stylesheet></ds:Transform>";
    const std::string filter = "<ds:Transform Algorithm=\"http://www.w3.org/2002/06/xmldsig-filter2\"/>";
    const std::string base64 = "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#base64\"/>";
    for (const std::string& transform : {xpath, xslt, filter, base64}) {
        const test::CpuTimer timer;
        const auto verdict = verifyText(withTransform(transform));
        EXPECT_FALSE(verdict);
        EXPECT_TRUE(invalidBehindTheGates(withTransform(transform)));
        EXPECT_LT(timer.elapsed(), test::bound(std::chrono::milliseconds(100)));
    }
    EXPECT_TRUE(failsWith(verifyText(withTransform(xpath)), VerifyError::BadSignatureStructure));
    EXPECT_TRUE(failsWith(verifyText(replaced(goodXml(), "Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"",
                                              "Transform Algorithm=\"http://www.w3.org/2002/06/xmldsig-filter2\"")),
                          VerifyError::AlgorithmNotAllowed));
}

// A namespace that cannot be canonicalized makes a careless reader digest nothing.
TEST(Signature, VoidCanonicalizationFailsClosed) {
    const std::string nothing = "<ds:DigestValue>47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=</ds:DigestValue>";
    std::string voided = goodXml();
    const std::size_t begin = voided.find("<ds:DigestValue>");
    const std::size_t end = voided.find("</ds:DigestValue>") + 17;
    voided.replace(begin, end - begin, nothing);
    testing::internal::CaptureStderr();
    for (const std::string& xml : {goodXml(), voided})
        for (const char* declaration : {" xmlns:v=\"relative\"", " xmlns:v=\"http://e.com\xC2\x80\"", " xmlns:v=\"1\""})
            for (const char* place : {" ID=\"_assert1\"", " ID=\"_resp1\"", "<saml:NameID"}) {
                const std::string with =
                    std::string(place).starts_with('<') ? std::string(place) + declaration : std::string(declaration) + place;
                const std::string mutant = replaced(xml, place, with);
                // libxml2 would digest nothing, or refuse; the reader refuses before.
                EXPECT_TRUE(failsWith(verifyText(mutant), VerifyError::BadStructure))
                    << place << declaration;
            }
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Signature, HmacWithThePublicKeyIsRefused) {
    for (const char* method :
         {"http://www.w3.org/2000/09/xmldsig#hmac-sha1", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"}) {
        const std::string xml = replaced(goodXml(), algorithm::rsaSha256, method);
        EXPECT_TRUE(failsWith(verifyText(xml), VerifyError::AlgorithmNotAllowed));
        EXPECT_TRUE(invalidBehindTheGates(xml));
    }
}

class SignatureStructure : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(SignatureStructure, OtherThanTheProfileIsRefused) {
    const auto [from, to] = GetParam();
    const std::string xml = replaced(goodXml(), from, to);
    EXPECT_TRUE(failsWith(verifyText(xml), VerifyError::BadSignatureStructure));
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, SignatureStructure,
    testing::Values(
        std::pair("<ds:SignedInfo>", "<ds:SignedInfo/><ds:SignedInfo>"),
        std::pair("</ds:SignedInfo>", "</ds:SignedInfo><ds:SignedInfo/>"),
        std::pair("<ds:SignatureValue>", "<ds:SignatureValue>AAAA</ds:SignatureValue><ds:SignatureValue>"),
        std::pair("</ds:KeyInfo>", "</ds:KeyInfo><ds:KeyInfo/>"),
        std::pair("</ds:Reference>", "</ds:Reference><ds:Reference URI=\"#_resp1\"/>"),
        std::pair("<ds:Reference", "<ds:Reference URI=\"#_resp1\"/><ds:Reference"),
        std::pair("<ds:Transforms>", "<ds:Transforms/><ds:Transforms>"),
        std::pair("<ds:DigestValue>", "<ds:DigestValue/><ds:DigestValue>"),
        std::pair("</ds:DigestValue>", "</ds:DigestValue><ds:DigestValue/>"),
        std::pair("<ds:DigestValue>", "<ds:DigestValue><x xmlns=\"\"/>"), std::pair("<ds:DigestValue>", "<ds:DigestValue>!"),
        std::pair("<ds:SignatureValue>", "<ds:SignatureValue>*"), std::pair("<ds:SignedInfo>", "<ds:SignedInfo>text"),
        std::pair("<ds:Signature xmlns", "<ds:Signature extra=\"x\" xmlns"),
        std::pair("URI=\"#_assert1\"", "URI=\"#_assert1\" Type=\"x\""),
        std::pair("<ds:Transforms><ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"",
                  "<ds:Transforms><ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\""),
        std::pair("</ds:Transforms>", "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/></ds:Transforms>"),
        std::pair("</ds:Transforms>",
                  "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/></ds:Transforms>")));

TEST(Signature, CommentsInItAreRefused) {
    EXPECT_TRUE(
        failsWith(verifyText(replaced(goodXml(), "<ds:DigestValue>", "<ds:DigestValue><!-- x -->")), VerifyError::ForbiddenNode));
    EXPECT_TRUE(failsWith(verifyText(replaced(goodXml(), "<ds:SignatureValue>", "<ds:SignatureValue><!-- x -->")),
                          VerifyError::ForbiddenNode));
}

TEST(Signature, CommentsAndInstructionsInTheNameAreRefused) {
    EXPECT_TRUE(failsWith(verifyText(replaced(goodXml(), "alice@", "al<!-- x -->ice@")), VerifyError::ForbiddenNode));
    EXPECT_TRUE(failsWith(verifyText(replaced(goodXml(), "alice@", "al<?x?>ice@")), VerifyError::ForbiddenNode));
    EXPECT_TRUE(failsWith(verifyText(replaced(goodXml(), "alice@", "<![CDATA[alice@]]>")), VerifyError::ForbiddenNode));
}

TEST(Signature, CommentsAroundTheDocumentAreAccepted) {
    EXPECT_TRUE(holds(verifyText("<!-- served by node 4 -->\n" + goodXml() + "<!-- end -->")));
}

TEST(Signature, ChangedContentIsInvalid) {
    for (const Sign sign : {Sign::Assertion, Sign::Response, Sign::Both}) {
        const std::string xml = goodXml(sign);
        EXPECT_TRUE(failsWith(verifyText(replaced(xml, "role/Admin", "role/Root!")), VerifyError::SignatureInvalid));
        EXPECT_TRUE(failsWith(verifyText(replaced(xml, ">alice@", ">Alice@")), VerifyError::SignatureInvalid));
    }
    // xmlsec1 answers "could be checked" here; only the status says that it does not hold.
    EXPECT_TRUE(invalidBehindTheGates(replaced(goodXml(), "role/Admin", "role/Root!")));
}

TEST(Signature, BothMustHoldWhereBothAreThere) {
    // What lies between the two is covered by the outer one only.
    EXPECT_TRUE(failsWith(verifyText(replaced(goodXml(Sign::Both), "<samlp:StatusCode", "<samlp:StatusCode x=\"\"")),
                          VerifyError::SignatureInvalid));
    ResponseBuilder builder(testNow);
    builder.sign = Sign::Assertion;
    const std::string strangers = builder.xml(test::strangerKey());
    const auto resigned = signEnveloped(strangers, builder.responseId, test::providerKey());
    ASSERT_TRUE(resigned);
    EXPECT_TRUE(failsWith(verifyText(*resigned), VerifyError::UnknownKey));
}

TEST(Signature, WrongLengthsAreInvalid) {
    const std::string xml = goodXml();
    const std::size_t begin = xml.find("<ds:SignatureValue>") + 19;
    const std::size_t end = xml.find("</ds:SignatureValue>");
    for (const std::string& value : {std::string("AAAA"), std::string(344, 'A'), std::string(4000, 'A')})
        EXPECT_TRUE(failsWith(verifyText(xml.substr(0, begin) + value + xml.substr(end)), VerifyError::SignatureInvalid));
}

TEST(Signature, UnsignedIsRefused) {
    EXPECT_TRUE(failsWith(verifyText(goodXml(Sign::Nothing)), VerifyError::NotSigned));
}

TEST(Signature, UnknownKeySaysWhichWasSeenAndWhatIsTrusted) {
    ResponseBuilder builder(testNow);
    const auto verdict = verifyText(builder.xml(test::strangerKey()));
    ASSERT_TRUE(failsWith(verdict, VerifyError::UnknownKey));
    EXPECT_EQ(verdict.error().fact("seen"), test::strangerKey().certificate.fingerprint() + " CN=Stranger");
    EXPECT_EQ(verdict.error().fact("trusted"), test::providerKey().certificate.fingerprint() + " CN=Test provider");
}

TEST(Signature, EmbeddedCertificateIsNeverBelieved) {
    // Signed by a stranger, but carrying the provider's certificate.
    ResponseBuilder builder(testNow);
    builder.shape.certificate = false;
    const std::string carried = "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>" + [] {
        std::string pem = test::providerKey().certificatePem();
        pem.erase(0, pem.find('\n') + 1);
        pem.erase(pem.find("-----"));
        return pem;
    }() + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>";
    EXPECT_TRUE(failsWith(verifyText(replaced(builder.xml(test::strangerKey()), "</ds:Signature>", carried)),
                          VerifyError::SignatureInvalid));
    EXPECT_TRUE(failsWith(verifyText(builder.xml(test::strangerKey())), VerifyError::SignatureInvalid));
    EXPECT_TRUE(holds(verifyText(builder.xml())));
}

TEST(Signature, WithoutTrustedKeysNothingIsAccepted) {
    ResponseBuilder builder(testNow);
    for (const Sign sign : {Sign::Assertion, Sign::Response, Sign::Both}) {
        builder.sign = sign;
        EXPECT_TRUE(failsWith(verifyText(builder.xml(), AlgorithmPolicy::Default, {builder.issuer, {}}), VerifyError::NoTrustedKey));
    }
}

TEST(Signature, AnyOfSeveralTrustedKeysMayFit) {
    const ResponseBuilder builder(testNow);
    const auto ec = SigningKey::generateEc(256, "EC", testNow, 10);
    ASSERT_TRUE(ec);
    const TrustedProvider rolling{builder.issuer,
                                  {ec->certificate, test::strangerKey().certificate, test::providerKey().certificate}};
    const auto verdict = verifyText(builder.xml(), AlgorithmPolicy::Default, rolling);
    ASSERT_TRUE(holds(verdict));
    EXPECT_EQ(verdict->signature().keyFingerprint, test::providerKey().certificate.fingerprint());
}

TEST(XmlsecVerifier, ReturnsTheCanonicalOctetsAndLeavesTheDocumentAlone) {
    const std::string xml = goodXml();
    const auto first = behindTheGates(xml);
    ASSERT_TRUE(first);
    EXPECT_TRUE(first->reveal().starts_with("<saml:Assertion xmlns:saml="));
    EXPECT_EQ(first->reveal().find("Signature"), std::string_view::npos);
    EXPECT_NE(first->reveal().find("role/Admin"), std::string_view::npos);
    EXPECT_TRUE(behindTheGates(xml));
}

TEST(XmlsecVerifier, RefusesASignatureOfAnotherDocument) {
    const auto one = xml::Document::parse(goodXml(), xml::ReadRules::response());
    const auto two = xml::Document::parse(goodXml(), xml::ReadRules::response());
    ASSERT_TRUE(one && two);
    xml::Element signature;
    for (xml::Element at = two->root(); at && !signature; at = following(at, two->root()))
        if (at.is(xml::ns::signature, "Signature")) signature = at;
    const auto profile = readSignatureProfile(signature);
    ASSERT_TRUE(profile);
    const auto verdict = XmlsecVerifier().verify(*one, *profile, test::providerKey().certificate, AlgorithmPolicy::Default);
    ASSERT_FALSE(verdict);
    EXPECT_TRUE(verdict.error().code().is(SignatureError::Internal));
}

} // namespace
} // namespace gw::saml
