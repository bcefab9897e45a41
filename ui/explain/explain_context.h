// Everything that the Explain screen is built over. The composition makes it once and keeps all it refers to alive longer
// than the screen.
#pragma once

#include "models/policy/catalogue.h"
#include "saml/base/clock.h"
#include "ui/estate/estate_shelf.h"
#include "ui/shell/main_window.h"

#include <QFuture>

#include <functional>

namespace gw::ui {

struct ExplainContext {
    ActionTable& actions;
    MainWindow& window;
    const Clock& clock;
    EstateShelf& shelf;
    // Read when the screen is first needed; null where there is none.
    std::function<QFuture<std::shared_ptr<const policy::Catalogue>>()> loadCatalogue;
};

} // namespace gw::ui
