// The account and the region of what is declared and not told where: they stand in ARNs in the place of the real ones, so that
// what is declared together stays together, and are no account and no region that could be meant by anything else.
#pragma once

#include <string_view>

namespace gw::policy {

inline constexpr std::string_view unknownAccount = "unknown-account", unknownRegion = "unknown-region";

} // namespace gw::policy
