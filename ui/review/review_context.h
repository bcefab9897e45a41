// Everything that the Review screen is built over. The composition makes it once and keeps all it refers to alive longer
// than the screen.
#pragma once

#include "models/policy/catalogue.h"
#include "models/store/database_thread.h"
#include "saml/base/clock.h"
#include "ui/estate/estate_shelf.h"
#include "ui/review/live/live_source.h"
#include "ui/shell/main_window.h"

#include <QFuture>

#include <functional>
#include <string>

namespace gw::ui {

struct ReviewContext {
    ActionTable& actions;
    MainWindow& window;
    const Clock& clock;
    EstateShelf& shelf;
    // Null where there is none.
    std::function<QFuture<std::shared_ptr<const policy::Catalogue>>()> loadCatalogue;
    // Shows what a role can do, on the screen that explains.
    std::function<void(const QString& role)> explain;
    // The organisation's rules file, TOML; empty where there is none. Saving tells whether it was written. Called on workers.
    std::function<QByteArray()> loadRules;
    std::function<bool(const QByteArray&)> saveRules;
    // Saved views, as JSON; kept by whoever made this.
    std::function<QByteArray()> loadViews;
    std::function<void(const QByteArray&)> saveViews;
    // Where campaigns and attestations are kept; null where they are not. `person`: who uses this console, as the store knows him.
    store::DatabaseThread* store = nullptr;
    std::function<std::string()> person = {};
    // Asks a question on the screen that explains, its fields filled in. Null where there is none.
    std::function<void(const QString& principal, const QString& action, const QString& resource)> ask{};
    // Asks there who can do that. Null where there is none; without an action, what one usually asks of the resource.
    std::function<void(const QString& action, const QString& resource)> askWho{};
    // What AWS itself is read with; null where it is not.
    const LiveSource* live = nullptr;
};

} // namespace gw::ui
