// Help texts, made from the tables.
#pragma once

#include "app/gatewardenctl/command.h"

#include <span>
#include <string>

namespace gw::ctl {

// With a family, only the commands whose first word it is.
[[nodiscard]] std::string helpFor(std::span<const CommandGroup> groups, std::string_view family);
[[nodiscard]] std::string helpFor(const Command& command);

} // namespace gw::ctl
