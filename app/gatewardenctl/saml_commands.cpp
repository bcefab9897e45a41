#include "app/gatewardenctl/saml_commands.h"
#include "app/gatewardenctl/saml_trust.h"

#include <array>

namespace gw::ctl {
namespace {

constexpr Option metadataOption{"--metadata", "FILE", "the provider's metadata; of several, that of the issuer counts", true};
constexpr Option certificateOption{"--certificate", "PEM", "a file with a trusted certificate", true};
constexpr Option acsOption{"--acs", "URL", "an address that takes responses, in place of AWS's own", true};
constexpr Option audienceOption{"--audience", "URI", "an audience that counts, in place of AWS's own", true};
constexpr Option decryptOption{"--decrypt-key", "PEM", "a file with a private RSA key for encrypted assertions", true};
constexpr Option policyOption{"--policy", "strict|default|lenient", "strict refuses what default warns of; lenient takes AES-CBC and RSA 1.5"};
constexpr Option replayOption{"--replay-cache", "FILE", "refuse assertions that were accepted before, and remember these"};
constexpr Option linesOption{"--format", "text|json", "one JSON object a line (the default), or a line for people"};

constexpr std::array inspectOptions{metadataOption, certificateOption, atOption, formatOption};
constexpr std::array verifyOptions{metadataOption, certificateOption, atOption, acsOption, audienceOption, decryptOption, policyOption, replayOption, formatOption};
constexpr std::array batchOptions{atOption, policyOption, replayOption, linesOption};
constexpr std::array metadataOptions{atOption, formatOption};

constexpr Command commands[] = {
    {"saml inspect", "FILE|-", "Show what a response says, what is signed and what AWS will say",
     "FILE holds XML, base64, a form body, an HTML page with the form, the value or URL of a redirect, or a\n"
     "HAR recording with several responses. Trust is not needed: without metadata or certificates the key in\n"
     "the response stands in, and nothing counts as verified. Exit status 1 where something is fatal or AWS\n"
     "will refuse the response. JSON is one object for each message found.",
     inspectOptions, 1, 1, runInspect},
    {"saml verify", "FILE|-", "Verify a response with two verifiers that must agree",
     "Give --metadata or --certificate. Exit status 0 where the response is accepted, 1 where it is rejected.",
     verifyOptions, 1, 1, runVerify},
    {"saml verify-batch", "FILE|-", "Verify many responses, one JSON object a line",
     "A line has \"id\", \"response\" (base64) or \"xml\", \"certificates\" or \"metadata\", and may have \"at\", \"acs\",\n"
     "\"audience\", \"decrypt_keys\", \"skip\" and \"policy\". Every line is answered, in order; a bad one with the\n"
     "reason. Exit status 1 where a line was rejected.",
     batchOptions, 1, 1, runVerifyBatch},
    {"saml metadata", "FILE|-", "Show the entities, endpoints and keys of metadata and what is wrong with them",
     "Exit status 1 where IAM or this console would refuse it.", metadataOptions, 1, 1, runMetadata},
};

} // namespace

CommandGroup samlCommands() {
    return {"SAML", commands};
}

} // namespace gw::ctl
