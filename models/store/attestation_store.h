// Attestations in the store: those given outside a campaign, and what was decided in campaigns that were signed. They are only
// added to. For the thread that opened the database.
#pragma once

#include "models/estate/campaign/attestation.h"
#include "models/store/database.h"

#include <cstdint>
#include <string>
#include <vector>

namespace gw::store {

class AttestationStore {
public:
    // Borrows the database.
    explicit AttestationStore(Database& database) : database_(database) {}

    // The latest of each item that was not taken back.
    [[nodiscard]] Result<estate::campaign::Attestations> current();
    // The same of each of these, all or none; returns the number of each. Errors: those of checkAttestation() too.
    [[nodiscard]] Result<std::vector<std::int64_t>> add(const std::vector<estate::campaign::Subject>& subjects,
                                                        estate::campaign::Attestation attestation);
    // Takes back all or none. NotFound where one is not there, or was taken back before.
    [[nodiscard]] Status withdraw(const std::vector<std::int64_t>& numbers, const std::string& by, UtcTime at);

private:
    Database& database_;
};

} // namespace gw::store
