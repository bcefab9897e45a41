#include "tests/models/providers/config_samples.h"

#include "tests/support/http_certificates.h"

namespace gw::test {
namespace {

const std::string commented = R"(# My settings. Do not touch!
schema_hint = 7   # not ours

[preferences]   # look and feel
theme   =   "dark"	# easier on the eyes
  # indented comment
unknown_pref = [1, 2,
   3] # three

# ---------- Northwind ----------
[[provider]] # the first
id = "northwind"
name="Northwind SSO"
login_url = 'https://id.northwind.example/realms/staff/protocol/saml/clients/amazon-aws'   # literal
metadata_url = "https://id.northwind.example/descriptor"
x-team = { owner = "platform", oncall = ["a#b", 'c]d'] }
regions = [
  "eu-west-1", # Dublin
  "us-east-1",
]
notes = """
Multi line with [[provider]] and
id = "fake"
"""

  [provider.accounts] # names
  "111122223333" = "nwr-prod-payments"   # money
  222233334444   = "nwr-dev"

  [[provider.environments]]
  match = "*-prod-*"
  environment = "prod"

  [[provider.environments]]
  match = "*-dev*"
  environment = "dev"  # playground

# ---------- Contoso ----------
[[provider]]
  id = "contoso"
  login_url = "https://contoso.okta.com/home/amazon_aws/0oa/272"
  metadata_file = "/etc/contoso.xml"
  [provider.roles]
  "arn:aws:iam::333344445555:role/Admin" = "Admin"

[other.tool] # of someone else
key = 1
# the end, without a line end)";

const std::string dotted = R"(preferences.theme = "light"
preferences.language = "de"

[[provider]]
"id" = "northwind"
login_url = "https://id.northwind.example/launch"
metadata_url = "https://id.northwind.example/descriptor"
accounts."111122223333" = "prod"
accounts.222233334444 = "dev"
roles = { "arn:aws:iam::111122223333:role/A" = "A role", 'arn:aws:iam::111122223333:role/B' = "B role" }
environments = [ { match = "prod", environment = "prod" } ]
duration_minutes = 1_20

[[provider]]
id = 'contoso'
login_url = """https://contoso.example/launch"""
metadata_file = "/etc/contoso.xml"
)";

std::string crlf(std::string text) {
    std::string result;
    for (const char c : text) {
        if (c == '\n') result += '\r';
        result += c;
    }
    return result;
}

} // namespace

const std::vector<ConfigSample>& configSamples() {
    static const std::vector<ConfigSample> samples{{"commented", commented},
                                                   {"commented_with_line_end", commented + "\n"},
                                                   {"dotted", dotted},
                                                   {"crlf", crlf(dotted)},
                                                   {"byte_order_mark", "\xEF\xBB\xBF" + dotted}};
    return samples;
}

const std::string& sampleCertificate() {
    static const std::string pem = makeCertificate({}).certificatePem.toStdString();
    return pem;
}

sessions::Provider fullProvider(const std::string& id) {
    using namespace sessions;
    Provider provider;
    provider.id = ProviderId(id);
    provider.name = "Ünïcode \"quoted\" \\ back";
    provider.kind = "keycloak";
    provider.loginUrl = "https://full.example/launch?a=b&c=%20";
    provider.metadataUrl = "https://full.example/metadata";
    provider.certificatesPem = {sampleCertificate()};
    provider.decryptionKeyFiles = {"/etc/gatewarden/old key.pem", "/etc/gatewarden/new.pem"};
    provider.legacyEncryption = true;
    provider.entityId = "urn:full";
    provider.partition = aws::Partition::AwsUsGov;
    provider.regions = {aws::Region("us-gov-west-1"), aws::Region("us-gov-east-1")};
    provider.accountAliases[*aws::AccountId::parse("111122223333")] = "one";
    provider.accountAliases[*aws::AccountId::parse("999922223333")] = "nine";
    provider.roleAliases["arn:aws-us-gov:iam::111122223333:role/team/Admin"] = "Admin of one";
    provider.environments = {{"*prod*", Environment::Prod}, {"*", Environment::Dev}};
    provider.additionalAcs = {"http://127.0.0.1:35001/saml/acs"};
    provider.stsEndpoint = "http://127.0.0.1:5000/";
    provider.duration = std::chrono::minutes(90);
    provider.mode = SignInMode::SystemBrowser;
    provider.requestsSignIn = true;
    provider.keepCookies = true;
    provider.userAgent = "Mozilla/5.0 (corp)";
    return provider;
}

} // namespace gw::test
