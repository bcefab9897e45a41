#include "saml/dsig/sha256_hex.h"

#include <array>

#include <openssl/sha.h>

namespace gw::saml {

std::string sha256Hex(std::string_view octets) {
    static constexpr char digits[] = "0123456789abcdef";
    std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
    SHA256(reinterpret_cast<const unsigned char*>(octets.data()), octets.size(), hash.data());
    std::string text;
    text.reserve(hash.size() * 2);
    for (const unsigned char octet : hash) {
        text += digits[octet >> 4U];
        text += digits[octet & 15U];
    }
    return text;
}

} // namespace gw::saml
