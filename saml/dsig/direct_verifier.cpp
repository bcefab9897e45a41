#include "saml/dsig/direct_verifier.h"

#include "saml/dsig/canonical_form.h"
#include "saml/dsig/openssl_handles.h"

#include <array>
#include <memory>

#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

namespace gw::saml {
namespace {

using namespace algorithm;
using DigestContext = std::unique_ptr<EVP_MD_CTX, openssl::Calls<EVP_MD_CTX_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, openssl::Calls<ECDSA_SIG_free>>;

enum class Scheme { Rsa, Pss, Ecdsa };

struct Method {
    Scheme scheme;
    const EVP_MD* digest;
};

// Fetched once: an implicit fetch takes a lock and a search at every use. They live as long as the process.
const EVP_MD* fetched(const char* name) {
    return EVP_MD_fetch(nullptr, name, nullptr);
}

const EVP_MD* digestOf(std::string_view uri) {
    static const EVP_MD* const one = fetched("SHA1");
    static const EVP_MD* const two = fetched("SHA256");
    static const EVP_MD* const three = fetched("SHA384");
    static const EVP_MD* const five = fetched("SHA512");
    if (uri == sha256 || uri == rsaSha256 || uri == ecdsaSha256 || uri == pssSha256) return two;
    if (uri == sha384 || uri == rsaSha384 || uri == ecdsaSha384 || uri == pssSha384) return three;
    if (uri == sha512 || uri == rsaSha512 || uri == ecdsaSha512 || uri == pssSha512) return five;
    if (uri == sha1 || uri == rsaSha1) return one;
    return nullptr;
}

Scheme schemeOf(std::string_view method) {
    if (isPss(method)) return Scheme::Pss;
    return method == ecdsaSha256 || method == ecdsaSha384 || method == ecdsaSha512 ? Scheme::Ecdsa : Scheme::Rsa;
}

const unsigned char* octets(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// XML Signature 1.1 6.4.2: r and s, each as long as the order of the curve. OpenSSL wants them as DER.
std::string derOf(std::string_view raw, int orderBits) {
    const auto half = static_cast<std::size_t>((orderBits + 7) / 8);
    if (raw.size() != half * 2) return {};
    openssl::BigNumber r(BN_bin2bn(octets(raw), static_cast<int>(half), nullptr));
    openssl::BigNumber s(BN_bin2bn(octets(raw) + half, static_cast<int>(half), nullptr));
    const EcdsaSignature signature(ECDSA_SIG_new());
    if (r == nullptr || s == nullptr || signature == nullptr || ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1) return {};
    (void)r.release();
    (void)s.release();
    std::array<unsigned char, 160> der{};
    unsigned char* end = der.data();
    const int size = i2d_ECDSA_SIG(signature.get(), nullptr);
    if (size <= 0 || static_cast<std::size_t>(size) > der.size() || i2d_ECDSA_SIG(signature.get(), &end) != size) return {};
    return {reinterpret_cast<const char*>(der.data()), static_cast<std::size_t>(size)};
}

bool choosePss(EVP_PKEY_CTX* context, const EVP_MD* digest) {
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) > 0 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) > 0 &&
           EVP_PKEY_CTX_set_rsa_mgf1_md(context, digest) > 0;
}

bool holds(const Certificate& key, const Method& method, std::string_view text, std::string_view value) {
    if (key.isRsa() == (method.scheme == Scheme::Ecdsa)) return false;
    std::string der;
    if (method.scheme == Scheme::Ecdsa) {
        der = derOf(value, key.keyBits());
        if (der.empty()) return false;
        value = der;
    }
    const DigestContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* parameters = nullptr;
    if (context == nullptr || EVP_DigestVerifyInit(context.get(), &parameters, method.digest, nullptr, key.publicKey()) != 1)
        return false;
    if (method.scheme == Scheme::Pss && !choosePss(parameters, method.digest)) return false;
    return EVP_DigestVerify(context.get(), octets(value), value.size(), octets(text), text.size()) == 1;
}

bool digestIs(const EVP_MD* digest, std::string_view text, std::string_view stated) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> computed{};
    unsigned int size = 0;
    return EVP_Digest(text.data(), text.size(), computed.data(), &size, digest, nullptr) == 1 && size == stated.size() &&
           CRYPTO_memcmp(computed.data(), stated.data(), size) == 0;
}

} // namespace

Result<Secret> DirectVerifier::verify(const xml::Document& document, const SignatureProfile& profile, const Certificate& key,
                                      AlgorithmPolicy policy) const {
    GW_CHECK(checkAlgorithms(profile, policy));
    if (!document.root() || !profile.parent || key.publicKey() == nullptr)
        return fail(SignatureError::Internal, "nothing to verify");
    const Method method{schemeOf(profile.method), digestOf(profile.method)};
    const EVP_MD* digest = digestOf(profile.digest);
    if (method.digest == nullptr || digest == nullptr) return fail(SignatureError::Internal, "OpenSSL lacks a digest");

    GW_TRY(const Secret info, canonicalForm(profile.signedInfo, {}, profile.canonicalization, profile.canonicalizationPrefixes));
    const bool signedInfoHolds = holds(key, method, info.reveal(), profile.signatureValue);
    ERR_clear_error();
    if (!signedInfoHolds) return fail(SignatureError::Invalid, "signature value differs");

    // XML Signature 4.4.3.2: without a canonicalization among the transforms it is Canonical XML 1.0.
    const std::string_view transform = profile.transforms.size() > 1 ? std::string_view(profile.transforms[1]) : inclusive;
    GW_TRY(Secret digested, canonicalForm(profile.parent, profile.signature, transform, profile.transformPrefixes));
    if (digested.empty() || !digestIs(digest, digested.reveal(), profile.digestValue))
        return fail(SignatureError::Invalid, "digest differs");
    return digested;
}

} // namespace gw::saml
