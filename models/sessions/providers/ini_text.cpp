#include "models/sessions/providers/ini_text.h"

#include <algorithm>

namespace gw::sessions {
namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r";
    const auto begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::string unquoted(std::string_view text) {
    if (text.size() >= 2 && text.front() == text.back() && (text.front() == '"' || text.front() == '`' || text.front() == '\''))
        text = text.substr(1, text.size() - 2);
    return std::string(text);
}

} // namespace

std::string IniSection::operator[](std::string_view key) const {
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
        if (entry->key == key) return entry->value;
    return {};
}

IniText parseIni(std::string_view text) {
    IniText ini;
    ini.sections.push_back({});
    int number = 0;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const std::string_view raw = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        ++number;
        const std::string_view line = trimmed(raw);
        if (line.empty() || line.front() == '#' || line.front() == ';') continue;
        const bool indented = raw.front() == ' ' || raw.front() == '\t';
        if (line.front() == '[' && line.find(']') != std::string_view::npos) {
            ini.sections.push_back({std::string(trimmed(line.substr(1, line.find(']') - 1))), number, {}});
            continue;
        }
        const auto mark = line.find_first_of("=:");
        if (mark == std::string_view::npos || mark == 0) {
            if (!indented && ini.firstBadLine == 0) ini.firstBadLine = number;
            continue;
        }
        // AWS's nested settings ("s3 =" and an indented block): none of ours are among them. go-ini indents nothing.
        if (indented && !ini.sections.back().entries.empty() && ini.sections.back().entries.back().value.empty()) continue;
        IniEntry entry{std::string(trimmed(line.substr(0, mark))), unquoted(trimmed(line.substr(mark + 1))), number};
        std::ranges::transform(entry.key, entry.key.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        ini.sections.back().entries.push_back(std::move(entry));
    }
    return ini;
}

} // namespace gw::sessions
