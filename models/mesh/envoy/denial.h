// What the proxies themselves write about a denied request: the policy in the details of the answer.
#pragma once

#include "models/mesh/compile/compilation.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace gw::mesh {

struct ProxyDenial {
    std::vector<EdgeId> edges; // of the policy; empty: not one of the map's
    std::string_view policy;   // as it stands there, within the text
    bool matched = true;       // false: no policy matched, so that nothing allows it
};
// Finds "rbac_access_denied_matched_policy[NAME]" in any text. Envoy writes blanks in names as "_"; Istio's names are
// "ns[NAMESPACE]-policy[NAME]-rule[N]", in lower case, so that the artefacts must tell their edges. Nothing where there is none.
[[nodiscard]] std::optional<ProxyDenial> readProxyDenial(std::string_view text, std::span<const Artefact> artefacts = {});

// Of a policy's name, "gwE17 orders-web->payments GET": the edges that its first word names.
[[nodiscard]] std::vector<EdgeId> edgesOfPolicyName(std::string_view name);

} // namespace gw::mesh
