#include "models/sessions/providers/config_file.h"

#include "models/sessions/providers/config_reader.h"
#include "models/sessions/providers/toml_text.h"
#include "models/sessions/providers/toml_value.h"

#include <algorithm>
#include <map>
#include <optional>

namespace gw::sessions {
namespace {

// One key of a table as it should be; nothing where the key should not be there.
struct Field {
    std::string key;
    std::optional<std::string> value;
};

std::optional<std::string> text(const std::string& value) {
    return value.empty() ? std::nullopt : std::optional(tomlString(value));
}

std::optional<std::string> list(const std::vector<std::string>& values, std::string_view lineEnd) {
    return values.empty() ? std::nullopt : std::optional(tomlArray(values, lineEnd));
}

std::vector<Field> fieldsOf(const Provider& p, std::string_view lineEnd) {
    std::vector<std::string> regions;
    for (const aws::Region& region : p.regions) regions.push_back(region.value());
    std::optional<std::string> minutes;
    if (p.duration) minutes = std::to_string(std::chrono::duration_cast<std::chrono::minutes>(*p.duration).count());
    return {{"id", text(p.id.value())},
            {"name", p.name == p.id.value() ? std::nullopt : text(p.name)},
            {"kind", p.kind == Provider().kind ? std::nullopt : text(p.kind)},
            {"login_url", text(p.loginUrl)},
            {"metadata_url", text(p.metadataUrl)},
            {"metadata_file", text(p.metadataFile)},
            {"certificates", list(p.certificatesPem, lineEnd)},
            {"decryption_keys", list(p.decryptionKeyFiles, lineEnd)},
            {"legacy_encryption", p.legacyEncryption ? std::optional<std::string>("true") : std::nullopt},
            {"entity_id", text(p.entityId)},
            {"partition", p.partition == aws::Partition::Aws ? std::nullopt : text(std::string(aws::partitionName(p.partition)))},
            {"regions", list(regions, lineEnd)},
            {"mode", p.mode == SignInMode::SystemBrowser ? text("browser") : std::nullopt},
            {"request_sign_in", p.requestsSignIn ? std::optional<std::string>("true") : std::nullopt},
            {"keep_cookies", p.keepCookies ? std::optional<std::string>("true") : std::nullopt},
            {"duration_minutes", minutes},
            {"additional_acs", list(p.additionalAcs, lineEnd)},
            {"sts_endpoint", text(p.stsEndpoint)},
            {"user_agent", text(p.userAgent)}};
}

std::vector<Field> fieldsOf(const Preferences& p) {
    const Preferences usual;
    const auto flag = [](bool value, bool otherwise) {
        return value == otherwise ? std::nullopt : std::optional<std::string>(value ? "true" : "false");
    };
    return {{"theme", p.theme == usual.theme ? std::nullopt : text(p.theme)},
            {"keep_running", flag(p.keepRunning, usual.keepRunning)},
            {"renew_without_asking", flag(p.renewWithoutAsking, usual.renewWithoutAsking)},
            {"language", text(p.language)}};
}

std::map<std::string, std::string> accountEntries(const Provider& p) {
    std::map<std::string, std::string> entries;
    for (const auto& [account, alias] : p.accountAliases) entries[account.value()] = alias;
    return entries;
}

// A statement with its path from the table that is edited, and which [[provider.environments]] it belongs to.
struct Placed {
    TomlStatement statement;
    std::size_t index = 0;      // among all statements of the text
    TomlPath path;              // of a header: its own path
    std::size_t prefix = 0;     // how much of the path the header gives
    bool dotted = false;        // no header at all: the key names the table too
    int rule = -1;
    [[nodiscard]] bool isKey() const { return statement.kind == TomlStatement::Kind::KeyValue; }
};

// The statements of the `wanted`th array table `root`, or of the table `root` where `wanted` is negative.
std::vector<Placed> placedStatements(const std::vector<TomlStatement>& statements, const std::string& root, int wanted) {
    std::vector<Placed> placed;
    TomlPath header;
    int table = -1, rule = -1;
    for (std::size_t index = 0; index < statements.size(); ++index) {
        const TomlStatement& statement = statements[index];
        if (statement.kind != TomlStatement::Kind::KeyValue) {
            header = statement.path;
            if (header == TomlPath{root} && statement.kind == TomlStatement::Kind::ArrayHeader) {
                ++table;
                rule = -1;
            }
            if (header == TomlPath{root, "environments"} && statement.kind == TomlStatement::Kind::ArrayHeader) ++rule;
        }
        TomlPath path = header;
        if (statement.kind == TomlStatement::Kind::KeyValue) path.insert(path.end(), statement.path.begin(), statement.path.end());
        if (path.empty() || path.front() != root || (wanted >= 0 && table != wanted)) continue;
        const bool inRule = path.size() > 1 && path[1] == "environments" && header.size() > 1;
        placed.push_back({statement, index, {path.begin() + 1, path.end()}, header.empty() ? 0 : header.size() - 1, header.empty(),
                          inRule ? rule : -1});
    }
    return placed;
}

class TableEditor {
public:
    TableEditor(std::string_view text, std::string root, std::vector<Placed> placed)
        : text_(text), root_(std::move(root)), lineEnd_(lineEndOf(text)), placed_(std::move(placed)) {}

