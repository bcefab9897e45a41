// gatewarden/config.toml. Reading never stops the program: what cannot be read is reported with line and column, and the
// last good providers stay. Writing changes only the tables it must: comments, order and unknown keys are kept.
#pragma once

#include "models/sessions/providers/provider.h"
#include "saml/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace gw::sessions {

// Facts: "line", "column", "key", "value", "expected", "nearest" (a known key that is close), "path".
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

// The text with this provider added, or replaced where its id is there already.
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
