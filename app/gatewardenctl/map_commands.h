// The commands about the map and what it is compiled to; each is one file.
#pragma once

#include "app/gatewardenctl/command.h"

namespace gw::ctl {

int runMapNew(const Invocation& invocation);
int runMapValidate(const Invocation& invocation);
int runMapCompile(const Invocation& invocation);
int runMapProve(const Invocation& invocation);
int runMapPlan(const Invocation& invocation);
int runMapApply(const Invocation& invocation);
int runMapPicture(const Invocation& invocation);
int runMapObserve(const Invocation& invocation);
int runMapWhy(const Invocation& invocation);
int runMapExport(const Invocation& invocation);
int runMapImport(const Invocation& invocation);
int runMapTranslate(const Invocation& invocation);
int runMapRoundtrip(const Invocation& invocation);

} // namespace gw::ctl
