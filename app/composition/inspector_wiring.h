// Puts the Inspector into the console: its screen and actions, and the way captured responses take to it.
#pragma once

#include "ui/inspector/inspector_page.h"
#include "ui/sessions/sign_in_coordinator.h"

#include <set>

namespace gw::app {

class InspectorWiring : public QObject {
    Q_OBJECT
public:
    // All of `context` outlives this object.
    InspectorWiring(ui::SessionsContext& context, ui::SignInCoordinator& coordinator);
    void addScreen();
    // Shows the last captured response of a provider.
    void inspect(const sessions::ProviderId& provider);
    [[nodiscard]] ui::CaptureShelf& captures() { return captures_; }
    [[nodiscard]] ui::InspectorPage* page() { return page_; }

private:
    void sessionsChanged();
    ui::SessionsContext& sessions_;
    ui::CaptureShelf captures_;
    ui::InspectorContext context_;
    ui::InspectorPage* page_ = nullptr;
    std::set<sessions::SessionId> live_;
};

} // namespace gw::app
