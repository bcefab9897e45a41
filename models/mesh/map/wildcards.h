// "*" and "?" as policies of IAM read them.
#pragma once

#include <string_view>

namespace gw::mesh {

[[nodiscard]] bool wildcardsMatch(std::string_view pattern, std::string_view text);

} // namespace gw::mesh
