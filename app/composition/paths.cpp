#include "app/composition/paths.h"

#include "models/sessions/agent/protocol.h"

#include <cstdlib>

namespace gw::app {
namespace {

// A relative value is to be ignored (XDG Base Directory Specification, "Environment variables").
std::filesystem::path xdgFolder(const char* variable, const char* fallback) {
    if (const char* value = std::getenv(variable); value != nullptr && value[0] == '/') return value;
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home != nullptr ? home : "/") / fallback;
}

std::filesystem::path firstThatExists(std::initializer_list<std::filesystem::path> candidates) {
    std::error_code ignored;
    for (const auto& candidate : candidates)
        if (std::filesystem::exists(candidate, ignored)) return candidate.lexically_normal();
    return *candidates.begin();
}

} // namespace

Paths Paths::find(bool practice, const std::filesystem::path& executable) {
    const char* const name = practice ? "gatewarden-practice" : "gatewarden";
    Paths paths;
    paths.config = xdgFolder("XDG_CONFIG_HOME", ".config") / name / "config.toml";
    paths.data = xdgFolder("XDG_DATA_HOME", ".local/share") / name;
    paths.cache = xdgFolder("XDG_CACHE_HOME", ".cache") / name;
    paths.helper = (executable / "gatewarden-credentials").lexically_normal();
    paths.loginPlugin = firstThatExists({executable / "gatewarden-login.so", executable / "../lib/gatewarden/gatewarden-login.so",
                                         executable / "../" GW_LIBDIR "/gatewarden/gatewarden-login.so"});
    paths.catalogue = (executable / "../share/gatewarden/catalogue.jsonl").lexically_normal();
    if (practice)
        paths.shared = {paths.data / "aws" / "config", paths.data / "aws" / "credentials"};
    else
        paths.shared = sessions::SharedFiles::fromEnvironment();
    paths.socket = agent::socketPath(practice);
    return paths;
}

} // namespace gw::app
