// What ends when: certificates, metadata, rotations, dated grants, and the quarterly look at who is trusted.
#pragma once

#include "models/estate/estate.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gw::estate {

enum class DateKind {
    SigningCertificate, // of a provider's metadata: signatures with it fail from then on
    MetadataValidity,   // validUntil in the metadata itself
    ProviderValidity,   // ValidUntil, as AWS has it of the provider
    Attestation,        // a trust policy is to be looked at again
    SecretRotation,
    GrantStart, // a policy's condition on aws:CurrentTime or aws:EpochTime lets somebody in, or
    GrantEnd    // out again
};
// "signing-certificate", "metadata-validity", "provider-validity", "attestation", "secret-rotation", "grant-start",
// "grant-end": stable, for programs.
[[nodiscard]] std::string_view dateKindName(DateKind kind);
inline constexpr std::size_t dateKinds = static_cast<std::size_t>(DateKind::GrantEnd) + 1;
// How many days before it somebody has to begin.
[[nodiscard]] int reminderDays(DateKind kind);

struct CalendarEntry {
    DateKind kind = DateKind::SigningCertificate;
    UtcTime at;
    std::string object;    // ARN; of attestations of everything, empty
    std::string detail;    // the certificate's fingerprint, the policy and its statement, …
    std::size_t count = 1; // of Attestation: how many trust policies
    std::string uid;       // the same for the same thing, whenever it is due
    Source source;
};

struct CalendarSettings {
    UtcTime now;
    // When trust policies were attested, by the ARN of the role; each is due again after `attestationDays`. Those of whom
    // nothing tells are due together at the next quarter's first day.
    std::map<std::string, UtcTime, std::less<>> attested;
    int attestationDays = 92;
    // Tag of roles that holds the day of their last attestation; `attested` wins over it. Empty: none does.
    std::string attestedTag = "attested";
};

// In the order of time, then of objects; what is past, too.
[[nodiscard]] std::vector<CalendarEntry> calendarOf(const Estate& estate, const CalendarSettings& settings);

} // namespace gw::estate
