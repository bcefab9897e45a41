#include "app/gatewarden/options.h"

namespace gw::app {

Options parseOptions(const std::vector<std::string>& arguments) {
    Options options;
    for (const std::string& argument : arguments) {
        if (argument == "--practice")
            options.practice = true;
        else if (argument == "--help" || argument == "-h")
            options.help = true;
        else if (argument == "--version")
            options.version = true;
        else if (options.problem.empty())
            options.problem = argument;
    }
    return options;
}

std::string helpText() {
    return "Usage: gatewarden [--practice]\n"
           "\n"
           "Signs in at a SAML identity provider and holds the AWS credentials that it leads to.\n"
           "\n"
           "  --practice   an invented company on this computer: no account, no network, files of its own\n"
           "  --help       this text\n"
           "  --version    the version\n"
           "\n"
           "A second start brings the window of the first one forward. Tools ask for credentials through\n"
           "gatewarden-credentials and gatewardenctl; see their --help.\n"
           "\n"
           "Files: ~/.config/gatewarden/config.toml, ~/.local/share/gatewarden, ~/.cache/gatewarden\n"
           "(with --practice: gatewarden-practice in each place).\n";
}

} // namespace gw::app
