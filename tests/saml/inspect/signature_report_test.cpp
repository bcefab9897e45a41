#include "tests/saml/inspect/helpers.h"

#include "saml/base/base64.h"
#include "saml/dsig/xmlsec_verifier.h"
#include "saml/xml/document.h"
#include "saml/xml/namespaces.h"
#include "tests/support/cpu_time.h"

#include <algorithm>
#include <functional>

namespace gw::inspect {
namespace {

using saml::goodXml;
using saml::replaced;
using saml::testNow;

// --- the tree ---

TEST(SourceTree, KnowsTheOctetsOfEveryNode) {
    const std::string xml = "<a x='1'>t<!-- c --><b:c xmlns:b=\"urn:b\"/><![CDATA[d]]></a>";
    const SourceTree tree = SourceTree::read(xml);
    ASSERT_EQ(tree.localName(tree.root()), "a");
    EXPECT_TRUE(tree.problems().empty());
    EXPECT_EQ(tree.text(tree.node(tree.root()).whole), xml);
    EXPECT_EQ(tree.content(tree.root()), "td");
    EXPECT_EQ(tree.firstPiece(tree.root()), "t");
    const NodeIndex child = tree.firstElement(tree.root());
    EXPECT_EQ(tree.text(tree.node(child).whole), "<b:c xmlns:b=\"urn:b\"/>");
    EXPECT_TRUE(tree.is(child, "urn:b", "c"));
    EXPECT_EQ(tree.path(child), "/a/c");
}

struct Broken {
    const char* name;
    const char* xml;
    ProblemKind expected;
};

class BrokenText : public testing::TestWithParam<Broken> {};

TEST_P(BrokenText, IsReadAsFarAsItGoes) {
    const SourceTree tree = SourceTree::read(GetParam().xml);
    EXPECT_TRUE(std::any_of(tree.problems().begin(), tree.problems().end(),
                            [](const SourceProblem& one) { return one.kind == GetParam().expected; }));
    for (const SourceNode& node : tree.nodes()) EXPECT_LE(node.whole.end, tree.text().size());
}

INSTANTIATE_TEST_SUITE_P(All, BrokenText,
                         testing::Values(Broken{"Unclosed", "<a><b></a>", ProblemKind::UnclosedElement},
                                         Broken{"Cut", "<a><b>text", ProblemKind::UnclosedElement},
                                         Broken{"Stray", "<a></b></a>", ProblemKind::StrayEndTag},
                                         Broken{"NoQuotes", "<a b=c></a>", ProblemKind::BadTag},
                                         Broken{"CutInValue", "<a b=\"c", ProblemKind::BadTag},
                                         Broken{"LoneBracket", "<a>< </a>", ProblemKind::BadTag},
                                         Broken{"Entity", "<a>&unknown;</a>", ProblemKind::UnknownEntity},
                                         Broken{"Prefix", "<p:a/>", ProblemKind::UnboundPrefix},
                                         Broken{"Outside", "<a/>text", ProblemKind::TextOutsideRoot},
                                         Broken{"SecondRoot", "<a/><b/>", ProblemKind::SecondRoot},
                                         Broken{"Nothing", "just text", ProblemKind::NoRoot}),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(SourceTree, StopsAtItsLimits) {
    std::string deep;
    for (int i = 0; i < 2000; ++i) deep += "<a>";
    const SourceTree tree = SourceTree::read(deep);
    EXPECT_TRUE(std::any_of(tree.problems().begin(), tree.problems().end(),
                            [](const SourceProblem& one) { return one.kind == ProblemKind::TooDeep; }));
    EXPECT_LE(tree.nodes().size(), 512U);
}

// --- canonical form: the same octets as the verifiers' ---

struct Shape {
    const char* name;
    std::function<void(test::ResponseBuilder&)> change;
};

class CanonicalShapes : public testing::TestWithParam<Shape> {};

TEST_P(CanonicalShapes, AreWhatXmlsecDigests) {
    test::ResponseBuilder builder(testNow);
    GetParam().change(builder);
    const std::string xml = builder.xml();
    const Inspection inspection = inspectText(xml, builder.trust());
    ASSERT_FALSE(inspection.signatures.empty());
    const auto document = xml::Document::parse(xml, xml::ReadRules::response());
    ASSERT_TRUE(document);
    std::size_t index = 0;
    for (xml::Element at = document->root(); at; at = following(at, document->root())) {
        if (!at.is(xml::ns::signature, "Signature")) continue;
        const SignatureReport& report = inspection.signatures[index++];
        ASSERT_EQ(report.references.size(), 1U);
        EXPECT_TRUE(report.references[0].holds) << report.references[0].stated << " " << report.references[0].computed;
        EXPECT_TRUE(report.holdsTrusted());
        const auto profile = saml::readSignatureProfile(at);
        ASSERT_TRUE(profile);
        const auto octets = saml::XmlsecVerifier().verify(*document, *profile, test::providerKey().certificate, saml::AlgorithmPolicy::Default);
        ASSERT_TRUE(octets);
        EXPECT_EQ(octets->reveal(), report.references[0].form.octets.reveal());
        for (const Vote& vote : report.votes) EXPECT_EQ(vote.state, VoteState::Good) << vote.verifier;
    }
    EXPECT_EQ(inspection.verdict, Verdict::Accepted) << listed(inspection);
}

INSTANTIATE_TEST_SUITE_P(
    All, CanonicalShapes,
    testing::Values(Shape{"Plain", [](auto&) {}}, Shape{"Both", [](auto& b) { b.sign = test::Sign::Both; }},
                    Shape{"Response", [](auto& b) { b.sign = test::Sign::Response; }},
                    Shape{"DefaultNamespaces", [](auto& b) { b.protocolPrefix = b.assertionPrefix = ""; }},
                    Shape{"Pretty", [](auto& b) { b.pretty = true; }},
                    Shape{"Inclusive",
                          [](auto& b) {
                              b.shape.canonicalization = saml::algorithm::inclusive;
                              b.shape.transforms = {std::string(saml::algorithm::enveloped), std::string(saml::algorithm::inclusive)};
                          }},
                    Shape{"Prefixes", [](auto& b) { b.shape.inclusivePrefixes = "saml samlp"; }},
                    Shape{"Special",
                          [](auto& b) {
                              b.nameId = "\xC3\xA9 <&>\"' \xE6\xBC\xA2";
                              b.otherAttributes = {{"a&b\"<", {"line\nbreak", "tab\there"}}};
                          }},
                    Shape{"Sha512", [](auto& b) { b.shape.algorithm = saml::SignatureAlgorithm::RsaSha512; }}),
    [](const auto& one) { return std::string(one.param.name); });

// --- coverage ---

TEST(Coverage, PaintsEveryOctetOnce) {
    const Inspection inspection = inspectText(goodXml(), testTrust());
    std::size_t at = 0;
    for (const CoverageRun& run : inspection.coverage.runs) {
        EXPECT_EQ(run.range.begin, at);
        EXPECT_FALSE(run.range.empty());
        at = run.range.end;
    }
    EXPECT_EQ(at, inspection.tree.text().size());
}

TEST(Coverage, IsThatOfTheDigests) {
    const std::string xml = goodXml();
    const Inspection inspection = inspectText(xml, testTrust());
    const auto standing = [&](std::string_view text) {
        const std::size_t at = xml.find(text);
        EXPECT_NE(at, std::string::npos) << text;
        return *inspection.coverage.at(at);
    };
    EXPECT_EQ(standing("<samlp:Response").standing, Standing::None);
    EXPECT_EQ(standing("<samlp:Status").standing, Standing::None);
    EXPECT_EQ(standing("<saml:Subject>").standing, Standing::Verified);
    EXPECT_EQ(standing("<saml:Subject>").covers, byAssertion);
    EXPECT_EQ(standing("alice@example.org").kind, ByteKind::Claim);
    EXPECT_EQ(standing("<ds:SignedInfo").standing, Standing::None);
    EXPECT_EQ(standing("<ds:SignedInfo").kind, ByteKind::Removed);
    EXPECT_GT(inspection.coverage.verified, 1000U);
    EXPECT_LT(inspection.coverage.verified, inspection.coverage.total);

    const Inspection both = inspectText(goodXml(test::Sign::Both), testTrust());
    const std::size_t subject = both.tree.text().find("<saml:Subject>");
    EXPECT_EQ(both.coverage.at(subject)->covers, byAssertion | byResponse);
}

TEST(Coverage, WithoutTrustIsNeverVerified) {
    const Inspection inspection = inspectText(goodXml());
    EXPECT_EQ(inspection.coverage.best, Standing::Consistent);
    EXPECT_EQ(inspection.coverage.verified, 0U);
    EXPECT_EQ(inspection.verdict, Verdict::Consistent);
    EXPECT_FALSE(inspection.accepted);
    EXPECT_TRUE(has(inspection.findings, "trust-not-checked"));
}

TEST(Coverage, LeavesOutNamespacesThatTheFormDrops) {
    const std::string xml = "<a><b xmlns:unused=\"urn:u\" ID=\"i\">t</b></a>";
    const SourceTree tree = SourceTree::read(xml);
    const CanonicalForm form = canonicalForm(tree, tree.firstElement(tree.root()), {});
    EXPECT_EQ(form.octets.reveal(), "<b ID=\"i\">t</b>");
    for (const FormPiece& piece : form.pieces) EXPECT_FALSE(piece.source.holds(xml.find("xmlns:unused")));
}

// --- what is wrong with a digest ---

TEST(Signature, SaysThatItWasReformatted) {
    const std::string xml = replaced(replaced(goodXml(), "<saml:Subject>", "\n  <saml:Subject>"), "<saml:Conditions", "\n  <saml:Conditions");
    const Inspection inspection = inspectText(xml, testTrust());
    ASSERT_EQ(inspection.signatures[0].references[0].repair, Repair::DropBlankText);
    EXPECT_EQ(*inspection.signatures[0].references[0].firstDifference, xml.find("\n  <saml:Subject>"));
    EXPECT_TRUE(has(inspection.findings, "reformatted"));
    EXPECT_TRUE(has(inspection.findings, "digest-mismatch"));
    EXPECT_EQ(inspection.verdict, Verdict::Rejected);
}

TEST(Signature, ForgedContentIsNotCalledReformatted) {
    const Inspection inspection = inspectText(replaced(goodXml(), "alice@example.org<", "mallory@example.org<"), testTrust());
    EXPECT_EQ(inspection.signatures[0].references[0].repair, Repair::None);
    EXPECT_TRUE(has(inspection.findings, "digest-mismatch"));
    EXPECT_EQ(inspection.coverage.best, Standing::Claimed);
    EXPECT_EQ(inspection.keys.finding, KeyFinding::ContentAltered);
}

// --- keys ---

TEST(Keys, TellWhoseItWas) {
    EXPECT_EQ(inspectText(goodXml(), testTrust()).keys.finding, KeyFinding::Trusted);
    EXPECT_EQ(inspectText(goodXml()).keys.finding, KeyFinding::Unknown);

    test::ResponseBuilder builder(testNow);
    const Inspection stranger = inspectText(builder.xml(test::strangerKey()), testTrust());
    EXPECT_EQ(stranger.keys.finding, KeyFinding::Stranger);
    EXPECT_TRUE(has(stranger, Attack::ForeignKey));

    const auto rolled = saml::SigningKey::generateRsa(2048, "Test provider", testNow, 30);
    ASSERT_TRUE(rolled);
    const Inspection rotated = inspectText(builder.xml(*rolled), testTrust());
    EXPECT_EQ(rotated.keys.finding, KeyFinding::Rotated);
    EXPECT_EQ(rotated.keys.counterpart->fingerprint(), test::providerKey().certificate.fingerprint());
    EXPECT_TRUE(has(rotated.findings, "key-rotated"));
    EXPECT_EQ(rotated.verdict, Verdict::Rejected);
    EXPECT_EQ(inspectText("<a/>").keys.finding, KeyFinding::NotSigned);
}

// KeyInfo with a certificate in the first signature of `xml`, which has none.
std::string showing(const std::string& xml, std::string_view der) {
    return replaced(xml, "</ds:Signature>",
                    "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>" + encodeBase64(der) + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>");
}

std::vector<VoteState> votesOf(const SignatureReport& report) {
    std::vector<VoteState> states;
    for (const Vote& one : report.votes) states.push_back(one.state);
    return states;
}

TEST(Keys, WithoutOneNobodyVotes) {
    test::ResponseBuilder builder(testNow);
    builder.shape.certificate = false;
    const Inspection inspection = inspectText(builder.xml());
    ASSERT_EQ(inspection.signatures.size(), 1U);
    EXPECT_TRUE(inspection.signatures[0].digestsHold());
    EXPECT_EQ(votesOf(inspection.signatures[0]), (std::vector{VoteState::NoKey, VoteState::NoKey}));
    const auto unchecked = std::find_if(inspection.findings.begin(), inspection.findings.end(),
                                        [](const saml::Finding& one) { return one.rule->id == "trust-not-checked"; });
    ASSERT_NE(unchecked, inspection.findings.end());
    EXPECT_TRUE(unchecked->facts.empty()) << "no certificate stands in";
    EXPECT_EQ(votesOf(inspectText(builder.xml(), builder.trust()).signatures[0]), (std::vector{VoteState::Good, VoteState::Good}));
}

TEST(Keys, AreShownOnceForBothSignatures) {
    test::ResponseBuilder builder(testNow);
    builder.sign = test::Sign::Both;
    builder.shape.certificate = false;
    const auto read = [&](const saml::SigningKey& shown) {
        Inspection inspection = inspectText(showing(builder.xml(), shown.certificate.der()));
        EXPECT_EQ(inspection.signatures.size(), 2U);
        EXPECT_TRUE(inspection.signatures[1].embedded.empty());
        return inspection;
    };
    const Inspection fits = read(test::providerKey());
    EXPECT_EQ(fits.verdict, Verdict::Consistent) << listed(fits);
    for (const SignatureReport& one : fits.signatures) EXPECT_EQ(votesOf(one), (std::vector{VoteState::Good, VoteState::Good}));
    const Inspection other = read(test::strangerKey());
    EXPECT_EQ(other.verdict, Verdict::Rejected);
    for (const SignatureReport& one : other.signatures) EXPECT_EQ(votesOf(one), (std::vector{VoteState::Bad, VoteState::Bad}));
}

TEST(Keys, TellAnotherCertificateFromAnotherKey) {
    test::ResponseBuilder builder(testNow);
    builder.shape.certificate = false;
    const auto note = [&](std::string_view der) {
        const Inspection inspection = inspectText(showing(builder.xml(), der), builder.trust());
        EXPECT_EQ(inspection.verdict, Verdict::Accepted) << listed(inspection);
        const auto found = std::find_if(inspection.findings.begin(), inspection.findings.end(),
                                        [](const saml::Finding& one) { return one.rule->id == "other-certificate"; });
        return found == inspection.findings.end() ? saml::Finding() : *found;
    };
    EXPECT_EQ(note(test::providerKey().certificate.der()).rule, nullptr);
    // Signed anew by its issuer: another certificate for the same key.
    std::string renewed(test::providerKey().certificate.der());
    renewed.back() = static_cast<char>(renewed.back() ^ 1);
    EXPECT_EQ(note(renewed).fact("key"), "RSA 2048");
    const saml::Finding stranger = note(test::strangerKey().certificate.der());
    ASSERT_NE(stranger.rule, nullptr);
    EXPECT_EQ(stranger.fact("key"), "");
    EXPECT_NE(stranger.fact("seen"), stranger.fact("trusted"));
}

// --- bounds ---

std::string repeated(std::string_view text, std::size_t size) {
    std::string out;
    while (out.size() + text.size() <= size) out += text;
    return out;
}

TEST(Bounds, HostileInputTakesLessThanASecond) {
    constexpr std::size_t size = std::size_t{256} << 10U;
    const std::string signature = "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:SignedInfo><ds:CanonicalizationMethod "
                                  "Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/><ds:SignatureMethod Algorithm=\"http://www.w3.org/2001/04/"
                                  "xmldsig-more#rsa-sha256\"/><ds:Reference URI=\"#r\"><ds:Transforms><ds:Transform "
                                  "Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/></ds:Transforms><ds:DigestMethod "
                                  "Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>"
                                  "</ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue></ds:Signature>";
    std::string namespaces = "<r";
    for (int i = 0; namespaces.size() < size / 2; ++i) namespaces += " xmlns:n" + std::to_string(i) + "=\"urn:" + std::to_string(i) + "\"";
    namespaces += ">";
    std::string attributes = "<r ID=\"r\"";
    for (int i = 0; attributes.size() < size - 2000; ++i) attributes += " a" + std::to_string(i) + "=\"\"";
    const std::string prefixBomb = "<r ID=\"r\" xmlns:p=\"" + std::string(100'000, 'u') + "\">" + signature + repeated("<p:a/>", size - 110'000) + "</r>";
    std::string nested;
    for (int i = 0; i < 511; ++i) nested += "<a xmlns:n" + std::to_string(i) + "=\"urn:n\">";
    const std::vector<std::string> inputs{
        repeated("<a>", size),
        repeated("<a/>", size),
        "<r ID=\"r\">" + repeated(signature, size - 20) + "</r>",
        "<r ID=\"r\">" + signature + repeated("<a b=\"c\"/>", size - 2000) + "</r>",
        namespaces + repeated("<n1:a/>", size / 2) + "</r>",
        attributes + ">" + signature + "</r>",
        prefixBomb,
        nested + repeated("</b>", size - 20'000),
        nested + repeated("<n1:x/>", size - 20'000),
        "<a>" + repeated("&", size - 10) + "</a>",
        "<!DOCTYPE a [" + repeated("<!ENTITY a \"b\">", size - 20) + "]><a/>",
        repeated("<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"a\">", size),
        "<r xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\">" + repeated("<NameID>x<!---->y</NameID>", size - 100) + "</r>",
        repeated("\r\n", size),
        "<a " + repeated("ID='x' ", size - 10) + "/>",
        std::string(size, '<'),
        std::string(size, '\xFF'),
    };
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        ASSERT_LE(inputs[i].size(), size + 2000);
        const test::CpuTimer timer;
        FoundMessage message;
        message.xml = Secret(inputs[i]);
        InspectOptions options;
        options.now = testNow;
        const Inspection inspection = inspect(std::move(message), options);
        EXPECT_NE(inspection.verdict, Verdict::Accepted);
        EXPECT_LT(timer.elapsed(), test::bound(std::chrono::seconds(1))) << "input " << i;
    }
}

} // namespace
} // namespace gw::inspect
