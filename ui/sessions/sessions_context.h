// Everything that the Sessions and Settings screens are built over. The composition makes it once, after the window,
// and keeps it and all it refers to alive longer than the screens.
#pragma once

#include "models/cloud/http_client.h"
#include "models/cloud/sts_client.h"
#include "models/sessions/outputs/outputs.h"
#include "models/sessions/providers/trust_source.h"
#include "models/sessions/role_memory.h"
#include "models/sessions/session_book.h"
#include "saml/protocol/replay_cache.h"
#include "ui/login/login_plugin.h"
#include "ui/sessions/browser.h"
#include "ui/sessions/provider_list.h"
#include "ui/shell/action_table.h"
#include "ui/shell/main_window.h"
#include "ui/style/theme.h"

#include <QString>

#include <filesystem>
#include <functional>

namespace gw::ui {

// Loads the sign-in window's plugin at its first call and gives the same object afterwards.
using LoginPluginLoader = std::function<Result<LoginPlugin*>()>;

struct SessionsPaths {
    std::filesystem::path credentialsHelper;   // gatewarden-credentials, as it goes into ~/.aws/config
    std::filesystem::path browserProfiles;     // one folder below it for each provider that keeps cookies
    std::filesystem::path data;                // state, caches, backups: shown in Settings
    sessions::SharedFiles awsFiles;
};

struct SessionsContext {
    Theme& theme;
    ActionTable& actions;
    MainWindow& window;
    ProviderList& providers;
    sessions::SessionBook& book;
    sessions::RoleMemory& memory;
    sessions::TrustSource& trust;
    cloud::HttpClient& http;
    cloud::StsClient& sts;
    saml::ReplayCache& replay;
    const Clock& clock;
    Random& random;
    Browser& browser;
    LoginPluginLoader login;
    SessionsPaths paths;
    bool practice = false;
    // Where the tools of practice profiles send their calls; empty outside practice.
    std::string practiceEndpoint;
    // Starts the practice environment from the first-run state; empty where this console already runs in it.
    std::function<void()> startPractice;
    // Told of every response that a sign-in captured, before it is checked; may be empty.
    std::function<void(const sessions::Provider&, const saml::CapturedResponse&)> captured{};
    // Shows the last response of a provider and what is wrong with it; may be empty.
    std::function<void(const sessions::ProviderId&)> inspect{};
    // The practice environment of this console is on its way: its provider is not in the list yet.
    bool practiceStarting = false;
};

} // namespace gw::ui
