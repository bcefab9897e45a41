// From the configuration's text to typed values, with the place of whatever is wrong. The shape is in config_file.h.
#pragma once

#include "models/sessions/providers/config_file.h"

#include <string_view>
#include <vector>

namespace gw::sessions {

// One [[provider]] as far as it could be read.
struct ReadProvider {
    Provider provider;
    bool usable = false;    // false where a problem concerns what must not be guessed: identity, trust, addresses
};

struct ReadConfig {
    Preferences preferences;
    std::vector<ReadProvider> providers;    // every [[provider]] of the text, in its order
    std::vector<Error> problems;
};

// Fails with Syntax only.
[[nodiscard]] Result<ReadConfig> readConfig(std::string_view text);

// "reader" for "raeder"; empty where nothing is close.
[[nodiscard]] std::string nearestOf(std::string_view word, const std::vector<std::string_view>& known);

} // namespace gw::sessions
