// The files of resources/practice, built into the program.
#pragma once

#include <string>
#include <string_view>

namespace gw::practice {

// "" where there is no such file.
[[nodiscard]] std::string resource(std::string_view name);

} // namespace gw::practice
