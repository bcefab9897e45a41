#include "models/sessions/providers/sign_in_address.h"

#include "saml/aws/endpoints.h"
#include "saml/protocol/authn_request.h"

#include <algorithm>

namespace gw::sessions {

SignInAddress signInAddress(const Provider& provider, const Trust& trust, UtcTime now, Random& random) {
    const SignInAddress loginPage{provider.loginUrl, std::nullopt};
    if (!provider.requestsSignIn || trust.wantsSignedRequests) return loginPage;
    const auto service = std::ranges::find(trust.singleSignOn, saml::Binding::HttpRedirect, &saml::SingleSignOnService::binding);
    if (service == trust.singleSignOn.end()) return loginPage;
    saml::RequestOptions options;
    options.destination = service->location;
    // AWS's entity ID is the audience that it asks for.
    options.issuer = aws::audiences(provider.partition).front();
    options.acs = aws::defaultAcs(provider.partition);
    auto request = saml::makeAuthnRequest(options, now, random);
    if (!request) return loginPage;
    return {std::move(request->url), std::move(request->id)};
}

} // namespace gw::sessions
