// What differs between two responses in meaning: not white space, prefixes, IDs or instants as such.
#pragma once

#include "saml/inspect/inspection.h"

#include <string>
#include <string_view>
#include <vector>

namespace gw::inspect {

enum class DiffAspect : std::uint8_t {
    SignedParts, SignatureMethod, DigestMethod, Canonicalization, Certificate, Encryption, Status, Issuer, Destination, Recipient,
    Audience, NameId, NameIdFormat, Lifetime, SessionLength, Attribute, Role, Order, Prefixes,
};

struct DiffEntry {
    DiffAspect aspect;
    std::string name;               // of the attribute, where it is one
    std::string before, after;      // empty: not there
};

[[nodiscard]] std::vector<DiffEntry> diffResponses(const Inspection& before, const Inspection& after);
// "signature-method"
[[nodiscard]] std::string_view aspectName(DiffAspect aspect);

} // namespace gw::inspect
