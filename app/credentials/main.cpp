// gatewarden-credentials: what ~/.aws/config names as a credential_process. It only asks the running console and never
// opens anything by itself, since it is started by programs without a person in front of them.
#include "app/credentials/write_all.h"
#include "models/sessions/agent/protocol.h"

#include <cstring>
#include <string>
#include <string_view>

#include <sys/resource.h>
#include <unistd.h>

namespace {

constexpr std::string_view usage =
    "Usage: gatewarden-credentials --profile NAME [--practice]\n"
    "\n"
    "Prints the credentials of a live Gatewarden session as AWS tools expect them from a\n"
    "credential_process. The console must be running; no window is ever opened.\n"
    "\n"
    "  --profile NAME  the profile that the session was started under\n"
    "  --practice      ask the practice console\n"
    "  --help          show this text\n"
    "  --version       show the version\n"
    "\n"
    "Exit status: 0 credentials printed, 1 none to be had (one sentence on standard error),\n"
    "2 wrong usage.\n";

int complain(int exitCode, std::string_view sentence) {
    gw::writeAll(STDERR_FILENO, sentence);
    if (!sentence.ends_with('\n')) gw::writeAll(STDERR_FILENO, "\n");
    return exitCode;
}

struct Arguments {
    const char* profile = nullptr;
    bool practice = false;
    bool help = false;
    bool version = false;
    bool wrong = false;
};

Arguments parse(int argc, char** argv) {
    Arguments arguments;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--profile" && i + 1 < argc)
            arguments.profile = argv[++i];
        else if (word.starts_with("--profile="))
            arguments.profile = argv[i] + std::strlen("--profile=");
        else if (word == "--practice")
            arguments.practice = true;
        else if (word == "--help" || word == "-h")
            arguments.help = true;
        else if (word == "--version")
            arguments.version = true;
        else
            arguments.wrong = true;
    }
    return arguments;
}

} // namespace

int main(int argc, char** argv) {
    const Arguments arguments = parse(argc, argv);
    if (arguments.help) return gw::writeAll(STDOUT_FILENO, usage) ? 0 : 1;
    if (arguments.version) return gw::writeAll(STDOUT_FILENO, "gatewarden-credentials " GATEWARDEN_VERSION "\n") ? 0 : 1;
    if (arguments.wrong || arguments.profile == nullptr || arguments.profile[0] == '\0')
        return complain(2, "gatewarden-credentials: expected --profile NAME; see --help");

    // A crash must not leave the answer in a core file.
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);

    std::string request = R"({"v":1,"op":"credential-process","profile":)";
    request += gw::agent::quoted(arguments.profile);
    request += '}';
    gw::agent::Answer answer = gw::agent::ask(gw::agent::socketPath(arguments.practice), request);
    if (answer.exitCode != 0) return complain(answer.exitCode, answer.payload);
    const bool printed = gw::writeAll(STDOUT_FILENO, answer.payload);
    gw::agent::wipe(answer.payload);
    return printed ? 0 : complain(1, "gatewarden-credentials: cannot write to standard output");
}
