// Encrypted assertions: what is decrypted, what is refused, and that refusals look alike.
#include "saml/base/base64.h"
#include "saml/protocol/rules.h"
#include "saml/xml/namespaces.h"
#include "tests/saml/verify_helpers.h"
#include "tests/support/saml_encryption.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

namespace gw::saml {
namespace {

using namespace algorithm;
using test::EncryptionShape;
using test::ResponseBuilder;

struct Opened {
    AlgorithmPolicy policy = AlgorithmPolicy::Default;
    bool optIn = false;
    std::vector<DecryptionKey> keys{test::decryptionKey()};
};

Examination examine(const std::string& xml, const Opened& how = {}) {
    VerifierSettings settings;
    settings.policy = how.policy;
    settings.decryptionKeys = how.keys;
    TrustedProvider trust = ResponseBuilder(testNow).trust();
    trust.legacyEncryption = how.optIn;
    return AssertionVerifier(settings).examine(test::capture(xml, testNow), trust, testNow, nullptr);
}

testing::AssertionResult accepts(const Examination& examination) {
    if (examination.accepted) return testing::AssertionSuccess();
    return testing::AssertionFailure() << examination.rejection->chain() << " " << examination.rejection->fact("where");
}

bool refusedAs(const Examination& examination, VerifyError code) {
    return !examination.accepted && examination.rejection && examination.rejection->code().is(code);
}

const Finding* find(const Examination& examination, const Rule& rule) {
    const auto at = std::find_if(examination.findings.begin(), examination.findings.end(),
                                 [&](const Finding& one) { return one.rule == &rule; });
    return at == examination.findings.end() ? nullptr : &*at;
}

std::string signedAssertion() {
    return goodXml(test::Sign::Assertion);
}

// The Response signed over what is inside it now.
std::string signResponse(const std::string& xml) {
    auto done = signEnveloped(xml, "_resp1", test::providerKey());
    EXPECT_TRUE(done.has_value());
    return done.value_or("");
}

// Both tags of an element, wherever they are.
std::string renamed(std::string text, const std::string& from, const std::string& to) {
    for (const std::string mark : {"<", "</"})
        for (std::size_t at = text.find(mark + from); at != std::string::npos; at = text.find(mark + from, at + 1))
            text.replace(at + mark.size(), from.size(), to);
    return text;
}

class Shapes : public testing::TestWithParam<EncryptionShape> {};

TEST_P(Shapes, AreDecryptedAndTheirClaimsAreThoseOfTheOriginal) {
    const Examination clear = examine(signedAssertion());
    ASSERT_TRUE(accepts(clear));
    const Examination examination = examine(test::withEncryptedAssertion(signedAssertion(), GetParam()));
    ASSERT_TRUE(accepts(examination));
    EXPECT_EQ(examination.accepted->attributes(), clear.accepted->attributes());
    EXPECT_EQ(examination.accepted->nameId(), clear.accepted->nameId());
    EXPECT_EQ(examination.signedPart, SignedPart::Assertion);
    const Finding* decrypted = find(examination, rules::decrypted);
    ASSERT_NE(decrypted, nullptr);
    EXPECT_EQ(decrypted->fact("data"), GetParam().data);
    EXPECT_EQ(decrypted->fact("fingerprint"), test::decryptionKey().fingerprint());
    EXPECT_EQ(decrypted->where, "/Response/EncryptedAssertion");
    EXPECT_EQ(find(examination, rules::legacyEncryption), nullptr);
}

INSTANTIATE_TEST_SUITE_P(Encryption, Shapes,
                         testing::Values(EncryptionShape{}, EncryptionShape{.data = aes128Gcm},
                                         EncryptionShape{.data = aes192Gcm}, EncryptionShape{.digest = sha1},
                                         EncryptionShape{.digest = sha256}, EncryptionShape{.digest = sha1, .mgf = mgf1Sha256},
                                         EncryptionShape{.key = oaep},
                                         EncryptionShape{.key = oaep, .digest = sha256, .mgf = mgf1Sha256},
                                         EncryptionShape{.key = oaep, .digest = sha512, .mgf = mgf1Sha1},
                                         EncryptionShape{.key = oaep, .digest = sha384, .mgf = mgf1Sha512},
                                         EncryptionShape{.label = "label"}, EncryptionShape{.beside = true},
                                         EncryptionShape{.decoyKeys = 2}, EncryptionShape{.beside = true, .decoyKeys = 1}));

class LegacyShapes : public testing::TestWithParam<EncryptionShape> {};

TEST_P(LegacyShapes, NeedAnOptInAndAreTold) {
    const std::string xml = test::withEncryptedAssertion(signedAssertion(), GetParam());
    for (const auto policy : {AlgorithmPolicy::Default, AlgorithmPolicy::Strict}) {
        const Examination refused = examine(xml, {.policy = policy});
        EXPECT_TRUE(refusedAs(refused, VerifyError::EncryptionNotAllowed));
        EXPECT_THAT(refused.rejection->fact("where"), testing::EndsWith("EncryptionMethod"));
    }
    for (const Opened& how : {Opened{.policy = AlgorithmPolicy::Lenient}, Opened{.optIn = true}}) {
        const Examination examination = examine(xml, how);
        ASSERT_TRUE(accepts(examination));
        EXPECT_NE(find(examination, rules::legacyEncryption), nullptr);
    }
}

INSTANTIATE_TEST_SUITE_P(Encryption, LegacyShapes,
                         testing::Values(EncryptionShape{.data = aes128Cbc}, EncryptionShape{.data = aes192Cbc},
                                         EncryptionShape{.data = aes256Cbc}, EncryptionShape{.key = rsa15},
                                         EncryptionShape{.data = aes128Cbc, .key = rsa15}));

TEST(Encryption, UnknownAlgorithmsAreRefusedWhateverTheOptIn) {
    const std::string good = test::withEncryptedAssertion(signedAssertion());
    for (const auto& [from, to] :
         {std::pair(aes256Gcm, "http://www.w3.org/2001/04/xmlenc#tripledes-cbc"),
          std::pair(oaepMgf1p, "http://www.w3.org/2001/04/xmlenc#kw-aes256"), std::pair(oaepMgf1p, "")}) {
        const Examination refused = examine(replaced(good, from, to), {.policy = AlgorithmPolicy::Lenient});
        EXPECT_TRUE(refusedAs(refused, VerifyError::EncryptionNotAllowed)) << to;
    }
}

TEST(Encryption, WithoutAKeyItIsSaidThatOnlyAwsCanReadIt) {
    for (const bool isSigned : {false, true}) {
        std::string xml = test::withEncryptedAssertion(signedAssertion());
        if (isSigned) xml = signResponse(xml);
        const Examination examination = examine(xml, {.keys = {}});
        EXPECT_TRUE(refusedAs(examination, VerifyError::EncryptedAssertion));
        EXPECT_EQ(examination.signedPart.has_value(), isSigned);
        ASSERT_TRUE(examination.unreadable.has_value());
        EXPECT_EQ(examination.unreadable->issuer, "https://idp.example/metadata");
        EXPECT_EQ(examination.unreadable->signedResponse, isSigned);
        EXPECT_EQ(examination.unreadable->issueInstant, testNow);
        EXPECT_EQ(examination.unreadable->exchangeDeadline(), testNow + std::chrono::minutes(5));
        const auto fatal = std::count_if(examination.findings.begin(), examination.findings.end(),
                                         [](const Finding& one) { return one.severity == Severity::Fatal; });
        EXPECT_EQ(fatal, 1);
    }
}

TEST(Encryption, WithoutAKeyTheRulesOnTheResponseStillApply) {
    const std::string xml = test::withEncryptedAssertion(signedAssertion());
    const Examination examination =
        examine(replaced(xml, "Destination=\"https://signin.aws.amazon.com/saml\"", "Destination=\"https://evil.example/saml\""),
                {.keys = {}});
    EXPECT_TRUE(refusedAs(examination, VerifyError::EncryptedAssertion));
    EXPECT_NE(find(examination, ruleOf(VerifyError::WrongDestination)), nullptr);
    EXPECT_FALSE(examination.unreadable.has_value()) << "not to be offered for exchange";
}

TEST(Encryption, ASignedResponseCoversAPlaintextWithoutASignature) {
    const std::string xml = signResponse(test::withEncryptedAssertion(goodXml(test::Sign::Nothing)));
    const Examination examination = examine(xml);
    ASSERT_TRUE(accepts(examination));
    EXPECT_EQ(examination.signedPart, SignedPart::Response);
}

TEST(Encryption, BothSignaturesAreChecked) {
    const std::string xml = signResponse(test::withEncryptedAssertion(signedAssertion()));
    const Examination examination = examine(xml);
    ASSERT_TRUE(accepts(examination));
    EXPECT_EQ(examination.signedPart, SignedPart::Both);
    // The inner one by a stranger.
    ResponseBuilder builder(testNow);
    const std::string inner = builder.xml(test::strangerKey());
    EXPECT_TRUE(refusedAs(examine(signResponse(test::withEncryptedAssertion(inner))), VerifyError::UnknownKey));
}

TEST(Encryption, EncryptedIsNotSigned) {
    const Examination examination = examine(test::withEncryptedAssertion(goodXml(test::Sign::Nothing)));
    EXPECT_TRUE(refusedAs(examination, VerifyError::NotSigned));
}

TEST(Encryption, AnInjectedOneBesideASignedOneIsRefused) {
    const std::string evil = test::encryptedAssertion("<saml:Assertion xmlns:saml=\"" + std::string(xml::ns::assertion) + "\"/>");
    const std::string xml = signedAssertion();
    EXPECT_TRUE(refusedAs(examine(replaced(xml, "<saml:Assertion", evil + "<saml:Assertion")), VerifyError::SeveralAssertions));
    EXPECT_TRUE(
        refusedAs(examine(replaced(xml, "</saml:Assertion>", "</saml:Assertion>" + evil)), VerifyError::SeveralAssertions));
}

TEST(Encryption, PrefixesDeclaredAroundTheCiphertextApplyToThePlaintext) {
    const std::string xml = goodXml(test::Sign::Nothing);
    const std::string declaration = " xmlns:saml=\"" + std::string(xml::ns::assertion) + "\"";
    const std::size_t begin = xml.find("<saml:Assertion");
    const std::size_t end = xml.find("</saml:Assertion>") + 17;
    const std::string bare = replaced(xml.substr(begin, end - begin), declaration, "");
    const std::string text = signResponse(xml.substr(0, begin) + test::encryptedAssertion(bare) + xml.substr(end));
    EXPECT_TRUE(accepts(examine(text)));
}

// The fragment that XML Encryption 1.1 4.4 speaks of: the namespaces of the place where the ciphertext stands are its own.
TEST(Encryption, NamespacesAroundTheCiphertextApplyToThePlaintext) {
    ResponseBuilder builder(testNow);
    builder.assertionPrefix.clear();
    builder.sign = test::Sign::Nothing;
    const std::string xml = builder.xml();
    const std::string declaration = " xmlns=\"" + std::string(xml::ns::assertion) + "\"";
    const std::size_t begin = xml.find("<Assertion");
    const std::size_t end = xml.find("</Assertion>") + 12;
    const std::string bare = replaced(xml.substr(begin, end - begin), declaration, "");
    const std::string encrypted =
        replaced(renamed(test::encryptedAssertion(bare), "saml:EncryptedAssertion", "EncryptedAssertion"), "xmlns:saml=", "xmlns=");
    const std::string text = xml.substr(0, begin) + encrypted + xml.substr(end);
    EXPECT_TRUE(accepts(examine(signResponse(text))));
    // In a place with another default namespace it is another element.
    const std::string elsewhere =
        replaced(xml.substr(0, begin) + test::encryptedAssertion(bare) + xml.substr(end), "<samlp:Response", "<samlp:Response xmlns=\"urn:x\"");
    EXPECT_TRUE(refusedAs(examine(signResponse(elsewhere)), VerifyError::DecryptionFailed));
}

TEST(Encryption, AnInclusiveFormIsThatOfThePlace) {
    ResponseBuilder builder(testNow);
    builder.sign = test::Sign::Assertion;
    builder.shape.canonicalization = inclusive;
    builder.shape.transforms = {std::string(enveloped), std::string(inclusive)};
    const std::string xml = builder.xml();
    ASSERT_TRUE(accepts(examine(xml)));
    const Examination examination = examine(test::withEncryptedAssertion(xml));
    ASSERT_TRUE(accepts(examination));
    const Finding* note = find(examination, rules::inclusiveC14n);
    ASSERT_NE(note, nullptr);
    EXPECT_EQ(note->where, "/Response/Assertion/Signature");
}

TEST(Encryption, ADeclarationInFrontOfThePlaintextIsTaken) {
    const std::string xml = signedAssertion();
    const std::size_t begin = xml.find("<saml:Assertion");
    const std::size_t end = xml.find("</saml:Assertion>") + 17;
    const std::string assertion = xml.substr(begin, end - begin);
    const auto with = [&](const std::string& plaintext) {
        return xml.substr(0, begin) + test::encryptedAssertion(plaintext) + xml.substr(end);
    };
    for (const std::string front : {"<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<!-- by hand -->", "\xEF\xBB\xBF", "\n"})
        EXPECT_TRUE(accepts(examine(with(front + assertion)))) << front;
    for (const std::string& plaintext : {"<!DOCTYPE a>" + assertion, assertion + assertion, "x" + assertion, assertion + "x",
                                         "</Response><Response>" + assertion, assertion + "</Response><Response>",
                                         "<?xml version=\"1.0\"?><a>" + assertion + "</a>", "<a>" + assertion + "</a>"})
        EXPECT_TRUE(refusedAs(examine(with(plaintext)), VerifyError::DecryptionFailed)) << plaintext.substr(0, 40);
}

TEST(Encryption, AnEncryptedAssertionInsideOneIsRefused) {
    const std::string inner = test::encryptedAssertion("<a/>");
    const std::string xml = signedAssertion();
    const std::size_t begin = xml.find("<saml:Assertion");
    const std::size_t end = xml.find("</saml:Assertion>") + 17;
    const std::string text = xml.substr(0, begin) + test::encryptedAssertion(inner) + xml.substr(end);
    EXPECT_TRUE(refusedAs(examine(text), VerifyError::DecryptionFailed));
    EXPECT_TRUE(refusedAs(examine(signResponse(text)), VerifyError::DecryptionFailed));
}

// A wrong key gives noise under RSA 1.5, and one noise in sixteen has a padding that AES-CBC takes.
TEST(Encryption, TheRightKeyIsFoundBehindOthers) {
    std::vector<DecryptionKey> keys;
    for (int i = 0; i < 3; ++i) keys.push_back(test::decryptionKey(test::strangerKey()));
    keys.push_back(test::decryptionKey());
    for (int i = 0; i < 40; ++i) {
        const std::string xml = test::withEncryptedAssertion(signedAssertion(), {.data = aes128Cbc, .key = rsa15, .decoyKeys = 2});
        ASSERT_TRUE(accepts(examine(xml, {.optIn = true, .keys = keys})));
    }
}

// Where nothing may show, the place and the words of the plaintext do not either; where the Response is signed they do.
TEST(Encryption, WhatIsWrongInAPlaintextIsToldByItsPlaceInTheResponse) {
    ResponseBuilder builder(testNow);
    builder.sign = test::Sign::Nothing;
    builder.extraInAssertion = "<saml:Evil/>";
    const Examination examination = examine(signResponse(test::withEncryptedAssertion(builder.xml())));
    ASSERT_TRUE(refusedAs(examination, VerifyError::BadStructure));
    EXPECT_EQ(examination.findings.front().where, "/Response/Assertion/Evil");
    EXPECT_EQ(examination.findings.front().line, 0) << "no line of the response has it";
}

// Every way to fail after the algorithms were accepted gives the same answer.
TEST(Encryption, FailuresCannotBeToldApart) {
    const std::string good = signedAssertion();
    const std::size_t begin = good.find("<saml:Assertion");
    const std::string assertion = good.substr(begin, good.find("</saml:Assertion>") + 17 - begin);
    const auto around = [&](const std::string& encrypted) {
        return good.substr(0, begin) + encrypted + good.substr(begin + assertion.size());
    };
    const auto cipherOf = [](const std::string& xml, bool ofKey) {
        const std::size_t at = ofKey ? xml.find("<xenc:CipherValue>") : xml.rfind("<xenc:CipherValue>");
        return at + 18;
    };
    for (const EncryptionShape& shape : {EncryptionShape{}, EncryptionShape{.data = aes256Cbc}, EncryptionShape{.key = rsa15},
                                         EncryptionShape{.data = aes128Cbc, .key = rsa15}}) {
        const bool legacy = shape.data == aes256Cbc || shape.data == aes128Cbc || shape.key == rsa15;
        std::vector<std::string> bad;
        bad.push_back(around(test::encryptedAssertion(assertion, shape, test::strangerKey())));
        for (const bool ofKey : {false, true})
            for (const std::size_t offset : {0, 4, 40, 200}) {
                std::string flipped = around(test::encryptedAssertion(assertion, shape));
                char& c = flipped[cipherOf(flipped, ofKey) + offset];
                c = c == 'A' ? 'B' : 'A';
                bad.push_back(flipped);
            }
        for (const std::size_t cut : {4, 8, 24, 32}) {
            std::string shorter = around(test::encryptedAssertion(assertion, shape));
            shorter.erase(cipherOf(shorter, false), cut);
            bad.push_back(shorter);
        }
        for (const char* plain : {"no markup", "<a/>", "<a", "</context><context>", "<!DOCTYPE a><a/>"})
            bad.push_back(around(test::encryptedAssertion(plain, shape)));
        // Without an authenticated cipher even what is wrong with a plaintext would tell something about it.
        if (legacy)
            for (const std::string& plain : {replaced(assertion, "alice", "mallory"), std::string("<saml:Assertion/>")})
                bad.push_back(around(test::encryptedAssertion(plain, shape)));
        for (const std::string& xml : bad) {
            const Examination examination = examine(xml, {.policy = AlgorithmPolicy::Lenient});
            ASSERT_TRUE(refusedAs(examination, VerifyError::DecryptionFailed))
                << (examination.rejection ? examination.rejection->chain() : "accepted") << shape.data << " " << shape.key;
            EXPECT_TRUE(examination.rejection->facts().empty());
            EXPECT_EQ(examination.rejection->cause(), nullptr);
            EXPECT_EQ(examination.findings.size(), 1U);
            EXPECT_EQ(examination.signedPart, std::nullopt);
        }
    }
}

// CVE-2026-32600 and CVE-2026-32313: a tag of fewer octets is easier to guess.
TEST(Encryption, AShortenedTagIsRefused) {
    const std::string xml = test::withEncryptedAssertion(signedAssertion());
    const std::size_t end = xml.rfind("</xenc:CipherValue>");
    const std::size_t begin = xml.rfind('>', end - 1) + 1;
    auto octets = decodeBase64(xml.substr(begin, end - begin), 1 << 20);
    ASSERT_TRUE(octets.has_value());
    for (std::size_t left = 15; left > 0; --left) {
        const std::string cut = octets->substr(0, octets->size() - 16 + left);
        EXPECT_TRUE(
            refusedAs(examine(xml.substr(0, begin) + encodeBase64(cut) + xml.substr(end)), VerifyError::DecryptionFailed));
    }
}

// A GCM ciphertext read as CBC or in counter mode must not come through.
TEST(Encryption, AnotherMethodForTheSameCiphertextIsRefused) {
    const std::string xml = test::withEncryptedAssertion(signedAssertion());
    for (const std::string_view method : {aes256Cbc, aes128Gcm, aes192Gcm, aes128Cbc})
        EXPECT_TRUE(refusedAs(examine(replaced(xml, aes256Gcm, method), {.policy = AlgorithmPolicy::Lenient}),
                              VerifyError::DecryptionFailed))
            << method;
}

TEST(Encryption, OtherShapesAreRefusedBeforeAnyKeyIsUsed) {
    const std::string good = test::withEncryptedAssertion(signedAssertion());
    const std::string beside = test::withEncryptedAssertion(signedAssertion(), {.beside = true});
    for (const std::string& xml : {
             replaced(good, "<xenc:CipherValue>", "<xenc:CipherReference URI=\"http://127.0.0.1/\"/><xenc:CipherValue>"),
             replaced(good, "</xenc:EncryptedData>", "</xenc:EncryptedData><x xmlns=\"urn:x\"/>"),
             replaced(good, "</xenc:EncryptedData>",
                      "</xenc:EncryptedData><xenc:EncryptedData xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\"/>"),
             replaced(good, "xmlenc#Element\"", "xmlenc#Content\""),
             replaced(good, "<xenc:CipherValue>", "<xenc:CipherValue>!"),
             replaced(beside, "<xenc:EncryptedKey",
                      "<xenc:Other xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\"/><xenc:EncryptedKey"),
             test::withEncryptedAssertion(signedAssertion(), {.decoyKeys = 8}),
             test::withEncryptedAssertion(signedAssertion(), {.extraInData = "<xenc:EncryptionMethod Algorithm=\"x\"/>"}),
             test::withEncryptedAssertion(signedAssertion(), {.extraInData = "<xenc:Other/>"}),
             test::withEncryptedAssertion(signedAssertion(), {.extraInData = "<CarriedKeyName xmlns=\"urn:x\"/>"}),
             replaced(good, "<xenc:CipherValue>", "<xenc:CipherValue><xenc:Other/>"),
             replaced(good, "</xenc:CipherValue>", "</xenc:CipherValue><xenc:Other/>"),
             renamed(good, "xenc:CipherValue", "xenc:CipherReference"),
             renamed(good, "xenc:EncryptedData", "xenc:Data"),
             renamed(good, "xenc:EncryptionMethod", "xenc:EncryptionProperties"),
             renamed(good, "xenc:EncryptedKey", "xenc:Key"),
             renamed(beside, "xenc:EncryptedKey", "xenc:Key"),
             replaced(test::withEncryptedAssertion(signedAssertion(), {.digest = sha256}), "<ds:DigestMethod",
                      "<xenc:Other/><ds:DigestMethod"),
             replaced(test::withEncryptedAssertion(signedAssertion(), {.digest = sha256}), "<ds:DigestMethod",
                      "<ds:DigestMethod Algorithm=\"http://www.w3.org/2000/09/xmldsig#sha1\"/><ds:DigestMethod"),
             replaced(test::withEncryptedAssertion(signedAssertion(), {.label = "label"}), "<xenc:OAEPparams>",
                      "<xenc:OAEPparams/><xenc:OAEPparams>"),
         })
        EXPECT_TRUE(refusedAs(examine(xml), VerifyError::BadStructure)) << xml.substr(0, 3000);
    const Examination without = examine(renamed(good, "xenc:CipherData", "xenc:ReferenceList"));
    EXPECT_TRUE(refusedAs(without, VerifyError::BadStructure));
    EXPECT_EQ(without.rejection->fact("where"), "EncryptedData");
}

TEST(Encryption, AlgorithmsOfOaepAndOfAKeyBesideAreCheckedToo) {
    constexpr std::string_view unknown = "http://www.w3.org/2001/04/xmldsig-more#md5";
    for (const EncryptionShape& shape : {EncryptionShape{.digest = sha256}, EncryptionShape{.digest = sha256, .mgf = mgf1Sha256}}) {
        const std::string good = test::withEncryptedAssertion(signedAssertion(), shape);
        const std::string_view last = shape.mgf.empty() ? shape.digest : shape.mgf;
        const std::string element = shape.mgf.empty() ? "<ds:DigestMethod" : "MGF";
        const std::size_t at = good.find(last, good.find(element));
        ASSERT_NE(at, std::string::npos) << good;
        const Examination refused = examine(std::string(good).replace(at, last.size(), unknown));
        EXPECT_TRUE(refusedAs(refused, VerifyError::EncryptionNotAllowed));
        EXPECT_EQ(refused.rejection->fact("seen"), unknown);
    }
    EXPECT_TRUE(refusedAs(examine(test::withEncryptedAssertion(signedAssertion(), {.key = rsa15, .beside = true})),
                          VerifyError::EncryptionNotAllowed));
}

TEST(Encryption, ThePlaintextMustHaveTheShapeOfOneAssertion) {
    const std::string extra = "<saml:Advice><saml:Assertion ID=\"_x\"/></saml:Advice>";
    ResponseBuilder builder(testNow);
    builder.extraInAssertion = extra;
    builder.sign = test::Sign::Nothing;
    const std::string xml = builder.xml();
    // The last end tag is that of the outer one.
    const std::size_t begin = xml.find("<saml:Assertion");
    const std::size_t end = xml.rfind("</saml:Assertion>") + 17;
    const std::string text = xml.substr(0, begin) + test::encryptedAssertion(xml.substr(begin, end - begin)) + xml.substr(end);
    EXPECT_TRUE(refusedAs(examine(signResponse(text)), VerifyError::BadStructure));
}

TEST(DecryptionKey, OnlyOpenRsaKeysAreRead) {
    const auto& rsa = test::recipientKey();
    EXPECT_EQ(test::decryptionKey().fingerprint().size(), 64U);
    const auto code = [](std::string_view pem) { return DecryptionKey::fromPem(pem).error().code(); };
    EXPECT_TRUE(code("").is(DecryptionKeyError::NotPem));
    EXPECT_TRUE(code("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n").is(DecryptionKeyError::NotPem));
    EXPECT_TRUE(code(rsa.certificatePem()).is(DecryptionKeyError::NotPem));
    const std::string pem(rsa.privateKeyPem.reveal());
    EXPECT_TRUE(DecryptionKey::fromPem("Bag Attributes\n" + pem));
    EXPECT_TRUE(code(std::string(40'000, '\n') + pem).is(DecryptionKeyError::NotPem)) << "longer than any key is";
    const auto ec = SigningKey::generateEc(256, "EC", testNow, 10);
    EXPECT_TRUE(code(ec->privateKeyPem.reveal()).is(DecryptionKeyError::NotRsa));
    const auto small = SigningKey::generateRsa(512, "small", testNow, 10);
    EXPECT_TRUE(code(small->privateKeyPem.reveal()).is(DecryptionKeyError::TooShort));
}

} // namespace
} // namespace gw::saml
