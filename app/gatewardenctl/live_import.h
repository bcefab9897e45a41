// The part of estate import that reads AWS itself.
#pragma once

#include "app/gatewardenctl/command.h"

#include <optional>
#include <string>
#include <vector>

namespace gw::ctl {

struct LiveDoor; // live_door.h
// Null: the module is not there, which was told.
[[nodiscard]] const LiveDoor* loadLiveDoor();

// Prints the policy that a session needs to read; the exit code.
int showReadPolicy();

struct LiveFiles {
    std::vector<std::string> files;
    bool gaps = false;
};
// The answers' files. Nothing: wrong usage, no session, or it was broken off; that is told on standard error.
[[nodiscard]] std::optional<LiveFiles> readLive(const Invocation& invocation);

} // namespace gw::ctl
