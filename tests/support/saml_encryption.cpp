#include "tests/support/saml_encryption.h"

#include "saml/base/base64.h"
#include "saml/dsig/algorithms.h"
#include "saml/dsig/openssl_handles.h"
#include "saml/xml/namespaces.h"

#include <cstdio>
#include <cstdlib>
#include <memory>

#include <openssl/rand.h>
#include <openssl/rsa.h>

namespace gw::test {
namespace {

using namespace saml::algorithm;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, saml::openssl::Calls<EVP_PKEY_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, saml::openssl::Calls<EVP_CIPHER_CTX_free>>;

void must(bool condition) {
    if (condition) return;
    std::fprintf(stderr, "saml encryption: OpenSSL failed\n");
    std::abort();
}

saml::SigningKey makeKey(std::string_view name) {
    auto key = saml::SigningKey::generateRsa(2048, name, UtcTime::fromUnixSeconds(1'700'000'000), 36'500);
    must(key.has_value());
    return std::move(*key);
}

unsigned char* at(std::string& octets) {
    return reinterpret_cast<unsigned char*>(octets.data());
}
const unsigned char* at(std::string_view octets) {
    return reinterpret_cast<const unsigned char*>(octets.data());
}

std::string randomOctets(std::size_t size) {
    std::string octets(size, '\0');
    must(RAND_bytes(at(octets), static_cast<int>(size)) == 1);
    return octets;
}

const EVP_CIPHER* cipherOf(std::string_view uri) {
    if (uri == aes128Gcm) return EVP_aes_128_gcm();
    if (uri == aes192Gcm) return EVP_aes_192_gcm();
    if (uri == aes128Cbc) return EVP_aes_128_cbc();
    if (uri == aes192Cbc) return EVP_aes_192_cbc();
    if (uri == aes256Cbc) return EVP_aes_256_cbc();
    return EVP_aes_256_gcm();
}

const EVP_MD* digestOf(std::string_view uri) {
    if (uri == sha256 || uri == mgf1Sha256) return EVP_sha256();
    if (uri == sha384 || uri == mgf1Sha384) return EVP_sha384();
    if (uri == sha512 || uri == mgf1Sha512) return EVP_sha512();
    return EVP_sha1();
}

std::string encryptContent(std::string_view plaintext, std::string_view method, std::string_view key) {
    const EVP_CIPHER* cipher = cipherOf(method);
    const bool gcm = EVP_CIPHER_get_mode(cipher) == EVP_CIPH_GCM_MODE;
    std::string text(plaintext);
    if (!gcm) {
        const std::size_t padding = 16 - text.size() % 16;
        text += randomOctets(padding - 1) + static_cast<char>(padding);
    }
    const std::string iv = randomOctets(gcm ? 12 : 16);
    std::string body(text.size() + 16, '\0');
    const CipherContext context(EVP_CIPHER_CTX_new());
    int size = 0;
    int rest = 0;
    must(EVP_EncryptInit_ex(context.get(), cipher, nullptr, at(key), at(std::string_view(iv))) == 1);
    must(EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1);
    must(EVP_EncryptUpdate(context.get(), at(body), &size, at(std::string_view(text)), static_cast<int>(text.size())) == 1);
    must(EVP_EncryptFinal_ex(context.get(), at(body) + size, &rest) == 1);
    body.resize(static_cast<std::size_t>(size + rest));
    std::string tag(gcm ? 16 : 0, '\0');
    if (gcm) must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, 16, tag.data()) == 1);
    return iv + body + tag;
}

std::string encryptKey(std::string_view contentKey, const EncryptionShape& shape, const saml::SigningKey& recipient) {
    const KeyContext context(EVP_PKEY_CTX_new(recipient.certificate.publicKey(), nullptr));
    must(EVP_PKEY_encrypt_init(context.get()) == 1);
    must(EVP_PKEY_CTX_set_rsa_padding(context.get(), shape.key == rsa15 ? RSA_PKCS1_PADDING : RSA_PKCS1_OAEP_PADDING) == 1);
    if (shape.key != rsa15) {
        must(EVP_PKEY_CTX_set_rsa_oaep_md(context.get(), digestOf(shape.digest)) == 1);
        must(EVP_PKEY_CTX_set_rsa_mgf1_md(context.get(), shape.key == oaepMgf1p ? EVP_sha1() : digestOf(shape.mgf)) == 1);
        if (!shape.label.empty())
            must(EVP_PKEY_CTX_set0_rsa_oaep_label(context.get(), OPENSSL_memdup(shape.label.data(), shape.label.size()),
                                                  static_cast<int>(shape.label.size())) == 1);
    }
    std::size_t size = 0;
    must(EVP_PKEY_encrypt(context.get(), nullptr, &size, at(contentKey), contentKey.size()) == 1);
    std::string cipher(size, '\0');
    must(EVP_PKEY_encrypt(context.get(), at(cipher), &size, at(contentKey), contentKey.size()) == 1);
    return cipher;
}

std::string cipherData(std::string_view octets) {
    return "<xenc:CipherData><xenc:CipherValue>" + encodeBase64(octets) + "</xenc:CipherValue></xenc:CipherData>";
}

std::string encryptedKey(std::string_view contentKey, const EncryptionShape& shape, const saml::SigningKey& recipient) {
    std::string parameters;
    if (!shape.label.empty()) parameters += "<xenc:OAEPparams>" + encodeBase64(shape.label) + "</xenc:OAEPparams>";
    if (!shape.digest.empty()) parameters += "<ds:DigestMethod Algorithm=\"" + std::string(shape.digest) + "\"/>";
    if (!shape.mgf.empty())
        parameters += "<x11:MGF xmlns:x11=\"http://www.w3.org/2009/xmlenc11#\" Algorithm=\"" + std::string(shape.mgf) + "\"/>";
    return "<xenc:EncryptedKey xmlns:xenc=\"" + std::string(xml::ns::encryption) + "\" xmlns:ds=\"" +
           std::string(xml::ns::signature) + "\"><xenc:EncryptionMethod Algorithm=\"" + std::string(shape.key) + "\">" +
           parameters + "</xenc:EncryptionMethod>" + cipherData(encryptKey(contentKey, shape, recipient)) +
           "</xenc:EncryptedKey>";
}

} // namespace

