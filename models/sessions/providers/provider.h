// An identity provider as a person configured it.
#pragma once

#include "saml/aws/arn.h"
#include "saml/base/strong.h"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gw::sessions {

using ProviderId = StrongString<struct ProviderIdTag>;

enum class Environment { None, Prod, Stage, Dev, Shared };

// "prod", "stage", "dev", "shared"; None is "".
[[nodiscard]] std::string_view environmentName(Environment environment);
[[nodiscard]] std::optional<Environment> parseEnvironment(std::string_view name);

// The first rule that matches decides. `pattern` is compared, without regard to case, with the account id, the
// account's alias and the role's name; "*" stands for any run of characters.
struct EnvironmentRule {
    std::string pattern;
    Environment environment = Environment::None;
    friend bool operator==(const EnvironmentRule&, const EnvironmentRule&) = default;
};

enum class SignInMode { EmbeddedView, SystemBrowser };

struct Provider {
    ProviderId id;                                  // stable; lower-case letters, digits, dashes
    std::string name;                               // as shown
    std::string kind = "generic";                   // the template it was made from: "okta", "entra", "keycloak", …
    std::string loginUrl;                           // https, or http on loopback
    std::string metadataUrl;                        // https, or http on loopback; empty where a file or certificates are given
    std::string metadataFile;                       // a path; empty where a URL or certificates are given
    std::vector<std::string> certificatesPem;       // trusted besides the keys of the metadata
    std::vector<std::string> decryptionKeyFiles;    // paths of PEM files, for encrypted assertions; only their owner may read them
    bool legacyEncryption = false;                  // takes AES-CBC and RSA 1.5 from this provider
    std::string entityId;                           // the expected Issuer; taken from the metadata where empty
    aws::Partition partition = aws::Partition::Aws;
    std::vector<aws::Region> regions;               // the first is the default; AWS's default where empty
    std::map<aws::AccountId, std::string> accountAliases;
    std::map<std::string, std::string> roleAliases; // role ARN → name shown
    std::vector<EnvironmentRule> environments;
    std::vector<std::string> additionalAcs;         // whole URLs besides AWS's own
    std::string stsEndpoint;                        // overrides the regional one
    std::optional<std::chrono::seconds> duration;   // asked for where a person chose none
    SignInMode mode = SignInMode::EmbeddedView;
    bool requestsSignIn = false;                    // starts with an AuthnRequest on AWS's behalf where the provider takes one
    bool keepCookies = false;                       // a profile of its own on disk, only when the person said so
    std::string userAgent;                          // an override by an administrator; empty means the engine's own

    friend bool operator==(const Provider&, const Provider&) = default;

    [[nodiscard]] aws::Region defaultRegion() const;
    [[nodiscard]] Environment environmentOf(const aws::RoleArn& role) const;
    // The configured alias, else "".
    [[nodiscard]] std::string accountAlias(const aws::AccountId& account) const;
    // The configured alias, else the role's own name.
    [[nodiscard]] std::string roleLabel(const aws::RoleArn& role) const;
};

} // namespace gw::sessions
