// Everything that the Inspector screen is built over. The composition makes it once and keeps all it refers to alive
// longer than the screen.
#pragma once

#include "models/sessions/providers/trust_source.h"
#include "saml/base/clock.h"
#include "saml/base/random.h"
#include "ui/inspector/capture_shelf.h"
#include "ui/shell/main_window.h"

#include <functional>
#include <vector>

namespace gw::ui {

struct InspectorContext {
    Theme& theme;
    ActionTable& actions;
    MainWindow& window;
    CaptureShelf& captures;
    const Clock& clock;
    Random& random;
    std::function<const std::vector<sessions::Provider>&()> providers;
    std::function<QFuture<Result<sessions::Trust>>(const sessions::Provider&)> loadTrust;
    // AWS's clock minus ours, as last seen; nothing where AWS was not asked yet.
    std::function<std::optional<std::chrono::milliseconds>()> awsClockOffset;
};

} // namespace gw::ui
