// Each of the two verifiers by itself: what one of them refuses is no proof that the other would. Together they are tested
// everywhere else.
#include "saml/dsig/canonical_form.h"
#include "saml/dsig/direct_verifier.h"
#include "saml/dsig/xmlsec_verifier.h"
#include "saml/xml/namespaces.h"
#include "tests/saml/verify_helpers.h"
#include "tests/support/raw_signature.h"
#include "tests/support/saml_canonical.h"
#include "tests/support/saml_shapes.h"

#include <gtest/gtest.h>

#include <functional>

#include <libxml/tree.h>
#include <libxml/valid.h>

namespace gw::saml {
namespace {

using test::Markup;
using test::RawSignature;
using test::ResponseBuilder;

constexpr std::string_view ecdsaUri = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
constexpr std::string_view pssUri = "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1";

std::string signedText(const RawSignature& shape, const SigningKey& key) {
    auto root = Markup::parse(ResponseBuilder(testNow).unsignedXml());
    test::signRaw(*root->find("saml:Assertion"), shape, key);
    return root->str();
}

Result<Secret> alone(const SignatureVerifier& verifier, const std::string& text, const Certificate& key,
                     AlgorithmPolicy policy = AlgorithmPolicy::Default) {
    GW_TRY(const xml::Document document, xml::Document::parse(text, xml::ReadRules::response()));
    for (xml::Element at = document.root(); at; at = following(at, document.root()))
        if (at.is(xml::ns::signature, "Signature")) {
            GW_TRY(const SignatureProfile profile, readSignatureProfile(at));
            return verifier.verify(document, profile, key, policy);
        }
    return fail(SignatureError::BadStructure, "no signature");
}

class Alone : public testing::TestWithParam<const SignatureVerifier*> {
protected:
    [[nodiscard]] bool refuses(const std::string& text, const Certificate& key) const {
        const auto octets = alone(*GetParam(), text, key);
        return !octets && octets.error().code().is(SignatureError::Invalid);
    }
};

TEST_P(Alone, DigestsWhatTheRecommendationSays) {
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        const test::Shape shape = test::makeShape(seed, testNow);
        const auto octets = alone(*GetParam(), shape.xml, test::shapeKeys()[shape.key].certificate);
        ASSERT_TRUE(octets) << shape.label << octets.error().chain();
    }
    auto root = Markup::parse(ResponseBuilder(testNow).unsignedXml());
    const std::string expected = test::canonical(*root->find("saml:Assertion"));
    test::signRaw(*root->find("saml:Assertion"), {}, test::providerKey());
    const auto octets = alone(*GetParam(), root->str(), test::providerKey().certificate);
    ASSERT_TRUE(octets);
    EXPECT_EQ(octets->reveal(), expected);
}

TEST_P(Alone, RefusesChangedContentAndOtherKeys) {
    const auto& key = test::providerKey();
    const std::string good = signedText({}, key);
    EXPECT_TRUE(refuses(replaced(good, "role/Admin", "role/Root!"), key.certificate));
    EXPECT_TRUE(refuses(good, test::strangerKey().certificate));
    for (const std::size_t other : {std::size_t{2}, std::size_t{3}, std::size_t{4}})
        EXPECT_TRUE(refuses(good, test::shapeKeys()[other].certificate)) << "a key of another kind";
}

TEST_P(Alone, RefusesOctetsOfAnotherLengthOrEncoding) {
    const auto& key = test::shapeKeys()[2];
    const auto right = [&](std::string_view text) { return test::signOctets(text, ecdsaUri, key); };
    const std::pair<const char*, std::function<std::string(std::string_view)>> changes[] = {
        {"cut", [&](auto text) { return right(text).substr(0, 63); }},
        {"cut by two", [&](auto text) { return right(text).substr(0, 62); }},
        {"longer", [&](auto text) { return right(text) + std::string(1, '\0'); }},
        {"longer by two", [&](auto text) { return right(text) + std::string(2, '\0'); }},
        {"padded halves",
         [&](auto text) { return std::string(16, '\0') + right(text).substr(0, 32) + std::string(16, '\0') + right(text).substr(32); }},
        {"swapped", [&](auto text) { return right(text).substr(32) + right(text).substr(0, 32); }},
        {"zero", [](auto) { return std::string(64, '\0'); }},
        {"one octet", [](auto) { return std::string(1, '\1'); }}};
    for (const auto& [name, change] : changes) {
        RawSignature shape;
        shape.method = ecdsaUri;
        shape.value = change;
        EXPECT_TRUE(refuses(signedText(shape, key), key.certificate)) << name;
    }
}

TEST_P(Alone, RefusesAnRsaKeyUnderAnEcdsaMethodAndTheOtherWayRound) {
    RawSignature ecdsa;
    ecdsa.method = ecdsaUri;
    ecdsa.value = [](auto text) { return test::signOctets(text, "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", test::providerKey()); };
    EXPECT_TRUE(refuses(signedText(ecdsa, test::providerKey()), test::providerKey().certificate));
    RawSignature rsa;
    rsa.value = [](auto text) { return test::signOctets(text, ecdsaUri, test::shapeKeys()[2]); };
    EXPECT_TRUE(refuses(signedText(rsa, test::shapeKeys()[2]), test::shapeKeys()[2].certificate));
}

TEST_P(Alone, KeepsThePolicy) {
    RawSignature shape;
    shape.method = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
    shape.digest = "http://www.w3.org/2000/09/xmldsig#sha1";
    const std::string text = signedText(shape, test::providerKey());
    EXPECT_TRUE(alone(*GetParam(), text, test::providerKey().certificate));
    const auto strict = alone(*GetParam(), text, test::providerKey().certificate, AlgorithmPolicy::Strict);
    ASSERT_FALSE(strict);
    EXPECT_TRUE(strict.error().code().is(SignatureError::AlgorithmNotAllowed));
}

TEST_P(Alone, AnswersWithoutADocument) {
    const auto nothing = GetParam()->verify({}, {}, test::providerKey().certificate, AlgorithmPolicy::Default);
    EXPECT_FALSE(nothing);
}

TEST_P(Alone, AnswersWithoutAnElementThatIsSigned) {
    const auto document = xml::Document::parse(signedText({}, test::providerKey()), xml::ReadRules::response());
    ASSERT_TRUE(document);
    xml::Element at = document->root();
    while (at && !at.is(xml::ns::signature, "Signature")) at = following(at, document->root());
    auto profile = readSignatureProfile(at);
    ASSERT_TRUE(profile);
    profile->parent = {};
    const auto octets = GetParam()->verify(*document, *profile, test::providerKey().certificate, AlgorithmPolicy::Default);
    ASSERT_FALSE(octets);
    EXPECT_TRUE(octets.error().code().is(SignatureError::Internal)) << octets.error().chain();
}

TEST_P(Alone, AnswersWithoutAKey) {
    const auto octets = alone(*GetParam(), signedText({}, test::providerKey()), Certificate());
    ASSERT_FALSE(octets);
    EXPECT_TRUE(octets.error().code().is(SignatureError::Internal)) << octets.error().chain();
}

TEST(Canonical, NothingHasNoForm) {
    const auto form = canonicalForm({}, {}, "http://www.w3.org/2001/10/xml-exc-c14n#", "");
    ASSERT_FALSE(form);
    EXPECT_TRUE(form.error().code().is(SignatureError::Internal));
}

const XmlsecVerifier xmlsecVerifier;
const DirectVerifier directVerifier;

INSTANTIATE_TEST_SUITE_P(Both, Alone, testing::Values<const SignatureVerifier*>(&xmlsecVerifier, &directVerifier),
                         [](const auto& one) { return one.param == &xmlsecVerifier ? "Xmlsec" : "Direct"; });

// RSA-PSS with a salt of the digest's length is right, with another salt or padding it is not.
TEST(Pss, TheSaltIsThatOfTheMethod) {
    RawSignature shape;
    shape.method = pssUri;
    const auto& key = test::providerKey();
    EXPECT_TRUE(alone(directVerifier, signedText(shape, key), key.certificate));
    shape.value = [&](auto text) { return test::signOctets(text, "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", key); };
    EXPECT_FALSE(alone(directVerifier, signedText(shape, key), key.certificate));
}

struct OddProfile {
    const char* name;
    std::function<void(Markup& signature)> change;
};

class SignedOddly : public testing::TestWithParam<OddProfile> {};

// The provider's own key over an odd Signature: only the profile stands against it.
TEST_P(SignedOddly, IsRefusedAlthoughItHolds) {
    auto root = Markup::parse(ResponseBuilder(testNow).unsignedXml());
    Markup* assertion = root->find("saml:Assertion");
    RawSignature shape;
    shape.inclusivePrefixes = {"xs"};
    Markup* signature = test::signRaw(*assertion, shape, test::providerKey());
    ASSERT_TRUE(holds(verifyText(root->str())));
    GetParam().change(*signature);
    ASSERT_TRUE(test::signAgain(*signature, *assertion, test::providerKey()));
    EXPECT_TRUE(failsWith(verifyText(root->str()), VerifyError::BadSignatureStructure)) << root->str();
}

constexpr const char* foreign = "xmlns:x=urn:x";

INSTANTIATE_TEST_SUITE_P(
    Profiles, SignedOddly,
    testing::Values(
        OddProfile{"ObjectInPlaceOfKeyInfo", [](auto& s) { s.append(Markup::element("ds:Object")); }},
        OddProfile{"ForeignElementInPlaceOfKeyInfo", [](auto& s) { s.append(Markup::element("x:KeyInfo", foreign)); }},
        OddProfile{"ForeignElementFirst", [](auto& s) { s.insert(0, Markup::element("x:y", foreign)); }},
        OddProfile{"ForeignElementInSignedInfo", [](auto& s) { s.find("ds:SignedInfo")->append(Markup::element("x:y", foreign)); }},
        OddProfile{"ForeignElementInReference", [](auto& s) { s.find("ds:Reference")->append(Markup::element("x:y", foreign)); }},
        OddProfile{"TwoInclusiveNamespaces",
                   [](auto& s) {
                       Markup* list = s.find("ec:InclusiveNamespaces");
                       list->parent->append(list->clone());
                   }},
        OddProfile{"OtherElementInTheTransform", [](auto& s) { s.find("ec:InclusiveNamespaces")->name = "ec:Other"; }},
        OddProfile{"ListOfAnotherNamespace", [](auto& s) { s.find("ec:InclusiveNamespaces")->set("xmlns:ec", "urn:x"); }},
        OddProfile{"ListWithAChild", [](auto& s) { s.find("ec:InclusiveNamespaces")->append(Markup::element("x:y", foreign)); }},
        OddProfile{"ListWithAnotherAttribute", [](auto& s) { s.find("ec:InclusiveNamespaces")->set("Id", "_l"); }},
        OddProfile{"ListOfAnotherAttribute",
                   [](auto& s) {
                       for (auto& [key, value] : s.find("ec:InclusiveNamespaces")->attributes)
                           if (key == "PrefixList") key = "Prefixes";
                   }},
        OddProfile{"AttributeOfTheDigestMethod", [](auto& s) { s.find("ds:DigestMethod")->set("x", "y"); }},
        OddProfile{"ForeignTransform",
                   [](auto& s) {
                       Markup* one = s.find("ds:Transforms")->children.back().get();
                       one->name = "x:Transform";
                       one->set("xmlns:x", "urn:x");
                   }},
        OddProfile{"OnlyEnveloped, twice",
                   [](auto& s) {
                       Markup* all = s.find("ds:Transforms");
                       all->children.pop_back();
                       all->append(all->children.front()->clone());
                   }},
        OddProfile{"ListWithoutPrefixes", [](auto& s) { s.find("ec:InclusiveNamespaces")->attributes.pop_back(); }},
        OddProfile{"ChildOfTheDigestMethod", [](auto& s) { s.find("ds:DigestMethod")->append(Markup::element("x:y", foreign)); }},
        OddProfile{"ChildOfTheSignatureMethod", [](auto& s) { s.find("ds:SignatureMethod")->append(Markup::element("ds:HMACOutputLength")); }},
        OddProfile{"TextInTheMethod", [](auto& s) { s.find("ds:SignatureMethod")->append(Markup::raw("x")); }},
        OddProfile{"TextInTheReference", [](auto& s) { s.find("ds:Reference")->append(Markup::raw("x")); }},
        OddProfile{"TypeOfTheReference", [](auto& s) { s.find("ds:Reference")->set("Type", "urn:x"); }},
        OddProfile{"AttributeOfTheSignature", [](auto& s) { s.set("x", "y"); }},
        OddProfile{"EnvelopedTwice",
                   [](auto& s) {
                       Markup* one = s.find("ds:Transform");
                       one->parent->insert(0, one->clone());
                   }},
        OddProfile{"EnvelopedLast", [](auto& s) { s.find("ds:Transforms")->append(s.find("ds:Transform")->take()); }}),
    [](const auto& one) {
        std::string name = one.param.name;
        std::erase_if(name, [](char c) { return c == ' ' || c == ','; });
        return name;
    });

// A text in place of another, whether or not a signature over it could hold.
TEST(SignedOddly, IsRefusedBeforeItIsDigested) {
    const std::string good = goodXml();
    for (const auto& [from, to] : {std::pair("<ds:DigestMethod Algorithm=", "<ds:DigestMethod Algo="),
                                   std::pair("<ds:DigestValue>", "<ds:DigestValue><ds:x/>"),
                                   std::pair("<ds:SignatureValue>", "<ds:SignatureValue>!"), std::pair(" URI=\"#_assert1\"", "")})
        EXPECT_TRUE(failsWith(verifyText(replaced(good, from, to)), VerifyError::BadSignatureStructure)) << to;
    const auto tree = [&] { return Markup::parse(good); };
    for (const char* part : {"ds:SignedInfo", "ds:CanonicalizationMethod", "ds:SignatureMethod", "ds:Reference", "ds:Transforms", "ds:DigestMethod",
                             "ds:DigestValue", "ds:SignatureValue"}) {
        auto root = tree();
        (void)root->find(part)->take();
        EXPECT_TRUE(failsWith(verifyText(root->str()), VerifyError::BadSignatureStructure)) << part;
    }
    for (const char* part : {"ds:Transforms", "ds:DigestValue", "ds:SignatureValue"}) {
        auto root = tree();
        root->find(part)->children.clear();
        EXPECT_TRUE(failsWith(verifyText(root->str()), VerifyError::BadSignatureStructure)) << "empty " << part;
    }
}

// What the reader of responses refuses already must be refused here as well, for any other reader.
TEST(Profile, StandsAlone) {
    const auto read = [](const std::string& text, const char* name) {
        const auto document = xml::Document::parse(text, xml::ReadRules::metadata());
        xml::Element at = document->root();
        while (at && at.name() != name) at = following(at, document->root());
        const auto profile = readSignatureProfile(at);
        return profile ? std::string("read") : std::string(profile.error().fact("where"));
    };
    const std::string good = goodXml();
    EXPECT_EQ(read(good, "Signature"), "read");
    const std::string spaced = replaced(replaced(good, " ID=\"_assert1\"", " ID=\"a b\""), "URI=\"#_assert1\"", "URI=\"#a b\"");
    EXPECT_EQ(read(spaced, "Signature"), "Reference/@URI");
    std::string other = replaced(good, "<ds:Signature ", "<ds:Seal ");
    other = replaced(other, "</ds:Signature>", "</ds:Seal>");
    EXPECT_EQ(read(other, "Seal"), "Signature");
    auto root = Markup::parse(good);
    auto signature = root->find("ds:Signature")->take();
    EXPECT_EQ(read(signature->str(), "Signature"), "Signature");
}

TEST(Xmlsec, TakesNoSignatureOfAnotherDocumentAndNoIdThatIsTaken) {
    const auto document = xml::Document::parse(goodXml(), xml::ReadRules::response());
    const auto other = xml::Document::parse(goodXml(), xml::ReadRules::response());
    xml::Element at = document->root();
    while (at && !at.is(xml::ns::signature, "Signature")) at = following(at, document->root());
    const auto profile = readSignatureProfile(at);
    ASSERT_TRUE(profile);
    const auto verify = [&](const xml::Document& in) {
        return xmlsecVerifier.verify(in, *profile, test::providerKey().certificate, AlgorithmPolicy::Default);
    };
    EXPECT_TRUE(verify(*document));
    const auto elsewhere = verify(*other);
    ASSERT_FALSE(elsewhere);
    EXPECT_TRUE(elsewhere.error().code().is(SignatureError::Internal));
    // Somebody else stands for the ID already.
    xmlNode* response = document->root().node();
    xmlAttr* attribute = xmlHasProp(response, BAD_CAST "Version");
    ASSERT_NE(xmlAddID(nullptr, document->handle(), BAD_CAST "_assert1", attribute), nullptr);
    const auto taken = verify(*document);
    ASSERT_FALSE(taken);
    EXPECT_TRUE(taken.error().code().is(SignatureError::Internal));
    xmlRemoveID(document->handle(), attribute);
}

} // namespace
} // namespace gw::saml
