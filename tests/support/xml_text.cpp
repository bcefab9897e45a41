#include "tests/support/xml_text.h"

#include <cstdlib>
#include <utility>

namespace gw::test {
namespace {

void appendUtf8(std::string& out, unsigned long point) {
    const auto put = [&](unsigned long octet) { out += static_cast<char>(static_cast<unsigned char>(octet)); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0U | point >> 6U);
        put(0x80U | (point & 0x3FU));
    } else if (point < 0x10000) {
        put(0xE0U | point >> 12U);
        put(0x80U | (point >> 6U & 0x3FU));
        put(0x80U | (point & 0x3FU));
    } else {
        put(0xF0U | point >> 18U);
        put(0x80U | (point >> 12U & 0x3FU));
        put(0x80U | (point >> 6U & 0x3FU));
        put(0x80U | (point & 0x3FU));
    }
}

std::string escaped(std::string_view text, bool attribute) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>' && !attribute)
            out += "&gt;";
        else if (c == '"' && attribute)
            out += "&quot;";
        else if (c == '\t' && attribute)
            out += "&#x9;";
        else if (c == '\n' && attribute)
            out += "&#xA;";
        else if (c == '\r')
            out += "&#xD;";
        else
            out += c;
    }
    return out;
}

} // namespace

std::string decodeXml(std::string_view raw) {
    static constexpr std::pair<std::string_view, char> named[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    std::string out;
    for (std::size_t i = 0; i < raw.size();) {
        if (raw[i] == '\r') {
            out += '\n';
            i += raw.substr(i).starts_with("\r\n") ? 2 : 1;
            continue;
        }
        if (raw[i] != '&') {
            out += raw[i++];
            continue;
        }
        bool found = false;
        for (const auto& [reference, character] : named)
            if (raw.substr(i).starts_with(reference)) {
                out += character;
                i += reference.size();
                found = true;
                break;
            }
        if (found) continue;
        const std::size_t end = raw.find(';', i);
        if (!raw.substr(i).starts_with("&#") || end == std::string_view::npos) {
            out += raw[i++];
            continue;
        }
        const bool hex = raw.substr(i).starts_with("&#x");
        const std::string digits(raw.substr(i + (hex ? 3 : 2), end - i - (hex ? 3 : 2)));
        appendUtf8(out, std::strtoul(digits.c_str(), nullptr, hex ? 16 : 10));
        i = end + 1;
    }
    return out;
}

std::string canonicalText(std::string_view text) {
    return escaped(text, false);
}

std::string canonicalAttribute(std::string_view text) {
    return escaped(text, true);
}

} // namespace gw::test
