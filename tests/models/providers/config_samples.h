// Configurations as people write them: with comments, odd spacing, unknown keys, every style of table.
#pragma once

#include "models/sessions/providers/provider.h"

#include <string>
#include <vector>

namespace gw::test {

struct ConfigSample {
    const char* name;
    std::string text;
};

// Each has the providers "northwind" and "contoso", both usable.
[[nodiscard]] const std::vector<ConfigSample>& configSamples();

// A certificate made for this run, PEM.
[[nodiscard]] const std::string& sampleCertificate();

// Every field set to something other than its default.
[[nodiscard]] sessions::Provider fullProvider(const std::string& id);

} // namespace gw::test
