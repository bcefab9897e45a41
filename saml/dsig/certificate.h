// X.509 certificates as a provider's metadata or a person supplies them.
#pragma once

#include "saml/base/result.h"
#include "saml/base/utc_time.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct evp_pkey_st;

namespace gw::saml {

#define GW_CERTIFICATE_ERRORS(X)                                                                                                 \
    X(NotPem, "not_pem")                                                                                                         \
    X(Malformed, "malformed")                                                                                                    \
    X(UnsupportedKey, "unsupported_key")                                                                                         \
    X(TooMany, "too_many")
GW_ERROR_ENUM(CertificateError, "certificate", GW_CERTIFICATE_ERRORS);

class Certificate {
public:
    // DER octets.
    [[nodiscard]] static Result<Certificate> fromDer(std::string_view der);
    // One or more PEM blocks, or one bare base64 body as metadata carries it.
    [[nodiscard]] static Result<std::vector<Certificate>> fromPem(std::string_view text);

    [[nodiscard]] const std::string& der() const { return der_; }
    // SHA-256 over the DER octets, lower-case hexadecimal.
    [[nodiscard]] const std::string& fingerprint() const { return fingerprint_; }
    // RFC 2253 text, for display only.
    [[nodiscard]] const std::string& subject() const { return subject_; }
    [[nodiscard]] UtcTime notBefore() const { return notBefore_; }
    [[nodiscard]] UtcTime notAfter() const { return notAfter_; }
    // "RSA 2048", "EC P-256".
    [[nodiscard]] const std::string& keyDescription() const { return keyDescription_; }
    [[nodiscard]] int keyBits() const { return keyBits_; }
    [[nodiscard]] bool isRsa() const { return rsa_; }
    // An RSA public exponent below 65537: legal, and the precondition of several forgeries.
    [[nodiscard]] bool hasSmallExponent() const { return smallExponent_; }
    // Its own signature, by whoever issued it, is over a SHA-1 or MD5 digest.
    [[nodiscard]] bool isSignedWithOldDigest() const { return signedWithOldDigest_; }
    // SubjectPublicKeyInfo, DER.
    [[nodiscard]] const std::string& publicKeyDer() const { return publicKeyDer_; }

    // For saml/dsig only. Shared by copies, safe to use from several threads.
    [[nodiscard]] evp_pkey_st* publicKey() const { return key_.get(); }

    friend bool operator==(const Certificate& a, const Certificate& b) { return a.der_ == b.der_; }

private:
    std::string der_, fingerprint_, subject_, keyDescription_, publicKeyDer_;
    UtcTime notBefore_, notAfter_;
    int keyBits_ = 0;
    bool rsa_ = false, smallExponent_ = false, signedWithOldDigest_ = false;
    std::shared_ptr<evp_pkey_st> key_;
};

} // namespace gw::saml
