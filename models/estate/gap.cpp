#include "models/estate/gap.h"

#include <array>

namespace gw::estate {

std::string_view missingName(Missing missing) {
    static constexpr auto names = std::to_array<std::string_view>(
        {"principal", "identity_policies", "managed_policy", "boundary", "group", "scp", "rcp", "resource_policy", "trust_policy",
         "session_policy", "endpoint_policy", "network_policy", "resource_account", "malformed"});
    return names[static_cast<std::size_t>(missing)];
}

} // namespace gw::estate
