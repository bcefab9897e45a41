// Where the parts of a Response are, found by position only, and the refusal of every document in which a part could be
// found twice or somewhere else (signature wrapping). It says nothing about who made the document.
#pragma once

#include "saml/protocol/verify_error.h"
#include "saml/xml/element.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gw::saml {

struct ResponseParts {
    xml::Element response;
    xml::Element issuer;    // may be empty
    xml::Element signature; // may be empty
    xml::Element status;
    std::vector<xml::Element> assertions; // Assertion and EncryptedAssertion alike
};

struct AssertionParts {
    xml::Element assertion;
    xml::Element issuer;
    xml::Element signature;  // may be empty
    xml::Element subject;    // may be empty
    xml::Element conditions; // may be empty
    std::vector<xml::Element> authnStatements;
    std::vector<xml::Element> attributeStatements;
};

// Errors: NotAResponse, BadStructure.
[[nodiscard]] Result<ResponseParts> locateResponse(xml::Element root);
// Errors: BadStructure.
[[nodiscard]] Result<AssertionParts> locateAssertion(xml::Element assertion);
// The same for an assertion that stands alone: nothing that carries meaning may stand where SAML does not let it stand.
// Errors: BadStructure.
[[nodiscard]] Result<AssertionParts> locateLoneAssertion(xml::Element assertion);
// Errors: BadStructure; StatusNotSuccess, with the codes as "seen", outermost first, and the provider's words as "message".
[[nodiscard]] Status checkStatus(xml::Element status);

[[nodiscard]] tl::unexpected<Error> badStructure(xml::Element at, std::string_view where, std::string_view seen = {});
// Outside text made fit for a fact: bounded, without control characters.
[[nodiscard]] std::string quoted(std::string_view text);
// What another library could not do, as an error of ours: with its facts, quoted, and it as the cause.
[[nodiscard]] Error errorBecauseOf(Code code, Error cause);

} // namespace gw::saml
