#include "saml/dsig/signer.h"

#include "saml/base/base64.h"
#include "saml/dsig/openssl_handles.h"

#include <chrono>
#include <ctime>

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

namespace gw::saml {
namespace {

bool setRandomSerial(X509& certificate) {
    const openssl::BigNumber serial(BN_new());
    // RFC 5280 4.1.2.2: positive and at most 20 octets.
    if (serial == nullptr || BN_rand(serial.get(), 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) != 1) return false;
    return BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(&certificate)) != nullptr;
}

Result<Certificate> selfSigned(EVP_PKEY& key, std::string_view commonName, UtcTime now, int validDays) {
    const openssl::X509Certificate certificate(X509_new());
    if (certificate == nullptr || X509_set_version(certificate.get(), X509_VERSION_3) != 1 || !setRandomSerial(*certificate))
        return fail(SignError::Failed);
    X509_NAME* name = X509_get_subject_name(certificate.get());
    if (X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(commonName.data()),
                                   static_cast<int>(commonName.size()), -1, 0) != 1 ||
        X509_set_issuer_name(certificate.get(), name) != 1)
        return fail(SignError::Failed, "common name");
    constexpr std::int64_t day = 86'400;
    const bool dated = ASN1_TIME_set(X509_getm_notBefore(certificate.get()), now.unixSeconds() - day) != nullptr &&
                       ASN1_TIME_set(X509_getm_notAfter(certificate.get()), now.unixSeconds() + validDays * day) != nullptr;
    if (!dated || X509_set_pubkey(certificate.get(), &key) != 1 || X509_sign(certificate.get(), &key, EVP_sha256()) <= 0)
        return fail(SignError::Failed);
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate.get(), &der);
    if (size <= 0) return fail(SignError::Failed);
    auto made = Certificate::fromDer({reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)});
    OPENSSL_free(der);
    if (!made) return fail(Error(SignError::Failed).because(std::move(made).error()));
    return std::move(*made);
}

Result<Secret> privatePem(EVP_PKEY& key) {
    const openssl::Bio out(BIO_new(BIO_s_secmem()));
    if (out == nullptr || PEM_write_bio_PrivateKey(out.get(), &key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return fail(SignError::Failed);
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    if (size <= 0) return fail(SignError::Failed);
    return Secret(std::string_view(data, static_cast<std::size_t>(size)));
}

Result<SigningKey> complete(openssl::EvpKey key, std::string_view commonName, UtcTime now, int validDays) {
    if (key == nullptr) return fail(SignError::BadKey);
    SigningKey made;
    GW_TRY(made.privateKeyPem, privatePem(*key));
    GW_TRY(made.certificate, selfSigned(*key, commonName, now, validDays));
    return made;
}

} // namespace

Result<SigningKey> SigningKey::generateRsa(int bits, std::string_view commonName, UtcTime now, int validDays) {
    if (bits < 512 || bits > 8192) return fail(SignError::BadKey);
    return complete(openssl::EvpKey(EVP_RSA_gen(static_cast<unsigned int>(bits))), commonName, now, validDays);
}

Result<SigningKey> SigningKey::generateEc(int bits, std::string_view commonName, UtcTime now, int validDays) {
    const char* curve = bits == 256 ? "P-256" : bits == 384 ? "P-384" : bits == 521 ? "P-521" : nullptr;
    if (curve == nullptr) return fail(SignError::BadKey);
    return complete(openssl::EvpKey(EVP_EC_gen(curve)), commonName, now, validDays);
}

std::string SigningKey::certificatePem() const {
    const std::string body = encodeBase64(certificate.der());
    std::string pem = "-----BEGIN CERTIFICATE-----\n";
    for (std::size_t i = 0; i < body.size(); i += 64) pem += body.substr(i, 64) + "\n";
    return pem + "-----END CERTIFICATE-----\n";
}

} // namespace gw::saml
