#include "app/gatewardenctl/iam_commands.h"

#include "app/gatewardenctl/catalogue_file.h"

#include <array>

namespace gw::ctl {
namespace {

constexpr Option atOption{"--at", "T", "the time to judge by, as RFC 3339; otherwise now"};
constexpr Option completeOption{"--complete", "", "every key that is not supplied is absent, so nothing depends on it"};
constexpr Option linesOption{"--format", "text|json", "one JSON object a line (the default), or a line for people"};

constexpr std::array evalOptions{completeOption, atOption, catalogueOption, linesOption};

constexpr Command commands[] = {
    {"iam eval", "FILE|-", "Say what AWS would answer to many requests, one JSON object a line",
     "A line has \"id\", \"request\" (\"principal\", \"action\", \"resource\", \"context\"), and the policies that decide:\n"
     "\"identity\", \"session\", \"boundary\", \"resource\", \"scp\", \"rcp\", \"endpoint\". The answer has \"decision\"\n"
     "(Allowed, ImplicitlyDenied, ExplicitlyDenied, Depends), \"blocked_by\", \"depends_on\", \"decisive\",\n"
     "\"ignored_keys\", \"message\" and \"errors\". Every line is answered, in order; one that cannot be read has\n"
     "null for its decision, and the reason. Exit status 0 where all are allowed, 2 where a line or a policy in\n"
     "it is malformed, 1 otherwise.",
     evalOptions, 1, 1, runEval},
};

} // namespace

CommandGroup iamCommands() {
    return {"Policies", commands};
}

} // namespace gw::ctl
