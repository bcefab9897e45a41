// The coordinator's part about what programs ask for over the local socket.
#include "ui/sessions/sign_in_coordinator.h"

#include "ui/sessions/paste_page.h"
#include "ui/sessions/role_chooser.h"
#include "ui/sessions/sign_in_error.h"

namespace gw::ui {

using sessions::Provider;
using sessions::ProviderId;
using sessions::RoleChoice;

void SignInCoordinator::acceptText(const ProviderId& id, std::string_view response, Done done) {
    const Provider* provider = context_.providers.find(id);
    if (!provider) return done(fail(Error(SignInError::NoSuchProvider).with("provider", id.value())));
    auto captured = saml::captureFromText(response, context_.clock.now());
    if (!captured) return done(fail(std::move(captured).error()));
    SignInAttempt& attempt = begin(*provider, Way::Paste);
    waiting_[id] = std::move(done);
    attempt.start();
    attempt.accept(std::move(*captured));
}

Status SignInCoordinator::start(const ProviderId& id, std::vector<RoleChoice> choices, StartDone done) {
    const auto found = attempts_.find(id);
    if (found == attempts_.end() || !found->second->usable()) return fail(Error(SignInError::NoUsableAssertion).with("provider", id.value()));
    starting_[id] = std::move(done);
    found->second->exchange(std::move(choices));
    return {};
}

} // namespace gw::ui