    void setFields(const std::vector<Field>& old, const std::vector<Field>& wanted) {
        for (std::size_t i = 0; i < wanted.size(); ++i)
            if (old[i].value != wanted[i].value) set({wanted[i].key}, wanted[i].value);
    }

    void setEntries(const std::string& table, const std::map<std::string, std::string>& old, const std::map<std::string, std::string>& wanted) {
        if (old == wanted) return;
        if (const Placed* inlined = find({table})) return replaceValue(inlined->statement, tomlInlineTable(wanted));
        for (const auto& [key, value] : old)
            if (!wanted.contains(key)) set({table, key}, std::nullopt);
        std::string section;
        const bool exists = std::ranges::any_of(placed_, [&](const Placed& p) { return !p.path.empty() && p.path.front() == table; });
        for (const auto& [key, value] : wanted) {
            const auto before = old.find(key);
            if (before != old.end() && before->second == value) continue;
            if (exists)
                set({table, key}, tomlString(value));
            else
                section += tomlKey(key) + " = " + tomlString(value) + std::string(lineEnd_);
        }
        if (!section.empty()) sections_ += lineEnd_ + "[provider." + tomlKey(table) + "]" + lineEnd_ + section;
    }

    void setRules(const std::vector<EnvironmentRule>& old, const std::vector<EnvironmentRule>& wanted) {
        if (old == wanted) return;
        if (const Placed* inlined = find({"environments"}); inlined != nullptr && inlined->isKey())
            return replaceValue(inlined->statement, inlineRules(wanted));
        int existing = 0;
        for (const Placed& p : placed_) existing = std::max(existing, p.rule + 1);
        for (int i = 0; i < existing; ++i) {
            if (i < static_cast<int>(wanted.size()))
                changeRule(i, wanted[static_cast<std::size_t>(i)]);
            else
                removeRule(i);
        }
        for (std::size_t i = static_cast<std::size_t>(existing); i < wanted.size(); ++i)
            sections_ += lineEnd_ + "[[provider.environments]]" + lineEnd_ + "match = " + tomlString(wanted[i].pattern) + lineEnd_ +
                         "environment = " + tomlString(std::string(environmentName(wanted[i].environment))) + lineEnd_;
    }

    [[nodiscard]] std::string result() {
        if (!sections_.empty()) insertAfter(lastEnd(), sections_);
        return withEdits(text_, std::move(edits_));
    }

private:
    [[nodiscard]] const Placed* find(const TomlPath& path, int rule = -1) const {
        for (const Placed& p : placed_)
            if (p.isKey() && p.path == path && p.rule == rule) return &p;
        return nullptr;
    }

    void replaceValue(const TomlStatement& statement, std::string value) {
        if (text_.substr(statement.valueBegin, statement.valueEnd - statement.valueBegin) == value) return;
        edits_.push_back({statement.valueBegin, statement.valueEnd, std::move(value)});
    }

    void remove(const TomlStatement& statement) { edits_.push_back({statement.begin, statement.end, {}}); }

    void set(const TomlPath& path, const std::optional<std::string>& value, int rule = -1) {
        if (const Placed* there = find(path, rule)) {
            if (value)
                replaceValue(there->statement, *value);
            else
                remove(there->statement);
            return;
        }
        if (value) insert(path, *value, rule);
    }

