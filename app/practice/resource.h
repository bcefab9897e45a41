// The files of resources/practice, built into the program.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gw::practice {

// "" where there is no such file.
[[nodiscard]] std::string resource(std::string_view name);

// What AWS's calls say of the practice organisation: each file's path, from the account on, and its text; by path.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> estateDumps();

} // namespace gw::practice
