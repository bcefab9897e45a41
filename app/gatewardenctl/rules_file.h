// The organisation's rules file, as review and drift take it.
#pragma once

#include "app/gatewardenctl/command.h"
#include "models/estate/review/settings.h"

#include <vector>

namespace gw::ctl {

inline constexpr Option rulesOption{"--rules", "FILE", "TOML: severities, limits, and what is accepted, with reasons and ends"};

// Leaves `into` as it is without the option. False: it cannot be used, which was said.
[[nodiscard]] bool readRules(const Invocation& invocation, estate::review::Settings& into);

// One line each on standard error: what the file accepts without there being anything like it.
void tellUnmatched(const Invocation& invocation, const std::vector<const estate::review::AcceptedFinding*>& unmatched);

} // namespace gw::ctl
