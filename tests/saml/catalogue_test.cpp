// The catalogue of published attacks on SAML, one named test a row (README.md lists the rows). Many rows have deeper tests
// of their own; these say that the row as such is closed.
#include "tests/saml/verify_helpers.h"
#include "tests/support/raw_signature.h"

#include <gtest/gtest.h>

namespace gw::saml {
namespace {

using test::Markup;
using test::ResponseBuilder;
using test::Sign;

testing::AssertionResult refused(const std::string& xml) {
    if (verifyText(xml)) return testing::AssertionFailure() << "accepted\n" << xml;
    return testing::AssertionSuccess();
}

testing::AssertionResult refusedFor(const std::string& xml, VerifyError expected) {
    return failsWith(verifyText(xml), expected);
}

std::unique_ptr<Markup> goodTree(Sign sign) {
    return Markup::parse(goodXml(sign));
}

// The same without signatures and for somebody else.
std::unique_ptr<Markup> evilTwin(const Markup& original, std::string_view id) {
    auto evil = original.clone();
    while (Markup* signature = evil->find("ds:Signature")) (void)signature->take();
    for (Markup* at : evil->elements())
        if (at->name == "saml:NameID") at->children[0]->text = "mallory@evil.example";
    evil->set("ID", id);
    if (Markup* inner = evil->find("saml:Assertion"); inner != evil.get() && inner != nullptr) inner->set("ID", std::string(id) + "-a");
    return evil;
}

TEST(Catalogue, A01_Xsw1And2_TheSignedResponseInsideOrBesideTheSignatureOfAnEvilOne) {
    for (const bool inside : {true, false}) {
        const auto original = goodTree(Sign::Response);
        auto signature = original->find("ds:Signature")->take();
        auto evil = evilTwin(*original, "_evil");
        if (inside)
            signature->append(Markup::element("ds:Object"))->append(original->clone());
        else
            evil->append(original->clone());
        evil->insert(1, std::move(signature));
        EXPECT_TRUE(refused(evil->str()));
    }
}

TEST(Catalogue, A02_Xsw3To6_AnEvilAssertionBesideAroundOrInsideTheSignedOne) {
    for (int kind = 3; kind <= 6; ++kind) {
        auto root = goodTree(Sign::Assertion);
        auto original = root->find("saml:Assertion")->take();
        auto evil = evilTwin(*original, "_evil");
        if (kind == 3) {
            root->append(std::move(evil));
            root->append(std::move(original));
        } else if (kind == 4) {
            root->append(std::move(evil))->append(std::move(original));
        } else {
            auto signature = original->find("ds:Signature")->take();
            if (kind == 5) {
                evil->insert(1, std::move(signature));
                root->append(std::move(evil));
                root->append(std::move(original));
            } else {
                signature->append(std::move(original));
                evil->insert(1, std::move(signature));
                root->append(std::move(evil));
            }
        }
        EXPECT_TRUE(refused(root->str())) << "XSW" << kind;
    }
}

TEST(Catalogue, A03_Xsw7And8_WrappedInExtensionsOrObject) {
    for (const std::string_view wrapper : {"samlp:Extensions", "ds:Object"}) {
        auto root = goodTree(Sign::Assertion);
        auto evil = evilTwin(*root->find("saml:Assertion"), "_evil");
        if (wrapper == "samlp:Extensions")
            root->insert(1, Markup::element(wrapper))->append(std::move(evil));
        else
            root->find("ds:Signature")->append(Markup::element(wrapper))->append(std::move(evil));
        EXPECT_TRUE(refused(root->str())) << wrapper;
    }
}

TEST(Catalogue, A04_Xsw9_SecondPartsOfASignature) {
    for (const std::string_view part : {"ds:SignedInfo", "ds:SignatureMethod", "ds:CanonicalizationMethod", "ds:Reference",
                                        "ds:Transforms", "ds:DigestMethod", "ds:DigestValue", "ds:SignatureValue", "ds:KeyInfo"})
        for (const std::size_t after : {std::size_t{0}, std::size_t{1}}) {
            auto root = goodTree(Sign::Assertion);
            Markup* one = root->find(part);
            ASSERT_NE(one, nullptr) << part;
            one->parent->insert(one->indexInParent() + after, one->clone());
            EXPECT_TRUE(refusedFor(root->str(), VerifyError::BadSignatureStructure)) << part;
        }
}

TEST(Catalogue, A05_RelativeSelection_DigestsAndSignaturesElsewhereInTheDocument) {
    // CVE-2024-45409: a DigestValue in StatusDetail that an expression beginning with // finds first.
    auto root = goodTree(Sign::Assertion);
    Markup* status = root->find("samlp:Status");
    status->append(Markup::element("samlp:StatusDetail"))->append(root->find("ds:DigestValue")->clone());
    EXPECT_TRUE(refused(root->str()));
    // CVE-2022-41912: one signed Assertion and one that is not.
    for (const bool evilFirst : {true, false}) {
        root = goodTree(Sign::Assertion);
        root->insert(evilFirst ? 2 : 99, evilTwin(*root->find("saml:Assertion"), "_evil"));
        EXPECT_TRUE(refusedFor(root->str(), VerifyError::SeveralAssertions));
    }
    // A whole Signature where none belongs.
    for (const std::string_view place : {"saml:Subject", "samlp:Status", "saml:AttributeValue", "ds:KeyInfo", "ds:X509Certificate"}) {
        root = goodTree(Sign::Assertion);
        root->find(place)->append(root->find("ds:Signature")->clone());
        EXPECT_TRUE(refused(root->str())) << place;
    }
}

TEST(Catalogue, A06_SignatureExclusion) {
    EXPECT_TRUE(refusedFor(goodXml(Sign::Nothing), VerifyError::NotSigned));
    for (const Sign sign : {Sign::Assertion, Sign::Response}) {
        const auto root = goodTree(sign);
        (void)root->find("ds:Signature")->take();
        EXPECT_TRUE(refusedFor(root->str(), VerifyError::NotSigned));
    }
    // Where both were signed, what remains must be enough and hold: the assertion's, but not the response's with a hole.
    const auto root = goodTree(Sign::Both);
    (void)root->find("saml:Assertion")->find("ds:Signature")->take();
    EXPECT_TRUE(refusedFor(root->str(), VerifyError::SignatureInvalid));
}

TEST(Catalogue, A07_DetachedEnvelopingAndSeveralReferences) {
    // Enveloping: the Assertion in an Object of a Signature that stands where the Assertion should be.
    auto root = goodTree(Sign::Assertion);
    auto assertion = root->find("saml:Assertion")->take();
    auto signature = assertion->find("ds:Signature")->take();
    const auto spare = signature->clone();
    signature->append(Markup::element("ds:Object"))->append(assertion->clone());
    root->append(std::move(signature));
    EXPECT_TRUE(refused(root->str()));
    // Detached: beside what it signs.
    root = goodTree(Sign::Assertion);
    root->append(root->find("ds:Signature")->take());
    EXPECT_TRUE(refused(root->str()));
    // Two references that both hold.
    root = goodTree(Sign::Assertion);
    Markup* reference = root->find("ds:Reference");
    reference->parent->append(reference->clone());
    EXPECT_TRUE(refusedFor(root->str(), VerifyError::BadSignatureStructure));
}

TEST(Catalogue, A08_CommentTruncation) {
    for (const std::string_view text : {"alice@example.org", "https://idp.example/metadata", "role/Admin", "urn:amazon:webservices"}) {
        const std::string xml = goodXml();
        const std::size_t cut = xml.find(text, xml.find("<saml:Assertion")) + text.size() / 2;
        EXPECT_TRUE(refusedFor(xml.substr(0, cut) + "<!---->" + xml.substr(cut), VerifyError::ForbiddenNode)) << text;
        EXPECT_TRUE(refusedFor(xml.substr(0, cut) + "<?x?>" + xml.substr(cut), VerifyError::ForbiddenNode)) << text;
    }
}

TEST(Catalogue, A09_ParserDifferentials) {
    const std::string good = goodXml();
    EXPECT_TRUE(refusedFor("<!DOCTYPE samlp:Response>" + good, VerifyError::HasDoctype));
    EXPECT_TRUE(refusedFor(replaced(good, "alice@", "<![CDATA[alice@]]>"), VerifyError::ForbiddenNode));
    EXPECT_TRUE(refusedFor(replaced(good, "<samlp:Status>", "<?x?><samlp:Status>"), VerifyError::ForbiddenNode));
    EXPECT_TRUE(refused(replaced(good, "alice@", "&alice;@")));
    EXPECT_TRUE(refused(replaced(good, "<saml:Assertion", "<saml:Assertion xmlns:xml=\"urn:evil\"")));
    EXPECT_TRUE(refused(replaced(good, "<saml:Assertion", "<saml:Assertion xmlns:xmlns=\"urn:evil\"")));
    EXPECT_TRUE(refused(replaced(good, "<saml:Subject>", "<saml:Subject xmlns:saml=\"\">")));
    EXPECT_TRUE(refused(replaced(good, " ID=\"_assert1\"", " ID=\"_assert1\" ID=\"_assert1\"")));
    EXPECT_TRUE(refused(replaced(good, "alice@", "al\xFFice@")));
    EXPECT_TRUE(refused(replaced(good, "alice@", std::string("al\0ice@", 7))));
}

TEST(Catalogue, A10_FragileLockAndGoldenResponses) {
    // Namespace confusion: the same local names in another namespace.
    auto root = goodTree(Sign::Assertion);
    root->insert(2, evilTwin(*root->find("saml:Assertion"), "_evil"))->set("xmlns:saml", "urn:oasis:names:tc:SAML:1.0:assertion");
    EXPECT_TRUE(refused(root->str()));
    // Anything else that the provider signed: a logout response, an error.
    for (const std::string_view name : {"samlp:LogoutResponse", "samlp:ArtifactResponse", "samlp:AuthnRequest"}) {
        ResponseBuilder builder(testNow);
        builder.sign = Sign::Nothing;
        auto other = Markup::parse(builder.unsignedXml());
        other->name = name;
        auto made = Markup::parse(other->str());
        test::signRaw(*made, {}, test::providerKey());
        EXPECT_TRUE(refusedFor(made->str(), VerifyError::NotAResponse)) << name;
        made->name = "samlp:Response";
        EXPECT_TRUE(refusedFor(made->str(), VerifyError::SignatureInvalid)) << name;
    }
}

TEST(Catalogue, A11_EntitiesAndDoctypes) {
    for (const char* dtd : {"<!DOCTYPE r SYSTEM \"file:///etc/passwd\">", "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
                            "<!DOCTYPE r [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/\">%p;]>",
                            "<!DOCTYPE r [<!ATTLIST samlp:Response Destination CDATA \"https://evil.example\">]>"})
        EXPECT_TRUE(refusedFor(std::string(dtd) + goodXml(), VerifyError::HasDoctype)) << dtd;
}

TEST(Catalogue, A12_KeyConfusion) {
    ResponseBuilder builder(testNow);
    // Signed by a stranger whose certificate, key or name is in KeyInfo.
    EXPECT_TRUE(refusedFor(builder.xml(test::strangerKey()), VerifyError::UnknownKey));
    for (const std::string& info : {std::string("<{p}KeyName>Test provider</{p}KeyName>"),
                                    test::certificateInfo(test::providerKey().certificate),
                                    test::certificateInfo(test::providerKey().certificate) + test::certificateInfo(test::strangerKey().certificate),
                                    std::string("<{p}KeyValue><{p}RSAKeyValue><{p}Modulus>AAAA</{p}Modulus><{p}Exponent>AQAB</{p}Exponent>"
                                                "</{p}RSAKeyValue></{p}KeyValue>"),
                                    std::string("<{p}RetrievalMethod URI=\"#_resp1\"/>")}) {
        auto root = Markup::parse(builder.unsignedXml());
        test::RawSignature shape;
        shape.keyInfo = info;
        test::signRaw(*root->find("saml:Assertion"), shape, test::strangerKey());
        EXPECT_TRUE(refused(root->str())) << info.substr(0, 60);
    }
    // HMAC keyed by the public certificate.
    for (const std::string_view hmac : {"http://www.w3.org/2000/09/xmldsig#hmac-sha1", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"}) {
        auto root = Markup::parse(builder.unsignedXml());
        test::RawSignature shape;
        shape.method = hmac;
        shape.value = [](std::string_view) { return std::string(32, 'x'); };
        test::signRaw(*root->find("saml:Assertion"), shape, test::providerKey());
        EXPECT_TRUE(refusedFor(root->str(), VerifyError::AlgorithmNotAllowed)) << hmac;
    }
}

TEST(Catalogue, A13_WeakAlgorithmsByPolicy) {
    for (const char* method : {"http://www.w3.org/2001/04/xmldsig-more#rsa-md5", "http://www.w3.org/2001/04/xmldsig-more#rsa-ripemd160",
                               "http://www.w3.org/2000/09/xmldsig#dsa-sha1", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1"})
        EXPECT_TRUE(refusedFor(replaced(goodXml(), algorithm::rsaSha256, method), VerifyError::AlgorithmNotAllowed)) << method;
    ResponseBuilder builder(testNow);
    builder.shape.algorithm = SignatureAlgorithm::RsaSha1;
    EXPECT_TRUE(warnsOf(verifyBuilt(builder), "weak-digest"));
    EXPECT_TRUE(failsWith(verifyBuilt(builder, AlgorithmPolicy::Strict), VerifyError::AlgorithmNotAllowed));
}

} // namespace
} // namespace gw::saml
