// The console's answers as text for people.
#pragma once

#include "saml/base/json.h"

#include <string>

namespace gw::ctl {

// SESSION and ROLE objects: models/sessions/agent/protocol.h. Missing keys are blank cells.
[[nodiscard]] std::string sessionTable(const Json& sessions);
[[nodiscard]] std::string roleTable(const Json& roles);
// "dev: ReadOnly in 123456789012 (payments), 59 min left, until 2026-11-24T15:04:05Z"
[[nodiscard]] std::string sessionLine(const Json& session);

} // namespace gw::ctl
