#include "models/policy/federation.h"

#include "models/policy/arn_pattern.h"
#include "models/policy/unknown_place.h"
#include "saml/base/ascii.h"

#include <algorithm>
#include <array>

namespace gw::policy {

Federation federationOf(NamedPrincipal::Type type, std::string_view text) {
    if (type != NamedPrincipal::Type::Federated) return Federation::None;
    if (text == "*") return Federation::Saml;
    if (const auto parts = ArnParts::split(text)) {
        const bool ours = parts->service == "iam" && parts->region.empty() && (parts->account.size() == 12 || parts->account == unknownAccount);
        if (ours && parts->resource.starts_with("saml-provider/") && parts->resource.size() > 14) return Federation::Saml;
        return ours && parts->resource.starts_with("oidc-provider/") ? Federation::Web : Federation::Malformed;
    }
    const bool host = text.find('.') != std::string_view::npos && text.find_first_of(" :") == std::string_view::npos;
    return host ? Federation::Web : Federation::Malformed;
}

bool isPersonKey(std::string_view key) {
    const std::string folded = foldedAscii(key);
    static constexpr auto ofTheResponse =
        std::to_array<std::string_view>({"saml:aud", "saml:iss", "saml:doc", "saml:sub_type", "saml:namequalifier"});
    if (std::find(ofTheResponse.begin(), ofTheResponse.end(), folded) != ofTheResponse.end()) return false;
    // "token.example.com:sub", as web identities have them: of these only the audience is not the person's.
    const std::size_t colon = folded.find(':');
    if (colon != std::string::npos && folded.find('.') < colon) return !folded.ends_with(":aud");
    return folded.starts_with("saml:") || folded.starts_with("aws:requesttag/") || folded.starts_with("aws:principaltag/") ||
           folded == "sts:rolesessionname" || folded == "sts:sourceidentity";
}

} // namespace gw::policy
