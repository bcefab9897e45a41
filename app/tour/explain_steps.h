// Explain: an allowed request, an explicit and an implicit denial, and one that depends, each with its fix tried.
#pragma once

#include "app/tour/tour.h"

namespace gw::app {
class Console;
}

namespace gw::tour {

void addExplainSteps(Tour& tour, app::Console& console);

} // namespace gw::tour
