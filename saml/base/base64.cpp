#include "saml/base/base64.h"

#include <array>
#include <cstdint>

namespace gw {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t foreign = 255;
constexpr std::uint8_t space = 254;
constexpr std::uint8_t pad = 253;

constexpr std::array<std::uint8_t, 256> makeTable() {
    std::array<std::uint8_t, 256> table{};
    table.fill(foreign);
    for (std::size_t i = 0; i < alphabet.size(); ++i) table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    for (const char c : {' ', '\t', '\r', '\n'}) table[static_cast<unsigned char>(c)] = space;
    table[static_cast<unsigned char>('=')] = pad;
    return table;
}

constexpr auto table = makeTable();

} // namespace

std::string encodeBase64(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t left = bytes.size() - i;
        const auto at = [&](std::size_t k) { return k < left ? static_cast<unsigned char>(bytes[i + k]) : 0U; };
        const std::uint32_t group = (at(0) << 16U) | (at(1) << 8U) | at(2);
        text += alphabet[group >> 18U];
        text += alphabet[(group >> 12U) & 63U];
        text += left > 1 ? alphabet[(group >> 6U) & 63U] : '=';
        text += left > 2 ? alphabet[group & 63U] : '=';
    }
    return text;
}

Result<std::string> decodeBase64(std::string_view text, std::size_t maxBytes) {
    // Twice the exact length leaves room for line breaks and still bounds the scan.
    if (text.size() / 8 > maxBytes / 3 + 1) return fail(Base64Error::TooLong);
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t group = 0;
    int digits = 0;
    int pads = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::uint8_t value = table[static_cast<unsigned char>(text[i])];
        if (value == space) continue;
        if (value == foreign || (pads > 0 && value != pad))
            return fail(Error(Base64Error::ForeignCharacter).with("offset", std::to_string(i)));
        if (value == pad) {
            ++pads;
            if (digits < 2 || digits + pads > 4) return fail(Error(Base64Error::BadPadding).with("offset", std::to_string(i)));
            continue;
        }
        group = (group << 6U) | value;
        if (++digits == 4) {
            bytes += static_cast<char>(group >> 16U);
            bytes += static_cast<char>((group >> 8U) & 255U);
            bytes += static_cast<char>(group & 255U);
            group = 0;
            digits = 0;
            if (bytes.size() > maxBytes) return fail(Base64Error::TooLong);
        }
    }
    if (digits + pads != 0 && digits + pads != 4) return fail(Error(Base64Error::Truncated).with("offset", std::to_string(text.size())));
    if (digits == 2) {
        if ((group & 15U) != 0) return fail(Base64Error::BadPadding);
        bytes += static_cast<char>(group >> 4U);
    } else if (digits == 3) {
        if ((group & 3U) != 0) return fail(Base64Error::BadPadding);
        bytes += static_cast<char>(group >> 10U);
        bytes += static_cast<char>((group >> 2U) & 255U);
    }
    if (bytes.size() > maxBytes) return fail(Base64Error::TooLong);
    return bytes;
}

} // namespace gw
