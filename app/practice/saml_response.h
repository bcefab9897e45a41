// The responses of the practice provider: good ones, and ones that are wrong in exactly one way.
#pragma once

#include "app/practice/organisation.h"
#include "app/practice/practice.h"
#include "saml/dsig/signer.h"

#include <string>
#include <string_view>

namespace gw::practice {

struct ResponseInput {
    const Organisation& organisation;
    const Person& person;
    UtcTime now;
    UtcTime signedInAt;
    UtcTime sessionEnd; // becomes SessionNotOnOrAfter
    const saml::SigningKey& key;
    const saml::SigningKey* stranger = nullptr; // needed for Response::UnknownKey only
    Misbehaviour::Response how = Misbehaviour::Response::Good;
};

// The value of the SAMLResponse form field. Assertion and Response are both signed.
[[nodiscard]] Result<std::string> makeSamlResponse(const ResponseInput& input, Random& random);

// Document of SAML Metadata 2.0 for the provider.
[[nodiscard]] std::string makeMetadata(const Organisation& organisation, const saml::Certificate& certificate,
                                       std::string_view loginUrl);

} // namespace gw::practice
