#include "saml/dsig/certificate.h"

#include "saml/base/base64.h"
#include "saml/dsig/openssl_handles.h"
#include "saml/dsig/sha256_hex.h"

#include <array>
#include <ctime>

#include <openssl/core_names.h>
#include <openssl/err.h>

namespace gw::saml {
namespace {

constexpr std::size_t maxDer = 65'536;
constexpr std::size_t maxCertificates = 64;
constexpr std::string_view beginMark = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view endMark = "-----END CERTIFICATE-----";

std::string subjectText(const X509& certificate) {
    const openssl::Bio out(BIO_new(BIO_s_mem()));
    // Control characters stay escaped: the text is shown to people.
    constexpr unsigned long flags = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
    if (out == nullptr || X509_NAME_print_ex(out.get(), X509_get_subject_name(&certificate), 0, flags) < 0) return {};
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

bool readTime(const ASN1_TIME* time, UtcTime& out) {
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return false;
    out = UtcTime::fromUnixSeconds(timegm(&parts));
    return true;
}

bool smallExponent(const EVP_PKEY& key) {
    BIGNUM* raw = nullptr;
    if (EVP_PKEY_get_bn_param(&key, OSSL_PKEY_PARAM_RSA_E, &raw) != 1) return true;
    const openssl::BigNumber exponent(raw);
    return BN_num_bits(exponent.get()) < 17;
}

std::string curveName(const EVP_PKEY& key) {
    std::array<char, 64> group{};
    std::size_t length = 0;
    if (EVP_PKEY_get_utf8_string_param(&key, OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size(), &length) != 1) return {};
    const std::string_view name(group.data(), length);
    if (name == "prime256v1" || name == "P-256") return "P-256";
    if (name == "secp384r1" || name == "P-384") return "P-384";
    if (name == "secp521r1" || name == "P-521") return "P-521";
    return {};
}

// Leaves no message of a failed attempt behind for others to find.
struct ErrorQueueGuard {
    ErrorQueueGuard() { ERR_set_mark(); }
    ~ErrorQueueGuard() { ERR_pop_to_mark(); }
};

} // namespace

Result<Certificate> Certificate::fromDer(std::string_view der) {
    const ErrorQueueGuard guard;
    if (der.empty() || der.size() > maxDer) return fail(CertificateError::Malformed);
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    const openssl::X509Certificate parsed(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (parsed == nullptr || at != reinterpret_cast<const unsigned char*>(der.data()) + der.size())
        return fail(CertificateError::Malformed);

    Certificate certificate;
    certificate.der_ = der;
    certificate.fingerprint_ = sha256Hex(der);
    certificate.subject_ = subjectText(*parsed);
    int digest = NID_undef;
    if (OBJ_find_sigid_algs(X509_get_signature_nid(parsed.get()), &digest, nullptr) == 1)
        certificate.signedWithOldDigest_ = digest == NID_sha1 || digest == NID_md5;
    if (!readTime(X509_get0_notBefore(parsed.get()), certificate.notBefore_) ||
        !readTime(X509_get0_notAfter(parsed.get()), certificate.notAfter_))
        return fail(CertificateError::Malformed, "validity");

    EVP_PKEY* key = X509_get_pubkey(parsed.get());
    certificate.key_ = std::shared_ptr<evp_pkey_st>(key, EVP_PKEY_free);
    if (key == nullptr) return fail(CertificateError::UnsupportedKey);
    certificate.keyBits_ = EVP_PKEY_get_bits(key);
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA) {
        certificate.rsa_ = true;
        certificate.smallExponent_ = smallExponent(*key);
        certificate.keyDescription_ = "RSA " + std::to_string(certificate.keyBits_);
    } else if (const std::string curve = EVP_PKEY_get_base_id(key) == EVP_PKEY_EC ? curveName(*key) : std::string();
               !curve.empty()) {
        certificate.keyDescription_ = "EC " + curve;
    } else {
        return fail(CertificateError::UnsupportedKey);
    }
    unsigned char* encoded = nullptr;
    const int size = i2d_PUBKEY(key, &encoded);
    if (size <= 0) return fail(CertificateError::UnsupportedKey);
    certificate.publicKeyDer_.assign(reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size));
    OPENSSL_free(encoded);
    return certificate;
}

Result<std::vector<Certificate>> Certificate::fromPem(std::string_view text) {
    std::vector<Certificate> found;
    const auto add = [&](std::string_view body) -> Status {
        if (found.size() == maxCertificates) return fail(CertificateError::TooMany);
        auto der = decodeBase64(body, maxDer);
        if (!der) return fail(Error(CertificateError::NotPem).because(std::move(der).error()));
        GW_TRY(Certificate certificate, fromDer(*der));
        found.push_back(std::move(certificate));
        return {};
    };
    if (text.find("-----BEGIN") == std::string_view::npos) {
        GW_CHECK(add(text));
        return found;
    }
    for (std::size_t i = text.find(beginMark); i != std::string_view::npos; i = text.find(beginMark, i)) {
        i += beginMark.size();
        const std::size_t end = text.find(endMark, i);
        if (end == std::string_view::npos) return fail(CertificateError::NotPem, "no end of the block");
        GW_CHECK(add(text.substr(i, end - i)));
        i = end;
    }
    if (found.empty()) return fail(CertificateError::NotPem);
    return found;
}

} // namespace gw::saml
