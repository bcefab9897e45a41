// The commands about who can reach what, and what changed in it; each is one file.
#pragma once

#include "app/gatewardenctl/command.h"

namespace gw::ctl {

int runReach(const Invocation& invocation);
int runDrift(const Invocation& invocation);
int runEstateUnused(const Invocation& invocation);
int runEstateCalendar(const Invocation& invocation);

} // namespace gw::ctl
