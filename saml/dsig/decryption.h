// Decrypts what readEncryption() read, by OpenSSL. There is one error, Failed, without a fact: a wrong key, a wrong tag, bad
// padding and a bad length look the same, for what tells them apart decrypts messages (Bleichenbacher 1998; Jager and
// Somorovsky 2011).
#pragma once

#include "saml/dsig/decryption_key.h"
#include "saml/dsig/encryption_profile.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::saml {

struct Decrypted {
    std::size_t encryptedKey = 0; // which of the content's keys
    std::string keyFingerprint;   // of the private key that opened it
};

// Every private key tries every encrypted one, each content key once, until `isMeant` knows the plaintext: what comes out of
// RSA 1.5 and AES-CBC may be noise that looks sound, and must not stand in the way of the right key (one in sixteen does).
// It is asked as well about a plaintext that is refused for its padding, so that the time does not tell which it was; the
// octets it is given are wiped afterwards.
[[nodiscard]] Result<Decrypted> decrypt(const EncryptedContent& content, const std::vector<DecryptionKey>& keys,
                                        const std::function<bool(std::string_view)>& isMeant);

} // namespace gw::saml
