// Signature wrapping: a validly signed assertion is somewhere in the document, an evil one where a careless reader would
// look. Whatever the arrangement, the evil one is never accepted.
#include "tests/saml/verify_helpers.h"
#include "tests/support/saml_markup.h"

#include <gtest/gtest.h>

#include <vector>

namespace gw::saml {
namespace {

using test::Markup;
using test::ResponseBuilder;
using test::Sign;

constexpr std::string_view samlNamespace = "xmlns:saml=urn:oasis:names:tc:SAML:2.0:assertion";
constexpr std::string_view samlpNamespace = "xmlns:samlp=urn:oasis:names:tc:SAML:2.0:protocol";
constexpr std::string_view dsNamespace = "xmlns:ds=http://www.w3.org/2000/09/xmldsig#";

std::unique_ptr<Markup> goodTree(Sign sign) {
    ResponseBuilder builder(testNow);
    builder.sign = sign;
    return Markup::parse(builder.xml());
}

// The same element with another person's name and roles, without its signature.
std::unique_ptr<Markup> evilCopy(const Markup& original) {
    auto evil = original.clone();
    while (Markup* signature = evil->find("ds:Signature")) (void)signature->take();
    for (Markup* at : evil->elements()) {
        if (at->name == "saml:NameID") at->children[0]->text = "mallory@evil.example";
        if (at->name == "saml:AttributeValue")
            at->children[0]->text = "arn:aws:iam::666666666666:role/Evil,arn:aws:iam::666666666666:saml-provider/Evil";
    }
    return evil;
}

testing::AssertionResult neverEvil(const std::string& xml) {
    const auto verdict = verifyText(xml);
    if (!verdict) return testing::AssertionSuccess();
    if (verdict->nameId().value != "alice@example.org")
        return testing::AssertionFailure() << "accepted for " << verdict->nameId().value << "\n" << xml;
    for (const Attribute& attribute : verdict->attributes())
        for (const std::string& value : attribute.values)
            if (value.find("Evil") != std::string::npos) return testing::AssertionFailure() << "accepted an evil value\n" << xml;
    return testing::AssertionSuccess();
}

testing::AssertionResult refused(const std::string& xml) {
    if (verifyText(xml)) return testing::AssertionFailure() << "accepted\n" << xml;
    return testing::AssertionSuccess();
}

// Where a whole Response is signed: the evil response takes its place and carries the original somewhere inside.
TEST(Wrapping, SignedResponseInsideAnEvilOne) {
    const auto original = goodTree(Sign::Response);
    for (const std::string_view place :
         {"in-signature-object", "before-status", "in-extensions", "after-all", "in-status-detail", "in-advice"})
        for (const bool keepId : {true, false}) {
            auto evil = evilCopy(*original);
            evil->set("ID", keepId ? "_resp1" : "_evil");
            evil->find("saml:Assertion")->set("ID", "_evilassert");
            auto inner = original->clone();
            auto signature = inner->find("ds:Signature")->take();
            if (place == "in-signature-object") {
                // XSW1: the original is detached from its signature and put inside of it.
                Markup* object = signature->append(Markup::element("ds:Object"));
                object->append(std::move(inner));
                evil->insert(1, std::move(signature));
            } else {
                // XSW2 and its kin: signature and original are siblings, or the original goes elsewhere.
                evil->insert(1, std::move(signature));
                if (place == "before-status") evil->insert(1, std::move(inner));
                if (place == "after-all") evil->append(std::move(inner));
                if (place == "in-extensions") evil->insert(2, Markup::element("samlp:Extensions"))->append(std::move(inner));
                if (place == "in-status-detail")
                    evil->find("samlp:Status")->append(Markup::element("samlp:StatusDetail"))->append(std::move(inner));
                if (place == "in-advice")
                    evil->find("saml:Assertion")->insert(1, Markup::element("saml:Advice"))->append(std::move(inner));
            }
            EXPECT_TRUE(refused(evil->str())) << place;
        }
}

enum class Place {
    Before,
    After,
    Extensions,
    StatusDetail,
    EvilAdvice,
    EvilSubjectData,
    EvilAttributeValue,
    EvilIssuer,
    Object,
    KeyInfo,
    Foreign,
    EvilConditions
};
enum class SignatureAt { Original, Evil, Both, Root };

// Every arrangement of {original, evil} × place × signature × ID, with one assertion signed.
TEST(Wrapping, ExhaustiveArrangementsOfASignedAssertion) {
    int arrangements = 0;
    for (const Place place :
         {Place::Before, Place::After, Place::Extensions, Place::StatusDetail, Place::EvilAdvice, Place::EvilSubjectData,
          Place::EvilAttributeValue, Place::EvilIssuer, Place::Object, Place::KeyInfo, Place::Foreign, Place::EvilConditions})
        for (const SignatureAt where : {SignatureAt::Original, SignatureAt::Evil, SignatureAt::Both, SignatureAt::Root})
            for (const std::string_view evilId : {"_evil", "_assert1", ""})
                for (const std::string_view originalId : {"_assert1", "_moved"})
                    for (const bool evilIsFirst : {true, false}) {
                        auto root = goodTree(Sign::Assertion);
                        auto original = root->find("saml:Assertion")->take();
                        auto evil = evilCopy(*original);
                        evil->set("ID", evilId);
                        original->set("ID", originalId);
                        auto signature = original->find("ds:Signature")->take();
                        const auto spare = signature->clone();
                        Markup* signatureOnStage = nullptr;
                        Markup* e = root->append(std::move(evil));
                        if (where == SignatureAt::Evil) signatureOnStage = e->insert(1, std::move(signature));
                        if (where == SignatureAt::Root) signatureOnStage = root->insert(1, std::move(signature));
                        if (where == SignatureAt::Both) signatureOnStage = e->insert(1, spare->clone());
                        if (where == SignatureAt::Original || where == SignatureAt::Both) {
                            Markup* inserted = original->insert(1, std::move(signature));
                            if (signatureOnStage == nullptr && place != Place::Object && place != Place::KeyInfo)
                                signatureOnStage = inserted;
                        }
                        if (signatureOnStage == nullptr) signatureOnStage = e->insert(1, spare->clone());
                        const auto into = [&](Markup* parent) {
                            parent->insert(evilIsFirst ? parent->children.size() : 0, std::move(original));
                        };
                        switch (place) {
                        case Place::Before:
                            root->insert(e->indexInParent(), std::move(original));
                            break;
                        case Place::After:
                            root->append(std::move(original));
                            break;
                        case Place::Extensions:
                            into(root->insert(evilIsFirst ? 99 : 1, Markup::element("samlp:Extensions")));
                            break;
                        case Place::StatusDetail:
                            into(root->find("samlp:Status")->append(Markup::element("samlp:StatusDetail")));
                            break;
                        case Place::EvilAdvice:
                            into(e->insert(evilIsFirst ? 99 : 1, Markup::element("saml:Advice")));
                            break;
                        case Place::EvilSubjectData:
                            into(e->find("saml:SubjectConfirmationData"));
                            break;
                        case Place::EvilAttributeValue:
                            into(e->find("saml:AttributeValue"));
                            break;
                        case Place::EvilIssuer:
                            into(e->find("saml:Issuer"));
                            break;
                        case Place::Object:
                            into(signatureOnStage->append(Markup::element("ds:Object")));
                            break;
                        case Place::KeyInfo:
                            into(signatureOnStage->find("ds:KeyInfo"));
                            break;
                        case Place::Foreign:
                            into(root->insert(evilIsFirst ? 99 : 1, Markup::element("x:y", "xmlns:x=u:x")));
                            break;
                        case Place::EvilConditions:
                            into(e->find("saml:Conditions"));
                            break;
                        }
                        ++arrangements;
                        EXPECT_TRUE(refused(root->str()));
                    }
    EXPECT_EQ(arrangements, 12 * 4 * 3 * 2 * 2);
}

TEST(Wrapping, EvilAssertionHiddenBesideASignedOne) {
    for (const Sign sign : {Sign::Assertion, Sign::Response, Sign::Both})
        for (const std::string_view parent :
             {"samlp:Response", "samlp:Status", "saml:Assertion", "saml:Subject", "saml:Conditions", "saml:AttributeStatement",
              "saml:Attribute", "saml:AttributeValue", "saml:AuthnContext", "ds:Signature", "ds:SignedInfo", "ds:KeyInfo",
              "ds:X509Data", "ds:SignatureValue", "ds:Reference", "ds:Transforms"})
            for (const std::size_t at : {std::size_t{0}, std::size_t{1}, std::size_t{99}})
                for (const std::string_view wrapper : {"", "samlp:Extensions", "ds:Object", "saml:Advice", "x"}) {
                    auto root = goodTree(sign);
                    auto evil = evilCopy(*root->find("saml:Assertion"));
                    evil->set("ID", "_evil");
                    auto box = wrapper.empty() ? std::move(evil)
                                               : Markup::element(wrapper, wrapper[0] == 'd'              ? dsNamespace
                                                                          : wrapper.starts_with("samlp") ? samlpNamespace
                                                                                                         : samlNamespace);
                    if (!wrapper.empty()) box->append(std::move(evil));
                    Markup* target = root->find(parent);
                    ASSERT_NE(target, nullptr);
                    target->insert(at, std::move(box));
                    EXPECT_TRUE(refused(root->str())) << parent << " " << wrapper;
                }
}

// A Response around a signed assertion is free to be changed by anybody; nothing of it may become a claim.
TEST(Wrapping, UnsignedResponseAttributesAreNoClaims) {
    auto root = goodTree(Sign::Assertion);
    root->set("ID", "_other");
    root->find("samlp:Status")
        ->parent->insert(1, Markup::element("samlp:Extensions"))
        ->append(Markup::element("x:y", "xmlns:x=u:x"));
    EXPECT_TRUE(neverEvil(root->str()));
    EXPECT_TRUE(holds(verifyText(root->str())));
}

// Anything else that the provider signed cannot be turned into a login ("golden response").
TEST(Wrapping, OtherSignedThingsDoNotMakeALogin) {
    const std::string metadata = replaced(test::metadataXml("https://idp.example/metadata", {test::providerKey().certificate}),
                                          "<md:EntityDescriptor", "<md:EntityDescriptor ID=\"_meta\"");
    const auto signedMetadata = signEnveloped(metadata, "_meta", test::providerKey());
    ASSERT_TRUE(signedMetadata);
    const auto metadataTree = Markup::parse(*signedMetadata);
    ResponseBuilder failed(testNow);
    failed.sign = Sign::Response;
    failed.assertions = 0;
    failed.statusCode = "urn:oasis:names:tc:SAML:2.0:status:Responder";
    const auto failure = Markup::parse(failed.xml());
    for (const Markup* donor : {metadataTree.get(), failure.get()}) {
        const auto copy = donor->clone();
        const auto signature = copy->find("ds:Signature")->clone();
        for (const bool onAssertion : {true, false})
            for (const bool takeId : {true, false}) {
                auto root = goodTree(Sign::Nothing);
                Markup* target = onAssertion ? root->find("saml:Assertion") : root.get();
                if (takeId) target->set("ID", *copy->attribute("ID"));
                target->insert(1, signature->clone());
                EXPECT_TRUE(refused(root->str()));
                auto withDonor = root->clone();
                withDonor->insert(1, Markup::element("samlp:Extensions"))->append(copy->clone());
                EXPECT_TRUE(refused(withDonor->str()));
            }
    }
    EXPECT_TRUE(refused(*signedMetadata));
    EXPECT_TRUE(refused(failed.xml()));
}

// A failed response that was signed, with an assertion put in; and a good one whose status was changed.
TEST(Wrapping, SignedStatusCannotBeChanged) {
    auto root = goodTree(Sign::Response);
    ResponseBuilder failed(testNow);
    failed.sign = Sign::Response;
    failed.assertions = 0;
    failed.statusCode = "urn:oasis:names:tc:SAML:2.0:status:Requester";
    auto failure = Markup::parse(failed.xml());
    failure->append(root->find("saml:Assertion")->clone());
    EXPECT_TRUE(refused(failure->str()));
    failure->find("samlp:StatusCode")->set("Value", "urn:oasis:names:tc:SAML:2.0:status:Success");
    EXPECT_TRUE(refused(failure->str()));
}

} // namespace
} // namespace gw::saml
