// Takes a provider out of the configuration, with a way back.
#pragma once

#include "ui/sessions/sessions_context.h"

namespace gw::ui {

void removeProvider(const SessionsContext& context, const sessions::ProviderId& id);

} // namespace gw::ui
