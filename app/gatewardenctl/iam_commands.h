// The policy commands; each is one file.
#pragma once

#include "app/gatewardenctl/command.h"

namespace gw::ctl {

int runEval(const Invocation& invocation);
int runLint(const Invocation& invocation);
int runExplain(const Invocation& invocation);

} // namespace gw::ctl
