// gatewardenctl: the console without a window. One table of commands; see command.h.
#include "app/gatewardenctl/command_line.h"
#include "app/gatewardenctl/help.h"
#include "app/gatewardenctl/output.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <sys/resource.h>

int main(int argc, char** argv) {
    using namespace gw::ctl;
    // A crash must not leave credentials or a pasted response in a core file.
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);

    const std::array groups = {sessionsCommands(), samlCommands(),   iamCommands(),
                               estateCommands(),   reviewCommands(), reachCommands(),
                               mapCommands()};
    const std::vector<std::string_view> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    const ParsedLine line = parseLine(groups, words);
    if (line.version) return print("gatewardenctl " GATEWARDEN_VERSION "\n") ? done : no;
    if (line.help) return print(line.command == nullptr ? helpFor(groups, line.family) : helpFor(*line.command)) ? done : no;
    if (!line.problem.empty()) {
        const std::string command = line.command == nullptr ? "" : std::string(line.command->name) + " ";
        complain("gatewardenctl: " + line.problem + "; see gatewardenctl " + command + "--help");
        return usage;
    }
    return line.command->run(line.invocation);
}
