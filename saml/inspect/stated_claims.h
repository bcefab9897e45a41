// What a response says, found by position and read with tolerance. "Stated", for nothing here was verified: the one type
// for what may be believed is VerifiedAssertion.
#pragma once

#include "saml/aws/claims.h"
#include "saml/inspect/source_tree.h"

#include <optional>
#include <string>
#include <vector>

namespace gw::inspect {

struct StatedValue {
    std::string name;        // "NameID", "Recipient" or the attribute's name, cut to 200 octets
    std::string value;
    NodeIndex element = noNode;
    Range range;             // of the value in the text
};

struct StatedAttribute {
    std::string name, nameFormat;
    NodeIndex element = noNode;
    std::vector<StatedValue> values;
};

struct StatedClaims {
    NodeIndex response = noNode;
    std::vector<NodeIndex> assertions;              // Assertion elements anywhere, in document order
    std::vector<NodeIndex> encryptedAssertions;     // anywhere
    NodeIndex assertion = noNode;                   // the first one that is a child of the Response, or the root
    std::string responseId, assertionId, responseIssuer, issuer, status, statusMessage, destination, inResponseTo;
    std::string nameId, nameIdFormat, recipient, confirmationInResponseTo;
    std::string version;
    std::vector<std::string> audiences;
    std::optional<UtcTime> responseInstant, issueInstant, notBefore, notOnOrAfter, confirmationNotOnOrAfter, authnInstant,
        sessionNotOnOrAfter;
    std::size_t subjectConfirmations = 0;
    bool hasSubject = false, hasAuthnStatement = false;
    // What the assertion says was read from inside an encrypted one, which the verifier opened and accepted.
    bool decrypted = false;
    std::vector<StatedAttribute> attributes;
    // Every value that readers take for a claim, of every assertion in the document.
    std::vector<StatedValue> everywhere;
    // What AWS would read of `attributes`.
    aws::Claims aws;
};

[[nodiscard]] StatedClaims readStated(const SourceTree& tree);

// What a careless reader makes of the document: the first NameID and Role found by searching it from the top, text cut at
// the first comment.
struct Shadow {
    std::string nameId, issuer;
    std::vector<std::string> roles;
    NodeIndex nameIdElement = noNode, roleElement = noNode;
    bool truncated = false;      // a value was cut at a comment or an instruction
    bool misled = false;         // it differs from what a careful reader may take
};

// `usable` is the assertion that may be relied upon, noNode where there is none.
[[nodiscard]] Shadow readCarelessly(const SourceTree& tree, NodeIndex usable);

} // namespace gw::inspect
