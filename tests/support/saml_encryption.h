// Encrypts assertions the way providers do, and the ways that they should not.
#pragma once

#include "saml/dsig/decryption_key.h"
#include "saml/dsig/encryption_profile.h"
#include "saml/dsig/signer.h"

#include <string>
#include <string_view>

namespace gw::test {

// RSA 2048, made once for the process: the key that assertions are encrypted for.
[[nodiscard]] const saml::SigningKey& recipientKey();
[[nodiscard]] saml::DecryptionKey decryptionKey(const saml::SigningKey& key = recipientKey());

struct EncryptionShape {
    std::string_view data = saml::algorithm::aes256Gcm;
    std::string_view key = saml::algorithm::oaepMgf1p;
    std::string_view digest{}, mgf{}; // elements of OAEP; empty: left out
    std::string label{};              // OAEPparams; empty: left out
    bool beside = false;              // EncryptedKey after EncryptedData instead of in its KeyInfo
    int decoyKeys = 0;                // EncryptedKeys for a stranger before the right one
    std::string_view extraInData{};   // markup in EncryptedData before CipherData
};

// saml:EncryptedAssertion with this plaintext. Ends the process where OpenSSL fails.
[[nodiscard]] std::string encryptedAssertion(std::string_view plaintext, const EncryptionShape& shape = {},
                                             const saml::SigningKey& recipient = recipientKey());

// The document with its saml:Assertion replaced by an encrypted one.
[[nodiscard]] std::string withEncryptedAssertion(const std::string& xml, const EncryptionShape& shape = {},
                                                 const saml::SigningKey& recipient = recipientKey());

} // namespace gw::test
