// The practice AWS endpoint: STS AssumeRoleWithSAML, strict, and GetCallerIdentity; signed calls of other services go to the read endpoint. Errors and their order follow what
// AWS answers (STS API reference; texts as people met them).
#pragma once

#include "app/practice/aws_error.h"
#include "app/practice/behaviour.h"
#include "app/practice/http_message.h"
#include "app/practice/issued_credentials.h"
#include "app/practice/organisation.h"
#include "app/practice/read_endpoint.h"
#include "app/practice/sigv4.h"
#include "app/practice/sts_messages.h"
#include "saml/aws/arn.h"
#include "saml/aws/claims.h"
#include "saml/protocol/assertion_verifier.h"

#include <optional>
#include <string>
#include <tl/expected.hpp>

namespace gw::practice {

class StsEndpoint {
public:
    // `trust` is what the metadata in IAM would say. All references outlive it. Used in one thread.
    StsEndpoint(const Organisation& organisation, saml::TrustedProvider trust, const Behaviour& behaviour, Random& random);

    [[nodiscard]] HttpResponse handle(const HttpRequest& request);

private:
    template <class T>
    using Answer = tl::expected<T, AwsError>;

    struct Parties {
        aws::RoleArn role;
        aws::SamlProviderArn provider;
        const Account* account;
    };

    [[nodiscard]] HttpResponse answer(const HttpRequest& request, const std::string& requestId);
    [[nodiscard]] std::optional<HttpResponse> misbehave(const FormFields& form, const std::string& requestId) const;
    [[nodiscard]] HttpResponse assumeRole(const FormFields& form, const std::string& requestId);
    [[nodiscard]] HttpResponse callerIdentity(const HttpRequest& request, const std::string& requestId) const;
    // Whose signature it is.
    [[nodiscard]] Answer<const IssuedCredentials*> signer(const HttpRequest& request, const SignatureClaim& claim) const;
    [[nodiscard]] HttpResponse read(const HttpRequest& request, const std::string& service, const std::string& requestId) const;

    [[nodiscard]] Answer<Parties> readParties(const AssumeRoleParameters& parameters) const;
    [[nodiscard]] Answer<saml::VerifiedAssertion> verify(const AssumeRoleParameters& parameters) const;
    [[nodiscard]] std::optional<AwsError> checkClaims(const aws::Claims& claims) const;
    [[nodiscard]] Answer<const Role*> authorize(const Parties& parties, const aws::Claims& claims,
                                                const saml::VerifiedAssertion& assertion) const;
    [[nodiscard]] Answer<UtcTime> expiration(const AssumeRoleParameters& parameters, const Role& role, const aws::Claims& claims,
                                             const saml::VerifiedAssertion& assertion) const;

    const Organisation& organisation_;
    saml::TrustedProvider trust_;
    const Behaviour& behaviour_;
    Random& random_;
    CredentialRegister issued_;
    ReadEndpoint read_;
    saml::AssertionVerifier verifier_;
};

} // namespace gw::practice
