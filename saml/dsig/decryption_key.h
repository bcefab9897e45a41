// A private RSA key that encrypted assertions are made for. Copies share the key.
#pragma once

#include "saml/base/result.h"

#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace gw::saml {

#define GW_DECRYPTION_KEY_ERRORS(X)                                                                                              \
    X(NotPem, "not_pem")                                                                                                         \
    X(NotRsa, "not_rsa")                                                                                                         \
    X(TooShort, "too_short")
GW_ERROR_ENUM(DecryptionKeyError, "decryption_key", GW_DECRYPTION_KEY_ERRORS);

class DecryptionKey {
public:
    // One unencrypted PEM block, PKCS#8 or PKCS#1.
    [[nodiscard]] static Result<DecryptionKey> fromPem(std::string_view pem);

    // SHA-256 over the SubjectPublicKeyInfo, lower-case hexadecimal.
    [[nodiscard]] const std::string& fingerprint() const { return fingerprint_; }

    // For saml/dsig only.
    [[nodiscard]] evp_pkey_st* handle() const { return key_.get(); }

private:
    DecryptionKey() = default;
    std::shared_ptr<evp_pkey_st> key_;
    std::string fingerprint_;
};

} // namespace gw::saml