    // Behind the last statement of the same table.
    void insert(const TomlPath& path, const std::string& value, int rule) {
        const Placed* after = nullptr;
        for (const Placed& p : placed_) {
            const std::size_t depth = p.isKey() ? p.path.size() : p.path.size() + 1;
            if (p.rule == rule && depth == path.size() && std::equal(path.begin(), path.end() - 1, p.path.begin())) after = &p;
        }
        if (after == nullptr) return;
        std::string key = after->dotted ? root_ : std::string();
        for (std::size_t i = after->isKey() ? after->prefix : path.size() - 1; i < path.size(); ++i)
            key += (key.empty() ? "" : ".") + tomlKey(path[i]);
        insertAfter(after->statement.end, indentOf(after->statement) + key + " = " + value + std::string(lineEnd_));
    }

    [[nodiscard]] std::string indentOf(const TomlStatement& statement) const {
        const auto first = text_.find_first_not_of(" \t", statement.begin);
        return first == std::string_view::npos ? std::string() : std::string(text_.substr(statement.begin, first - statement.begin));
    }

    void insertAfter(std::size_t place, std::string lines) {
        // The last line may have no end; then every line brings its own in front.
        if (place > 0 && text_[place - 1] != '\n') {
            lines.resize(lines.size() - lineEnd_.size());
            lines = lineEnd_ + lines;
        }
        edits_.push_back({place, place, std::move(lines)});
    }

    [[nodiscard]] std::size_t lastEnd() const { return placed_.empty() ? text_.size() : placed_.back().statement.end; }

    void changeRule(int index, const EnvironmentRule& rule) {
        set({"environments", "match"}, tomlString(rule.pattern), index);
        set({"environments", "environment"}, tomlString(std::string(environmentName(rule.environment))), index);
    }

    void removeRule(int index) {
        for (const Placed& p : placed_)
            if (p.rule == index) remove(p.statement);
    }

    [[nodiscard]] static std::string inlineRules(const std::vector<EnvironmentRule>& rules) {
        std::string value = "[";
        for (const EnvironmentRule& rule : rules) {
            if (value.size() > 1) value += ", ";
            value += "{ match = " + tomlString(rule.pattern) + ", environment = " +
                     tomlString(std::string(environmentName(rule.environment))) + " }";
        }
        return value + "]";
    }

