// A response that is a well-formed SAML Response of an acceptable shape, and no more: nothing in it is verified.
#pragma once

#include "saml/protocol/captured_response.h"
#include "saml/protocol/response_structure.h"
#include "saml/xml/document.h"

#include <string>

namespace gw::saml {

class ParsedResponse {
public:
    // Decodes, reads and gates. Errors: VerifyError up to BadStructure.
    [[nodiscard]] static Result<ParsedResponse> parse(const CapturedResponse& captured);

    // Whether the only thing it carries is encrypted: then the roles cannot be listed, though AWS may be able to read it.
    [[nodiscard]] bool encrypted() const;
    // What it says about its origin. To be shown as a claim, and to choose nothing by.
    [[nodiscard]] std::string claimedIssuer() const;

private:
    friend class AssertionVerifier;
    ParsedResponse() = default;

    xml::Document document_;
    ResponseParts parts_;
};

} // namespace gw::saml
