#include "app/gatewardenctl/reach_commands.h"

#include "app/gatewardenctl/catalogue_file.h"
#include "app/gatewardenctl/rules_file.h"
#include "app/gatewardenctl/saml_trust.h"

#include <array>

namespace gw::ctl {
namespace {

constexpr Option actionOption{"--action", "A", "an action, such as execute-api:Invoke; of what somebody can do, wildcards count"};
constexpr Option resourceOption{"--resource", "ARN", "an ARN, or a route as people write it: \"POST /refunds\""};
constexpr Option fromOption{"--from", "WHO", "group:NAME, person:USERNAME, role:ARN or user:ARN"};
constexpr Option linesOption{"--format", "text|json", "text for people (the default), or one JSON object a line"};

constexpr Option baselineOption{"--baseline", "E", "what it should be: a saved estate, files or folders, or a map (.toml)", true};
constexpr Option roleOption{"--role", "ARN", "this role only"};
constexpr Option calendarFormat{"--format", "text|json|ics",
                                "text for people (the default), one JSON object a line, or iCalendar (RFC 5545)"};

constexpr std::array driftOptions{baselineOption, rulesOption, atOption, catalogueOption, linesOption};
constexpr std::array unusedOptions{roleOption, atOption, catalogueOption, linesOption};
constexpr std::array calendarOptions{atOption, calendarFormat};
constexpr std::array reachOptions{actionOption, resourceOption, fromOption, atOption, catalogueOption, linesOption};

constexpr Command commands[] = {
    {"reach", "ESTATE…", "Say who can do something, or what somebody can do, and by which way",
     "With --action and --resource: everybody who can, each with the path from group, claim or provider through the\n"
     "roles that are assumed to the policy that allows it. With --from alone, or with --action: all that group,\n"
     "person, role or user can do. A JSON line has \"principal\", \"kind\", \"path\", \"decision\", \"depends_on\" and\n"
     "\"conditions\", or \"action\", \"resource\", \"decision\", \"depends_on\" and \"path\"; the last one is \"summary\".\n"
     "Of what the estate does not list, a resource is told as the policy writes it, with its wildcards: what is said\n"
     "of it is so of all that no other policy spells out.\n"
     "\"depends_on\" has keys that a request may have. What the estate does not tell makes an answer Depends, too, and\n"
     "is named in the summary, under \"unknown\". An estate is a saved one, or files and folders as for\n"
     "gatewardenctl iam explain; several are taken together.\n"
     "Exit status 0 where somebody can, 1 where nobody can, 2 where a file is malformed or the resource is none;\n"
     "what can be answered is answered all the same.",
     reachOptions, 1, 4096, runReach},
    {"drift", "ESTATE…", "Say who gained and who lost access against a baseline",
     "Access is compared, not text: each line is a request that is answered differently on the two sides, with who\n"
     "comes by it. A JSON line has \"change\" (gained, lost), \"cause\" (permissions, organization, trust,\n"
     "resource-policy, assignment, membership, existence), \"principal\", \"object\", \"action\", \"resource\",\n"
     "\"context\", \"before\", \"after\", \"groups\", \"people\" and \"where\"; the last one is \"summary\". What the rules\n"
     "file accepts, under the rule drift-trust (who gets a role) or drift-perm (what can be done), has \"accepted\" and\n"
     "does not count; once its end is past it counts again and has \"acceptance_ended\".\n"
     "A resource with a wildcard is told as the policy writes it. Groups and persons of whom only one side tells,\n"
     "as beside templates, are unknown and nobody's gain. With a map as the baseline, what its edges say is compared\n"
     "with what the estate's policies let happen to the roles, APIs, services and functions that it names; a line then\n"
     "has \"edge\", \"target\" and \"in\" as well: intent, live (the policies) and deployed (true: callers get in because\n"
     "nothing asks them for a signature; null: nothing tells).\n"
     "Exit status 0 where nothing drifted that counts, 1 where something did, 2 where a file is malformed.",
     driftOptions, 1, 4096, runDrift},
    {"estate unused", "ESTATE…", "Say which roles and permissions nobody used, and propose tighter policies",
     "The evidence is told: AWS's own last use, Access Advisor, CloudTrail, and the time that they cover. A policy is\n"
     "proposed only where it was tried: everything that was used is still allowed, and nothing new is. A JSON line\n"
     "has \"role\", \"last_used\", \"unused_since\", \"evidence\", \"unused_services\", \"used_actions\" and \"proposal\";\n"
     "the last one is \"summary\".\n"
     "Exit status 0 where everything is used, 1 where something is not, 2 where a file is malformed.",
     unusedOptions, 1, 4096, runEstateUnused},
    {"estate calendar", "ESTATE…", "Say what ends when: certificates, metadata, rotations, grants, attestations",
     "A JSON line has \"kind\", \"at\", \"object\", \"detail\", \"uid\" and \"where\".\n"
     "Exit status 0, or 2 where a file is malformed.",
     calendarOptions, 1, 4096, runEstateCalendar},
};

} // namespace

CommandGroup reachCommands() {
    return {"Reach", commands};
}

} // namespace gw::ctl
