#include "app/practice/random_text.h"

#include "saml/base/base64.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <vector>

namespace gw::practice {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

} // namespace

std::string randomBase32(Random& random, std::size_t length) {
    std::vector<std::byte> bytes(length);
    random.fill(bytes);
    std::string out;
    out.reserve(length);
    for (const std::byte byte : bytes) out += alphabet[std::to_integer<std::size_t>(byte) % alphabet.size()];
    return out;
}

std::string stableBase32(std::string_view seed, std::size_t length) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(seed.data()), seed.size(), digest.data());
    std::string out;
    for (std::size_t i = 0; i < std::min(length, digest.size()); ++i) out += alphabet[digest[i] % alphabet.size()];
    return out;
}

std::string randomBase64(Random& random, std::size_t bytes) {
    std::string buffer(bytes, '\0');
    random.fill(std::as_writable_bytes(std::span(buffer.data(), buffer.size())));
    return encodeBase64(buffer);
}

std::string randomUuid(Random& random) {
    std::string hex = random.hex(16);
    hex[12] = '4';
    static constexpr std::string_view variants = "89ab";
    const char c = hex[16];
    hex[16] = variants[static_cast<std::size_t>(c >= 'a' ? c - 'a' + 10 : c - '0') % variants.size()];
    for (const std::size_t at : {20U, 16U, 12U, 8U}) hex.insert(at, 1, '-');
    return hex;
}

} // namespace gw::practice
