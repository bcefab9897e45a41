// Review: who gets which role, filtered as one types; a finding with its fix; what a role can do.
#pragma once

#include "app/tour/tour.h"

namespace gw::app {
class Console;
}

namespace gw::tour {

void addReviewSteps(Tour& tour, app::Console& console);

} // namespace gw::tour
