#include "models/estate/saved_documents.h"

#include "models/policy/source_tree.h"
#include "saml/base/json_quote.h"
#include "saml/base/octet_runs.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace gw::estate {
namespace {

// The end of a string that begins at `at`, one past its quote; the size where it has none.
std::size_t stringEnd(std::string_view text, std::size_t at) {
    for (++at; (at = plainStringEnd(text, at)) < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            return at + 1;
    }
    return text.size();
}

std::string withoutBlanks(std::string_view text) {
    std::string compact;
    compact.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == '"') {
            const std::size_t end = stringEnd(text, at);
            compact.append(text, at, end - at);
            at = end;
            continue;
        }
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') compact += c;
        ++at;
    }
    return compact;
}

struct Layout {
    std::size_t base = 0, indent = 0; // blanks before the last bracket, and for each level
};

constexpr std::size_t mostBlanks = 64, mostGrowth = std::size_t{64} << 20U;

// Empty where the text would grow beyond all measure.
std::string laidOut(std::string_view compact, Layout layout) {
    std::string text;
    text.reserve(compact.size() * 2);
    std::size_t depth = 0;
    const auto newLine = [&] {
        text += '\n';
        text.append(layout.base + depth * layout.indent, ' ');
    };
    for (std::size_t at = 0; at < compact.size();) {
        if (text.size() > mostGrowth) return {};
        const char c = compact[at];
        if (c == '"') {
            const std::size_t end = stringEnd(compact, at);
            text.append(compact, at, end - at);
            at = end;
            continue;
        }
        ++at;
        const char next = at < compact.size() ? compact[at] : '\0';
        if (c == '{' || c == '[') {
            text += c;
            if (next == '}' || next == ']') {
                text += next;
                ++at;
                continue;
            }
            if (++depth > policy::maxSourceDepth) return {};
            newLine();
        } else if (c == '}' || c == ']') {
            if (depth > 0) --depth;
            newLine();
            text += c;
        } else if (c == ',') {
            text += c;
            newLine();
        } else if (c == ':') {
            text += ": ";
        } else {
            text += c;
        }
    }
    return text;
}

std::size_t blanksAfter(std::string_view text, std::size_t feed) {
    const std::size_t end = text.find_first_not_of(' ', feed + 1);
    return end == std::string_view::npos ? 0 : end - feed - 1;
}

std::optional<std::size_t> numberAfter(std::string_view& rest, std::string_view name) {
    if (!rest.starts_with(name)) return std::nullopt;
    std::size_t value = 0;
    const auto [end, failed] = std::from_chars(rest.data() + name.size(), rest.data() + rest.size(), value);
    if (failed != std::errc() || value > mostBlanks) return std::nullopt;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    return value;
}

} // namespace

std::string savedDocument(std::string_view text) {
    const bool framed = text.size() > 1 && text.front() == '{' && text.back() == '}';
    const bool object = framed && policy::SourceTree::parse(std::string(text)).has_value();
    const std::size_t feed = text.find('\n');
    if (object && feed == std::string_view::npos && text.find('\r') == std::string_view::npos)
        return ",\"json\":" + std::string(text) + "}";
    if (object && feed != std::string_view::npos) {
        const std::size_t first = blanksAfter(text, feed), last = blanksAfter(text, text.rfind('\n'));
        const std::string compact = withoutBlanks(text);
        if (first > last && first <= mostBlanks && laidOut(compact, {last, first - last}) == text)
            return ",\"base\":" + std::to_string(last) + ",\"indent\":" + std::to_string(first - last) + ",\"json\":" + compact + "}";
    }
    std::string line = ",\"text\":";
    appendJsonQuoted(line, text);
    return line + "}";
}

std::optional<std::string> documentText(std::string_view rest) {
    if (rest.starts_with(",\"text\":")) {
        const auto tree = policy::SourceTree::parse("{" + std::string(rest.substr(1)));
        if (!tree || !tree->root().member("text").is(policy::ValueKind::String)) return std::nullopt;
        return std::string(tree->root().member("text").text());
    }
    const auto base = numberAfter(rest, ",\"base\":");
    const auto indent = base ? numberAfter(rest, ",\"indent\":") : std::nullopt;
    static constexpr std::string_view json = ",\"json\":";
    if (!rest.starts_with(json) || !rest.ends_with("}}") || base.has_value() != indent.has_value()) return std::nullopt;
    const std::string_view compact = rest.substr(json.size(), rest.size() - json.size() - 1);
    if (!base) return std::string(compact);
    std::string text = laidOut(compact, {*base, *indent});
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

} // namespace gw::estate
