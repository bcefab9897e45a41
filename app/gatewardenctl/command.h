// The table of commands. A group of commands is one file with one table; main.cpp lists the groups. Help, usage errors and
// the tests of man page and completions are all made from the tables.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gw::ctl {

// Exit codes: yes or done; no; wrong usage, unreadable or malformed input.
inline constexpr int done = 0;
inline constexpr int no = 1;
inline constexpr int usage = 2;

struct Option {
    std::string_view name;     // "--profile"
    std::string_view value;    // "NAME", or empty for a switch
    std::string_view help;
    bool many = false;         // takes one or more values, and may be given again
};

// Every command has these, too.
inline constexpr Option helpOption{"--help", "", "show this text"};
inline constexpr Option practiceOption{"--practice", "", "ask the practice console"};
inline constexpr Option formatOption{"--format", "text|json", "text for people (the default) or one JSON object"};

class Invocation {
public:
    std::vector<std::string> arguments;
    std::map<std::string, std::string, std::less<>> options;
    std::map<std::string, std::vector<std::string>, std::less<>> lists;      // of options with many values

    [[nodiscard]] bool has(std::string_view option) const { return options.find(option) != options.end(); }
    // "" where it was not given.
    [[nodiscard]] std::string_view value(std::string_view option) const;
    // Empty where it was not given.
    [[nodiscard]] const std::vector<std::string>& values(std::string_view option) const;
    [[nodiscard]] bool json() const { return value("--format") == "json"; }
};

struct Command {
    std::string_view name;       // "use"; or two words, such as "saml inspect"
    std::string_view arguments;  // "ROLE"
    std::string_view summary;    // one line
    std::string_view details;    // further paragraphs of the help; may be empty
    std::span<const Option> options;
    std::size_t minArguments = 0;
    std::size_t maxArguments = 0;
    int (*run)(const Invocation& invocation) = nullptr;
};

struct CommandGroup {
    std::string_view title;
    std::span<const Command> commands;
};

[[nodiscard]] CommandGroup sessionsCommands();
[[nodiscard]] CommandGroup samlCommands();
[[nodiscard]] CommandGroup iamCommands();
[[nodiscard]] CommandGroup reviewCommands();
[[nodiscard]] CommandGroup estateCommands();
[[nodiscard]] CommandGroup reachCommands();
[[nodiscard]] CommandGroup mapCommands();

} // namespace gw::ctl
