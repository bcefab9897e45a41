#include "saml/dsig/decryption.h"

#include "saml/base/secret.h"
#include "saml/dsig/algorithms.h"
#include "saml/dsig/openssl_handles.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

namespace gw::saml {
namespace {

using namespace algorithm;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, openssl::Calls<EVP_PKEY_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, openssl::Calls<EVP_CIPHER_CTX_free>>;

constexpr std::size_t gcmIv = 12;
constexpr std::size_t gcmTag = 16;
constexpr std::size_t block = 16;

const EVP_CIPHER* cipherOf(std::string_view uri) {
    if (uri == aes128Gcm) return EVP_aes_128_gcm();
    if (uri == aes192Gcm) return EVP_aes_192_gcm();
    if (uri == aes256Gcm) return EVP_aes_256_gcm();
    if (uri == aes128Cbc) return EVP_aes_128_cbc();
    if (uri == aes192Cbc) return EVP_aes_192_cbc();
    if (uri == aes256Cbc) return EVP_aes_256_cbc();
    return nullptr;
}

const EVP_MD* digestOf(std::string_view uri) {
    if (uri == sha1 || uri == mgf1Sha1) return EVP_sha1();
    if (uri == sha256 || uri == mgf1Sha256) return EVP_sha256();
    if (uri == sha384 || uri == mgf1Sha384) return EVP_sha384();
    if (uri == sha512 || uri == mgf1Sha512) return EVP_sha512();
    return nullptr;
}

const unsigned char* in(std::string_view octets) {
    return reinterpret_cast<const unsigned char*>(octets.data());
}

unsigned char* out(std::string& octets) {
    return reinterpret_cast<unsigned char*>(octets.data());
}

// The raw private operation with a padding, as long as the modulus at most.
std::optional<Secret> transport(const DecryptionKey& key, std::string_view cipher, const EncryptedKey* oaepParameters) {
    const KeyContext context(EVP_PKEY_CTX_new(key.handle(), nullptr));
    const int padding = oaepParameters != nullptr ? RSA_PKCS1_OAEP_PADDING : RSA_NO_PADDING;
    if (context == nullptr || EVP_PKEY_decrypt_init(context.get()) <= 0 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), padding) <= 0)
        return std::nullopt;
    if (oaepParameters != nullptr) {
        if (EVP_PKEY_CTX_set_rsa_oaep_md(context.get(), digestOf(oaepParameters->digest)) <= 0 ||
            EVP_PKEY_CTX_set_rsa_mgf1_md(context.get(), digestOf(oaepParameters->mgf)) <= 0)
            return std::nullopt;
        if (const std::string& label = oaepParameters->label; !label.empty()) {
            void* copy = OPENSSL_memdup(label.data(), label.size());
            if (copy == nullptr) return std::nullopt;
            if (EVP_PKEY_CTX_set0_rsa_oaep_label(context.get(), copy, static_cast<int>(label.size())) <= 0) {
                OPENSSL_free(copy);
                return std::nullopt;
            }
        }
    }
    std::size_t size = 0;
    if (EVP_PKEY_decrypt(context.get(), nullptr, &size, in(cipher), cipher.size()) <= 0) return std::nullopt;
    std::string octets(size, '\0');
    const bool done = EVP_PKEY_decrypt(context.get(), out(octets), &size, in(cipher), cipher.size()) > 0;
    const Secret plain(std::move(octets));
    if (!done) return std::nullopt;
    return Secret(plain.reveal().substr(0, size));
}

// 0xFF where the two are equal, else 0, without a branch.
unsigned char equalMask(unsigned a, unsigned b) {
    const unsigned difference = a ^ b;
    return static_cast<unsigned char>(((difference | (0U - difference)) >> 31U) - 1U);
}

// RFC 8017 7.2.2 for a key of known length, by implicit rejection: where the padding is wrong a random key comes out, in the
// same time, and the decryption of the content fails later as it would for any wrong key.
std::optional<Secret> transportRsa15(const DecryptionKey& key, std::string_view cipher, std::size_t length) {
    std::string random(length, '\0');
    if (RAND_priv_bytes(out(random), static_cast<int>(length)) != 1) return std::nullopt;
    const auto block15 = transport(key, cipher, nullptr);
    if (!block15 || block15->size() < length + 11) return Secret(std::move(random));
    const std::string_view octets = block15->reveal();
    const std::size_t separator = octets.size() - length - 1;
    const auto at = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(octets[i])); };
    unsigned char good = equalMask(at(0), 0) & equalMask(at(1), 2) & equalMask(at(separator), 0);
    for (std::size_t i = 2; i < separator; ++i) good = static_cast<unsigned char>(good & ~equalMask(at(i), 0));
    for (std::size_t i = 0; i < length; ++i) {
        const auto real = static_cast<unsigned char>(octets[separator + 1 + i]);
        const auto other = static_cast<unsigned char>(random[i]);
        random[i] = static_cast<char>((real & good) | (other & static_cast<unsigned char>(~good)));
    }
    return Secret(std::move(random));
}

