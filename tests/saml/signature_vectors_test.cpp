// Edge cases of signature octets and keys, in the manner of Wycheproof, through the whole verifier: every vector is made
// here, from keys of this run. Whatever is not the one encoding of a valid signature is refused.
#include "saml/dsig/openssl_handles.h"
#include "tests/saml/verify_helpers.h"
#include "tests/support/raw_signature.h"
#include "tests/support/saml_shapes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>

#include <openssl/pem.h>
#include <openssl/rsa.h>

namespace gw::saml {
namespace {

using test::Markup;
using test::ResponseBuilder;

constexpr std::string_view rsaSha256Uri = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
// DigestInfo of SHA-256 (RFC 8017, 9.2 note 1).
constexpr std::string_view sha256Info("\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20", 19);

using Value = std::function<std::string(std::string_view)>;

Result<VerifiedAssertion> verdictOf(const SigningKey& key, std::string_view method, Value value) {
    auto root = Markup::parse(ResponseBuilder(testNow).unsignedXml());
    test::RawSignature shape;
    shape.method = method;
    shape.value = std::move(value);
    test::signRaw(*root->find("saml:Assertion"), shape, key);
    return verifyText(root->str(), AlgorithmPolicy::Default, {ResponseBuilder(testNow).issuer, {key.certificate}});
}

openssl::EvpKey privateKey(const SigningKey& key) {
    const std::string_view pem = key.privateKeyPem.reveal();
    const openssl::Bio in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    return openssl::EvpKey(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
}

// The RSA private operation on a whole encoded block.
std::string rawRsa(const SigningKey& key, const std::string& block) {
    const openssl::EvpKey own = privateKey(key);
    const std::unique_ptr<EVP_PKEY_CTX, openssl::Calls<EVP_PKEY_CTX_free>> context(EVP_PKEY_CTX_new(own.get(), nullptr));
    std::size_t size = block.size();
    std::string out(size, '\0');
    if (EVP_PKEY_sign_init(context.get()) != 1 || EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING) != 1 ||
        EVP_PKEY_sign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size,
                      reinterpret_cast<const unsigned char*>(block.data()), block.size()) != 1)
        std::abort();
    return out;
}

std::string padded(std::string_view info, std::string_view digest, std::string_view after = {}) {
    const std::size_t length = 256;
    std::string block = std::string("\0\1", 2) + std::string(length - 3 - info.size() - digest.size() - after.size(), '\xFF') +
                        std::string(1, '\0');
    return block + std::string(info) + std::string(digest) + std::string(after);
}

std::string sha256(std::string_view text) {
    return test::digestOctets(text, "http://www.w3.org/2001/04/xmlenc#sha256");
}

TEST(RsaVector, TheRightPaddingMadeByHandIsAccepted) {
    const auto& key = test::providerKey();
    EXPECT_TRUE(holds(verdictOf(key, rsaSha256Uri, [&](auto text) { return rawRsa(key, padded(sha256Info, sha256(text))); })));
}

struct BadPadding {
    const char* name;
    std::function<std::string(const std::string& digest)> block;
};

class RsaPadding : public testing::TestWithParam<BadPadding> {};

TEST_P(RsaPadding, IsRefused) {
    const auto& key = test::providerKey();
    EXPECT_TRUE(failsWith(verdictOf(key, rsaSha256Uri, [&](auto text) { return rawRsa(key, GetParam().block(sha256(text))); }),
                          VerifyError::SignatureInvalid));
}

std::string shortPadding(const std::string& digest, char fill, std::size_t count) {
    // BERserk and its kin: little padding, then what the check should not ignore.
    std::string block = std::string("\0\1", 2) + std::string(count, '\xFF') + std::string(1, '\0') + std::string(sha256Info) + digest;
    return block + std::string(256 - block.size(), fill);
}

INSTANTIATE_TEST_SUITE_P(
    Bleichenbacher, RsaPadding,
    testing::Values(
        BadPadding{"GarbageAfterTheDigest", [](auto& d) { return shortPadding(d, '\x41', 8); }},
        BadPadding{"ZerosAfterTheDigest", [](auto& d) { return shortPadding(d, '\0', 8); }},
        BadPadding{"OneOctetAfterTheDigest", [](auto& d) { return padded(sha256Info, d, "x"); }},
        BadPadding{"BlockTypeZero", [](auto& d) { auto b = padded(sha256Info, d); b[1] = 0; return b; }},
        BadPadding{"BlockTypeTwo", [](auto& d) { auto b = padded(sha256Info, d); b[1] = 2; return b; }},
        BadPadding{"PaddingNotAllOnes", [](auto& d) { auto b = padded(sha256Info, d); b[20] = '\xFE'; return b; }},
        BadPadding{"NoSeparator", [](auto& d) { auto b = padded(sha256Info, d); b[256 - 52] = '\xFF'; return b; }},
        BadPadding{"WithoutNullParameters",
                   [](auto& d) {
                       return padded(std::string_view("\x30\x2f\x30\x0b\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x04\x20", 17), d);
                   }},
        BadPadding{"LongFormLength",
                   [](auto& d) {
                       return padded(std::string_view("\x30\x81\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20", 20), d);
                   }},
        BadPadding{"BerserkLongLength",
                   [](auto& d) {
                       std::string wide("\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\xC0", 19);
                       return padded(wide + std::string(64, '\x41'), d);
                   }},
        BadPadding{"OtherDigestIdentifier",
                   [](auto& d) {
                       auto other = std::string(sha256Info);
                       other[14] = '\x03';
                       return padded(other, d);
                   }},
        BadPadding{"BareDigest", [](auto& d) { return padded({}, d); }},
        BadPadding{"DigestCutShort", [](auto& d) { return padded(sha256Info, d.substr(0, 31)); }},
        BadPadding{"AllZero", [](auto&) { return std::string(256, '\0'); }}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(RsaVector, OtherLengthsAreRefused) {
    const auto& key = test::providerKey();
    const auto right = [&](std::string_view text) { return test::signOctets(text, rsaSha256Uri, key); };
    const std::pair<const char*, std::function<std::string(std::string)>> changes[] = {
        {"empty", [](std::string) { return std::string(); }},
        {"one short", [](std::string s) { return s.substr(1); }},
        {"cut at the end", [](std::string s) { return s.substr(0, 255); }},
        {"zero in front", [](std::string s) { return std::string(1, '\0') + s; }},
        {"zero at the end", [](std::string s) { return s + std::string(1, '\0'); }},
        {"twice", [](std::string s) { return s + s; }},
        {"zero", [](std::string) { return std::string(256, '\0'); }},
        {"one", [](std::string) { return std::string(255, '\0') + "\1"; }},
        {"one bit", [](std::string s) { s[255] = static_cast<char>(s[255] ^ 1); return s; }}};
    for (const auto& [name, change] : changes)
        EXPECT_FALSE(verdictOf(key, rsaSha256Uri, [&](auto text) { return change(right(text)); })) << name;
}

TEST(RsaVector, ASignatureAboveTheModulusIsRefused) {
    const auto& key = test::providerKey();
    const auto lifted = [&](std::string_view text) {
        const openssl::EvpKey own = privateKey(key);
        BIGNUM* modulus = nullptr;
        EVP_PKEY_get_bn_param(own.get(), "n", &modulus);
        const openssl::BigNumber n(modulus);
        const std::string right = test::signOctets(text, rsaSha256Uri, key);
        const openssl::BigNumber value(BN_bin2bn(reinterpret_cast<const unsigned char*>(right.data()), static_cast<int>(right.size()), nullptr));
        BN_add(value.get(), value.get(), n.get());
        std::string out(static_cast<std::size_t>(BN_num_bytes(value.get())), '\0');
        BN_bn2bin(value.get(), reinterpret_cast<unsigned char*>(out.data()));
        return out;
    };
    EXPECT_TRUE(failsWith(verdictOf(key, rsaSha256Uri, lifted), VerifyError::SignatureInvalid));
}

TEST(RsaVector, MethodAndDigestOfTheSignatureMustAgree) {
    const auto& key = test::providerKey();
    for (const char* other : {"http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
                              "http://www.w3.org/2000/09/xmldsig#rsa-sha1", "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1"})
        EXPECT_TRUE(failsWith(verdictOf(key, rsaSha256Uri, [&](auto text) { return test::signOctets(text, other, key); }),
                              VerifyError::SignatureInvalid))
            << other;
}

// P-256's order.
constexpr const char* order256 = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";
constexpr std::string_view ecdsaUri = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";

std::string number(const BIGNUM& value, int width) {
    std::string out(static_cast<std::size_t>(width), '\0');
    BN_bn2binpad(&value, reinterpret_cast<unsigned char*>(out.data()), width);
    return out;
}

openssl::BigNumber fromOctets(std::string_view text) {
    return openssl::BigNumber(BN_bin2bn(reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()), nullptr));
}

openssl::BigNumber order() {
    BIGNUM* value = nullptr;
    BN_hex2bn(&value, order256);
    return openssl::BigNumber(value);
}

TEST(EcdsaVector, NumbersOutOfRangeAreRefused) {
    const auto& key = test::shapeKeys()[2];
    const std::string zero(32, '\0'), one = std::string(31, '\0') + "\1", n = number(*order(), 32), top(32, '\xFF');
    const std::pair<std::string, std::string> pairs[] = {{zero, zero}, {zero, one}, {one, zero}, {one, one}, {n, n}, {n, one},
                                                         {one, n},     {top, top},  {zero, n},   {n, zero}};
    for (const auto& [r, s] : pairs)
        EXPECT_TRUE(failsWith(verdictOf(key, ecdsaUri, [&](auto) { return r + s; }), VerifyError::SignatureInvalid));
    // Right numbers with the order added still fit 32 octets in some cases, and 33 in all.
    const auto lifted = [&](std::string_view text) {
        const std::string right = test::signOctets(text, ecdsaUri, key);
        const auto s = fromOctets(std::string_view(right).substr(32));
        BN_add(s.get(), s.get(), order().get());
        return std::string(1, '\0') + right.substr(0, 32) + number(*s, 33);
    };
    EXPECT_FALSE(verdictOf(key, ecdsaUri, lifted));
}

// XML Signature has no rule on low s; the other root of the same signature is as valid, and claims do not depend on it.
TEST(EcdsaVector, HighAndLowSBothHold) {
    const auto& key = test::shapeKeys()[2];
    const auto negated = [&](std::string_view text) {
        const std::string right = test::signOctets(text, ecdsaUri, key);
        const auto s = fromOctets(std::string_view(right).substr(32));
        const openssl::BigNumber n = order();
        BN_sub(s.get(), n.get(), s.get());
        return right.substr(0, 32) + number(*s, 32);
    };
    EXPECT_TRUE(holds(verdictOf(key, ecdsaUri, negated)));
    EXPECT_TRUE(holds(verdictOf(key, ecdsaUri, nullptr)));
}

TEST(EcdsaVector, OtherEncodingsAndLengthsAreRefused) {
    const auto& key = test::shapeKeys()[2];
    const auto right = [&](std::string_view text) { return test::signOctets(text, ecdsaUri, key); };
    const auto der = [&](std::string_view text) {
        const std::string plain = right(text);
        const auto integer = [](std::string_view octets) {
            std::string body(octets);
            if (static_cast<unsigned char>(body[0]) >= 0x80) body.insert(0, 1, '\0');
            return std::string("\x02") + static_cast<char>(body.size()) + body;
        };
        const std::string body = integer(std::string_view(plain).substr(0, 32)) + integer(std::string_view(plain).substr(32));
        return std::string("\x30") + static_cast<char>(body.size()) + body;
    };
    EXPECT_FALSE(verdictOf(key, ecdsaUri, der)) << "DER is not the encoding of XML Signature";
    EXPECT_FALSE(verdictOf(key, ecdsaUri, [&](auto t) { return right(t).substr(0, 63); }));
    EXPECT_FALSE(verdictOf(key, ecdsaUri, [&](auto t) { return right(t) + std::string(1, '\0'); }));
    EXPECT_FALSE(verdictOf(key, ecdsaUri, [&](auto t) { return right(t) + right(t); }));
    EXPECT_FALSE(verdictOf(key, ecdsaUri, [&](auto t) { return right(t).substr(32) + right(t).substr(0, 32); }));
    EXPECT_FALSE(verdictOf(key, ecdsaUri, [&](auto t) {
        return std::string(16, '\0') + right(t).substr(0, 32) + std::string(16, '\0') + right(t).substr(32);
    })) << "leading zeros of a larger curve";
    EXPECT_FALSE(verdictOf(key, ecdsaUri, [](auto) { return std::string(); }));
    EXPECT_FALSE(verdictOf(key, ecdsaUri, [](auto) { return std::string(1, '\0'); }));
}

TEST(EcdsaVector, KeysOfAnotherKindOrCurveAreRefused) {
    // The signature is right for its key; what is trusted is another one.
    for (const std::size_t trusted : {std::size_t{0}, std::size_t{3}, std::size_t{4}}) {
        auto root = Markup::parse(ResponseBuilder(testNow).unsignedXml());
        test::RawSignature shape;
        shape.method = ecdsaUri;
        test::signRaw(*root->find("saml:Assertion"), shape, test::shapeKeys()[2]);
        EXPECT_FALSE(verifyText(root->str(), AlgorithmPolicy::Default, {ResponseBuilder(testNow).issuer, {test::shapeKeys()[trusted].certificate}}));
    }
    // RSA octets under an ECDSA method and the other way round.
    EXPECT_FALSE(verdictOf(test::shapeKeys()[0], ecdsaUri, [](auto text) { return test::signOctets(text, rsaSha256Uri, test::shapeKeys()[0]); }));
    EXPECT_FALSE(verdictOf(test::shapeKeys()[2], rsaSha256Uri, [](auto text) { return test::signOctets(text, ecdsaUri, test::shapeKeys()[2]); }));
}

} // namespace
} // namespace gw::saml
