#include "models/sessions/providers/trust_source.h"

#include "models/sessions/providers/metadata_cache.h"
#include "models/store/files.h"
#include "models/store/on_worker.h"
#include "models/store/when_done.h"

#include <QObject>
#include <QPromise>

#include <algorithm>

namespace gw::sessions {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t maxMetadata = std::size_t{10} << 20;
constexpr std::size_t maxKey = std::size_t{64} << 10;
constexpr auto refreshAfter = 24h;

Result<std::vector<saml::Certificate>> configuredKeys(const Provider& provider) {
    std::vector<saml::Certificate> keys;
    for (const std::string& pem : provider.certificatesPem) {
        auto parsed = saml::Certificate::fromPem(pem);
        if (!parsed) return fail(Error(TrustError::BadCertificate).because(std::move(parsed).error()));
        std::ranges::move(*parsed, std::back_inserter(keys));
    }
    return keys;
}

Result<Trust> trustFrom(const Provider& provider, const std::optional<saml::EntityDescriptor>& metadata) {
    GW_TRY(const auto configured, configuredKeys(provider));
    Trust trust;
    trust.provider.entityId = provider.entityId;
    trust.provider.legacyEncryption = provider.legacyEncryption;
    for (const std::string& path : provider.decryptionKeyFiles) {
        // Only an encrypted response needs it, and another key may open that.
        if (auto key = readDecryptionKey(path))
            trust.decryptionKeys.push_back(std::move(*key));
        else
            trust.keyProblems.push_back(std::move(key).error());
    }
    if (metadata) {
        if (trust.provider.entityId.empty()) trust.provider.entityId = metadata->entityId;
        trust.provider.signingKeys = metadata->signingKeys;
        trust.singleSignOn = metadata->singleSignOn;
        trust.wantsSignedRequests = metadata->wantAuthnRequestsSigned;
        trust.validUntil = metadata->validUntil;
    }
    for (const saml::Certificate& key : configured)
        if (std::ranges::find(trust.provider.signingKeys, key) == trust.provider.signingKeys.end()) trust.provider.signingKeys.push_back(key);
    if (trust.provider.signingKeys.empty()) return fail(TrustError::NothingToTrust);
    return trust;
}

Result<Trust> trustFromXml(const Provider& provider, const std::string& xml, UtcTime now) {
    auto metadata = saml::parseMetadata(xml, now, provider.entityId);
    if (!metadata) return fail(Error(TrustError::MetadataNotUsable).because(std::move(metadata).error()));
    return trustFrom(provider, *metadata);
}

Result<Trust> trustFromFile(const Provider& provider, UtcTime now) {
    auto xml = store::readFile(provider.metadataFile, maxMetadata);
    if (!xml)
        return fail(Error(TrustError::MetadataNotReadable).with("path", provider.metadataFile).because(std::move(xml).error()));
    auto trust = trustFromXml(provider, *xml, now);
    if (!trust) return fail(std::move(trust).error().with("path", provider.metadataFile));
    trust->metadataFrom = now;
    return trust;
}

// What the disk holds, and what it is worth.
struct LastGood {
    std::optional<CachedMetadata> entry;
    std::optional<Result<Trust>> trust;     // set where there is an entry
    [[nodiscard]] bool usable() const { return trust && trust->has_value(); }
};

LastGood readLastGood(const MetadataCache& cache, const Provider& provider, UtcTime now) {
    LastGood last{cache.find(provider.metadataUrl), {}};
    if (!last.entry) return last;
    last.trust = trustFromXml(provider, last.entry->xml, now);
    if (last.usable()) (*last.trust)->metadataFrom = last.entry->readAt;
    return last;
}

bool isFresh(const LastGood& last, UtcTime now) {
    // A copy from the future was read by a clock that was wrong.
    return last.usable() && last.entry->readAt <= now && now - last.entry->readAt < refreshAfter;
}

// What a server's answer makes of the copy on disk.
Result<Trust> absorb(const MetadataCache& cache, const Provider& provider, LastGood last, Result<cloud::HttpResponse> answer, UtcTime now) {
    const auto orLastGood = [&](Error problem) -> Result<Trust> {
        problem.with("url", provider.metadataUrl);
        if (!last.usable()) return fail(std::move(problem));
        Trust trust = std::move(**last.trust);
        trust.refreshProblem = std::move(problem);
        return trust;
    };
    if (!answer) return orLastGood(Error(TrustError::MetadataNotReadable).because(std::move(answer).error()));
    CachedMetadata entry{provider.metadataUrl, now, answer->header("etag"), answer->header("last-modified"), {}};
    if (answer->status == 304 && last.usable()) {
        entry.xml = std::move(last.entry->xml);
        if (entry.etag.empty()) entry.etag = last.entry->etag;
        if (entry.lastModified.empty()) entry.lastModified = last.entry->lastModified;
    } else if (answer->status == 200) {
        entry.xml = answer->body.reveal();
    } else {
        return orLastGood(Error(TrustError::MetadataNotReadable).with("status", std::to_string(answer->status)));
    }
    auto trust = trustFromXml(provider, entry.xml, now);
    if (!trust) return orLastGood(std::move(trust).error());
    trust->metadataFrom = now;
    if (auto kept = cache.keep(entry); !kept) trust->refreshProblem = Error(TrustError::NotKept).because(std::move(kept).error());
    return trust;
}

} // namespace

