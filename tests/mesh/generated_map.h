// Maps made at random, over all that policies can hold and some that they cannot.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace gw::mesh::test {

// The same for the same seed. `accept` holds what each edge accepts to lose.
[[nodiscard]] std::string generatedMap(std::uint32_t seed, const std::map<std::string, std::vector<std::string>>& accept = {});

} // namespace gw::mesh::test
