#include "models/items/fold.h"

#include <numeric>

namespace gw::items {
namespace {

// One character for each code point: its base letter, a capital for two letters, "." for no change. Made from the
// compatibility decompositions of Unicode 15, with the letters that have none (ø, đ, ł …) added.
constexpr std::string_view latin = // U+00C0 to U+024F
    "aaaaaaAceeeeiiiidnooooo.ouuuuyTSaaaaaaAceeeeiiiidnooooo.ouuuuyTy"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiIIjjkkklllllll"
    "lllnnnnnnnnnooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
    "................................oo.............uu..............."
    ".............aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa...."
    "aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............"
    "................";
constexpr std::string_view latinAdditional = // U+1E00 to U+1EFF
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwy.s..S.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

struct CodePoint {
    char32_t value = 0;
    std::size_t length = 1;
    bool valid = false;
};

CodePoint decode(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
    if (length == 0 || lead > 0xf4 || text.size() < length) return {lead, 1, false};
    char32_t value = length == 1 ? lead : lead & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const auto next = static_cast<unsigned char>(text[i]);
        if ((next & 0xc0U) != 0x80) return {lead, 1, false};
        value = (value << 6U) | (next & 0x3fU);
    }
    return {value, length, true};
}

std::string_view letters(char entry) {
    switch (entry) {
    case 'S': return "ss";
    case 'A': return "ae";
    case 'O': return "oe";
    case 'T': return "th";
    case 'I': return "ij";
    default: return {};
    }
}

char32_t greek(char32_t c) {
    switch (c) {
    case 0x386: case 0x3ac: return 0x3b1;
    case 0x388: case 0x3ad: return 0x3b5;
    case 0x389: case 0x3ae: return 0x3b7;
    case 0x38a: case 0x3af: case 0x390: case 0x3aa: case 0x3ca: return 0x3b9;
    case 0x38c: case 0x3cc: return 0x3bf;
    case 0x38e: case 0x3cd: case 0x3b0: case 0x3ab: case 0x3cb: return 0x3c5;
    case 0x38f: case 0x3ce: return 0x3c9;
    case 0x3c2: return 0x3c3;
    default: return c >= 0x391 && c <= 0x3a9 ? c + 0x20 : c;
    }
}

char32_t cyrillic(char32_t c) {
    if (c == 0x401 || c == 0x451) return 0x435;
    if (c == 0x419 || c == 0x439) return 0x438;
    if (c >= 0x400 && c <= 0x40f) return c + 0x50;
    return c >= 0x410 && c <= 0x42f ? c + 0x20 : c;
}

void appendUtf8(char32_t c, std::string& out) {
    // Only what the two tables above give: always two bytes.
    out += static_cast<char>(0xc0U | (c >> 6U));
    out += static_cast<char>(0x80U | (c & 0x3fU));
}

// False where the letter stays as it is.
bool appendChanged(char32_t c, std::string& out) {
    if (c >= 'A' && c <= 'Z') {
        out += static_cast<char>(c + ('a' - 'A'));
        return true;
    }
    if (c < 0xc0) return false;
    if (c >= 0x300 && c <= 0x36f) return true; // combining marks go
    if (c >= 0xff01 && c <= 0xff5e) {
        const auto narrow = static_cast<char>(c - 0xff01 + 0x21);
        out += narrow >= 'A' && narrow <= 'Z' ? static_cast<char>(narrow + ('a' - 'A')) : narrow;
        return true;
    }
    char entry = '.';
    if (c < 0x250)
        entry = latin[c - 0xc0];
    else if (c >= 0x1e00 && c < 0x1f00)
        entry = latinAdditional[c - 0x1e00];
    if (entry != '.') {
        if (const std::string_view two = letters(entry); !two.empty())
            out += two;
        else
            out += entry;
        return true;
    }
    const char32_t lower = c >= 0x370 && c < 0x400 ? greek(c) : c >= 0x400 && c < 0x460 ? cyrillic(c) : c;
    if (lower == c) return false;
    appendUtf8(lower, out);
    return true;
}

// The ASCII that follows in one go: nearly all there is. Gives where it ends.
std::size_t appendAscii(std::string_view utf8, std::size_t from, std::string& folded, std::vector<std::uint32_t>* origin) {
    std::size_t end = from;
    while (end < utf8.size() && static_cast<unsigned char>(utf8[end]) < 0x80) ++end;
    const std::size_t before = folded.size();
    folded.append(utf8, from, end - from);
    for (std::size_t i = before; i < folded.size(); ++i)
        if (folded[i] >= 'A' && folded[i] <= 'Z') folded[i] = static_cast<char>(folded[i] + ('a' - 'A'));
    if (origin != nullptr) {
        const std::size_t known = origin->size();
        origin->resize(known + end - from);
        std::iota(origin->begin() + static_cast<std::ptrdiff_t>(known), origin->end(), static_cast<std::uint32_t>(from));
    }
    return end;
}

} // namespace

void appendFolded(std::string_view utf8, std::string& folded, std::vector<std::uint32_t>* origin) {
    for (std::size_t i = appendAscii(utf8, 0, folded, origin); i < utf8.size(); i = appendAscii(utf8, i, folded, origin)) {
        const CodePoint point = decode(utf8.substr(i));
        const std::size_t before = folded.size();
        if (!point.valid || !appendChanged(point.value, folded)) folded += utf8.substr(i, point.length);
        if (origin != nullptr) origin->insert(origin->end(), folded.size() - before, static_cast<std::uint32_t>(i));
        i += point.length;
    }
}

std::string foldText(std::string_view utf8) {
    std::string folded;
    folded.reserve(utf8.size());
    appendFolded(utf8, folded, nullptr);
    return folded;
}

} // namespace gw::items
