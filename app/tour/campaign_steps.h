// Attesting a row, and a campaign from its scope to its first decisions.
#pragma once

#include "app/tour/tour.h"

namespace gw::app {
class Console;
}

namespace gw::tour {

void addCampaignSteps(Tour& tour, app::Console& console);

} // namespace gw::tour
