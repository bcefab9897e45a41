// From argv to a command and its options.
#pragma once

#include "app/gatewardenctl/command.h"

#include <span>
#include <string>
#include <string_view>

namespace gw::ctl {

struct ParsedLine {
    const Command* command = nullptr;
    Invocation invocation;
    std::string_view family;  // with help: the first word of several commands, or empty
    std::string problem;      // empty, or one sentence
    bool help = false;
    bool version = false;
};

// `words` is argv without the program. Options may stand anywhere after the command; "--name=value" and "--name value"
// are the same; "--" ends the options.
[[nodiscard]] ParsedLine parseLine(std::span<const CommandGroup> groups, std::span<const std::string_view> words);

} // namespace gw::ctl
