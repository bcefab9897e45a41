// Copies of a response that may be given away.
#pragma once

#include "saml/base/random.h"
#include "saml/base/result.h"
#include "saml/base/utc_time.h"
#include "saml/inspect/source_tree.h"

#include <string>
#include <string_view>

namespace gw::inspect {

#define GW_SAFE_COPY_ERRORS(X) \
    X(NothingSigned, "nothing_signed") \
    X(CannotSign, "cannot_sign")
GW_ERROR_ENUM(SafeCopyError, "safe_copy", GW_SAFE_COPY_ERRORS);

// The same structure octet for octet, with every value that could name a person, an account, a host or a key replaced by
// a pseudonym: the same value always by the same one, as long as `salt` is the same. What SAML and AWS themselves define
// stays (algorithms, formats, attribute names, sign-in addresses, instants). Signatures and certificates are blanked, for a
// digest would let a guess be checked.
[[nodiscard]] std::string redacted(const SourceTree& tree, std::string_view salt);

struct Resigned {
    std::string xml;
    std::string certificatePem;      // of the key that was made for this and thrown away
};

// The document with each of its signatures made anew by a new key over what it says now, so that a problem can be
// reproduced and tests can keep it. Shapes that no verifier takes (wrapping, several references) are not made again.
[[nodiscard]] Result<Resigned> resigned(const SourceTree& tree, UtcTime now);

} // namespace gw::inspect
