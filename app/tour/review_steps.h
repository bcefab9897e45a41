// Review: who gets which role, filtered as one types; who gained and lost access; what nobody uses; what ends when.
#pragma once

#include "app/tour/tour.h"

namespace gw::app {
class Console;
}

namespace gw::tour {

void addReviewSteps(Tour& tour, app::Console& console);

} // namespace gw::tour
