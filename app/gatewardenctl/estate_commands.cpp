#include "app/gatewardenctl/estate_commands.h"

#include <array>

namespace gw::ctl {
namespace {

constexpr Option kindOption{"--kind", "KIND", "only those: role, provider, route, function and so on"};
constexpr Option rowsOption{"--format", "text|json", "a table for people (the default), or one JSON object a line"};
constexpr Option outputOption{"--output", "ESTATE", "the file to write; -o for short"};

constexpr std::array showOptions{kindOption, rowsOption};
constexpr std::array importOptions{outputOption,
                                   Option{"--live", "", "read AWS itself, with sessions that are live"},
                                   Option{"--profile", "PROFILE", "of a live session; the credentials in the environment otherwise", true},
                                   Option{"--region", "REGION", "to read; AWS_REGION otherwise", true},
                                   Option{"--answers", "DIR", "where AWS's answers are kept; ~/.cache/gatewarden/live otherwise"},
                                   Option{"--max-age", "TIME", "how old answers that are kept may be: 0, 30m, 12h; 1h otherwise"},
                                   Option{"--show-policy", "", "print the policy that a session needs for --live, and read nothing"},
                                   practiceOption};

constexpr Command commands[] = {
    {"estate show", "ESTATE", "List what an estate holds, one object a row",
     "ESTATE is a saved estate, or files and folders as estate import takes them. A row has kind, arn, name, account,\n"
     "region and source (file and pointer); what nothing tells is null. Kinds: account, provider, role, user, group,\n"
     "policy, scp, rcp, api, route, authorizer, function, cluster, service, task-definition, mesh, virtual-node,\n"
     "virtual-service, virtual-router, mesh-route, virtual-gateway, gateway-route, service-network, lattice-service,\n"
     "and the further ones of resources (stage, function-alias, target-group, secret and so on). A role's row has\n"
     "its trust policy in \"trust\"; a resource's row what its call told in \"spec\", without values of variables.\n"
     "What could not be read is told on standard error. Exit status 0, or 2 where a file is unreadable or malformed;\n"
     "the rest is shown all the same.",
     showOptions, 1, 1000, runEstateShow},
    {"estate import", "[SOURCE...]", "Read files and folders, or AWS itself, into one saved estate",
     "A SOURCE is what describe, list and get calls print with --output json (IAM, Organizations, API Gateway, Lambda,\n"
     "ECS, EKS, App Mesh, VPC Lattice, Cloud Map, Cognito, Secrets Manager and policies of resources), a folder of\n"
     "such files, or any other kind that iam explain --estate reads. Kinds are recognised. A file whose content does\n"
     "not say what it belongs to is named after its call and the id: get-stages-API.json. The same object seen twice\n"
     "is one; where two files differ the newer counts, which is told. The saved estate is text that compares well:\n"
     "a line for each object in a stable order, documents once, no values of variables, readable by you only.\n"
     "--live reads AWS with several sessions and regions at once, by the read-only calls that --show-policy lists; what\n"
     "AWS refuses is told, and the rest is read. Its answers are kept as files; where reading was broken off the same\n"
     "command goes on. AWS_ENDPOINT_URL counts as for AWS's own tools.\n"
     "Exit status 0; 1 where AWS refused some of it; 2 where a file is unreadable or malformed, and the rest is saved\n"
     "all the same, or where --live was broken off.",
     importOptions, 0, 1000, runEstateImport},
};

} // namespace

CommandGroup estateCommands() {
    return {"Estate", commands};
}

} // namespace gw::ctl
