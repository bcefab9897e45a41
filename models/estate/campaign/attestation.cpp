#include "models/estate/campaign/attestation.h"

#include "models/estate/campaign/said.h"

#include <algorithm>
#include <set>

namespace gw::estate::campaign {

AttestedRoles attestedRoles(std::span<const Mapping> mappings, std::span<const std::string> items, const Attestations& attestations) {
    AttestedRoles roles;
    if (attestations.empty()) return roles;
    std::set<std::string_view> open;
    for (std::size_t i = 0; i < mappings.size(); ++i) {
        const auto found = attestations.find(items[i]);
        if (found == attestations.end() || found->second.verdict != Verdict::Keep) {
            open.insert(mappings[i].role);
            continue;
        }
        const auto [known, fresh] = roles.emplace(mappings[i].role, found->second.at);
        if (!fresh) known->second = std::min(known->second, found->second.at);
    }
    std::erase_if(roles, [&open](const auto& each) { return open.contains(each.first); });
    return roles;
}

Status checkAttestation(const Subject& subject, const Attestation& attestation) {
    GW_CHECK(reasoned(attestation.reason));
    GW_CHECK(fits(attestation.change));
    if (attestation.verdict == Verdict::Change && isBlank(attestation.change))
        return fail(Error(CampaignError::NoChange).with("item", attestation.item));
    if (isOwn(subject, attestation.by)) return fail(Error(CampaignError::OwnAccess).with("item", attestation.item).with("person", attestation.by));
    return {};
}

} // namespace gw::estate::campaign
