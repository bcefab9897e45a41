// The desktop program's command line. Qt-free, so that --help and --version cost nothing.
#pragma once

#include <string>
#include <vector>

namespace gw::app {

struct Options {
    bool practice = false;
    bool help = false;
    bool version = false;
    std::string problem;       // what could not be understood; empty when all was
};

[[nodiscard]] Options parseOptions(const std::vector<std::string>& arguments);
[[nodiscard]] std::string helpText();

} // namespace gw::app