struct Plaintext {
    Secret octets;
    bool padded = true; // as it must be
};

std::optional<Plaintext> openGcm(const EVP_CIPHER* cipher, std::string_view key, std::string_view octets) {
    if (octets.size() < gcmIv + gcmTag) return std::nullopt;
    const std::string_view iv = octets.substr(0, gcmIv);
    const std::string_view tag = octets.substr(octets.size() - gcmTag);
    const std::string_view body = octets.substr(gcmIv, octets.size() - gcmIv - gcmTag);
    std::array<unsigned char, gcmTag> tagCopy{};
    std::memcpy(tagCopy.data(), tag.data(), gcmTag);
    std::string plain(body.size() + block, '\0');
    const CipherContext context(EVP_CIPHER_CTX_new());
    int size = 0;
    int rest = 0;
    const bool done = context != nullptr && EVP_DecryptInit_ex(context.get(), cipher, nullptr, in(key), in(iv)) == 1 &&
                      EVP_DecryptUpdate(context.get(), out(plain), &size, in(body), static_cast<int>(body.size())) == 1 &&
                      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, gcmTag, tagCopy.data()) == 1 &&
                      EVP_DecryptFinal_ex(context.get(), out(plain) + size, &rest) == 1;
    Secret secret(std::move(plain));
    if (!done) return std::nullopt;
    return Plaintext{Secret(secret.reveal().substr(0, static_cast<std::size_t>(size + rest)))};
}

// XML Encryption 1.1 5.2: the last octet counts the padding, the others in it are arbitrary.
std::optional<Plaintext> openCbc(const EVP_CIPHER* cipher, std::string_view key, std::string_view octets) {
    if (octets.size() < 2 * block || octets.size() % block != 0) return std::nullopt;
    const std::string_view body = octets.substr(block);
    std::string plain(body.size() + block, '\0');
    const CipherContext context(EVP_CIPHER_CTX_new());
    int size = 0;
    const bool done = context != nullptr && EVP_DecryptInit_ex(context.get(), cipher, nullptr, in(key), in(octets)) == 1 &&
                      EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1 &&
                      EVP_DecryptUpdate(context.get(), out(plain), &size, in(body), static_cast<int>(body.size())) == 1 &&
                      static_cast<std::size_t>(size) == body.size();
    Secret secret(std::move(plain));
    if (!done) return std::nullopt;
    const auto padding = static_cast<unsigned char>(secret.reveal()[body.size() - 1]);
    const bool padded = padding != 0 && padding <= block;
    return Plaintext{Secret(secret.reveal().substr(0, body.size() - (padded ? padding : 0U))), padded};
}

std::optional<Secret> contentKeyOf(const EncryptedKey& encrypted, const DecryptionKey& key, std::size_t length) {
    auto found =
        encrypted.method == rsa15 ? transportRsa15(key, encrypted.cipher, length) : transport(key, encrypted.cipher, &encrypted);
    if (found && found->size() != length) found.reset();
    return found;
}

} // namespace

Result<Decrypted> decrypt(const EncryptedContent& content, const std::vector<DecryptionKey>& keys,
                          const std::function<bool(std::string_view)>& isMeant) {
    const EVP_CIPHER* cipher = cipherOf(content.method);
    if (cipher == nullptr) return fail(EncryptionError::Failed);
    const auto length = static_cast<std::size_t>(EVP_CIPHER_get_key_length(cipher));
    const bool gcm = EVP_CIPHER_get_mode(cipher) == EVP_CIPH_GCM_MODE;
    // Whoever encrypted chose the keys and the plaintext: the same one is read once, however many keys lead to it.
    std::vector<Secret> tried;
    for (const DecryptionKey& key : keys)
        for (std::size_t i = 0; i < content.keys.size(); ++i) {
            auto contentKey = contentKeyOf(content.keys[i], key, length);
            ERR_clear_error();
            if (!contentKey) continue;
            if (std::any_of(tried.begin(), tried.end(), [&](const Secret& one) { return one.equals(contentKey->reveal()); })) continue;
            const auto plaintext = gcm ? openGcm(cipher, contentKey->reveal(), content.cipher)
                                       : openCbc(cipher, contentKey->reveal(), content.cipher);
            ERR_clear_error();
            if (plaintext && isMeant(plaintext->octets.reveal()) && plaintext->padded) return Decrypted{i, key.fingerprint()};
            tried.push_back(std::move(*contentKey));
        }
    return fail(EncryptionError::Failed);
}

} // namespace gw::saml
