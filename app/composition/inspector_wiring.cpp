#include "app/composition/inspector_wiring.h"

#include "ui/inspector/inspector_actions.h"

namespace gw::app {

namespace {

const QString screen = QStringLiteral("inspector");

} // namespace

InspectorWiring::InspectorWiring(ui::SessionsContext& context, ui::SignInCoordinator& coordinator)
    : sessions_(context), context_{context.theme,
                                   context.actions,
                                   context.window,
                                   captures_,
                                   context.clock,
                                   context.random,
                                   [&context]() -> const std::vector<sessions::Provider>& { return context.providers.providers(); },
                                   [&context](const sessions::Provider& provider) { return context.trust.load(provider); },
                                   [&context, &coordinator]() -> std::optional<std::chrono::milliseconds> {
                                       for (const auto& provider : context.providers.providers())
                                           if (const auto* attempt = coordinator.attempt(provider.id); attempt && attempt->clockOffset())
                                               return attempt->clockOffset();
                                       return std::nullopt;
                                   }} {
    context.captured = [this](const sessions::Provider& provider, const saml::CapturedResponse& captured) {
        captures_.add(provider.id, QString::fromStdString(provider.name), captured);
    };
    context.inspect = [this](const sessions::ProviderId& provider) { inspect(provider); };
    connect(&context.book, &sessions::SessionBook::changed, this, &InspectorWiring::sessionsChanged);
}

void InspectorWiring::addScreen() {
    page_ = new ui::InspectorPage(context_);
    context_.window.addScreen({screen, tr("Inspector"), QStringLiteral("inspector"), QKeySequence(QStringLiteral("Ctrl+6")), page_});
    ui::addInspectorActions(context_, *page_);
    context_.window.setHeaderActions(screen, {QStringLiteral("inspector.paste"), QStringLiteral("inspector.open")});
    connect(&sessions_.providers, &ui::ProviderList::changed, page_, &ui::InspectorPage::refreshProviders);
}

void InspectorWiring::inspect(const sessions::ProviderId& provider) {
    context_.window.showScreen(screen);
    page_->openCaptureOf(provider);
}

// Whoever ends a session does not expect what it came from to be kept. A renewed one lives on under another id.
void InspectorWiring::sessionsChanged() {
    const UtcTime now = sessions_.clock.now();
    std::set<sessions::SessionId> live;
    for (const auto& session : sessions_.book.sessions()) {
        if (session.live(now))
            live.insert(session.id);
        else if (live_.contains(session.id) && session.end != sessions::EndReason::Replaced)
            captures_.wipe(session.provider);
    }
    live_ = std::move(live);
}

} // namespace gw::app
