#include "models/mesh/envoy/denial.h"

#include "saml/base/ascii.h"
#include "saml/base/ascii_classes.h"

#include <algorithm>

namespace gw::mesh {
namespace {

std::string_view firstWord(std::string_view name) {
    const auto end = std::find_if_not(name.begin(), name.end(), isAlphanumeric);
    return name.substr(0, static_cast<std::size_t>(end - name.begin()));
}

// The edge whose Sid in lower case begins the name.
std::vector<EdgeId> edgesOfLowerName(std::string_view name, std::span<const Artefact> artefacts) {
    std::vector<EdgeId> found;
    const std::string_view word = firstWord(name);
    for (const Artefact& artefact : artefacts) {
        if (artefact.target != Target::Istio) continue;
        for (const EdgeId& edge : artefact.edges) {
            const std::string sid = foldedAscii(sidOf(edge));
            const bool same = word == sid || (word.starts_with(sid) && word.substr(sid.size()).starts_with("part"));
            if (same && std::find(found.begin(), found.end(), edge) == found.end()) found.push_back(edge);
        }
    }
    return found;
}

} // namespace

std::vector<EdgeId> edgesOfPolicyName(std::string_view name) {
    return edgesOfSid(firstWord(name));
}

std::optional<ProxyDenial> readProxyDenial(std::string_view text, std::span<const Artefact> artefacts) {
    constexpr std::string_view start = "rbac_access_denied_matched_policy[";
    const std::size_t at = text.find(start);
    if (at == std::string_view::npos) return std::nullopt;
    text.remove_prefix(at + start.size());
    // Names hold brackets themselves: to the one that belongs to the first.
    std::size_t end = 0;
    for (int open = 1; end < text.size(); ++end) {
        if (text[end] == '[') ++open;
        if (text[end] == ']' && --open == 0) break;
    }
    if (end == text.size()) return std::nullopt;
    ProxyDenial denial;
    denial.policy = text.substr(0, end);
    denial.matched = denial.policy != "none";
    if (!denial.matched) return denial;
    if (const std::size_t policy = denial.policy.find("-policy[");
        denial.policy.starts_with("ns[") && policy != std::string_view::npos)
        denial.edges = edgesOfLowerName(denial.policy.substr(policy + 8), artefacts);
    else
        denial.edges = edgesOfPolicyName(denial.policy);
    return denial;
}

} // namespace gw::mesh
