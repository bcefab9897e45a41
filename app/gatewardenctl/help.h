// Help texts, made from the tables.
#pragma once

#include "app/gatewardenctl/command.h"

#include <span>
#include <string>

namespace gw::ctl {

[[nodiscard]] std::string helpFor(std::span<const CommandGroup> groups);
[[nodiscard]] std::string helpFor(const Command& command);

} // namespace gw::ctl
