// From saml:EncryptedAssertion to the assertion inside, as a document of its own. That it could be decrypted says nothing
// about who made it.
#pragma once

#include "saml/dsig/decryption_key.h"
#include "saml/protocol/finding.h"
#include "saml/protocol/verify_error.h"
#include "saml/xml/document.h"

#include <string>
#include <vector>

namespace gw::saml {

struct DecryptedAssertion {
    xml::Document document;
    xml::Element assertion;
    std::vector<Fact> facts;  // of rules::decrypted
    std::string legacyMethod; // AES-CBC or RSA 1.5 where one was used; else empty
};

// Errors: BadStructure, EncryptionNotAllowed, DecryptionFailed; the last one also for a plaintext that is not an assertion,
// and always without facts.
[[nodiscard]] Result<DecryptedAssertion> decryptAssertion(xml::Element encrypted, const std::vector<DecryptionKey>& keys,
                                                          bool legacyAllowed);

} // namespace gw::saml
