// Remembers which assertions were consumed (SAML Profiles 4.1.4.5), by a hash of issuer and ID, until they could not be
// accepted any more anyway. Bounded: when full, the entry that expires first goes.
#pragma once

#include "saml/base/utc_time.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace gw::saml {

class ReplayCache {
public:
    explicit ReplayCache(std::size_t capacity = 10'000) : capacity_(capacity) {}

    // Remembers the assertion. False where it was there already. Not thread safe.
    [[nodiscard]] bool insert(std::string_view issuer, std::string_view assertionId, UtcTime until, UtcTime now);
    [[nodiscard]] std::size_t size() const { return until_.size(); }

    // One line an entry, "hash milliseconds", to survive a restart. Bad lines are passed over.
    [[nodiscard]] std::string serialize() const;
    void restore(std::string_view text, UtcTime now);

private:
    void forget(UtcTime now);
    std::size_t capacity_;
    std::map<std::string, UtcTime> until_;
};

} // namespace gw::saml
