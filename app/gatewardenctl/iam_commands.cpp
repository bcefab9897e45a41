#include "app/gatewardenctl/iam_commands.h"

#include "app/gatewardenctl/catalogue_file.h"
#include "app/gatewardenctl/saml_trust.h"

#include <array>

namespace gw::ctl {
namespace {

constexpr Option completeOption{"--complete", "", "every key that is not supplied is absent, so nothing depends on it"};
constexpr Option linesOption{"--format", "text|json", "one JSON object a line (the default), or a line for people"};

constexpr Option typeOption{"--type", "KIND", "identity, resource, trust, scp, rcp, session, boundary or endpoint; otherwise as it looks"};
constexpr Option accountOption{"--account", "ID", "the account that the policy belongs to"};
constexpr Option rulesOption{"--rules", "FILE", "severities, and suppressions with their reasons and ends"};
constexpr Option failOnOption{"--fail-on", "SEVERITY", "low (the default), medium, high or critical: from where on the exit status is 1"};
constexpr Option lintFormatOption{"--format", "text|json|sarif", "text for people (the default), one JSON object, or SARIF 2.1.0"};

constexpr std::array evalOptions{completeOption, atOption, catalogueOption, linesOption};

constexpr Option estateOption{"--estate", "E", "dumps of AWS's calls: files, or folders with the .json files below them", true};

constexpr std::array explainOptions{estateOption, atOption, catalogueOption, formatOption};

constexpr std::array lintOptions{typeOption, accountOption, rulesOption, failOnOption, atOption, catalogueOption, lintFormatOption};

constexpr Command commands[] = {
    {"iam eval", "FILE|-", "Say what AWS would answer to many requests, one JSON object a line",
     "A line has \"id\", \"request\" (\"principal\", \"action\", \"resource\", \"context\"), and the policies that decide:\n"
     "\"identity\", \"session\", \"boundary\", \"resource\", \"scp\", \"rcp\", \"endpoint\". It may have \"network\", the\n"
     "auth policy of the VPC Lattice service network beside that of the service in \"resource\" (then \"network\" may\n"
     "block, too); \"accounts\", {ACCOUNT: {\"scp\", \"rcp\", \"management_account\"}}, of which the SCPs of the caller's\n"
     "account and the RCPs of the resource's bind; and \"facts\": \"anonymous\", \"service_linked_role\",\n"
     "\"management_account\" (true), \"federated_by\" (ARN of the user who asked for a federated user's session),\n"
     "\"lambda_authorizer\" (account of API Gateway's authorizer, which returned \"identity\"). The answer has \"decision\"\n"
     "(Allowed, ImplicitlyDenied, ExplicitlyDenied, Depends), \"blocked_by\", \"depends_on\", \"decisive\",\n"
     "\"ignored_keys\", \"message\" and \"errors\". Every line is answered, in order; one that cannot be read has\n"
     "null for its decision, and the reason. Exit status 0 where all are allowed, 2 where a line or a policy in\n"
     "it is malformed, 1 otherwise.",
     evalOptions, 1, 1, runEval},
    {"iam lint", "FILE|-", "Say what is wrong with a policy: its form, its meaning, and what it gives too much",
     "Every finding has a rule, a severity (error: it will not work), its place as JSON pointer, line and column,\n"
     "what to change, and the code of IAM Access Analyzer where that has a check for the same. Rules that need\n"
     "more than one document are named as not checked. The action catalogue's date is told. The rules file\n"
     "is the organisation's TOML (review --help), of which what is accepted of an object counts only in reviews, or\n"
     "{\"severity\": {RULE: \"low\"|\"medium\"|\"high\"|\"critical\"|\"error\"|\"off\"},\n"
     " \"suppressions\": [{\"rule\", \"pointer\"?, \"file\"?, \"reason\", \"until\"}]}\n"
     "Exit status 0 where nothing is found, 1 where something is, 2 where the file is no JSON.",
     lintOptions, 1, 1, runLint},
    {"iam explain", "ERROR|-", "Say why AWS denied a call: which statement, in which layer, and which single edit would change it",
     "ERROR is AWS's own message, or what aws sts decode-authorization-message prints for an encoded one. The\n"
     "estate is what these print with --output json: aws iam get-account-authorization-details, list-roles,\n"
     "list-saml-providers; aws organizations list-accounts, list-roots, list-parents, list-policies,\n"
     "describe-policy, list-targets-for-policy and others; aws apigateway get-rest-apis; aws lambda get-policy;\n"
     "and policies of buckets, keys, queues, topics and secrets. A file whose content does not say what it\n"
     "belongs to is named after its call and the id: get-policy-FUNCTION.json, list-parents-ACCOUNT.json. What\n"
     "the estate does not hold is told, and where it could change the answer, the answer is Depends.\n"
     "Exit status 0 where the call is allowed, 1 where it is denied or depends, 2 where the text, a file or a\n"
     "policy that decides is malformed; what can be answered is answered all the same.",
     explainOptions, 1, 1, runExplain},
};

} // namespace

CommandGroup iamCommands() {
    return {"Policies", commands};
}

} // namespace gw::ctl