    std::string_view text_;
    std::string root_;
    std::string lineEnd_;
    std::vector<Placed> placed_;
    std::vector<TextEdit> edits_;
    std::string sections_;
};

// A block of its own at the end, parted from what is before by an empty line.
std::string appended(std::string_view text, const std::string& header, const std::vector<Field>& fields) {
    const std::string lineEnd(lineEndOf(text));
    std::string result(text);
    if (!result.empty() && result.back() != '\n') result += lineEnd;
    if (!result.empty()) result += lineEnd;
    result += header + lineEnd;
    for (const Field& field : fields)
        if (field.value) result += field.key + " = " + *field.value + lineEnd;
    return result;
}

std::optional<std::size_t> indexOf(const ReadConfig& config, const ProviderId& id) {
    const auto found = std::ranges::find(config.providers, id, [](const ReadProvider& read) { return read.provider.id; });
    if (found == config.providers.end()) return std::nullopt;
    return static_cast<std::size_t>(found - config.providers.begin());
}

Error notEditable(const char* key, const char* expected) {
    return Error(ConfigError::WrongType, "written in a form that cannot be edited here").with("key", key).with("expected", expected);
}

std::string edited(std::string_view text, std::size_t index, const Provider& old, const Provider& wanted) {
    TableEditor editor(text, "provider", placedStatements(tomlStatements(text), "provider", static_cast<int>(index)));
    const std::string lineEnd(lineEndOf(text));
    editor.setFields(fieldsOf(old, lineEnd), fieldsOf(wanted, lineEnd));
    editor.setEntries("accounts", accountEntries(old), accountEntries(wanted));
    editor.setEntries("roles", old.roleAliases, wanted.roleAliases);
    editor.setRules(old.environments, wanted.environments);
    return editor.result();
}

// What the edit must not have touched, compared by meaning: the providers besides `id`.
std::vector<Provider> others(const ReadConfig& config, const ProviderId& id) {
    std::vector<Provider> rest;
    for (const ReadProvider& read : config.providers)
        if (read.provider.id != id) rest.push_back(read.provider);
    return rest;
}

bool sameBesides(const ReadConfig& before, const ReadConfig& after, const ProviderId& id) {
    return before.preferences == after.preferences && others(before, id) == others(after, id);
}

} // namespace

Result<std::string> withProvider(std::string_view text, const Provider& provider) {
    GW_TRY(const ReadConfig before, readConfig(text));
    Provider wanted = provider;
    if (wanted.name.empty()) wanted.name = wanted.id.value();
    if (wanted.kind.empty()) wanted.kind = Provider().kind;
    if (wanted.duration) wanted.duration = std::chrono::floor<std::chrono::minutes>(*wanted.duration);
    const auto index = indexOf(before, wanted.id);
    std::string result(text);
    if (index) {
        result = edited(text, *index, before.providers[*index].provider, wanted);
    } else {
        result = appended(text, "[[provider]]", fieldsOf(wanted, lineEndOf(text)));
        Provider bare = wanted;
        bare.accountAliases.clear();
        bare.roleAliases.clear();
        bare.environments.clear();
        result = edited(result, before.providers.size(), bare, wanted);
    }

    const auto after = readConfig(result);
    const auto place = after ? indexOf(*after, wanted.id) : std::nullopt;
    if (!place || !sameBesides(before, *after, wanted.id)) return fail(notEditable("provider", "[[provider]] tables"));
    if (!after->providers[*place].usable) {
        for (const Error& problem : after->problems)
            if (problem.fact("provider") == wanted.id.value() && !problem.code().is(ConfigError::UnknownKey)) return fail(problem);
    }
    if (after->providers[*place].provider != wanted) {
        for (const Error& problem : after->problems)
            if (problem.fact("provider") == wanted.id.value() && problem.code().is(ConfigError::BadValue)) return fail(problem);
        return fail(notEditable("provider", "[[provider]] tables"));
    }
    return result;
}

Result<std::string> withoutProvider(std::string_view text, const ProviderId& id) {
    GW_TRY(const ReadConfig before, readConfig(text));
    const auto index = indexOf(before, id);
    if (!index) return fail(Error(ConfigError::UnknownProvider).with("value", id.value()));

    const auto statements = tomlStatements(text);
    std::vector<TextEdit> edits;
    std::size_t next = 0;
    for (const Placed& placed : placedStatements(statements, "provider", static_cast<int>(*index))) {
        // Comments between two statements of the provider go with it; those before its header stay.
        if (!edits.empty() && placed.index == next)
            edits.back().end = placed.statement.end;
        else
            edits.push_back({placed.statement.begin, placed.statement.end, {}});
        next = placed.index + 1;
    }
    // One of two empty lines that would meet; so removing what was added gives back the text.
    if (!edits.empty()) {
        const std::string lineEnd(lineEndOf(text));
        const std::size_t begin = edits.front().begin;
        const bool blankBefore = text.substr(0, begin).ends_with(lineEnd + lineEnd) || (begin == lineEnd.size() && text.starts_with(lineEnd));
        const bool blankAfter = edits.front().end == text.size() || text.substr(edits.front().end).starts_with(lineEnd);
        if (blankBefore && blankAfter) edits.front().begin -= lineEnd.size();
    }
    std::string result = withEdits(text, std::move(edits));
    const auto after = readConfig(result);
    // Where the id was there twice.
    if (after && after->providers.size() < before.providers.size() && indexOf(*after, id)) return withoutProvider(result, id);
    if (!after || indexOf(*after, id) || !sameBesides(before, *after, id)) return fail(notEditable("provider", "[[provider]] tables"));
    return result;
}

Result<std::string> withPreferences(std::string_view text, const Preferences& preferences) {
    GW_TRY(const ReadConfig before, readConfig(text));
    if (before.preferences == preferences) return std::string(text);
    auto placed = placedStatements(tomlStatements(text), "preferences", -1);
    const bool exists = !placed.empty();
    std::string result(text);
    if (exists) {
        TableEditor editor(text, "preferences", std::move(placed));
        editor.setFields(fieldsOf(before.preferences), fieldsOf(preferences));
        result = editor.result();
    } else {
        result = appended(text, "[preferences]", fieldsOf(preferences));
    }
    const auto after = readConfig(result);
    if (!after || after->preferences != preferences || others(before, {}) != others(*after, {}))
        return fail(notEditable("preferences", "a [preferences] table with a valid value"));
    return result;
}

} // namespace gw::sessions
