#include "app/practice/provider_keys.h"

#include "models/store/files.h"
#include "saml/dsig/openssl_handles.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>
#include <optional>
#include <string>

namespace gw::practice {

namespace {

constexpr int keyBits = 2048;
constexpr int validDays = 3650;
constexpr std::chrono::hours renewBefore{24 * 30};
constexpr std::string_view certificateBegin = "-----BEGIN CERTIFICATE-----";

using BioPtr = saml::openssl::Bio;
using KeyPtr = saml::openssl::EvpKey;

// A file that was half restored or edited must not give signatures that its own certificate rejects.
bool belongTogether(std::string_view privateKeyPem, const saml::Certificate& certificate) {
    const BioPtr bio(BIO_new_mem_buf(privateKeyPem.data(), static_cast<int>(privateKeyPem.size())));
    const KeyPtr privateKey(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
    const std::string& der = certificate.publicKeyDer();
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    const KeyPtr publicKey(d2i_PUBKEY(nullptr, &bytes, static_cast<long>(der.size())));
    return privateKey && publicKey && EVP_PKEY_eq(privateKey.get(), publicKey.get()) == 1;
}

std::optional<saml::SigningKey> parseKey(std::string_view text, UtcTime now) {
    const auto split = text.find(certificateBegin);
    if (split == std::string_view::npos) return std::nullopt;
    auto certificates = saml::Certificate::fromPem(text.substr(split));
    if (!certificates || certificates->size() != 1) return std::nullopt;
    saml::SigningKey key{Secret(text.substr(0, split)), std::move(certificates->front())};
    if (key.certificate.notAfter() < now + renewBefore || !belongTogether(key.privateKeyPem.reveal(), key.certificate))
        return std::nullopt;
    return key;
}

tl::unexpected<Error> cannot(const std::filesystem::path& path, Error cause) {
    return fail(
        Error(PracticeError::CannotMakeKeys, "the provider has no key").with("path", path.string()).because(std::move(cause)));
}

} // namespace

Result<saml::SigningKey> loadOrMakeProviderKey(const std::filesystem::path& folder, UtcTime now) {
    const std::filesystem::path path = folder / "provider.pem";
    if (auto content = store::readFile(path, 64 * 1024)) {
        const Secret text(std::move(*content));
        if (auto key = parseKey(text.reveal(), now)) return std::move(*key);
    } else if (!content.error().code().is(store::FileError::NotFound) && !content.error().code().is(store::FileError::TooLarge)) {
        return cannot(path, std::move(content).error());
    }
    auto key = saml::SigningKey::generateRsa(keyBits, "Northwind SSO (practice)", now, validDays);
    if (!key) return cannot(path, std::move(key).error());
    std::string text(key->privateKeyPem.reveal());
    if (!text.ends_with('\n')) text += '\n';
    text += key->certificatePem();
    const Secret content(std::move(text));
    if (auto written = store::writeFileAtomically(path, content.reveal()); !written)
        return cannot(path, std::move(written).error());
    return std::move(*key);
}

Result<saml::SigningKey> makeStrangerKey(UtcTime now) {
    return saml::SigningKey::generateRsa(keyBits, "Stranger (practice)", now, validDays);
}

} // namespace gw::practice
