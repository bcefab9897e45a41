// Reads what an assertion states. Whether it may be believed is decided elsewhere, and before: the elements given here
// are those of a document that was parsed from verified octets.
#pragma once

#include "saml/protocol/finding_list.h"
#include "saml/protocol/response_structure.h"
#include "saml/protocol/verified_assertion.h"

#include <optional>
#include <string>
#include <vector>

namespace gw::saml {

struct Confirmation {
    std::optional<std::string> recipient, inResponseTo;
    std::optional<UtcTime> notBefore, notOnOrAfter;
};

struct AssertionContent {
    std::string id, issuer, issuerFormat;
    UtcTime issueInstant;
    NameId nameId;
    bool hasSubject = false;
    std::vector<Confirmation> bearer;               // SubjectConfirmations of the bearer method
    std::optional<UtcTime> notBefore, notOnOrAfter; // of Conditions
    std::vector<std::vector<std::string>> audienceRestrictions;
    std::vector<std::string> unknownConditions;
    bool oneTimeUse = false;
    std::size_t authnStatements = 0;
    std::optional<UtcTime> authnInstant, sessionNotOnOrAfter;
    std::vector<Attribute> attributes;
};

// What is odd and may stay goes to `findings`. Errors: BadStructure.
[[nodiscard]] Result<AssertionContent> readAssertion(const AssertionParts& parts, FindingList& findings);

} // namespace gw::saml
