// One sign-in at a real provider, as collect.py left it: what was posted, whom to believe, and who signed in.
#pragma once

#include "saml/base/result.h"
#include "saml/protocol/assertion_verifier.h"
#include "saml/protocol/captured_response.h"

#include <string>
#include <vector>

namespace gw::interop {

struct CapturedCase {
    std::string name;
    std::string provider;     // "simplesamlphp" or "keycloak": the last part of the SAML provider's ARN
    std::string user;
    std::string acs;
    UtcTime capturedAt;
    std::string base64;       // the form value
    std::string metadata;     // XML, of the moment of the sign-in

    [[nodiscard]] saml::CapturedResponse captured() const;
    // From the metadata; a test fails where it cannot be read.
    [[nodiscard]] saml::TrustedProvider trust() const;
};

// Every case by its name; throws std::runtime_error where the fixture did not run.
[[nodiscard]] const CapturedCase& capturedCase(const std::string& name);
[[nodiscard]] const std::vector<CapturedCase>& capturedCases();

// What people.json says of a person.
struct Person {
    std::string email;
    std::vector<std::string> roles;                                  // ARNs
    long sessionDuration = 0;
    std::vector<std::pair<std::string, std::string>> tags;
    std::vector<std::string> transitiveTags;
};
[[nodiscard]] Person person(const std::string& user);

} // namespace gw::interop
