// Turns a provider's metadata and certificates into the keys to trust. A URL is read again when it is older than a day;
// the last good copy is kept on disk and used, and said so, where the new one cannot be had or read. A copy that is past
// its own validUntil is not used any more.
//
// Files are read and documents parsed on a thread of the global pool; call `load` and consume its future on one thread
// with an event loop. Calls under way end as canceled when this object goes.
#pragma once

#include "models/cloud/http_client.h"
#include "models/sessions/providers/provider.h"
#include "saml/base/clock.h"
#include "saml/metadata/entity_descriptor.h"
#include "saml/protocol/assertion_verifier.h"

#include <QFuture>

#include <filesystem>
#include <memory>
#include <optional>

class QObject;

namespace gw::sessions {

// Facts: "path" or "url", "status". The cause tells why: a NetError, FileError, MetadataError, CertificateError or
// DecryptionKeyError.
#define GW_TRUST_ERRORS(X) \
    X(NothingToTrust, "nothing_to_trust") \
    X(BadCertificate, "bad_certificate") \
    X(BadDecryptionKey, "bad_decryption_key") \
    X(NeededDecryptionKey, "needed_decryption_key") \
    X(MetadataNotReadable, "metadata_not_readable") \
    X(MetadataNotUsable, "metadata_not_usable") \
    X(NotKept, "not_kept")
GW_ERROR_ENUM(TrustError, "trust", GW_TRUST_ERRORS);

struct Trust {
    saml::TrustedProvider provider;
    std::vector<saml::DecryptionKey> decryptionKeys;
    std::vector<Error> keyProblems;         // BadDecryptionKey for each configured key that is not among them
    std::vector<saml::SingleSignOnService> singleSignOn;
    bool wantsSignedRequests = false;       // then nobody but the service provider itself can ask
    std::optional<UtcTime> metadataFrom;    // when the copy in use was read
    std::optional<UtcTime> validUntil;      // by the metadata itself
    std::optional<Error> refreshProblem;    // why it is not a fresh one; NotKept where only the copy on disk failed
};

// A private key from a file that nobody but its owner can read. Blocks on the disk. Error: BadDecryptionKey.
[[nodiscard]] Result<saml::DecryptionKey> readDecryptionKey(const std::string& path);

// Why an encrypted response was rejected, as far as that can be mended here: NeededDecryptionKey with the "path"s of the keys
// that could not be read, where no other one opens it. Every other rejection stays as it is.
[[nodiscard]] Error withKeyProblems(Error rejection, const std::vector<Error>& keyProblems);

class TrustSource {
public:
    TrustSource(cloud::HttpClient& http, const Clock& clock, std::filesystem::path cacheFolder);
    ~TrustSource();
    TrustSource(const TrustSource&) = delete;
    TrustSource& operator=(const TrustSource&) = delete;

    [[nodiscard]] QFuture<Result<Trust>> load(Provider provider);

private:
    cloud::HttpClient& http_;
    const Clock& clock_;
    std::filesystem::path cacheFolder_;
    std::unique_ptr<QObject> context_;
};

} // namespace gw::sessions
