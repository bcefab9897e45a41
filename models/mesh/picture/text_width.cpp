#include "models/mesh/picture/text_width.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace gw::mesh {
namespace {

constexpr std::string_view ellipsis = "…";

// Of DejaVu Sans, the widest of the fonts, in thousandths of the size, from the blank to the tilde.
constexpr std::array<std::uint16_t, 95> widths{
    318, 401, 460, 838, 636, 950, 780, 275, 390,  390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636, 636,
    636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
    603, 787, 695, 635, 611, 732, 684, 989, 685,  611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635,
    634, 278, 278, 579, 278, 974, 634, 612, 635,  635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838};

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::string_view head(std::string_view text, std::size_t octets) {
    while (octets > 0 && octets < text.size() && continues(text[octets])) --octets;
    return text.substr(0, octets);
}

std::string_view tail(std::string_view text, std::size_t octets) {
    std::size_t from = text.size() - octets;
    while (from < text.size() && continues(text[from])) ++from;
    return text.substr(from);
}

} // namespace

double textWidth(std::string_view text, int size, bool strong) {
    double thousandths = 0;
    for (const char c : text) {
        if (continues(c)) continue;
        const auto octet = static_cast<unsigned char>(c);
        thousandths += octet >= 0x20 && octet < 0x7f ? widths[octet - 0x20U] : 900;
    }
    return thousandths * size / 1000 * (strong ? 1.08 : 1);
}

std::string elided(std::string_view text, int size, bool strong, double room) {
    if (textWidth(text, size, strong) <= room) return std::string(text);
    const bool middle = text.find('/') != std::string_view::npos || text.find(':') != std::string_view::npos;
    std::string best(ellipsis);
    // One octet less at a time: texts on a picture are short.
    for (std::size_t kept = std::min<std::size_t>(text.size(), 200); kept > 0; --kept) {
        std::string shorter =
            middle ? std::string(head(text, kept - kept / 2)) + std::string(ellipsis) + std::string(tail(text, kept / 2))
                   : std::string(head(text, kept)) + std::string(ellipsis);
        if (textWidth(shorter, size, strong) <= room) return shorter;
    }
    return best;
}

} // namespace gw::mesh