const saml::SigningKey& recipientKey() {
    static const saml::SigningKey key = makeKey("Recipient");
    return key;
}

saml::DecryptionKey decryptionKey(const saml::SigningKey& key) {
    auto made = saml::DecryptionKey::fromPem(key.privateKeyPem.reveal());
    must(made.has_value());
    return *made;
}

std::string encryptedAssertion(std::string_view plaintext, const EncryptionShape& shape, const saml::SigningKey& recipient) {
    static const saml::SigningKey stranger = makeKey("Other recipient");
    const std::string contentKey = randomOctets(static_cast<std::size_t>(EVP_CIPHER_get_key_length(cipherOf(shape.data))));
    std::string keys;
    for (int i = 0; i < shape.decoyKeys; ++i) keys += encryptedKey(contentKey, shape, stranger);
    keys += encryptedKey(contentKey, shape, recipient);
    const std::string info = shape.beside
                                 ? std::string()
                                 : "<ds:KeyInfo xmlns:ds=\"" + std::string(xml::ns::signature) + "\">" + keys + "</ds:KeyInfo>";
    return "<saml:EncryptedAssertion xmlns:saml=\"" + std::string(xml::ns::assertion) + "\"><xenc:EncryptedData xmlns:xenc=\"" +
           std::string(xml::ns::encryption) +
           "\" Type=\"http://www.w3.org/2001/04/xmlenc#Element\"><xenc:EncryptionMethod Algorithm=\"" + std::string(shape.data) +
           "\"/>" + info + std::string(shape.extraInData) + cipherData(encryptContent(plaintext, shape.data, contentKey)) +
           "</xenc:EncryptedData>" + (shape.beside ? keys : std::string()) + "</saml:EncryptedAssertion>";
}

std::string withEncryptedAssertion(const std::string& xml, const EncryptionShape& shape, const saml::SigningKey& recipient) {
    constexpr std::string_view close = "</saml:Assertion>";
    const std::size_t begin = xml.find("<saml:Assertion");
    const std::size_t end = xml.find(close);
    must(begin != std::string::npos && end != std::string::npos);
    const std::size_t after = end + close.size();
    return xml.substr(0, begin) + encryptedAssertion(xml.substr(begin, after - begin), shape, recipient) + xml.substr(after);
}

} // namespace gw::test
