#include "app/gatewardenctl/printable.h"

#include "saml/base/utf8.h"

#include <algorithm>

namespace gw::ctl {
namespace {

// Whether a terminal might obey it instead of showing it: controls, separators of lines, what turns the direction of writing.
// UTF-8 sorts as its characters do.
bool obeyed(std::string_view character) {
    if (character.size() == 1) return static_cast<unsigned char>(character[0]) < 0x20 || character[0] == 0x7f;
    const auto between = [&](std::string_view first, std::string_view last) { return character >= first && character <= last; };
    return between("\u0080", "\u009F") || character == "\u061C" || between("\u200E", "\u200F") || between("\u2028", "\u202E") ||
           between("\u2066", "\u2069");
}

} // namespace

std::string printable(std::string_view text, std::string_view kept) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = utf8SequenceLength(text, i);
        const std::string_view character = text.substr(i, std::max<std::size_t>(length, 1));
        const bool shown = length > 0 && (!obeyed(character) || kept.find(character) != std::string_view::npos);
        out += shown ? character : "?";
        i += character.size();
    }
    return out;
}

} // namespace gw::ctl
