#include "saml/protocol/verified_assertion.h"

#include <algorithm>

namespace gw::saml {

UtcTime VerifiedAssertion::exchangeDeadline() const {
    return std::min(issueInstant_ + exchangeWindow, notOnOrAfter_);
}

} // namespace gw::saml
