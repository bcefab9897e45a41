// The Inspector: a good response, one with a wrapped signature; and what a refused sign-in shows there.
#pragma once

#include "app/tour/tour.h"

namespace gw::app {
class Console;
}

namespace gw::tour {

// Needs a sign-in of this run whose sessions are live.
void addInspectorSteps(Tour& tour, app::Console& console);
// From a failure in Sessions that is still shown.
void addInspectRefused(Tour& tour, const QString& what, const QString& picture);

} // namespace gw::tour
