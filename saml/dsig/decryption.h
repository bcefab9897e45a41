// Decrypts what readEncryption() read, by OpenSSL. There is one error, Failed, without a fact: a wrong key, a wrong tag, bad
// padding and a bad length look the same, for what tells them apart decrypts messages (Bleichenbacher 1998; Jager and
// Somorovsky 2011).
#pragma once

#include "saml/base/secret.h"
#include "saml/dsig/decryption_key.h"
#include "saml/dsig/encryption_profile.h"

#include <string>
#include <vector>

namespace gw::saml {

struct Decrypted {
    Secret octets;
    std::size_t encryptedKey = 0; // which of the content's keys
    std::string keyFingerprint;   // of the private key that opened it
};

[[nodiscard]] Result<Decrypted> decrypt(const EncryptedContent& content, const std::vector<DecryptionKey>& keys);

} // namespace gw::saml
