// The coordinator's part about sessions that near their end.
#include "ui/sessions/sign_in_coordinator.h"

#include "ui/sessions/paste_page.h"
#include "ui/sessions/role_chooser.h"
#include "ui/sessions/text_of.h"

#include <algorithm>

namespace gw::ui {

using sessions::Provider;
using sessions::ProviderId;
using sessions::RoleChoice;
using sessions::Session;
using sessions::SessionId;

void SignInCoordinator::renew(const SessionId& id, bool mayAsk) {
    const Session* session = context_.book.find(id);
    const Provider* provider = session ? context_.providers.find(session->provider) : nullptr;
    if (!provider || renewing_.contains(id)) return;
    RoleChoice choice{session->pair, session->asked.count() > 0 ? std::optional(session->asked) : provider->duration, session->region,
                      session->profile, session->sessionPolicy};
    const auto found = attempts_.find(provider->id);
    const bool running = found != attempts_.end() && (found->second->busy() || found->second->usable());
    if (!running && !mayAsk && wayOf(*provider) != Way::Window) return;
    renewing_.insert(id);
    if (running && found->second->usable()) {
        found->second->exchange({choice});
    } else if (running) {
        found->second->wanted.push_back(choice);
        if (mayAsk && found->second->way() != Way::OffScreen) found->second->raise();
    } else {
        SignInAttempt& attempt = begin(*provider, wayOf(*provider) == Way::Window ? Way::OffScreen : wayOf(*provider));
        attempt.wanted = {choice};
        attempt.setProperty("mayAsk", mayAsk);
        attempt.start();
        if (attempt.stage() == SignInAttempt::Stage::Waiting && attempt.way() == Way::SystemBrowser) showPaste(attempt);
    }
    Q_EMIT changed(provider->id);
}

void SignInCoordinator::personNeeded(SignInAttempt& attempt) {
    // Asked for by a person just now: then the window is no surprise.
    if (attempt.property("mayAsk").toBool()) return attempt.switchTo(Way::Window);
    const ProviderId id = attempt.provider().id;
    const auto wanted = attempt.wanted;
    QStringList names;
    for (const auto& choice : wanted) names << textOf(attempt.provider().roleLabel(choice.pair.role));
    const QString name = textOf(attempt.provider().name);
    drop(id);
    context_.window.showToast({QStringLiteral("sessions.renewal-needs-person"), ToastKind::Warning,
                               tr("%1 needs a sign-in to go on").arg(names.join(QStringLiteral(", "))),
                               tr("%1 asks for the person again.").arg(name), tr("Sign in"), [this, id, wanted] {
                                   const Provider* provider = context_.providers.find(id);
                                   if (!provider) return;
                                   SignInAttempt& again = begin(*provider, wayOf(*provider));
                                   again.wanted = wanted;
                                   again.start();
                               }});
}

void SignInCoordinator::timeLeftChanged(const SessionId& id, sessions::TimeLeft left) {
    const Session* session = context_.book.find(id);
    if (!session || !context_.providers.find(session->provider)) return;
    const bool used = !context_.book.consumers(id).empty();
    if (left == sessions::TimeLeft::Soon && used && context_.providers.preferences().renewWithoutAsking) return renew(id, false);
    if (left != sessions::TimeLeft::Near || renewing_.contains(id)) return;
    // After a suspend it may be less than the five minutes of this step.
    const auto minutes = static_cast<int>(std::chrono::ceil<std::chrono::minutes>(session->expiration - context_.clock.now()).count());
    context_.window.showToast({QStringLiteral("sessions.near.") + textOf(id.value()), ToastKind::Warning,
                               tr("%1 ends in %n minute(s)", nullptr, std::max(1, minutes)).arg(textOf(session->roleLabel)), tr("Renewing needs one sign-in."), tr("Renew"),
                               [this, id] { renew(id); }});
}

} // namespace gw::ui
