#include "models/mesh/text/yaml_text.h"

#include "saml/base/ascii_classes.h"
#include "saml/base/json_quote.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace gw::mesh {
namespace {

// A word that no reader takes for a number, a truth value or nothing: it begins with a letter, and is not one of YAML 1.1's.
bool isPlain(std::string_view text) {
    constexpr auto taken = std::to_array<std::string_view>({"y", "n", "yes", "no", "on", "off", "true", "false", "null"});
    constexpr std::string_view marks = "-._/";
    if (text.empty() || !isLetter(text.front())) return false;
    if (!std::all_of(text.begin(), text.end(),
                     [&](char c) { return isAlphanumeric(c) || marks.find(c) != std::string_view::npos; }))
        return false;
    std::string small(text);
    std::transform(small.begin(), small.end(), small.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return std::find(taken.begin(), taken.end(), small) == taken.end();
}

void appendText(std::string& out, std::string_view text) {
    if (isPlain(text))
        out += text;
    else
        appendJsonQuoted(out, text);
}

void appendValue(std::string& out, const Json& value, std::size_t depth, bool inList);

void appendMembers(std::string& out, const Json& value, std::size_t depth, bool inList) {
    bool first = inList; // behind "- ", on the same line
    for (const auto& [key, member] : value.items()) {
        if (!first) out.append(depth * 2, ' ');
        first = false;
        appendText(out, key);
        out += ':';
        appendValue(out, member, depth + 1, false);
    }
}

void appendElements(std::string& out, const Json& value, std::size_t depth) {
    for (const Json& element : value) {
        out.append(depth * 2, ' ');
        out += '-';
        appendValue(out, element, depth + 1, true);
    }
}

// What follows a ":" or a "-", with the line break. Our own documents: no deeper than they were built.
void appendValue(std::string& out, const Json& value, std::size_t depth, bool inList) { // NOLINT(misc-no-recursion)
    if (value.is_object() && !value.empty()) {
        out += inList ? " " : "\n";
        appendMembers(out, value, depth, inList);
        return;
    }
    if (value.is_array() && !value.empty()) {
        out += '\n';
        // A list stands as deep as the key that has it.
        appendElements(out, value, inList ? depth : depth - 1);
        return;
    }
    out += ' ';
    if (value.is_string())
        appendText(out, value.get_ref<const std::string&>());
    else
        out += value.dump();
    out += '\n';
}

} // namespace

std::string yamlOf(const Json& value) {
    std::string out;
    if (value.is_object() && !value.empty())
        appendMembers(out, value, 0, false);
    else if (value.is_array() && !value.empty())
        appendElements(out, value, 0);
    else
        out = value.is_string() ? Json(value).dump() + "\n" : value.dump() + "\n";
    return out;
}

std::string yamlDocuments(const std::vector<Json>& documents) {
    std::string out;
    for (const Json& each : documents) out += (out.empty() ? "" : "---\n") + yamlOf(each);
    return out;
}

} // namespace gw::mesh
