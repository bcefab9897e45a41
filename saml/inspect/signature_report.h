// What every ds:Signature of a document claims, and whether that holds: each reference's digest computed beside the stated
// one, and the signature value tried with each key at hand. To be shown; acceptance is AssertionVerifier's alone.
#pragma once

#include "saml/dsig/certificate.h"
#include "saml/inspect/canonical_form.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::inspect {

// What must be undone to the text for the stated digest to come out.
enum class Repair : std::uint8_t {
    None,
    DropBlankText,      // it was indented or reformatted after signing
    TrimText,           // white space was put around values
    JoinLines,          // both
    CarriageReturns,    // line ends were changed from CR LF to LF
    OtherMethod,        // another canonicalization was used than is stated
    KeepSignature,      // the signature was part of what was digested: no enveloped transform took place
};

struct ReferenceReport {
    NodeIndex node = noNode;
    std::string uri;                        // as written
    bool sameDocument = false;              // "#" and a plain name
    // Elements whose ID, Id or id is meant; the first one in the document is examined.
    std::vector<NodeIndex> targets;
    std::vector<std::string> transforms;
    std::string digestMethod;
    std::string stated, computed;           // base64; `computed` empty where it could not be
    bool holds = false;
    bool ofNothing = false;                 // the stated digest is that of the empty string
    Repair repair = Repair::None;           // where it does not hold
    std::optional<std::size_t> firstDifference;   // offset in the text, where a repair tells
    CanonicalForm form;                     // of the target
    [[nodiscard]] NodeIndex target() const { return targets.empty() ? noNode : targets.front(); }
};

enum class KeyOrigin : std::uint8_t { Trusted, Remembered, Embedded };

struct TriedKey {
    saml::Certificate certificate;
    KeyOrigin origin = KeyOrigin::Embedded;
    bool holds = false;
};

// One verifier's word on this signature: xmlsec1 and the one over OpenSSL. `state` is Refused where the document or the
// signature has a shape that is never put before them, and NoKey where there is nothing to check it with.
enum class VoteState : std::uint8_t { Good, Bad, Refused, NoKey };
struct Vote {
    std::string verifier;                   // "xmlsec1", "OpenSSL"
    VoteState state = VoteState::Refused;
    std::optional<Error> reason;
};

struct SignatureReport {
    NodeIndex node = noNode, parent = noNode;
    std::string canonicalization, method;
    std::vector<ReferenceReport> references;
    CanonicalForm signedInfo;
    std::string value;                              // base64 without white space
    std::vector<saml::Certificate> embedded;        // from KeyInfo; shown, never believed
    // Trusted, remembered, embedded (of the document's other signatures where this one shows none); each once.
    std::vector<TriedKey> keys;
    std::vector<Vote> votes;
    bool checked = false;                           // false: over the bound on signatures
    bool methodKnown = false;

    // The key under which the value holds, trusted ones preferred; null where there is none.
    [[nodiscard]] const TriedKey* key() const;
    [[nodiscard]] bool digestsHold() const;
    // Digests and value hold, under a trusted key or under any.
    [[nodiscard]] bool holdsTrusted() const;
    [[nodiscard]] bool holdsSomehow() const;
    // The first signed element; noNode where there is none.
    [[nodiscard]] NodeIndex target() const { return references.empty() ? noNode : references.front().target(); }
};

struct KeyRing {
    std::vector<saml::Certificate> trusted;
    std::vector<saml::Certificate> remembered;      // of earlier sign-ins
};

// At most `mostSignatures` are examined; the others are listed with `checked` false.
inline constexpr std::size_t mostSignatures = 6;
[[nodiscard]] std::vector<SignatureReport> reportSignatures(const SourceTree& tree, const KeyRing& keys);

} // namespace gw::inspect
