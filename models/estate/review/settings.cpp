#include "models/estate/review/settings.h"

#include "models/estate/review/rules.h"
#include "models/policy/pattern.h"

// Mistakes in a file are refused, not asserted.
#define TOML_ASSERT(expression) static_cast<void>(0)
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <sstream>

namespace gw::estate::review {
namespace {

constexpr std::size_t mostOctets = std::size_t{1} << 20U;

Error at(ReviewSettingsError code, const toml::source_region& where) {
    Error error(code);
    error.with("line", std::to_string(where.begin.line)).with("column", std::to_string(where.begin.column));
    return error;
}

// Keeps the first mistake: what follows it is often only its consequence.
class Reader {
public:
    [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }

    void tell(Error error) {
        if (!problem_) problem_ = std::move(error);
    }
    void bad(std::string_view key, const toml::node& node, std::string expected) {
        tell(at(ReviewSettingsError::BadValue, node.source()).with("key", std::string(key)).with("expected", std::move(expected)));
    }
    void unknown(const toml::key& key, std::string expected) {
        tell(at(ReviewSettingsError::UnknownKey, key.source())
                 .with("key", std::string(key.str()))
                 .with("expected", std::move(expected)));
    }

    std::string string(std::string_view key, const toml::node& node) {
        if (const auto text = node.value_exact<std::string>()) return *text;
        bad(key, node, "text");
        return {};
    }
    std::vector<std::string> strings(std::string_view key, const toml::node& node) {
        std::vector<std::string> all;
        const toml::array* array = node.as_array();
        if (array == nullptr) bad(key, node, "a list of texts");
        if (array != nullptr)
            for (const toml::node& each : *array) all.push_back(string(key, each));
        return all;
    }
    std::int64_t number(std::string_view key, const toml::node& node, std::int64_t least, std::int64_t most) {
        const auto value = node.value_exact<std::int64_t>();
        if (value && *value >= least && *value <= most) return *value;
        bad(key, node, std::to_string(least) + " to " + std::to_string(most));
        return least;
    }
    const toml::table* table(std::string_view key, const toml::node& node) {
        if (!node.is_table()) bad(key, node, "a table");
        return node.as_table();
    }
    // Each table of an array of them.
    template <class Each>
    void tables(std::string_view key, const toml::node& node, Each each) {
        const toml::array* array = node.as_array();
        if (array == nullptr || !array->is_array_of_tables()) return bad(key, node, "[[" + std::string(key) + "]]");
        for (const toml::node& one : *array) each(*one.as_table());
    }

private:
    std::optional<Error> problem_;
};

void readSeverities(Reader& reader, const toml::table& table, Settings& into) {
    for (const auto& [key, node] : table) {
        if (ruleOf(key.str()) == nullptr) {
            reader.tell(at(ReviewSettingsError::UnknownRule, key.source()).with("seen", std::string(key.str())));
            continue;
        }
        const std::string name = reader.string(key.str(), node);
        const auto severity = policy::lint::severityOf(name);
        if (!severity && name != "off") reader.bad(key.str(), node, "low, medium, high, critical, error, off");
        into.severities[std::string(key.str())] = severity;
    }
}

void readLimits(Reader& reader, const toml::table& table, Limits& limits) {
    constexpr std::int64_t manyDays = 3'650;
    for (const auto& [key, node] : table) {
        const std::string_view name = key.str();
        const auto days = [&] { return std::chrono::days(reader.number(name, node, 1, manyDays)); };
        const auto hours = [&] { return std::chrono::hours(reader.number(name, node, 1, 12)); };
        if (name == "session_hours_privileged")
            limits.privilegedSession = hours();
        else if (name == "session_hours")
            limits.otherSession = hours();
        else if (name == "stale_days")
            limits.stale = days();
        else if (name == "expiring_days")
            limits.expiring = days();
        else if (name == "single_key_days")
            limits.singleKey = days();
        else if (name == "attest_days")
            limits.attested = days();
        else if (name == "unused_days")
            limits.unused = days();
        else if (name == "clock_skew_seconds")
            limits.clockSkew = std::chrono::seconds(reader.number(name, node, 0, 3'600));
        else if (name == "quota_percent")
            limits.quotaPercent = static_cast<std::size_t>(reader.number(name, node, 1, 100));
        else if (name == "functions_per_role")
            limits.functionsPerRole = static_cast<std::size_t>(reader.number(name, node, 1, 100'000));
        else
            reader.unknown(key, "session_hours_privileged, session_hours, stale_days, expiring_days, single_key_days, attest_days, "
                                "unused_days, clock_skew_seconds, quota_percent, functions_per_role");
    }
}

void readEnvironments(Reader& reader, const toml::table& table, EnvironmentWords& words) {
    static constexpr auto known = std::to_array<std::pair<std::string_view, Environment>>({{"prod", Environment::Prod},
                                                                                           {"stage", Environment::Stage},
                                                                                           {"dev", Environment::Dev},
                                                                                           {"shared", Environment::Shared}});
    for (const auto& [key, node] : table) {
        const std::string_view name = key.str();
        const auto found = std::find_if(known.begin(), known.end(), [&](const auto& each) { return each.first == name; });
        if (found == known.end()) {
            reader.unknown(key, "prod, stage, dev, shared");
            continue;
        }
        for (const std::string& word : reader.strings(name, node)) {
            const std::string folded = foldedAscii(word);
            const bool plain = !folded.empty() && std::all_of(folded.begin(), folded.end(), [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            });
            if (!plain) reader.bad(name, node, "words of letters and digits");
            words.words[folded] = found->second;
        }
    }
}

void readAccounts(Reader& reader, const toml::table& table, Settings& into) {
    for (const auto& [key, node] : table) {
        if (key.str() != "known") {
            reader.unknown(key, "known");
            continue;
        }
        for (std::string& each : reader.strings("known", node)) {
            const bool digits = each.size() == 12 && each.find_first_not_of("0123456789") == std::string::npos;
            if (!digits) reader.bad("known", node, "accounts of twelve digits");
            into.accounts.insert(std::move(each));
        }
    }
}

void readDuties(Reader& reader, const toml::table& table, Settings& into) {
    Duties duties;
    for (const auto& [key, node] : table) {
        if (key.str() == "name")
            duties.name = reader.string("name", node);
        else if (key.str() == "requesters")
            duties.requesters = reader.strings("requesters", node);
        else if (key.str() == "approvers")
            duties.approvers = reader.strings("approvers", node);
        else
            reader.unknown(key, "name, requesters, approvers");
    }
    if (duties.requesters.empty() || duties.approvers.empty())
        reader.tell(at(ReviewSettingsError::Missing, table.source()).with("key", duties.requesters.empty() ? "requesters" : "approvers"));
    into.duties.push_back(std::move(duties));
}

void readAccepted(Reader& reader, const toml::table& table, Settings& into) {
    AcceptedFinding accepted;
    bool ends = false;
    for (const auto& [key, node] : table) {
        const std::string_view name = key.str();
        if (name == "until") {
            ends = true;
            // A day counts to its end.
            if (const auto date = node.value_exact<toml::date>()) {
                const auto day = std::chrono::year(date->year) / std::chrono::month(date->month) / std::chrono::day(date->day);
                accepted.until = UtcTime(std::chrono::sys_days(day) + std::chrono::days(1) - std::chrono::seconds(1));
                continue;
            }
            if (const auto whole = node.value_exact<toml::date_time>(); whole && whole->offset) {
                std::ostringstream written;
                written << *whole;
                if (const auto time = UtcTime::parse(written.str())) {
                    accepted.until = *time;
                    continue;
                }
            }
            const auto text = node.value_exact<std::string>();
            const auto time = text ? UtcTime::parse(text->size() == 10 ? *text + "T23:59:59Z" : *text) : fail(Error(TimeError::Malformed));
            if (!time)
                reader.bad(name, node, "a date such as 2027-01-31, or a time in RFC 3339");
            else
                accepted.until = *time;
            continue;
        }
        std::string* into_ = name == "rule"        ? &accepted.rule
                             : name == "object"    ? &accepted.object
                             : name == "file"      ? &accepted.file
                             : name == "change"    ? &accepted.change
                             : name == "principal" ? &accepted.principal
                             : name == "action"    ? &accepted.action
                             : name == "resource"  ? &accepted.resource
                             : name == "reason"    ? &accepted.reason
                                                   : nullptr;
        if (into_ == nullptr)
            reader.unknown(key, "rule, object, file, change, principal, action, resource, reason, until");
        else
            *into_ = reader.string(name, node);
        if (name == "change" && accepted.change != "gained" && accepted.change != "lost") reader.bad(name, node, "gained, lost");
    }
    if (accepted.isOfOneDrift() && accepted.rule != rules::driftTrust.id && accepted.rule != rules::driftPerm.id)
        reader.tell(at(ReviewSettingsError::BadValue, table.source()).with("key", "rule").with("expected", "drift-trust, drift-perm"));
    if (accepted.rule.empty() || accepted.reason.find_first_not_of(' ') == std::string::npos || !ends)
        reader.tell(at(ReviewSettingsError::Missing, table.source())
                        .with("key", accepted.rule.empty() ? "rule" : !ends ? "until" : "reason"));
    else if (ruleOf(accepted.rule) == nullptr)
        reader.tell(at(ReviewSettingsError::UnknownRule, table.source()).with("seen", accepted.rule));
    into.accepted.push_back(std::move(accepted));
}

void readAll(Reader& reader, const toml::table& root, Settings& into) {
    for (const auto& [key, node] : root) {
        const std::string_view name = key.str();
        if (name == "duties") {
            reader.tables(name, node, [&](const toml::table& each) { readDuties(reader, each, into); });
        } else if (name == "accept") {
            reader.tables(name, node, [&](const toml::table& each) { readAccepted(reader, each, into); });
        } else if (name == "severity" || name == "limits" || name == "environments" || name == "accounts" || name == "attestation") {
            const toml::table* table = reader.table(name, node);
            if (table == nullptr) continue;
            if (name == "severity") readSeverities(reader, *table, into);
            if (name == "limits") readLimits(reader, *table, into.limits);
            if (name == "environments") readEnvironments(reader, *table, into.environments);
            if (name == "accounts") readAccounts(reader, *table, into);
            if (name == "attestation")
                for (const auto& [tag, value] : *table) {
                    if (tag.str() == "tag")
                        into.attestedTag = reader.string("tag", value);
                    else
                        reader.unknown(tag, "tag");
                }
        } else {
            reader.unknown(key, "severity, limits, environments, accounts, attestation, duties, accept");
        }
    }
}

} // namespace

bool isAcceptedText(std::string_view accepted, std::string_view text) {
    if (accepted.empty() || accepted == text) return true;
    const policy::Pattern pattern(std::string(accepted), {.wildcards = true, .variables = false, .foldCase = false});
    const policy::Context nothing;
    return pattern.matches(std::string(text), policy::Scope(nothing, {}, true)) == policy::Truth::True;
}

const Settings& Settings::usual() {
    static const Settings settings;
    return settings;
}

Result<Settings> Settings::parse(std::string_view text) {
    if (text.size() > mostOctets) return fail(Error(ReviewSettingsError::NotToml).with("expected", std::to_string(mostOctets)));
    Settings settings;
    Reader reader;
    try {
        const toml::table root = toml::parse(text);
        readAll(reader, root, settings);
    } catch (const toml::parse_error& error) {
        reader.tell(at(ReviewSettingsError::NotToml, error.source()).with("seen", std::string(error.description())));
    }
    if (reader.problem()) return fail(*reader.problem());
    return settings;
}

} // namespace gw::estate::review
