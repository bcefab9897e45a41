// The two verifiers agree, their canonical forms are the same octets, and what happens where they are not.
#include "saml/dsig/canonical_form.h"
#include "saml/dsig/direct_verifier.h"
#include "saml/dsig/verifier_pair.h"
#include "saml/dsig/xmlsec_verifier.h"
#include "tests/saml/verify_helpers.h"
#include "tests/support/raw_signature.h"
#include "tests/support/saml_markup.h"
#include "tests/support/saml_shapes.h"

#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <libxml/c14n.h>
#include <libxml/tree.h>

namespace gw::saml {
namespace {

using xml::Element;

// What libxml2 makes of the subtree at `top` without `omitted`; nothing where it refuses.
struct Selection {
    const xmlNode* top;
    const xmlNode* omitted;
};

int isSelected(void* data, xmlNode* node, xmlNode* parent) {
    const auto& selection = *static_cast<const Selection*>(data);
    bool inside = false;
    for (const xmlNode* at = node->type == XML_NAMESPACE_DECL ? parent : node; at != nullptr; at = at->parent) {
        if (at == selection.omitted) return 0;
        inside = inside || at == selection.top;
    }
    return inside ? 1 : 0;
}

std::optional<std::string> byLibxml2(const xml::Document& document, Element top, Element omitted, std::string_view method,
                                     std::vector<std::string> prefixes) {
    Selection selection{top.node(), omitted.node()};
    std::vector<xmlChar*> list;
    for (std::string& prefix : prefixes) list.push_back(reinterpret_cast<xmlChar*>(prefix.data()));
    list.push_back(nullptr);
    const bool exclusive = isExclusiveC14n(method);
    const int mode = exclusive ? XML_C14N_EXCLUSIVE_1_0 : method == algorithm::inclusive11 ? XML_C14N_1_1 : XML_C14N_1_0;
    xmlOutputBuffer* out = xmlAllocOutputBuffer(nullptr);
    const int result = xmlC14NExecute(document.handle(), isSelected, &selection, mode, exclusive ? list.data() : nullptr, 0, out);
    std::optional<std::string> text;
    if (result >= 0)
        text = std::string(reinterpret_cast<const char*>(xmlOutputBufferGetContent(out)), xmlOutputBufferGetSize(out));
    xmlOutputBufferClose(out);
    return text;
}

constexpr std::string_view methods[] = {algorithm::exclusive, algorithm::exclusiveWithComments, algorithm::inclusive,
                                        algorithm::inclusive11};
const std::vector<std::string> prefixLists[] = {{}, {"xs"}, {"#default"}, {"saml", "xsi", "#default"}, {"unknown", "a", "b"}};

// Every element as the first one, every method, every list; and one child left out where there is one.
std::size_t compareAll(const std::string& text) {
    auto document = xml::Document::parse(text, xml::ReadRules::response());
    EXPECT_TRUE(document.has_value()) << text.substr(0, 200);
    if (!document) return 0;
    std::size_t compared = 0;
    for (Element top = document->root(); top; top = following(top, document->root()))
        for (const Element omitted : {Element(), top.firstChild()})
            for (const std::string_view method : methods)
                for (const auto& prefixes : prefixLists) {
                    std::string list;
                    for (const std::string& prefix : prefixes) list += (list.empty() ? "" : " ") + prefix;
                    const auto ours = canonicalForm(top, omitted, method, list);
                    const auto theirs = byLibxml2(*document, top, omitted, method, prefixes);
                    EXPECT_TRUE(ours.has_value() && theirs.has_value()) << text.substr(0, 400);
                    if (!ours || !theirs) return compared;
                    EXPECT_EQ(ours->reveal(), *theirs) << method << " [" << list << "] " << pathOf(top);
                    if (ours->reveal() != *theirs) return compared;
                    ++compared;
                }
    return compared;
}

TEST(CanonicalForm, IsThatOfLibxml2ForDocumentsThatTryEverything) {
    const std::string_view documents[] = {
        "<a/>",
        "<a>text &amp; &lt;more&gt; &#13; \t\n \"quoted\" 'x' ü €</a>",
        "<a b='&amp;&lt;&gt;&quot;&apos;&#9;&#10;&#13; ü' a=\"\" c='x'/>",
        "<a xmlns='u:1'><b xmlns='u:1'><c xmlns=''><d xmlns='u:1'/><d/></c></b></a>",
        "<a xmlns='u:1'><b xmlns='u:2'><c xmlns='u:1'/></b><b xmlns=''/></a>",
        "<p:a xmlns:p='u:1' xmlns:q='u:2'><q:b p:x='1' q:x='2' x='3'/><p:b xmlns:p='u:3' p:y='1'><p:c/></p:b></p:a>",
        "<p:a xmlns:p='u:1'><q:b xmlns:q='u:1' xmlns:p='u:1'><p:c q:z='1' p:y='2'/></q:b></p:a>",
        "<a xmlns:xs='u:xs' xmlns:xsi='u:xsi'><b xsi:type='xs:string'>v</b><b xmlns:xs='u:other' xsi:type='xs:string'/></a>",
        "<a xmlns:z='u:1' xmlns:y='u:2' xmlns:x='u:3' xmlns='u:4'><b z:a='' y:a='' x:a='' a=''/></a>",
        "<a xml:lang='de' xml:space='preserve'><b xml:lang='en'><c xml:space='default' d='1'/></b><d/></a>",
        "<a xmlns:a='u:a' xmlns:b='u:b'><x xmlns:b='u:c'><y xmlns:b='u:b' b:c='1'/></x><a:y/></a>",
        "<saml:a xmlns:saml='u:s'><b xmlns='u:d'><saml:c xmlns:saml='u:s'/><c xmlns=''><saml:d/></c></b></saml:a>",
        "<a b:x='1' xmlns:b='u:b'><c xmlns:b2='u:b' b2:x='1' b:y='2'><b:d/></c></a>",
        "<!-- before --><a>\r\n<b></b>\r<c>]]&gt;</c></a><!-- after -->",
    };
    std::size_t compared = 0;
    for (const std::string_view text : documents) compared += compareAll(std::string(text));
    EXPECT_GT(compared, 1000U);
}

TEST(CanonicalForm, IsThatOfLibxml2ForResponsesOfEveryShape) {
    std::size_t compared = 0;
    for (std::uint32_t seed = 0; seed < 40; ++seed) {
        const auto shape = test::makeShape(seed, testNow);
        auto document = xml::Document::parse(shape.xml, xml::ReadRules::response());
        ASSERT_TRUE(document.has_value()) << shape.label;
        for (Element top = document->root(); top; top = following(top, document->root())) {
            if (top.name() != "Assertion" && top.name() != "Response" && top.name() != "SignedInfo") continue;
            for (const std::string_view method : methods) {
                const auto ours = canonicalForm(top, {}, method, "");
                ASSERT_TRUE(ours.has_value());
                ASSERT_EQ(ours->reveal(), byLibxml2(*document, top, {}, method, {}).value_or("")) << shape.label << method;
                ++compared;
            }
        }
    }
    EXPECT_GT(compared, 300U);
}

// A document from a small grammar in which prefixes are declared, redeclared and taken back at random.
std::string randomDocument(test::Dice& dice, int depth) {
    static constexpr std::string_view prefixes[] = {"", "a", "b", "xs"};
    static constexpr std::string_view uris[] = {"u:1", "u:2", "http://www.w3.org/2001/XMLSchema"};
    std::string declarations;
    for (const std::string_view prefix : prefixes) {
        if (depth > 0 && !dice.chance(3)) continue;
        const bool back = prefix.empty() && dice.chance(3);
        declarations += (prefix.empty() ? " xmlns='" : " xmlns:" + std::string(prefix) + "='") +
                        (back ? std::string() : std::string(dice.pick(uris))) + "'";
    }
    // Prefixed attributes of one local name could clash by their URI, so each name has one prefix.
    std::string attributes;
    if (dice.chance(2)) attributes += " a:p='1'";
    if (dice.chance(2)) attributes += " b:q='&#9;&quot;'";
    if (dice.chance(2)) attributes += " r='x'";
    if (dice.chance(5)) attributes += " xml:lang='de'";
    const std::string_view prefix = dice.pick(prefixes);
    const std::string name = (prefix.empty() ? std::string() : std::string(prefix) + ":") + "e";
    std::string text = "<" + name + declarations + attributes + ">";
    for (std::size_t i = dice.below(4); i > 0 && depth < 5; --i)
        text += (dice.chance(2) ? "t&amp;\n" : "") + randomDocument(dice, depth + 1);
    return text + "</" + name + ">";
}

TEST(CanonicalForm, IsThatOfLibxml2ForRandomNamespaces) {
    std::size_t compared = 0;
    for (std::uint32_t seed = 0; seed < 150; ++seed) {
        test::Dice dice(seed);
        compared += compareAll(randomDocument(dice, 0));
        if (HasFailure()) FAIL() << "seed " << seed;
    }
    EXPECT_GT(compared, 10'000U);
}

TEST(CanonicalForm, RefusesWhatItDoesNotKnow) {
    auto document = xml::Document::parse("<a xml:base='http://x/'><b/></a>", xml::ReadRules::response());
    ASSERT_TRUE(document.has_value());
    const Element inner = document->root().firstChild();
    EXPECT_TRUE(canonicalForm(inner, {}, algorithm::inclusive11, "").error().code().is(SignatureError::BadStructure));
    EXPECT_TRUE(canonicalForm(inner, {}, algorithm::exclusive, "").has_value());
    EXPECT_TRUE(canonicalForm(inner, {}, algorithm::enveloped, "").error().code().is(SignatureError::AlgorithmNotAllowed));
    EXPECT_TRUE(canonicalForm({}, {}, algorithm::exclusive, "").error().code().is(SignatureError::Internal));
    EXPECT_TRUE(canonicalForm(inner, inner, algorithm::exclusive, "").error().code().is(SignatureError::Internal));
}

struct Read {
    xml::Document document;
    SignatureProfile profile;
};

Read readSigned(const std::string& text) {
    auto document = xml::Document::parse(text, xml::ReadRules::response());
    EXPECT_TRUE(document.has_value());
    Element signature;
    for (Element at = document->root(); at; at = following(at, document->root()))
        if (at.name() == "Signature") signature = at;
    auto profile = readSignatureProfile(signature);
    EXPECT_TRUE(profile.has_value());
    return {std::move(*document), std::move(*profile)};
}

TEST(Agreement, BothAcceptEveryShapeAndDigestTheSameOctets) {
    const auto before = VerifierPair::disagreements();
    for (std::uint32_t seed = 100; seed < 200; ++seed) {
        const auto shape = test::makeShape(seed, testNow);
        const Read read = readSigned(shape.xml);
        const Certificate& key = test::shapeKeys()[shape.key].certificate;
        const auto direct = DirectVerifier().verify(read.document, read.profile, key, AlgorithmPolicy::Default);
        const auto xmlsec = XmlsecVerifier().verify(read.document, read.profile, key, AlgorithmPolicy::Default);
        ASSERT_TRUE(direct.has_value()) << shape.label;
        ASSERT_TRUE(xmlsec.has_value()) << shape.label;
        EXPECT_EQ(direct->reveal(), xmlsec->reveal()) << shape.label;
    }
    EXPECT_EQ(VerifierPair::disagreements(), before);
}

TEST(Agreement, BothRefuseWhatWasChangedOrSignedByAnother) {
    const std::string good = goodXml();
    for (const std::string& text :
         {replaced(good, "alice@", "mallory@"), test::ResponseBuilder(testNow).xml(test::strangerKey())}) {
        const Read read = readSigned(text);
        const DirectVerifier direct;
        const XmlsecVerifier xmlsec;
        for (const SignatureVerifier* verifier :
             std::initializer_list<const SignatureVerifier*>{&direct, &xmlsec, &VerifierPair::standard()}) {
            const auto verdict =
                verifier->verify(read.document, read.profile, test::providerKey().certificate, AlgorithmPolicy::Default);
            ASSERT_FALSE(verdict.has_value());
            EXPECT_TRUE(verdict.error().code().is(SignatureError::Invalid));
        }
    }
}

// Answers whatever it was told to.
class Puppet final : public SignatureVerifier {
public:
    explicit Puppet(std::optional<SignatureError> error, std::string octets = "octets")
        : error_(error), octets_(std::move(octets)) {}
    Result<Secret> verify(const xml::Document&, const SignatureProfile&, const Certificate&, AlgorithmPolicy) const override {
        if (error_) return fail(*error_);
        return Secret(std::string_view(octets_));
    }

private:
    std::optional<SignatureError> error_;
    std::string octets_;
};

TEST(Agreement, ADisagreementIsFatalAndCounted) {
    const Read read = readSigned(goodXml());
    const Puppet yes(std::nullopt), other(std::nullopt, "other octets"), no(SignatureError::Invalid),
        broken(SignatureError::Internal);
    struct Case {
        const Puppet* first;
        const Puppet* second;
        std::optional<SignatureError> expected;
    };
    const Case cases[] = {{&yes, &yes, std::nullopt},
                          {&no, &no, SignatureError::Invalid},
                          {&yes, &no, SignatureError::VerifiersDisagree},
                          {&no, &yes, SignatureError::VerifiersDisagree},
                          {&yes, &other, SignatureError::VerifiersDisagree},
                          {&broken, &yes, SignatureError::Internal},
                          {&yes, &broken, SignatureError::Internal},
                          {&no, &broken, SignatureError::Internal}};
    for (const Case& one : cases) {
        const auto before = VerifierPair::disagreements();
        const auto verdict = VerifierPair(*one.first, *one.second)
                                 .verify(read.document, read.profile, test::providerKey().certificate, AlgorithmPolicy::Default);
        EXPECT_EQ(verdict.has_value(), !one.expected.has_value());
        if (one.expected) {
            EXPECT_TRUE(verdict.error().code().is(*one.expected)) << verdict.error().chain();
        }
        EXPECT_EQ(VerifierPair::disagreements() - before, one.expected == SignatureError::VerifiersDisagree ? 1U : 0U);
    }
}

TEST(Agreement, TheKeyThatFitsIsFoundAmongSeveral) {
    const Read read = readSigned(goodXml());
    const std::vector<Certificate> keys{test::strangerKey().certificate, test::providerKey().certificate};
    const auto match = VerifierPair::standard().verifyAny(read.document, read.profile, keys, AlgorithmPolicy::Default);
    ASSERT_TRUE(match.has_value());
    EXPECT_EQ(match->key, 1U);
    for (const std::size_t count : {0U, 1U}) {
        const auto none = VerifierPair::standard().verifyAny(read.document, read.profile, std::span(keys).first(count),
                                                             AlgorithmPolicy::Default);
        ASSERT_FALSE(none.has_value());
        EXPECT_TRUE(none.error().code().is(SignatureError::Invalid));
    }
}

TEST(Agreement, AFalseYesOfTheSecondIsADisagreementUnderAnyNumberOfKeys) {
    const Read read = readSigned(goodXml());
    const Puppet yes(std::nullopt), no(SignatureError::Invalid);
    const std::vector<Certificate> keys{test::strangerKey().certificate, test::providerKey().certificate};
    const auto verdict = VerifierPair(no, yes).verifyAny(read.document, read.profile, keys, AlgorithmPolicy::Default);
    ASSERT_FALSE(verdict.has_value());
    EXPECT_TRUE(verdict.error().code().is(SignatureError::VerifiersDisagree));
}

std::string signedBy(const test::RawSignature& shape, const SigningKey& key) {
    auto tree = test::Markup::parse(goodXml(test::Sign::Nothing));
    test::signRaw(*tree->find("saml:Assertion"), shape, key);
    return tree->str();
}

TEST(Agreement, PssIsToldApartBecauseXmlsecDoesNotKnowIt) {
    for (const auto& [method, digest] :
         {std::pair(algorithm::pssSha256, algorithm::sha256), std::pair(algorithm::pssSha384, algorithm::sha384),
          std::pair(algorithm::pssSha512, algorithm::sha512)}) {
        test::RawSignature shape;
        shape.method = method;
        shape.digest = digest;
        const std::string text = signedBy(shape, test::providerKey());
        const Read read = readSigned(text);
        EXPECT_TRUE(
            DirectVerifier().verify(read.document, read.profile, test::providerKey().certificate, AlgorithmPolicy::Strict))
            << method;
        const auto verdict = verifyText(text);
        EXPECT_TRUE(failsWith(verdict, VerifyError::AlgorithmOfOneVerifier));
        EXPECT_EQ(verdict.error().fact("direct"), "holds");
        EXPECT_EQ(verdict.error().fact("seen"), method);
        EXPECT_EQ(verifyText(replaced(text, "alice@", "mallory@")).error().fact("direct"), "fails");
    }
}

// XML Signature 1.1 6.4.2: r and s have exactly the size of the curve's order.
TEST(Agreement, EcdsaValuesOfAnotherLengthAreRefused) {
    const auto key = SigningKey::generateEc(256, "EC", testNow, 10);
    ASSERT_TRUE(key.has_value());
    const TrustedProvider trust{test::ResponseBuilder(testNow).issuer, {key->certificate}};
    test::RawSignature shape;
    shape.method = algorithm::ecdsaSha256;
    EXPECT_TRUE(holds(verifyText(signedBy(shape, *key), AlgorithmPolicy::Strict, trust)));
    const std::function<std::string(std::string)> changes[] = {
        [](std::string value) { return value + value; },
        [](const std::string& value) { return value.substr(1); },
        [](const std::string& value) {
            return std::string(1, '\0') + value.substr(0, 32) + std::string(1, '\0') + value.substr(32);
        },
        [](const std::string& value) { return std::string(value.size(), '\0'); },
        [](const std::string& value) { return value.substr(32) + value.substr(0, 32); },
    };
    for (const auto& change : changes) {
        shape.value = [&](std::string_view info) { return change(test::signOctets(info, algorithm::ecdsaSha256, *key)); };
        const auto verdict = verifyText(signedBy(shape, *key), AlgorithmPolicy::Strict, trust);
        ASSERT_FALSE(verdict.has_value());
        EXPECT_TRUE(verdict.error().code().is(VerifyError::SignatureInvalid) ||
                    verdict.error().code().is(VerifyError::VerifiersDisagree) ||
                    verdict.error().code().is(VerifyError::UnknownKey))
            << verdict.error().chain();
    }
}

TEST(Agreement, AKeyOfTheOtherKindDoesNotFit) {
    const auto key = SigningKey::generateEc(256, "EC", testNow, 10);
    const Read read = readSigned(goodXml());
    const auto verdict = VerifierPair::standard().verify(read.document, read.profile, key->certificate, AlgorithmPolicy::Default);
    ASSERT_FALSE(verdict.has_value());
    EXPECT_TRUE(verdict.error().code().is(SignatureError::Invalid)) << verdict.error().chain();
}

} // namespace
} // namespace gw::saml
