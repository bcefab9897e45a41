#include "app/gatewardenctl/command_line.h"

#include <algorithm>

namespace gw::ctl {
namespace {

using Words = std::span<const std::string_view>;

// How many of the words are the command's name; 0 where it is another command.
std::size_t nameLength(const Command& command, Words words) {
    std::string_view name = command.name;
    std::size_t used = 0;
    while (!name.empty()) {
        const std::string_view word = name.substr(0, name.find(' '));
        if (used == words.size() || words[used] != word) return 0;
        ++used;
        name.remove_prefix(std::min(name.size(), word.size() + 1));
    }
    return used;
}

// Whether commands of two words begin with it.
bool isFamily(std::span<const CommandGroup> groups, std::string_view word) {
    for (const CommandGroup& group : groups)
        for (const Command& command : group.commands)
            if (command.name.size() > word.size() && command.name.starts_with(word) && command.name[word.size()] == ' ') return true;
    return false;
}

const Option* findOption(const Command& command, std::string_view name) {
    if (name == helpOption.name) return &helpOption;
    const auto found = std::find_if(command.options.begin(), command.options.end(), [name](const Option& option) { return option.name == name; });
    return found == command.options.end() ? nullptr : &*found;
}

// Words after an option with many values belong to it, unless the command lacks an argument: then the last ones are that.
void giveBack(ParsedLine& line, const std::vector<std::string>& order) {
    auto& arguments = line.invocation.arguments;
    for (auto option = order.rbegin(); option != order.rend() && arguments.size() < line.command->minArguments; ++option) {
        auto& values = line.invocation.lists[*option];
        if (values.size() < 2) continue;
        arguments.insert(arguments.begin(), std::move(values.back()));
        values.pop_back();
    }
}

void parseOptions(ParsedLine& line, Words words) {
    bool optionsOver = false;
    std::string taking;
    std::vector<std::string> order;
    for (std::size_t i = 0; i < words.size() && line.problem.empty(); ++i) {
        const std::string_view word = words[i];
        if (optionsOver || word == "-" || !word.starts_with('-')) {
            if (taking.empty() || optionsOver)
                line.invocation.arguments.emplace_back(word);
            else
                line.invocation.lists[taking].emplace_back(word);
            continue;
        }
        taking.clear();
        if (word == "--") {
            optionsOver = true;
            continue;
        }
        const std::size_t equals = word.find('=');
        const std::string_view name = word == "-h" ? helpOption.name : word == "-o" ? "--output" : word.substr(0, equals);
        const Option* option = findOption(*line.command, name);
        if (option == nullptr) {
            line.problem = "unknown option " + std::string(name);
        } else if (option->value.empty()) {
            if (equals != std::string_view::npos) line.problem = std::string(name) + " takes no value";
            line.invocation.options[std::string(name)];
        } else if (option->many && (equals != std::string_view::npos || i + 1 < words.size())) {
            const std::string key(name);
            line.invocation.lists[key].emplace_back(equals != std::string_view::npos ? word.substr(equals + 1) : words[++i]);
            if (equals == std::string_view::npos) taking = key;
            order.push_back(key);
        } else if (equals != std::string_view::npos) {
            line.invocation.options[std::string(name)] = word.substr(equals + 1);
        } else if (i + 1 < words.size()) {
            line.invocation.options[std::string(name)] = words[++i];
        } else {
            line.problem = std::string(name) + " needs a value: " + std::string(option->value);
        }
    }
    giveBack(line, order);
}

// "text|json|sarif"
bool isOneOf(std::string_view choices, std::string_view value) {
    while (true) {
        const std::size_t bar = choices.find('|');
        if (choices.substr(0, bar) == value) return true;
        if (bar == std::string_view::npos) return false;
        choices.remove_prefix(bar + 1);
    }
}

void checkLine(ParsedLine& line) {
    const Command& command = *line.command;
    const std::size_t count = line.invocation.arguments.size();
    const std::string_view format = line.invocation.value("--format");
    if (count < command.minArguments)
        line.problem = "expected " + std::string(command.arguments);
    else if (count > command.maxArguments)
        line.problem = "unexpected argument " + line.invocation.arguments[command.maxArguments];
    else if (!format.empty() && !isOneOf(findOption(command, "--format")->value, format))
        line.problem = "--format is " + std::string(findOption(command, "--format")->value);
}

} // namespace

std::string_view Invocation::value(std::string_view option) const {
    const auto found = options.find(option);
    return found == options.end() ? std::string_view() : std::string_view(found->second);
}

const std::vector<std::string>& Invocation::values(std::string_view option) const {
    static const std::vector<std::string> none;
    const auto found = lists.find(option);
    return found == lists.end() ? none : found->second;
}

ParsedLine parseLine(std::span<const CommandGroup> groups, Words words) {
    ParsedLine line;
    if (words.empty()) {
        line.problem = "expected a command";
        return line;
    }
    if (words[0] == "--help" || words[0] == "-h" || words[0] == "--version") {
        line.help = words[0] != "--version";
        line.version = !line.help;
        return line;
    }
    std::size_t used = 0;
    for (const CommandGroup& group : groups) {
        for (const Command& command : group.commands) {
            const std::size_t length = nameLength(command, words);
            if (length <= used) continue;
            used = length;
            line.command = &command;
        }
    }
    if (line.command == nullptr) {
        const bool known = isFamily(groups, words[0]);
        if (known && words.size() == 2 && (words[1] == "--help" || words[1] == "-h")) {
            line.family = words[0];
            line.help = true;
            return line;
        }
        if (known && words.size() == 1) {
            line.problem = "expected a command after " + std::string(words[0]);
            return line;
        }
        const bool group = known && !words[1].starts_with('-');
        line.problem = "unknown command " + std::string(words[0]) + (group ? " " + std::string(words[1]) : std::string());
        return line;
    }
    parseOptions(line, words.subspan(used));
    line.help = line.invocation.has(helpOption.name);
    if (line.problem.empty() && !line.help) checkLine(line);
    return line;
}

} // namespace gw::ctl
