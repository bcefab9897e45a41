// What a SAML sign-in tells the policies that decide on it.
#pragma once

#include "models/policy/context.h"
#include "saml/aws/arn.h"
#include "saml/aws/claims.h"
#include "saml/protocol/verified_assertion.h"

#include <string>
#include <vector>

namespace gw::practice {

// Borrows everything.
struct SamlSignIn {
    const aws::SamlProviderArn& provider;
    const std::string& issuer;
    const saml::NameId& nameId;
    const std::string& recipient;
    const std::vector<saml::Attribute>& attributes;
    const aws::Claims& claims;
};

// The condition keys of sts:AssumeRoleWithSAML, sts:TagSession and sts:SetSourceIdentity (IAM User Guide, "IAM and AWS STS
// condition context keys"; "Mapping SAML attributes to AWS trust policy context keys"). What is not in it, the request lacks.
[[nodiscard]] policy::Context samlContext(const SamlSignIn& signIn);

// "persistent", "transient", or whatever stands behind the last colon of the format.
[[nodiscard]] std::string subjectType(const std::string& format);
// A hash of issuer, account and provider, as AWS makes it.
[[nodiscard]] std::string nameQualifier(const std::string& issuer, const aws::SamlProviderArn& provider);

} // namespace gw::practice
