// What the Settings screen shows and changes. The composition fills it in from what it made; this screen knows no other
// screen.
#pragma once

#include "models/sessions/providers/config_file.h"
#include "ui/shell/action_table.h"
#include "ui/shell/main_window.h"
#include "ui/style/theme.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace gw::ui {

struct SettingsContext {
    Theme& theme;
    ActionTable& actions;      // runs "providers.add" and "providers.import"
    MainWindow& window;

    std::function<std::vector<sessions::Provider>()> providers;
    // Of the program itself: neither edited nor removed.
    std::function<bool(const sessions::ProviderId&)> isBuiltIn;
    std::function<void(const sessions::ProviderId&)> editProvider;
    std::function<void(const sessions::ProviderId&)> removeProvider;
    std::function<sessions::Preferences()> preferences;
    std::function<Status(const sessions::Preferences&)> savePreferences;
    // What of the configuration could not be used.
    std::function<std::vector<Error>()> problems;
    // Whether live sessions survive a restart, and why not.
    std::function<bool()> keychainWorks;
    std::function<std::optional<Error>()> keychainProblem;
    // False where no tray can be had: then closing the window ends the program whatever is chosen.
    std::function<bool()> trayAvailable;

    std::filesystem::path configFile;
    std::filesystem::path dataFolder;
    std::filesystem::path awsConfig;
    std::filesystem::path awsCredentials;
    std::filesystem::path credentialsHelper;
    // Empty outside practice, and until the practice environment has started.
    std::function<std::string()> practiceEndpoint;
};

} // namespace gw::ui
