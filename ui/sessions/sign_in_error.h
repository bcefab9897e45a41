// What can go wrong between a person's wish and a sign-in.
#pragma once

#include "saml/base/error.h"

namespace gw::ui {

#define GW_SIGN_IN_ERRORS(X) \
    X(NoUsableAssertion, "no_usable_assertion") \
    X(NoSuchProvider, "no_such_provider") \
    X(RoleNotOffered, "role_not_offered") \
    X(RoleAmbiguous, "role_ambiguous") \
    X(Cancelled, "cancelled") \
    X(BrowserNotOpened, "browser_not_opened")
GW_ERROR_ENUM(SignInError, "sign_in", GW_SIGN_IN_ERRORS);

} // namespace gw::ui
