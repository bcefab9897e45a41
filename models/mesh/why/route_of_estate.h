// Which route of an estate's API a request meets.
#pragma once

#include "models/estate/estate.h"

#include <string_view>

namespace gw::mesh {

// The most literal one of those that match, as API Gateway chooses; null where there is none. "{name}" stands for one segment,
// "{name+}" for what is left; "ANY" and "$default" for whatever no other route takes.
[[nodiscard]] const estate::Resource* routeOf(const estate::Estate& estate, std::string_view api, std::string_view method,
                                              std::string_view path);

} // namespace gw::mesh
