#include "models/sessions/outputs/aws_config.h"

#include "models/sessions/outputs/outputs.h"
#include "saml/base/ascii.h"

#include <algorithm>
#include <set>
#include <utility>

namespace gw::sessions {
namespace {

struct CodePoint {
    char32_t value = 0;
    std::size_t length = 0; // 0 where the bytes are not UTF-8
};

CodePoint decode(std::string_view text) {
    const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return {};
    char32_t value = lead & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80) return {};
        value = (value << 6U) | (byte(i) & 0x3fU);
    }
    static constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (value < least[length] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return {};
    return {value, length};
}

bool utf8(std::string_view text) {
    while (!text.empty()) {
        const CodePoint point = decode(text);
        if (point.length == 0) return false;
        text.remove_prefix(point.length);
    }
    return true;
}

// str.isspace of Python.
bool space(char32_t c) {
    return (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x20) || c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
           c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

// The bytes of white space in front, and how many characters they are.
std::pair<std::size_t, std::size_t> leadingSpace(std::string_view text) {
    std::size_t bytes = 0;
    std::size_t characters = 0;
    while (bytes < text.size()) {
        const CodePoint point = decode(text.substr(bytes));
        if (point.length == 0 || !space(point.value)) break;
        bytes += point.length;
        ++characters;
    }
    return {bytes, characters};
}

std::vector<ConfigLine> cutLines(std::string_view bytes) {
    std::vector<ConfigLine> lines;
    while (!bytes.empty()) {
        const std::size_t end = bytes.find_first_of("\r\n");
        if (end == std::string_view::npos) {
            lines.push_back({bytes, {}});
            break;
        }
        const std::size_t length = bytes.substr(end).starts_with("\r\n") ? 2 : 1;
        lines.push_back({bytes.substr(0, end), bytes.substr(end, length)});
        bytes.remove_prefix(end + length);
    }
    return lines;
}

tl::unexpected<Error> unreadable(std::size_t line, std::string reason) {
    return fail(Error(ProfileError::Unreadable, reason).with("line", std::to_string(line + 1)).with("reason", reason));
}

// Walks the lines with the state that RawConfigParser._read keeps.
class Reader {
public:
    explicit Reader(ConfigText& text) : text_(text) {}

    Status read() {
        for (std::size_t i = 0; i < text_.lines.size(); ++i) GW_CHECK(readLine(i));
        if (!text_.sections.empty()) text_.sections.back().endLine = text_.lines.size();
        return {};
    }

private:
    Status readLine(std::size_t i) {
        const std::string_view line = text_.lines[i].text;
        const std::string_view value = stripped(line);
        if (value.empty() || value.front() == '#' || value.front() == ';') return {};
        const std::size_t indent = leadingSpace(line).second;
        if (inKey_ && indent > indent_) {
            text_.sections.back().keys.back().endLine = i + 1;
            return {};
        }
        indent_ = indent;
        const std::size_t close = value.rfind(']');
        if (value.front() == '[' && close != std::string_view::npos && close >= 2) return openSection(i, value.substr(1, close - 1));
        if (text_.sections.empty()) return unreadable(i, "no_section");
        return addKey(i, value);
    }

    Status openSection(std::size_t i, std::string_view header) {
        // RawConfigParser lets its own DEFAULT section come again.
        if (!headers_.insert(std::string(header)).second && header != "DEFAULT") return unreadable(i, "duplicate_section");
        if (!text_.sections.empty()) text_.sections.back().endLine = i;
        text_.sections.push_back({header, i, i + 1, {}});
        inKey_ = false;
        return {};
    }

    Status addKey(std::size_t i, std::string_view value) {
        const std::size_t delimiter = value.find_first_of("=:");
        if (delimiter == std::string_view::npos) return unreadable(i, "not_an_assignment");
        std::string name = foldedAscii(stripped(value.substr(0, delimiter)));
        if (name.empty()) return unreadable(i, "not_an_assignment");
        ConfigSection& section = text_.sections.back();
        if (!keys_.insert({std::string(section.header), name}).second) return unreadable(i, "duplicate_key");
        section.keys.push_back({std::move(name), stripped(value.substr(delimiter + 1)), i, i + 1});
        inKey_ = true;
        return {};
    }

    ConfigText& text_;
    std::set<std::string> headers_;
    std::set<std::pair<std::string, std::string>> keys_;
    std::size_t indent_ = 0;
    bool inKey_ = false;
};

// One word of a shlex in POSIX mode; nothing where a quotation does not end.
std::optional<std::string> shlexWord(std::string_view& text) {
    std::string word;
    char quote = 0;
    while (!text.empty()) {
        const char c = text.front();
        if (quote == 0 && (c == ' ' || c == '\t' || c == '\r' || c == '\n')) break;
        text.remove_prefix(1);
        const bool escape = c == '\\' && quote != '\'' && (quote == 0 || text.starts_with('"') || text.starts_with('\\'));
        if (escape) {
            if (text.empty()) return std::nullopt;
            word += text.front();
            text.remove_prefix(1);
        } else if (quote == 0 && (c == '"' || c == '\'')) {
            quote = c;
        } else if (c == quote) {
            quote = 0;
        } else {
            word += c;
        }
    }
    if (quote != 0) return std::nullopt;
    return word;
}

void skipBlanks(std::string_view& text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
}

} // namespace

const ConfigKey* ConfigSection::find(std::string_view name) const {
    const auto found = std::find_if(keys.begin(), keys.end(), [name](const ConfigKey& key) { return key.name == name; });
    return found == keys.end() ? nullptr : &*found;
}

std::string_view stripped(std::string_view text) {
    text.remove_prefix(leadingSpace(text).first);
    while (!text.empty()) {
        std::size_t last = text.size() - 1;
        while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xc0U) == 0x80) --last;
        const CodePoint point = decode(text.substr(last));
        if (point.length == 0 || !space(point.value)) break;
        text = text.substr(0, last);
    }
    return text;
}

Result<ConfigText> parseConfigText(std::string_view bytes) {
    ConfigText text;
    text.lines = cutLines(bytes);
    if (bytes.starts_with("\xef\xbb\xbf")) return unreadable(0, "byte_order_mark");
    for (std::size_t i = 0; i < text.lines.size(); ++i)
        if (!utf8(text.lines[i].text)) return unreadable(i, "not_utf8");
    GW_CHECK(Reader(text).read());
    return text;
}

std::optional<std::string> profileOf(std::string_view header) {
    if (header == "default") return std::string(header);
    if (!header.starts_with("profile")) return std::nullopt;
    auto rest = header;
    const auto kind = shlexWord(rest);
    if (!kind || *kind != "profile") return std::nullopt;
    skipBlanks(rest);
    if (rest.empty()) return std::nullopt;
    auto name = shlexWord(rest);
    skipBlanks(rest);
    if (!name || !rest.empty()) return std::nullopt;
    return name;
}

} // namespace gw::sessions
