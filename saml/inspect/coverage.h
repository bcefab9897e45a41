// Which octets of a document are covered by a digest, and which of them are claims.
#pragma once

#include "saml/inspect/signature_report.h"
#include "saml/inspect/stated_claims.h"

#include <cstdint>
#include <string>
#include <vector>

namespace gw::inspect {

// How far a coverage may be relied upon.
enum class Standing : std::uint8_t {
    None,
    Claimed,        // a reference points here, but the digest or the signature does not hold
    Consistent,     // all holds, by a key that the response brought itself
    Verified,       // all holds, by a trusted key
};

enum class ByteKind : std::uint8_t {
    Plain,
    Claim,          // a value that is used as a claim
    Posing,         // a value that looks like a claim, in octets that no digest covers or outside the assertion in use
    Removed,        // a signature that the enveloped transform takes out
};

// Bits of `covers`.
inline constexpr std::uint8_t byResponse = 1;      // the digest of the Response
inline constexpr std::uint8_t byAssertion = 2;     // the digest of an Assertion
inline constexpr std::uint8_t byOther = 4;         // the digest of anything else

// Consecutive octets of the same colour.
struct CoverageRun {
    Range range;
    std::uint8_t covers = 0;
    Standing standing = Standing::None;
    ByteKind kind = ByteKind::Plain;
};

struct Coverage {
    std::vector<CoverageRun> runs;          // ascending, without gaps, over the whole text
    std::size_t total = 0;                  // octets of the text
    std::size_t covered = 0;                // with Consistent or Verified standing
    std::size_t verified = 0;
    Standing best = Standing::None;

    [[nodiscard]] const CoverageRun* at(std::size_t offset) const;
    // The weakest standing over the range, and the bits that cover all of it.
    [[nodiscard]] CoverageRun over(Range range) const;
};

[[nodiscard]] Coverage mapCoverage(const SourceTree& tree, const std::vector<SignatureReport>& signatures, const StatedClaims& claims);

} // namespace gw::inspect
