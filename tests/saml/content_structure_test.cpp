// Assertions that the provider itself signed and that are not built as SAML Core 2.5 to 2.7 say: nobody may guess what is
// meant.
#include "tests/saml/verify_helpers.h"
#include "tests/support/raw_signature.h"
#include "tests/support/saml_markup.h"

#include <gtest/gtest.h>

#include <functional>

namespace gw::saml {
namespace {

using test::Markup;
using test::ResponseBuilder;

constexpr const char* foreign = "xmlns:x=urn:x";

struct Oddity {
    const char* name;
    std::function<void(Markup& assertion)> change;
    bool accepted = false;
};

void drop(Markup& element, std::string_view attribute) {
    std::erase_if(element.attributes, [&](const auto& one) { return one.first == attribute; });
}

void twice(Markup& element) {
    element.parent->append(element.clone());
}

std::unique_ptr<Markup> named(std::string_view name, std::string_view declaration, std::string_view text) {
    auto made = Markup::element(name, declaration);
    made->append(Markup::raw(text));
    return made;
}

class SignedContent : public testing::TestWithParam<Oddity> {};

TEST_P(SignedContent, IsReadOneWayOrNotAtAll) {
    auto root = Markup::parse(ResponseBuilder(testNow).unsignedXml());
    Markup* assertion = root->find("saml:Assertion");
    GetParam().change(*assertion);
    test::signRaw(*assertion, {}, test::providerKey());
    const auto verdict = verifyText(root->str());
    if (GetParam().accepted)
        EXPECT_TRUE(holds(verdict)) << root->str();
    else
        EXPECT_TRUE(failsWith(verdict, VerifyError::BadStructure)) << root->str();
}

INSTANTIATE_TEST_SUITE_P(
    Oddities, SignedContent,
    testing::Values(
        Oddity{"Plain", [](auto&) {}, true},
        Oddity{"TwoConfirmationData", [](auto& a) { twice(*a.find("saml:SubjectConfirmationData")); }},
        Oddity{"TwoNames", [](auto& a) { twice(*a.find("saml:NameID")); }},
        Oddity{"ElementInTheName", [](auto& a) { a.find("saml:NameID")->append(Markup::element("x:y", foreign)); }},
        Oddity{"OtherElementInTheSubject", [](auto& a) { a.find("saml:Subject")->append(Markup::element("x:y", foreign)); }},
        Oddity{"NameOfAnotherNamespaceInTheSubject",
               [](auto& a) { a.find("saml:Subject")->append(named("x:NameID", foreign, "root")); }},
        Oddity{"BaseIdInTheSubject", [](auto& a) { a.find("saml:Subject")->append(named("saml:BaseID", {}, "b")); }, true},
        Oddity{"EncryptedIdInTheSubject", [](auto& a) { a.find("saml:Subject")->append(Markup::element("saml:EncryptedID")); },
               true},
        Oddity{
            "AudienceOfAnotherNamespace",
            [](auto& a) { a.find("saml:AudienceRestriction")->append(named("x:Audience", foreign, "urn:amazon:webservices")); }},
        Oddity{"OtherElementForAnAudience",
               [](auto& a) { a.find("saml:AudienceRestriction")->append(named("saml:Issuer", {}, "urn:amazon:webservices")); }},
        Oddity{"ElementInAnAudience", [](auto& a) { a.find("saml:Audience")->append(Markup::element("x:y", foreign)); }},
        Oddity{"NoInstantOfTheSignIn", [](auto& a) { drop(*a.find("saml:AuthnStatement"), "AuthnInstant"); }},
        Oddity{"OtherVersion", [](auto& a) { a.set("Version", "1.1"); }},
        Oddity{"TwoAdvices",
               [](auto& a) {
                   a.append(Markup::element("saml:Advice"));
                   a.append(Markup::element("saml:Advice"));
               }},
        Oddity{"OneAdvice", [](auto& a) { a.append(Markup::element("saml:Advice")); }, true},
        Oddity{"ElementInTheIssuer", [](auto& a) { a.find("saml:Issuer")->append(Markup::element("x:y", foreign)); }},
        Oddity{"NoIssuer", [](auto& a) { (void)a.find("saml:Issuer")->take(); }},
        Oddity{"NoInstantOfIssue", [](auto& a) { drop(a, "IssueInstant"); }},
        Oddity{"AttributeOfAnotherNamespace",
               [](auto& a) {
                   Markup* made = a.find("saml:AttributeStatement")->append(Markup::element("x:Attribute", foreign));
                   made->set("Name", "https://aws.amazon.com/SAML/Attributes/Role");
               }},
        Oddity{"AttributeWithoutName", [](auto& a) { drop(*a.find("saml:Attribute"), "Name"); }},
        Oddity{"ValueOfAnotherNamespace",
               [](auto& a) { a.find("saml:Attribute")->append(named("x:AttributeValue", foreign, "root")); }},
        Oddity{"OtherElementForAValue", [](auto& a) { a.find("saml:Attribute")->append(named("saml:Audience", {}, "root")); }}),
    [](const auto& one) { return std::string(one.param.name); });

} // namespace
} // namespace gw::saml
