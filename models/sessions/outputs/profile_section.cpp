#include "models/sessions/outputs/aws_config.h"
#include "models/sessions/outputs/outputs.h"

#include <algorithm>
#include <array>

namespace gw::sessions {
namespace {

constexpr std::string_view markerStart = "# managed by gatewarden";

// What botocore prefers to credential_process within one section, and what belongs to those.
constexpr std::array<std::string_view, 18> rivals = {
    "aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_security_token", "role_arn",       "source_profile",
    "credential_source", "web_identity_token_file", "role_session_name", "external_id",      "mfa_serial",     "duration_seconds",
    "sso_session",       "sso_account_id",        "sso_role_name",      "sso_start_url",     "sso_region",     "login_session"};
constexpr std::array<std::string_view, 4> staticKeys = {"aws_access_key_id", "aws_secret_access_key", "aws_session_token",
                                                        "aws_security_token"};

template <class Names>
bool among(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

const ConfigSection* sectionOf(const ConfigText& text, const ProfileName& profile) {
    const auto found = std::find_if(text.sections.begin(), text.sections.end(),
                                    [&](const ConfigSection& section) { return profileOf(section.header) == profile.value(); });
    return found == text.sections.end() ? nullptr : &*found;
}

std::optional<std::size_t> markerLine(const ConfigText& text, const ConfigSection& section) {
    for (std::size_t i = section.headerLine + 1; i < section.endLine; ++i)
        if (stripped(text.lines[i].text).starts_with(markerStart)) return i;
    return std::nullopt;
}

Result<ConfigText> parseFile(std::string_view bytes, std::string_view file) {
    auto text = parseConfigText(bytes);
    if (!text) return fail(std::move(text.error()).with("file", std::string(file)));
    return text;
}

Status checkValue(std::string_view key, std::string_view value) {
    const bool control = std::any_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    // One byte that is not UTF-8 would make the whole file unreadable to the AWS CLI.
    const bool readable = parseConfigText("[value]\nis = " + std::string(value) + "\n").has_value();
    if (control || !readable || stripped(value).size() != value.size()) return fail(Error(ProfileError::BadValue).with("key", std::string(key)));
    return {};
}

Status checkEntry(const ProfileEntry& entry) {
    if (!isProfileName(entry.name.value()))
        return fail(Error(ProfileError::BadValue).with("key", "profile").with("profile", entry.name.value()));
    if (entry.credentialProcess.empty()) return fail(Error(ProfileError::BadValue).with("key", "credential_process"));
    GW_CHECK(checkValue("credential_process", entry.credentialProcess));
    GW_CHECK(checkValue("region", entry.region));
    GW_CHECK(checkValue("endpoint_url", entry.endpointUrl));
    return checkValue("marker", entry.marker.value());
}

struct Assignment {
    std::string_view key;
    std::string_view value;   // empty: the key should not be there
};

using Assignments = std::array<Assignment, 3>;

Assignments assignments(const ProfileEntry& entry) {
    return {{{"credential_process", entry.credentialProcess}, {"region", entry.region}, {"endpoint_url", entry.endpointUrl}}};
}

std::string headerOf(const ProfileName& name) {
    return name.value() == "default" ? "[default]" : "[profile " + name.value() + "]";
}

std::string markerOf(const ProfileEntry& entry) {
    return std::string(markerStart) + " " + entry.marker.value();
}

// Lines that are put together again: each keeps its own line break, the last one the state of the file's end.
class Lines {
public:
    explicit Lines(std::string_view fallbackBreak) : fallback_(fallbackBreak) {}
    void add(std::string text, std::string_view lineBreak) { lines_.push_back({std::move(text), lineBreak}); }
    void add(const ConfigLine& line) { add(std::string(line.text), line.lineBreak); }
    // `endsBare`: the text ends without a line break.
    [[nodiscard]] std::string join(bool endsBare) const {
        std::string text;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            text += lines_[i].text;
            if (endsBare && i + 1 == lines_.size()) break;
            text += lines_[i].lineBreak.empty() ? fallback_ : lines_[i].lineBreak;
        }
        return text;
    }

private:
    struct Line {
        std::string text;
        std::string_view lineBreak;
    };
    std::string_view fallback_;
    std::vector<Line> lines_;
};

std::string_view lineBreakOf(const ConfigText& text) {
    return text.lines.empty() || text.lines.front().lineBreak.empty() ? std::string_view("\n") : text.lines.front().lineBreak;
}

bool endsBare(const ConfigText& text) {
    return !text.lines.empty() && text.lines.back().lineBreak.empty();
}

std::string joined(const ConfigText& text, std::size_t begin, std::size_t end) {
    std::string bytes;
    for (std::size_t i = begin; i < end; ++i) {
        bytes += text.lines[i].text;
        bytes += text.lines[i].lineBreak;
    }
    return bytes;
}

std::string newSection(const ProfileEntry& entry, std::string_view lineBreak, bool bare) {
    Lines lines(lineBreak);
    lines.add(headerOf(entry.name), lineBreak);
    lines.add(markerOf(entry), lineBreak);
    for (const Assignment& assignment : assignments(entry))
        if (!assignment.value.empty()) lines.add(std::string(assignment.key) + " = " + std::string(assignment.value), lineBreak);
    return lines.join(bare);
}

// One key of an existing section, as it will stand.
void addKey(Lines& lines, const ConfigText& text, const ConfigKey& key, const Assignments& wanted, bool foreign) {
    const auto assignment = std::find_if(wanted.begin(), wanted.end(), [&](const Assignment& a) { return a.key == key.name; });
    const bool keep = assignment == wanted.end() ? !(foreign && among(rivals, key.name))
                                                 : (assignment->value.empty() ? foreign : key.value == assignment->value && key.endLine == key.firstLine + 1);
    if (keep) {
        for (std::size_t i = key.firstLine; i < key.endLine; ++i) lines.add(text.lines[i]);
    } else if (assignment != wanted.end() && !assignment->value.empty()) {
        // A smaller indent would turn the keys below into continuation lines.
        const std::string_view line = text.lines[key.firstLine].text;
        const auto indent = static_cast<std::size_t>(stripped(line).data() - line.data());
        lines.add(std::string(line.substr(0, indent)) + std::string(assignment->key) + " = " + std::string(assignment->value), text.lines[key.endLine - 1].lineBreak);
    }
}

// The white space before the next key or header from `line` on. A line put in front of that with a smaller indent would turn
// it into a continuation line.
std::string indentBelow(const ConfigText& text, std::size_t line) {
    for (; line < text.lines.size(); ++line) {
        const std::string_view content = stripped(text.lines[line].text);
        if (content.empty() || content.front() == '#' || content.front() == ';') continue;
        return std::string(text.lines[line].text.substr(0, static_cast<std::size_t>(content.data() - text.lines[line].text.data())));
    }
    return {};
}

std::string changedSection(const ConfigText& text, const ConfigSection& section, const ProfileEntry& entry) {
    const Assignments wanted = assignments(entry);
    const auto found = markerLine(text, section);
    // One that slipped between the lines of a value would go with it.
    const bool insideValue = found && std::any_of(section.keys.begin(), section.keys.end(), [&found](const ConfigKey& key) {
        return key.firstLine < *found && *found < key.endLine;
    });
    const bool inPlace = found && !insideValue;
    const std::size_t marker = inPlace ? *found : section.headerLine;
    const std::string_view lineBreak = lineBreakOf(text);
    const std::size_t afterKeys = section.keys.empty() ? marker + 1 : section.keys.back().endLine;
    Lines lines(lineBreak);
    const auto addMissing = [&] {
        const std::string indent = indentBelow(text, afterKeys);
        for (const Assignment& assignment : wanted)
            if (!assignment.value.empty() && section.find(assignment.key) == nullptr)
                lines.add(indent + std::string(assignment.key) + " = " + std::string(assignment.value), lineBreak);
    };
    auto key = section.keys.begin();
    for (std::size_t i = section.headerLine; i < section.endLine;) {
        if (i == afterKeys) addMissing();
        if (key != section.keys.end() && key->firstLine == i) {
            addKey(lines, text, *key, wanted, !found);
            i = key->endLine;
            ++key;
            continue;
        }
        lines.add(text.lines[i]);
        if (i == section.headerLine && !inPlace) lines.add(markerOf(entry), lineBreak);
        ++i;
    }
    if (afterKeys == section.endLine) addMissing();
    return lines.join(endsBare(text) && section.endLine == text.lines.size());
}

bool shadowed(const ConfigText& credentials, const ProfileName& profile) {
    return std::any_of(credentials.sections.begin(), credentials.sections.end(), [&](const ConfigSection& section) {
        return section.header == profile.value() && section.find("aws_access_key_id") != nullptr;
    });
}

std::vector<std::string> warningsFor(const ConfigText& credentials, const ConfigText& after, const ProfileName& profile) {
    std::vector<std::string> warnings;
    if (shadowed(credentials, profile)) warnings.emplace_back("shadowed_by_static_keys");
    const ConfigSection* section = sectionOf(after, profile);
    const bool overridden = section != nullptr && std::any_of(section->keys.begin(), section->keys.end(),
                                                              [](const ConfigKey& key) { return among(rivals, key.name); });
    if (overridden) warnings.emplace_back("overridden_in_section");
    return warnings;
}

} // namespace

Result<ProfilePreview> previewProfile(std::string_view config, std::string_view credentials, const ProfileEntry& entry,
                                      bool replaceForeign) {
    GW_CHECK(checkEntry(entry));
    GW_TRY(const ConfigText text, parseFile(config, "config"));
    GW_TRY(const ConfigText keys, parseFile(credentials, "credentials"));
    ProfilePreview preview;
    preview.profile = entry.name;
    preview.before = config;
    if (const ConfigSection* section = sectionOf(text, entry.name)) {
        if (!markerLine(text, *section) && !replaceForeign)
            return fail(Error(ProfileError::NotOurs).with("profile", entry.name.value()).with("line", std::to_string(section->headerLine + 1)));
        preview.section = changedSection(text, *section, entry);
        preview.after = joined(text, 0, section->headerLine) + preview.section + joined(text, section->endLine, text.lines.size());
    } else {
        const std::string_view lineBreak = lineBreakOf(text);
        preview.section = newSection(entry, lineBreak, endsBare(text));
        preview.after = preview.before;
        if (endsBare(text)) preview.after += lineBreak;
        if (!text.lines.empty()) preview.after += lineBreak;
        preview.after += preview.section;
    }
    GW_TRY(const ConfigText after, parseFile(preview.after, "config"));
    preview.warnings = warningsFor(keys, after, entry.name);
    return preview;
}

Result<std::string> withoutProfile(std::string_view config, const ProfileName& name) {
    GW_TRY(const ConfigText text, parseFile(config, "config"));
    const ConfigSection* section = sectionOf(text, name);
    if (section == nullptr) return std::string(config);
    const auto marker = markerLine(text, *section);
    if (!marker)
        return fail(Error(ProfileError::NotOurs).with("profile", name.value()).with("line", std::to_string(section->headerLine + 1)));
    // What stands below our last line was written for what follows, so it stays; one blank line above came with us.
    const std::size_t end = std::max(*marker + 1, section->keys.empty() ? 0 : section->keys.back().endLine);
    const bool blankAbove = section->headerLine > 0 && stripped(text.lines[section->headerLine - 1].text).empty();
    const std::size_t begin = section->headerLine - (blankAbove ? 1 : 0);
    const std::string rest = joined(text, end, text.lines.size());
    std::string after = joined(text, 0, begin) + rest;
    if (end == text.lines.size() && endsBare(text) && begin > 0) after.resize(after.size() - text.lines[begin - 1].lineBreak.size());
    // An indented header below would continue the value above: then our header stays, without its keys.
    const auto left = parseConfigText(after);
    if (!left || left->sections.size() + 1 != text.sections.size()) return joined(text, 0, section->headerLine + 1) + rest;
    return after;
}

Result<std::string> withoutStaticKeys(std::string_view credentials, const ProfileName& name) {
    GW_TRY(const ConfigText text, parseFile(credentials, "credentials"));
    std::string after;
    std::size_t copied = 0;
    for (const ConfigSection& section : text.sections) {
        if (section.header != name.value()) continue;
        for (const ConfigKey& key : section.keys) {
            if (!among(staticKeys, key.name)) continue;
            after += joined(text, copied, key.firstLine);
            copied = key.endLine;
        }
    }
    return after + joined(text, copied, text.lines.size());
}

Result<std::vector<ProfileName>> profileNames(std::string_view config, std::string_view credentials) {
    GW_TRY(const ConfigText text, parseFile(config, "config"));
    GW_TRY(const ConfigText keys, parseFile(credentials, "credentials"));
    std::vector<ProfileName> names;
    const auto add = [&names](std::string name) {
        if (std::find(names.begin(), names.end(), ProfileName(name)) == names.end()) names.emplace_back(std::move(name));
    };
    for (const ConfigSection& section : text.sections)
        if (auto name = profileOf(section.header)) add(std::move(*name));
    for (const ConfigSection& section : keys.sections)
        if (section.header != "DEFAULT") add(std::string(section.header));
    return names;
}

} // namespace gw::sessions
