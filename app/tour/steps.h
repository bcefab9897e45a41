// The walk: from the empty window to credentials that the AWS CLI uses, and what happens when something is wrong.
#pragma once

#include "app/tour/tour.h"

namespace gw::app {
class Console;
}

namespace gw::tour {

void addSteps(Tour& tour, app::Console& console);

} // namespace gw::tour
