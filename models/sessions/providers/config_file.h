// gatewarden/config.toml. Reading never stops the program: what cannot be read is reported with line and column, and the
// last good providers stay. Writing changes only the statements it must: every other byte is kept, comments, order,
// unknown keys and line ends among them.
//
//   [preferences]
//   theme = "system"                  # "light", "dark"
//   keep_running = false
//   renew_without_asking = true
//   language = ""                     # such as "de"; empty follows the system
//
//   [[provider]]
//   id = "northwind"                  # required: lower-case letters, digits, dashes
//   name = "Northwind SSO"            # the id where absent
//   kind = "keycloak"                 # a template of templates.h
//   login_url = "https://…"           # required
//   metadata_url = "https://…"        # one of metadata_url, metadata_file, certificates is required;
//   metadata_file = "…"               # a URL and a file exclude each other
//   certificates = ["-----BEGIN CERTIFICATE-----…"]
//   decryption_keys = ["…"]           # paths of PEM files that only their owner may read
//   legacy_encryption = false
//   entity_id = "…"
//   partition = "aws"
//   regions = ["eu-west-1"]
//   mode = "embedded"                 # or "browser"
//   request_sign_in = false
//   keep_cookies = false
//   duration_minutes = 60             # 15 to 720
//   additional_acs = []
//   sts_endpoint = "…"
//   user_agent = "…"
//   [provider.accounts]
//   "111122223333" = "nwr-prod-payments"
//   [provider.roles]
//   "arn:aws:iam::111122223333:role/x" = "Payments read only"
//   [[provider.environments]]
//   match = "*-prod-*"
//   environment = "prod"              # "stage", "dev", "shared"
//
// resources/config.sample.toml says more about each.
#pragma once

#include "models/sessions/providers/provider.h"
#include "saml/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace gw::sessions {

// Facts: "line", "column" (both from 1), "key", "value", "expected", "nearest" (a known key that is close), "path",
// "provider" (the id of the table that the key is in).
#define GW_CONFIG_ERRORS(X) \
    X(Syntax, "syntax") \
    X(WrongType, "wrong_type") \
    X(BadValue, "bad_value") \
    X(MissingKey, "missing_key") \
    X(UnknownKey, "unknown_key") \
    X(DuplicateProvider, "duplicate_provider") \
    X(UnknownProvider, "unknown_provider") \
    X(NotReadable, "not_readable") \
    X(NotWritable, "not_writable")
GW_ERROR_ENUM(ConfigError, "config", GW_CONFIG_ERRORS);

struct Preferences {
    std::string theme = "system";        // "system", "light", "dark"
    bool keepRunning = false;            // closing the window leaves the tray
    bool renewWithoutAsking = true;
    std::string language;                // "" follows the system
    friend bool operator==(const Preferences&, const Preferences&) = default;
};

struct Config {
    Preferences preferences;
    std::vector<Provider> providers;
    // UnknownKey is a hint; everything else made the provider or key be left out.
    std::vector<Error> problems;
};

// A text that is not TOML at all gives an error; a provider that cannot be used is left out and named in `problems`.
[[nodiscard]] Result<Config> parseConfig(std::string_view text);

// The text with this provider added, or replaced where its id is there already. What comes out was read again and
// compared; a provider that could not be used afterwards gives the error that reading it gives.
[[nodiscard]] Result<std::string> withProvider(std::string_view text, const Provider& provider);
[[nodiscard]] Result<std::string> withoutProvider(std::string_view text, const ProviderId& id);
[[nodiscard]] Result<std::string> withPreferences(std::string_view text, const Preferences& preferences);

class ConfigFile {
public:
    explicit ConfigFile(std::filesystem::path path);
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    // A file that is not there is an empty configuration.
    [[nodiscard]] Result<Config> load() const;
    [[nodiscard]] Status save(const Provider& provider) const;
    [[nodiscard]] Status remove(const ProviderId& id) const;
    [[nodiscard]] Status save(const Preferences& preferences) const;

private:
    std::filesystem::path path_;
};

} // namespace gw::sessions
