// The SAML commands; each is one file.
#pragma once

#include "app/gatewardenctl/command.h"

namespace gw::ctl {

int runInspect(const Invocation& invocation);
int runVerify(const Invocation& invocation);
int runVerifyBatch(const Invocation& invocation);
int runMetadata(const Invocation& invocation);

} // namespace gw::ctl
