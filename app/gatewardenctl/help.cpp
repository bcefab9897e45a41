#include "app/gatewardenctl/help.h"

#include <algorithm>

namespace gw::ctl {
namespace {

constexpr std::string_view exitStatus = "Exit status: 0 yes or done, 1 no, 2 wrong usage or unreadable input.\n";

std::string withValue(const Option& option) {
    std::string text(option.name);
    if (!option.value.empty()) text += " " + std::string(option.value) + (option.many ? "…" : "");
    return text;
}

std::string synopsis(const Command& command) {
    std::string text = "gatewardenctl " + std::string(command.name);
    if (!command.arguments.empty()) text += " " + std::string(command.arguments);
    for (const Option& option : command.options) text += " [" + withValue(option) + "]";
    return text;
}

// Characters, not octets.
std::size_t widthOf(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

void addRow(std::string& text, const std::string& left, std::string_view right, std::size_t width) {
    text += "  " + left + std::string(width - std::min(width, widthOf(left)) + 2, ' ') + std::string(right) + "\n";
}

} // namespace

std::string helpFor(std::span<const CommandGroup> groups, std::string_view family) {
    const auto shown = [&](const Command& command) { return family.empty() || command.name.substr(0, command.name.find(' ')) == family; };
    const auto none = [&](const CommandGroup& group) { return std::none_of(group.commands.begin(), group.commands.end(), shown); };
    std::string text = "Usage: gatewardenctl " + (family.empty() ? std::string("COMMAND") : std::string(family) + " COMMAND") +
                       " [OPTION…] [ARGUMENT…]\n";
    if (family.empty())
        text += "\n"
                "Short-lived AWS credentials from a SAML sign-in, and a careful look at SAML and IAM policies, without\n"
                "a window. Results go to standard output, everything else to standard error.\n";
    std::size_t width = 0;
    for (const CommandGroup& group : groups)
        for (const Command& command : group.commands) width = std::max(width, command.name.size());
    for (const CommandGroup& group : groups) {
        if (none(group)) continue;
        text += "\n" + std::string(group.title) + "\n";
        for (const Command& command : group.commands)
            if (shown(command)) addRow(text, std::string(command.name), command.summary, width);
    }
    text += "\n";
    addRow(text, "--help", "show this text; after a command, the command's own", width);
    if (family.empty()) addRow(text, "--version", "show the version", width);
    return text + "\n" + std::string(exitStatus);
}

std::string helpFor(const Command& command) {
    std::string text = "Usage: " + synopsis(command) + "\n\n" + std::string(command.summary) + ".\n";
    if (!command.details.empty()) text += "\n" + std::string(command.details) + "\n";
    text += "\n";
    std::size_t width = helpOption.name.size();
    for (const Option& option : command.options) width = std::max(width, widthOf(withValue(option)));
    for (const Option& option : command.options) addRow(text, withValue(option), option.help, width);
    addRow(text, std::string(helpOption.name), helpOption.help, width);
    return text + "\n" + std::string(exitStatus);
}

} // namespace gw::ctl
