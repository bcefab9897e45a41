// Whom to believe and by which rules: read from options, files and the lines of a batch.
#pragma once

#include "app/gatewardenctl/command.h"
#include "saml/metadata/entity_descriptor.h"
#include "saml/protocol/assertion_verifier.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gw::ctl {

inline constexpr std::size_t maxMessageFile = std::size_t{32} << 20;
inline constexpr std::size_t maxMetadataFile = 10'000'000;
inline constexpr std::size_t maxKeyFile = std::size_t{1} << 20;

[[nodiscard]] std::optional<saml::AlgorithmPolicy> policyOf(std::string_view name);
// The exact URLs, in place of AWS's own.
void setAcs(saml::VerifierSettings& settings, std::vector<std::string> urls);

// Metadata and certificates that were read before, by their text: batches repeat a few of them thousands of times. Bounded.
class TrustCache {
public:
    // One entity out of the metadata: the only identity provider, or the one that the response names as its issuer. The
    // keys are then still those of that very entity, and the issuer must be it.
    [[nodiscard]] Result<saml::EntityDescriptor> metadata(const std::string& xml, UtcTime now, std::string_view claimedIssuer);
    [[nodiscard]] Result<std::vector<saml::Certificate>> certificates(const std::string& text);

private:
    std::unordered_map<std::string, Result<saml::EntityDescriptor>> metadata_;
    std::unordered_map<std::string, Result<std::vector<saml::Certificate>>> certificates_;
};

struct TrustFiles {
    saml::TrustedProvider provider;
    saml::VerifierSettings settings;
    UtcTime now;
};

// From --metadata, --certificate, --at, --acs, --audience, --decrypt-key and --policy. Nothing where something is unusable;
// one sentence on standard error says what. `claimedIssuer` chooses among several providers.
[[nodiscard]] std::optional<TrustFiles> trustFromOptions(const Invocation& invocation, std::string_view claimedIssuer);
inline constexpr Option atOption{"--at", "T", "the time to judge by, as RFC 3339; otherwise now"};
// From --at, or the clock.
[[nodiscard]] std::optional<UtcTime> timeFromOptions(const Invocation& invocation);
// What the response says about its issuer; empty where it cannot be read.
[[nodiscard]] std::string claimedIssuerOf(const saml::CapturedResponse& captured);

} // namespace gw::ctl
