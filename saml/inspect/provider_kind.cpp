#include "saml/inspect/provider_kind.h"

namespace gw::inspect {

ProviderKind providerOf(std::string_view issuer) {
    const auto has = [issuer](std::string_view part) { return issuer.find(part) != std::string_view::npos; };
    if (has("okta.com/") || has("oktapreview.com/") || has("okta-emea.com/")) return ProviderKind::Okta;
    if (has("sts.windows.net/") || has("login.microsoftonline.")) return ProviderKind::Entra;
    if (has("/adfs/services/trust")) return ProviderKind::Adfs;
    if (has("accounts.google.com/")) return ProviderKind::Google;
    if (has("auth.pingone.") || has("pingidentity.com") || has("pingone.com") || has("pingfederate")) return ProviderKind::Ping;
    if (has("/realms/")) return ProviderKind::Keycloak;
    return ProviderKind::Unknown;
}

} // namespace gw::inspect
