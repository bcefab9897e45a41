// Where this program keeps its files. Practice mode has folders of its own, so that nothing real is ever touched by it.
#pragma once

#include "models/sessions/outputs/outputs.h"

#include <filesystem>

namespace gw::app {

struct Paths {
    std::filesystem::path config;          // config.toml
    std::filesystem::path data;            // favourites, last used, replay memory, browser profiles that were kept
    std::filesystem::path cache;           // copies of metadata
    std::filesystem::path helper;          // gatewarden-credentials, as named in ~/.aws/config
    std::filesystem::path loginPlugin;
    std::filesystem::path catalogue;       // of AWS's actions
    sessions::SharedFiles shared;          // ~/.aws, or the practice copy of it
    std::string socket;                    // empty where no folder for it can be found

    // By the XDG Base Directory variables, read now. `executable` is the folder this program runs from.
    [[nodiscard]] static Paths find(bool practice, const std::filesystem::path& executable);
};

} // namespace gw::app
