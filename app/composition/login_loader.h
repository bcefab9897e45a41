// Loads the sign-in plugin, and with it the web engine, when it is first needed.
#pragma once

#include "saml/base/result.h"
#include "ui/login/login_plugin.h"

#include <filesystem>
#include <memory>

class QPluginLoader;

namespace gw::app {

class LoginLoader {
public:
    explicit LoginLoader(std::filesystem::path plugin);
    ~LoginLoader();

    // The plugin, loaded at the first call. LoginError::EngineUnavailable with the linker's words in "reason".
    [[nodiscard]] Result<ui::LoginPlugin*> get();
    [[nodiscard]] bool loaded() const { return loader_ != nullptr; }

private:
    std::filesystem::path path_;
    std::unique_ptr<QPluginLoader> loader_;
    ui::LoginPlugin* plugin_ = nullptr;
};

} // namespace gw::app
