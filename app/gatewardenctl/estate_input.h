// Estates for the commands: saved ones, or files and folders as AWS's commands and tools write them.
#pragma once

#include "app/gatewardenctl/command.h"
#include "saml/base/json_writer.h"
#include "models/estate/estate.h"

#include <memory>
#include <string>
#include <vector>

namespace gw::ctl {

struct EstateInput {
    std::shared_ptr<const estate::Estate> estate; // null: nothing is at one of the paths, or it was broken off
    bool faulty = false; // some of what lies there is malformed or unreadable; the rest was read
};

// What cannot be read is told on standard error, a line for each; so is progress where that is a terminal. Ctrl-C breaks it
// off, which is told, too.
[[nodiscard]] EstateInput readEstate(const std::vector<std::string>& paths);

// Member "where": {"file", "pointer", "line", "column"}, or null where nothing was read.
void writeWhere(JsonWriter& json, const estate::Source& source);

// One sentence on standard error, and the exit code for it.
int refuse(const Error& error);

} // namespace gw::ctl
