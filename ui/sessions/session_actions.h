// What a person can do about sessions and providers, as rows of the action table.
#pragma once

#include "ui/sessions/sessions_context.h"

namespace gw::ui {

class SignInCoordinator;

// sessions.sign-in, .paste, .renew, .copy-env, .end, .end-all; providers.add, .import. The session meant is the one
// selected on the Sessions screen.
void addSessionActions(const SessionsContext& context, SignInCoordinator& coordinator);

} // namespace gw::ui
