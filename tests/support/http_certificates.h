// Certificates made at run time for TLS tests.
#pragma once

#include <QByteArray>

namespace gw::test {

struct CertificateAndKey {
    QByteArray certificatePem;
    QByteArray keyPem;
};

struct CertificateWish {
    QByteArray commonName = "localhost";
    QByteArray alternativeNames = "IP:127.0.0.1,DNS:localhost";     // OpenSSL's spelling; empty for none
    bool authority = false;
    int validFromDays = -1, validToDays = 30;                       // from now
};

// Signed by `issuer`, or by itself where that is null. ECDSA P-256.
[[nodiscard]] CertificateAndKey makeCertificate(const CertificateWish& wish, const CertificateAndKey* issuer = nullptr);

} // namespace gw::test
