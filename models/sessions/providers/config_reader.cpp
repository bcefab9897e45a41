#include "models/sessions/providers/config_reader.h"

#include "models/sessions/providers/url_check.h"
#include "saml/aws/endpoints.h"
#include "saml/dsig/certificate.h"

// Mistakes in a file are refused, not asserted.
#define TOML_ASSERT(expression) static_cast<void>(0)
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

namespace gw::sessions {
namespace {

constexpr std::size_t maxConfig = std::size_t{4} << 20;
constexpr std::int64_t shortestDurationMinutes = 15, longestDurationMinutes = 720;

Error at(Error error, const toml::source_region& where) {
    return std::move(error).with("line", std::to_string(where.begin.line)).with("column", std::to_string(where.begin.column));
}

bool isId(std::string_view text) {
    return !text.empty() && text.size() <= 64 &&
           std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

bool hasControls(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

// Reads the keys of one table; remembers which were asked for, so that the others can be named.
class TableReader {
public:
    TableReader(const toml::table& table, std::string provider, std::vector<Error>& problems)
        : table_(table), provider_(std::move(provider)), problems_(problems) {}

    // Where anything that must not be guessed was wrong.
    [[nodiscard]] bool spoiled() const { return spoiled_; }
    enum class Weight { Cosmetic, Essential };

    template <class T>
    [[nodiscard]] std::optional<T> value(std::string_view key, std::string_view expected, Weight weight = Weight::Cosmetic) {
        const toml::node* node = find(key);
        if (node == nullptr) return std::nullopt;
        if (const auto found = node->value_exact<T>()) return found;
        report(Error(ConfigError::WrongType).with("expected", std::string(expected)), key, *node, weight);
        return std::nullopt;
    }

    [[nodiscard]] std::string string(std::string_view key, Weight weight = Weight::Cosmetic) {
        auto text = value<std::string>(key, "string", weight).value_or(std::string());
        if (!hasControls(text)) return text;
        bad(key, weight, "text without control characters");
        return {};
    }

    [[nodiscard]] std::vector<std::string> strings(std::string_view key, Weight weight) {
        std::vector<std::string> values;
        const toml::node* node = find(key);
        if (node == nullptr) return values;
        const toml::array* array = node->as_array();
        if (array == nullptr) {
            report(Error(ConfigError::WrongType).with("expected", "array of strings"), key, *node, weight);
            return values;
        }
        for (const toml::node& item : *array) {
            if (const auto text = item.value_exact<std::string>())
                values.push_back(*text);
            else
                report(Error(ConfigError::WrongType).with("expected", "string"), key, item, weight);
        }
        return values;
    }

    [[nodiscard]] const toml::table* table(std::string_view key) {
        const toml::node* node = find(key);
        if (node == nullptr) return nullptr;
        if (!node->is_table()) report(Error(ConfigError::WrongType).with("expected", "table"), key, *node, Weight::Cosmetic);
        return node->as_table();
    }

    [[nodiscard]] const toml::array* tables(std::string_view key) {
        const toml::node* node = find(key);
        if (node == nullptr) return nullptr;
        if (const toml::array* array = node->as_array(); array != nullptr && (array->empty() || array->is_array_of_tables())) return array;
        report(Error(ConfigError::WrongType).with("expected", "array of tables"), key, *node, Weight::Cosmetic);
        return nullptr;
    }

    void bad(std::string_view key, Weight weight, std::string expected, std::optional<Error> cause = {}) {
        const toml::node* node = table_.get(key);
        Error error = Error(ConfigError::BadValue).with("expected", std::move(expected));
        // A URL with a user name in it is quoted without.
        if (cause && !cause->fact("value").empty())
            error.with("value", std::string(cause->fact("value")));
        else if (node != nullptr && node->is_string()) error.with("value", node->value<std::string>().value_or(""));
        if (node != nullptr && node->is_integer()) error.with("value", std::to_string(node->value<std::int64_t>().value_or(0)));
        if (cause) error = std::move(error).because(std::move(*cause));
        report(std::move(error), key, node != nullptr ? *node : static_cast<const toml::node&>(table_), weight);
    }

    void missing(std::string_view key) { report(Error(ConfigError::MissingKey), key, table_, Weight::Essential); }

    void reportUnknown() {
        for (const auto& [key, node] : table_) {
            if (asked_.contains(std::string(key.str()))) continue;
            Error error = Error(ConfigError::UnknownKey).with("key", std::string(key.str()));
            const std::vector<std::string_view> known(asked_.begin(), asked_.end());
            if (auto nearest = nearestOf(key.str(), known); !nearest.empty()) error.with("nearest", std::move(nearest));
            problems_.push_back(named(at(std::move(error), key.source())));
        }
    }

    void report(Error error, std::string_view key, const toml::node& where, Weight weight) {
        if (weight == Weight::Essential) spoiled_ = true;
        problems_.push_back(named(at(std::move(error).with("key", std::string(key)), where.source())));
    }

private:
    const toml::node* find(std::string_view key) {
        asked_.emplace(key);
        return table_.get(key);
    }
    Error named(Error error) const { return provider_.empty() ? std::move(error) : std::move(error).with("provider", provider_); }

    const toml::table& table_;
    std::string provider_;
    std::vector<Error>& problems_;
    std::set<std::string> asked_;
    bool spoiled_ = false;
};

using Weight = TableReader::Weight;

void checkUrlOf(TableReader& reader, std::string_view key, const std::string& url) {
    if (url.empty()) return;
    if (auto checked = checkUrl(url); !checked) reader.bad(key, Weight::Essential, "https URL", std::move(checked).error());
}

void readTrust(TableReader& reader, Provider& provider) {
    provider.metadataUrl = reader.string("metadata_url", Weight::Essential);
    provider.metadataFile = reader.string("metadata_file", Weight::Essential);
    provider.certificatesPem = reader.strings("certificates", Weight::Essential);
    provider.decryptionKeyFiles = reader.strings("decryption_keys", Weight::Essential);
    for (const std::string& path : provider.decryptionKeyFiles)
        if (path.empty() || hasControls(path) || path.find("-----BEGIN") != std::string::npos)
            reader.bad("decryption_keys", Weight::Essential, "paths of PEM files; a private key does not belong in the configuration");
    provider.legacyEncryption = reader.value<bool>("legacy_encryption", "true or false").value_or(false);
    provider.entityId = reader.string("entity_id", Weight::Essential);
    checkUrlOf(reader, "metadata_url", provider.metadataUrl);
    for (const std::string& pem : provider.certificatesPem)
        if (auto parsed = saml::Certificate::fromPem(pem); !parsed)
            reader.bad("certificates", Weight::Essential, "certificates in PEM", std::move(parsed).error());
    if (!provider.metadataUrl.empty() && !provider.metadataFile.empty())
        reader.bad("metadata_file", Weight::Essential, "only one of metadata_url and metadata_file");
    if (provider.metadataUrl.empty() && provider.metadataFile.empty() && provider.certificatesPem.empty() && !reader.spoiled())
        reader.missing("metadata_url");
}

void readAws(TableReader& reader, Provider& provider) {
    if (const auto text = reader.string("partition", Weight::Essential); !text.empty()) {
        if (auto partition = aws::parsePartition(text))
            provider.partition = *partition;
        else
            reader.bad("partition", Weight::Essential, "aws, aws-cn, aws-us-gov, aws-eusc, aws-iso, aws-iso-b, aws-iso-e, aws-iso-f",
                       std::move(partition).error());
    }
    for (std::string& region : reader.strings("regions", Weight::Cosmetic)) {
        if (aws::isRegionName(region))
            provider.regions.emplace_back(std::move(region));
        else
            reader.bad("regions", Weight::Cosmetic, "regions such as eu-west-1");
    }
    provider.stsEndpoint = reader.string("sts_endpoint", Weight::Essential);
    checkUrlOf(reader, "sts_endpoint", provider.stsEndpoint);
    provider.additionalAcs = reader.strings("additional_acs", Weight::Essential);
    for (const std::string& acs : provider.additionalAcs) checkUrlOf(reader, "additional_acs", acs);
    if (const auto minutes = reader.value<std::int64_t>("duration_minutes", "whole number")) {
        if (*minutes >= shortestDurationMinutes && *minutes <= longestDurationMinutes)
            provider.duration = std::chrono::minutes(*minutes);
        else
            reader.bad("duration_minutes", Weight::Cosmetic, "15 to 720");
    }
}

void readAliases(TableReader& reader, Provider& provider, std::vector<Error>& problems) {
    const std::string& id = provider.id.value();
    if (const toml::table* accounts = reader.table("accounts")) {
        TableReader entries(*accounts, id, problems);
        for (const auto& [key, node] : *accounts) {
            const auto account = aws::AccountId::parse(key.str());
            const std::string alias = entries.string(key.str());
            if (!account)
                entries.bad(key.str(), Weight::Cosmetic, "account id of twelve digits as the key", account.error());
            else if (!alias.empty())
                provider.accountAliases[*account] = alias;
        }
    }
    if (const toml::table* roles = reader.table("roles")) {
        TableReader entries(*roles, id, problems);
        for (const auto& [key, node] : *roles) {
            const auto role = aws::RoleArn::parse(key.str());
            const std::string alias = entries.string(key.str());
            if (!role)
                entries.bad(key.str(), Weight::Cosmetic, "role ARN as the key", role.error());
            else if (!alias.empty())
                provider.roleAliases[role->value()] = alias;
        }
    }
}

void readEnvironments(TableReader& reader, Provider& provider, std::vector<Error>& problems) {
    const toml::array* rules = reader.tables("environments");
    if (rules == nullptr) return;
    for (const toml::node& node : *rules) {
        TableReader entry(*node.as_table(), provider.id.value(), problems);
        EnvironmentRule rule{entry.string("match"), Environment::None};
        const auto name = entry.string("environment");
        const auto environment = parseEnvironment(name);
        if (rule.pattern.empty())
            entry.missing("match");
        else if (!environment || name.empty())
            entry.bad("environment", Weight::Cosmetic, "prod, stage, dev, shared");
        else
            provider.environments.push_back({rule.pattern, *environment});
        entry.reportUnknown();
    }
}

ReadProvider readProvider(const toml::table& table, std::vector<Error>& problems) {
    ReadProvider result;
    Provider& provider = result.provider;
    TableReader reader(table, table["id"].value_or(std::string()), problems);

    provider.id = ProviderId(reader.string("id", Weight::Essential));
    if (provider.id.empty() && !reader.spoiled()) reader.missing("id");
    if (!provider.id.empty() && !isId(provider.id.value()))
        reader.bad("id", Weight::Essential, "lower-case letters, digits and dashes, at most 64");
    provider.name = reader.string("name");
    if (provider.name.empty()) provider.name = provider.id.value();
    if (auto kind = reader.string("kind"); !kind.empty()) provider.kind = std::move(kind);
    provider.loginUrl = reader.string("login_url", Weight::Essential);
    if (provider.loginUrl.empty() && table.get("login_url") == nullptr) reader.missing("login_url");
    if (provider.loginUrl.empty() && table.get("login_url") != nullptr && !reader.spoiled())
        reader.bad("login_url", Weight::Essential, "https URL", Error(UrlError::Empty));
    checkUrlOf(reader, "login_url", provider.loginUrl);
    readTrust(reader, provider);
    readAws(reader, provider);

    if (const auto mode = reader.string("mode"); mode == "browser")
        provider.mode = SignInMode::SystemBrowser;
    else if (!mode.empty() && mode != "embedded")
        reader.bad("mode", Weight::Cosmetic, "embedded, browser");
    provider.requestsSignIn = reader.value<bool>("request_sign_in", "true or false").value_or(false);
    provider.keepCookies = reader.value<bool>("keep_cookies", "true or false").value_or(false);
    provider.userAgent = reader.string("user_agent");
    readAliases(reader, provider, problems);
    readEnvironments(reader, provider, problems);
    reader.reportUnknown();
    result.usable = !reader.spoiled();
    return result;
}

Preferences readPreferences(const toml::table& table, std::vector<Error>& problems) {
    Preferences preferences;
    TableReader reader(table, {}, problems);
    if (const auto theme = reader.string("theme"); theme == "light" || theme == "dark" || theme == "system")
        preferences.theme = theme;
    else if (table.contains("theme") && table["theme"].is_string())
        reader.bad("theme", Weight::Cosmetic, "system, light, dark");
    preferences.keepRunning = reader.value<bool>("keep_running", "true or false").value_or(preferences.keepRunning);
    preferences.renewWithoutAsking = reader.value<bool>("renew_without_asking", "true or false").value_or(preferences.renewWithoutAsking);
    preferences.language = reader.string("language");
    reader.reportUnknown();
    return preferences;
}

Result<toml::table> parseToml(std::string_view text) {
    if (text.size() > maxConfig)
        return fail(Error(ConfigError::Syntax, "the file is larger than " + std::to_string(maxConfig) + " bytes").with("line", "1").with("column", "1"));
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& problem) {
        return fail(at(Error(ConfigError::Syntax, std::string(problem.description())), problem.source()));
    }
}

} // namespace

std::string nearestOf(std::string_view word, const std::vector<std::string_view>& known) {
    std::string_view best;
    std::size_t bestDistance = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string_view candidate : known) {
        if (candidate.size() > 64 || word.size() > 64) continue;
        std::vector<std::size_t> row(candidate.size() + 1);
        std::iota(row.begin(), row.end(), std::size_t{0});
        for (std::size_t i = 0; i < word.size(); ++i) {
            std::size_t diagonal = row[0];
            row[0] = i + 1;
            for (std::size_t j = 0; j < candidate.size(); ++j) {
                const std::size_t substituted = diagonal + (word[i] == candidate[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = std::min({substituted, row[j] + 1, diagonal + 1});
            }
        }
        if (row.back() < bestDistance && row.back() < candidate.size()) {
            bestDistance = row.back();
            best = candidate;
        }
    }
    return std::string(best);
}

Result<ReadConfig> readConfig(std::string_view text) {
    GW_TRY(const toml::table root, parseToml(text));
    ReadConfig config;
    TableReader reader(root, {}, config.problems);
    if (const toml::table* preferences = reader.table("preferences")) config.preferences = readPreferences(*preferences, config.problems);
    if (const toml::array* providers = reader.tables("provider"))
        for (const toml::node& node : *providers) config.providers.push_back(readProvider(*node.as_table(), config.problems));
    reader.reportUnknown();

    std::set<std::string> ids;
    for (std::size_t i = 0; i < config.providers.size(); ++i) {
        ReadProvider& read = config.providers[i];
        if (read.provider.id.empty() || ids.insert(read.provider.id.value()).second) continue;
        read.usable = false;
        const toml::array& providers = *root["provider"].as_array();
        config.problems.push_back(at(Error(ConfigError::DuplicateProvider).with("key", "id").with("value", read.provider.id.value()),
                                     providers[i].source()));
    }
    return config;
}

} // namespace gw::sessions
