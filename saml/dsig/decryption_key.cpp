#include "saml/dsig/decryption_key.h"

#include "saml/dsig/algorithms.h"
#include "saml/dsig/openssl_handles.h"
#include "saml/dsig/sha256_hex.h"

#include <openssl/err.h>
#include <openssl/pem.h>

namespace gw::saml {
namespace {

constexpr std::size_t maxPem = 32'768;

// Never asks at the terminal.
int noPassword(char*, int, int, void*) {
    return -1;
}

} // namespace

Result<DecryptionKey> DecryptionKey::fromPem(std::string_view pem) {
    if (pem.empty() || pem.size() > maxPem) return fail(DecryptionKeyError::NotPem);
    const openssl::Bio in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    openssl::EvpKey key(in == nullptr ? nullptr : PEM_read_bio_PrivateKey(in.get(), nullptr, noPassword, nullptr));
    ERR_clear_error();
    if (key == nullptr) return fail(DecryptionKeyError::NotPem);
    if (EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA) return fail(DecryptionKeyError::NotRsa);
    if (EVP_PKEY_get_bits(key.get()) < leastRsaBits) return fail(DecryptionKeyError::TooShort);
    unsigned char* encoded = nullptr;
    const int size = i2d_PUBKEY(key.get(), &encoded);
    if (size <= 0) return fail(DecryptionKeyError::NotPem);
    DecryptionKey made;
    made.fingerprint_ = sha256Hex({reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size)});
    OPENSSL_free(encoded);
    made.key_ = std::shared_ptr<evp_pkey_st>(key.release(), EVP_PKEY_free);
    return made;
}

} // namespace gw::saml