Result<saml::DecryptionKey> readDecryptionKey(const std::string& path) {
    const auto bad = [&](Error cause) { return fail(Error(TrustError::BadDecryptionKey).with("path", path).because(std::move(cause))); };
    const auto pem = store::readPrivateFile(path, maxKey);
    if (!pem) return bad(pem.error());
    auto key = saml::DecryptionKey::fromPem(pem->reveal());
    if (!key) return bad(std::move(key).error());
    return key;
}

Error withKeyProblems(Error rejection, const std::vector<Error>& keyProblems) {
    const bool encrypted = rejection.code().is(saml::VerifyError::EncryptedAssertion) || rejection.code().is(saml::VerifyError::DecryptionFailed);
    if (!encrypted || keyProblems.empty()) return rejection;
    std::string paths;
    for (const Error& problem : keyProblems) paths.append(paths.empty() ? "" : ", ").append(problem.fact("path"));
    const Error& first = keyProblems.front();
    return Error(TrustError::NeededDecryptionKey).with("path", paths).because(first.cause() ? *first.cause() : first);
}

TrustSource::TrustSource(cloud::HttpClient& http, const Clock& clock, std::filesystem::path cacheFolder)
    : http_(http), clock_(clock), cacheFolder_(std::move(cacheFolder)), context_(std::make_unique<QObject>()) {}

TrustSource::~TrustSource() = default;

QFuture<Result<Trust>> TrustSource::load(Provider provider) {
    const UtcTime now = clock_.now();
    if (provider.metadataUrl.empty())
        return onWorker([provider = std::move(provider), now] {
            return provider.metadataFile.empty() ? trustFrom(provider, std::nullopt) : trustFromFile(provider, now);
        });

    auto promise = std::make_shared<QPromise<Result<Trust>>>();
    promise->start();
    const auto finish = [promise](Result<Trust> trust) {
        promise->addResult(std::move(trust));
        promise->finish();
    };
    const MetadataCache cache(cacheFolder_);
    whenDone(onWorker([cache, provider, now] { return readLastGood(cache, provider, now); }), context_.get(), [=, this](LastGood last) {
        if (isFresh(last, now)) return finish(std::move(*last.trust));
        cloud::HttpRequest request;
        request.url = provider.metadataUrl;
        request.maxResponseBytes = maxMetadata;
        request.headers.push_back({"Accept", "application/samlmetadata+xml, application/xml;q=0.9, */*;q=0.1"});
        if (last.usable() && !last.entry->etag.empty()) request.headers.push_back({"If-None-Match", last.entry->etag});
        if (last.usable() && !last.entry->lastModified.empty()) request.headers.push_back({"If-Modified-Since", last.entry->lastModified});
        whenDone(http_.send(std::move(request)), context_.get(), [=, this](Result<cloud::HttpResponse> reply) {
            auto answer = std::make_shared<Result<cloud::HttpResponse>>(std::move(reply));
            const UtcTime arrived = clock_.now();
            whenDone(onWorker([=] { return absorb(cache, provider, last, std::move(*answer), arrived); }), context_.get(), finish);
        });
    });
    return promise->future();
}

} // namespace gw::sessions
