// What somebody said of a way into a role when he looked at it: outside a campaign, or in one that was signed. Value types.
#pragma once

#include "models/estate/campaign/campaign.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>

namespace gw::estate::campaign {

struct Attestation {
    std::int64_t number = 0; // where it is kept; 0: in a campaign
    std::string item;        // itemId()
    Verdict verdict = Verdict::Keep;
    std::string reason; // always needed
    std::string change; // of Change: what to change
    std::string by;
    UtcTime at;
    std::string campaign; // its title; empty: outside one
    friend bool operator==(const Attestation&, const Attestation&) = default;
};

// The latest of each item.
using Attestations = std::map<std::string, Attestation, std::less<>>;

// When a trust policy was attested, by the ARN of its role: when the last of all ways into the role was kept, the one that was
// longest ago. Roles with a way in that nobody looked at, or that is not to stay as it is, are not among them.
using AttestedRoles = std::map<std::string, UtcTime, std::less<>>;
// `items`: itemId() of each mapping.
[[nodiscard]] AttestedRoles attestedRoles(std::span<const Mapping> mappings, std::span<const std::string> items, const Attestations& attestations);

// Errors: NoReason, NoChange, TooLong, OwnAccess.
[[nodiscard]] Status checkAttestation(const Subject& subject, const Attestation& attestation);

} // namespace gw::estate::campaign
