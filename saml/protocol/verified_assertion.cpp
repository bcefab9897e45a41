#include "saml/protocol/verified_assertion.h"

#include <algorithm>
#include <chrono>

namespace gw::saml {

UtcTime VerifiedAssertion::exchangeDeadline() const {
    return std::min(issueInstant_ + std::chrono::minutes(5), notOnOrAfter_);
}

} // namespace gw::saml
