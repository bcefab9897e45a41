// The words by which names and tags tell an environment; every organization has its own.
#pragma once

#include "models/estate/mapping.h"

#include <map>
#include <string>
#include <string_view>

namespace gw::estate {

struct EnvironmentWords {
    std::map<std::string, Environment, std::less<>> words; // in lower case, letters and digits only

    [[nodiscard]] static const EnvironmentWords& usual();
    // By the last word in a text that tells one: "payments-prod" is production, "prod-support" as well, "non-prod" is not.
    [[nodiscard]] Environment of(std::string_view text) const;
};

[[nodiscard]] Environment environmentOf(const Estate& estate, const Object& object, const Tags& tags,
                                        const EnvironmentWords& words);

} // namespace gw::estate
