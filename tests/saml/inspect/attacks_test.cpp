#include "tests/saml/inspect/helpers.h"

#include "saml/protocol/rules.h"
#include "tests/support/saml_markup.h"

#include <functional>

namespace gw::inspect {
namespace {

using saml::goodXml;
using saml::replaced;
using test::Markup;

constexpr std::string_view evilRole = "arn:aws:iam::111122223333:role/Evil,arn:aws:iam::111122223333:saml-provider/Practice";

// A changed assertion with an ID of its own and without a signature.
std::unique_ptr<Markup> evilTwin(Markup& original) {
    auto evil = original.clone();
    evil->set("ID", "_evil");
    (void)evil->find("ds:Signature")->take();
    evil->find("saml:NameID")->children[0]->text = "mallory@example.org";
    evil->find("saml:AttributeValue")->children[0]->text = evilRole;
    return evil;
}

std::string xsw1() {
    auto evil = Markup::parse(goodXml(test::Sign::Response));
    auto signature = evil->find("ds:Signature")->take();
    auto original = evil->clone();
    evil->set("ID", "_evilr");
    evil->find("saml:NameID")->children[0]->text = "mallory@example.org";
    signature->append(std::move(original));
    evil->insert(1, std::move(signature));
    return evil->str();
}

std::string xsw2() {
    auto evil = Markup::parse(goodXml(test::Sign::Response));
    auto signature = evil->find("ds:Signature")->take();
    auto original = evil->clone();
    evil->set("ID", "_evilr");
    evil->find("saml:NameID")->children[0]->text = "mallory@example.org";
    evil->insert(1, std::move(signature));
    evil->insert(1, std::move(original));
    return evil->str();
}

std::string xsw3() {
    auto root = Markup::parse(goodXml());
    Markup* original = root->find("saml:Assertion");
    root->insert(original->indexInParent(), evilTwin(*original));
    return root->str();
}

std::string xsw4() {
    auto root = Markup::parse(goodXml());
    Markup* original = root->find("saml:Assertion");
    const std::size_t place = original->indexInParent();
    auto evil = evilTwin(*original);
    evil->append(original->take());
    root->insert(place, std::move(evil));
    return root->str();
}

std::string xsw5() {
    auto root = Markup::parse(goodXml());
    Markup* evil = root->find("saml:Assertion");
    auto original = evil->clone();
    (void)original->find("ds:Signature")->take();
    evil->set("ID", "_evil");
    evil->find("saml:NameID")->children[0]->text = "mallory@example.org";
    root->append(std::move(original));
    return root->str();
}

std::string xsw6(bool object) {
    auto root = Markup::parse(goodXml());
    Markup* evil = root->find("saml:Assertion");
    auto original = evil->clone();
    (void)original->find("ds:Signature")->take();
    evil->set("ID", "_evil");
    evil->find("saml:NameID")->children[0]->text = "mallory@example.org";
    Markup* place = evil->find("ds:Signature");
    if (object) place = place->append(Markup::element("ds:Object"));
    place->append(std::move(original));
    return root->str();
}

std::string xsw7() {
    auto root = Markup::parse(goodXml());
    Markup* original = root->find("saml:Assertion");
    auto extensions = Markup::element("samlp:Extensions");
    extensions->append(evilTwin(*original));
    root->insert(1, std::move(extensions));
    return root->str();
}

std::string xsw9() {
    auto root = Markup::parse(goodXml());
    Markup* info = root->find("ds:SignedInfo");
    info->parent->insert(info->indexInParent(), info->clone());
    return root->str();
}

struct Case {
    Attack attack;
    std::function<std::string()> make;
};

class Attacks : public testing::TestWithParam<Case> {};

TEST_P(Attacks, AreCalledByTheirName) {
    const Inspection inspection = inspectText(GetParam().make(), testTrust());
    EXPECT_TRUE(has(inspection, GetParam().attack)) << listed(inspection);
    if (ruleOf(GetParam().attack).severity == saml::Severity::Fatal) {
        EXPECT_EQ(inspection.verdict, Verdict::Rejected);
    }
    EXPECT_TRUE(has(inspection.findings, ruleOf(GetParam().attack).id));
}

std::string changed(std::string_view from, std::string_view to) {
    return replaced(goodXml(), from, to);
}

INSTANTIATE_TEST_SUITE_P(
    All, Attacks,
    testing::Values(
        Case{Attack::Xsw1, xsw1}, Case{Attack::Xsw2, xsw2}, Case{Attack::Xsw3, xsw3}, Case{Attack::Xsw4, xsw4}, Case{Attack::Xsw5, xsw5},
        Case{Attack::Xsw6, [] { return xsw6(false); }}, Case{Attack::Xsw7, xsw7}, Case{Attack::Xsw8, [] { return xsw6(true); }},
        Case{Attack::Xsw9, xsw9}, Case{Attack::SignatureExclusion, [] { return goodXml(test::Sign::Nothing); }},
        Case{Attack::SeveralAssertions, xsw3},
        Case{Attack::CommentTruncation, [] { return changed("alice@example.org<", "alice<!-- -->@example.org<"); }},
        Case{Attack::InstructionTruncation, [] { return changed("alice@example.org<", "alice<?x y?>@example.org<"); }},
        Case{Attack::EntityExpansion, [] { return "<!DOCTYPE r [<!ENTITY a \"b\">]>" + goodXml(); }},
        Case{Attack::ExternalEntity, [] { return "<!DOCTYPE r [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" + goodXml(); }},
        Case{Attack::DocumentType, [] { return "<!DOCTYPE r>" + goodXml(); }},
        Case{Attack::VoidCanonicalization, [] { return changed("<saml:Assertion ", "<saml:Assertion xmlns:v=\"relative\" "); }},
        Case{Attack::IdPollution, [] { return changed("<samlp:Status>", "<samlp:Status xml:id=\"_assert1\">"); }},
        Case{Attack::DuplicateId, [] { return changed("<samlp:Status>", "<samlp:Status ID=\"_assert1\">"); }},
        Case{Attack::ReferenceInjection, [] { return changed("URI=\"#_assert1\"", "URI=\"#xpointer(/)\""); }},
        Case{Attack::ExternalReference, [] { return changed("URI=\"#_assert1\"", "URI=\"http://127.0.0.1/x\""); }},
        Case{Attack::Manifest, [] { return changed("</ds:Signature>", "<ds:Object><ds:Manifest/></ds:Object></ds:Signature>"); }},
        Case{Attack::KeyRetrieval, [] { return changed("<ds:KeyInfo>", "<ds:KeyInfo><ds:RetrievalMethod URI=\"http://127.0.0.1/k\"/>"); }},
        Case{Attack::TransformInjection,
             [] { return changed("Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#", "Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116"); }},
        Case{Attack::HmacConfusion, [] { return changed("xmldsig-more#rsa-sha256", "xmldsig-more#hmac-sha256"); }},
        Case{Attack::ForeignKey, [] { return test::ResponseBuilder(saml::testNow).xml(test::strangerKey()); }},
        Case{Attack::KeyValueTrust, [] { return changed("<ds:KeyInfo>", "<ds:KeyInfo><ds:KeyValue/>"); }},
        Case{Attack::GoldenResponse,
             [] { return replaced(changed("<saml:Assertion ", "<samlp:LogoutResponse ID=\"_lr\"/><saml:Assertion "), "URI=\"#_assert1\"", "URI=\"#_lr\""); }},
        Case{Attack::EncryptedInjection,
             [] { return changed("<saml:Assertion ", "<saml:EncryptedAssertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"/><saml:Assertion "); }},
        Case{Attack::DigestSmuggling, [] { return changed("</samlp:Status>", "<ds:DigestValue xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">AAAA</ds:DigestValue></samlp:Status>"); }},
        Case{Attack::SeveralReferences,
             [] { return changed("</ds:SignedInfo>", "<ds:Reference URI=\"#_resp1\"/></ds:SignedInfo>"); }},
        Case{Attack::TextEncoding, [] { return "<?xml version=\"1.0\" encoding=\"utf-7\"?>" + goodXml(); }},
        Case{Attack::LookAlike, [] { return changed(":role/Admin", ":role/\xD0\x90" "dmin"); }}),
    [](const auto& one) {
        std::string name(attackName(one.param.attack));
        std::erase(name, '-');
        return name;
    });

TEST(Attacks, AreNotSeenInGoodResponses) {
    for (const test::Sign sign : {test::Sign::Assertion, test::Sign::Response, test::Sign::Both}) {
        const Inspection inspection = inspectText(goodXml(sign), testTrust());
        EXPECT_TRUE(inspection.attacks.empty()) << listed(inspection);
        EXPECT_EQ(inspection.verdict, Verdict::Accepted);
        EXPECT_FALSE(inspection.shadow.misled);
    }
}

TEST(Shadow, ShowsWhatACarelessReaderTakes) {
    const Inspection inspection = inspectText(xsw3(), testTrust());
    EXPECT_EQ(inspection.verdict, Verdict::Rejected);
    EXPECT_EQ(inspection.shadow.nameId, "mallory@example.org");
    ASSERT_FALSE(inspection.shadow.roles.empty());
    EXPECT_EQ(inspection.shadow.roles[0], evilRole);
    EXPECT_TRUE(inspection.shadow.misled);
    EXPECT_TRUE(has(inspection.findings, "claims-from-signed"));
    EXPECT_TRUE(has(inspection.findings, "careless-reader"));
    // The signature itself is good, and the map shows which part it covers.
    const std::size_t evil = inspection.tree.text().find("mallory");
    const std::size_t good = inspection.tree.text().rfind("alice@example.org");
    EXPECT_EQ(inspection.coverage.at(evil)->kind, ByteKind::Posing);
    EXPECT_EQ(inspection.coverage.at(evil)->standing, Standing::None);
    EXPECT_EQ(inspection.coverage.at(good)->standing, Standing::Verified);
    for (const Vote& vote : inspection.signatures[0].votes) EXPECT_EQ(vote.state, VoteState::Good);
}

TEST(Shadow, IsCutAtComments) {
    const Inspection inspection = inspectText(changed("alice@example.org<", "alice<!-- x -->@example.org<"), testTrust());
    EXPECT_EQ(inspection.shadow.nameId, "alice");
    EXPECT_EQ(inspection.stated.nameId, "alice@example.org");
    EXPECT_TRUE(inspection.shadow.truncated);
    // Canonical XML drops the comment: the digest still holds, which is the trap.
    EXPECT_TRUE(inspection.signatures[0].references[0].holds);
    EXPECT_EQ(inspection.verdict, Verdict::Rejected);
}

TEST(Rules, HaveUniqueIdentifiers) {
    std::vector<std::string_view> ids;
    for (const saml::Rule* rule : inspectRules()) ids.push_back(rule->id);
    for (const saml::Rule* rule : saml::verifierRules()) ids.push_back(rule->id);
    std::sort(ids.begin(), ids.end());
    EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end()) << *std::adjacent_find(ids.begin(), ids.end());
}

} // namespace
} // namespace gw::inspect
