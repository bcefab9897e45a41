// The commands about the estate itself; each is one file.
#pragma once

#include "app/gatewardenctl/command.h"

namespace gw::ctl {

int runEstateShow(const Invocation& invocation);
int runEstateImport(const Invocation& invocation);

} // namespace gw::ctl
