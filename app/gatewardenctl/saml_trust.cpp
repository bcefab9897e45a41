#include "app/gatewardenctl/saml_trust.h"

#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/output.h"
#include "saml/base/clock.h"
#include "saml/dsig/sha256_hex.h"
#include "saml/protocol/parsed_response.h"
#include "ui/errors_text.h"

#include <algorithm>

namespace gw::ctl {
namespace {

constexpr std::size_t maxCached = 256;

void complainOf(const std::string& file, const Error& error) {
    complain("gatewardenctl: " + file + ": " + ui::explainBriefly(error).toStdString());
}

Result<saml::EntityDescriptor> parseEntity(const std::string& xml, std::string_view claimedIssuer) {
    // Expiry is judged for each response by its own time.
    auto entity = saml::parseMetadata(xml, UtcTime());
    if (!entity && entity.error().code().is(saml::MetadataError::SeveralIdentityProviders) && !claimedIssuer.empty())
        entity = saml::parseMetadata(xml, UtcTime(), claimedIssuer);
    return entity;
}

} // namespace

std::optional<saml::AlgorithmPolicy> policyOf(std::string_view name) {
    if (name == "strict") return saml::AlgorithmPolicy::Strict;
    if (name == "default") return saml::AlgorithmPolicy::Default;
    if (name == "lenient") return saml::AlgorithmPolicy::Lenient;
    return std::nullopt;
}

void setAcs(saml::VerifierSettings& settings, std::vector<std::string> urls) {
    settings.acceptsAcs = [urls = std::move(urls)](std::string_view url) { return std::find(urls.begin(), urls.end(), url) != urls.end(); };
}

Result<saml::EntityDescriptor> TrustCache::metadata(const std::string& xml, UtcTime now, std::string_view claimedIssuer) {
    const std::string key = saml::sha256Hex(xml);
    auto found = metadata_.find(key);
    if (found == metadata_.end()) {
        if (metadata_.size() >= maxCached) metadata_.clear();
        auto entity = parseEntity(xml, {});
        // What depends on the response is not kept.
        if (!entity && entity.error().code().is(saml::MetadataError::SeveralIdentityProviders)) return parseEntity(xml, claimedIssuer);
        found = metadata_.emplace(key, std::move(entity)).first;
    }
    const auto& entity = found->second;
    if (entity && entity->validUntil && *entity->validUntil <= now)
        return fail(Error(saml::MetadataError::NoLongerValid).with("instant", entity->validUntil->toRfc3339()).with("now", now.toRfc3339()));
    return entity;
}

Result<std::vector<saml::Certificate>> TrustCache::certificates(const std::string& text) {
    const std::string key = saml::sha256Hex(text);
    auto found = certificates_.find(key);
    if (found == certificates_.end()) {
        if (certificates_.size() >= maxCached) certificates_.clear();
        found = certificates_.emplace(key, saml::Certificate::fromPem(text)).first;
    }
    return found->second;
}

std::optional<UtcTime> timeFromOptions(const Invocation& invocation) {
    if (!invocation.has("--at")) return SystemClock().now();
    const auto time = UtcTime::parse(invocation.value("--at"));
    if (time) return *time;
    complain("gatewardenctl: --at is an RFC 3339 time with an offset, such as 2026-11-23T14:04:31Z");
    return std::nullopt;
}

std::string claimedIssuerOf(const saml::CapturedResponse& captured) {
    const auto parsed = saml::ParsedResponse::parse(captured);
    return parsed ? parsed->claimedIssuer() : std::string();
}

std::optional<TrustFiles> trustFromOptions(const Invocation& invocation, std::string_view claimedIssuer) {
    TrustFiles out;
    const auto now = timeFromOptions(invocation);
    if (!now) return std::nullopt;
    out.now = *now;
    if (invocation.has("--policy")) {
        const auto policy = policyOf(invocation.value("--policy"));
        if (!policy) {
            complain("gatewardenctl: --policy is strict, default or lenient");
            return std::nullopt;
        }
        out.settings.policy = *policy;
    }
    if (!invocation.values("--acs").empty()) setAcs(out.settings, invocation.values("--acs"));
    out.settings.audiences = invocation.values("--audience");

    const auto& metadata = invocation.values("--metadata");
    for (const std::string& file : metadata) {
        std::string text;
        if (!readOrComplain(file, maxMetadataFile, text)) return std::nullopt;
        auto entity = parseEntity(text, claimedIssuer);
        if (entity && entity->validUntil && *entity->validUntil <= out.now)
            entity = fail(Error(saml::MetadataError::NoLongerValid)
                              .with("instant", entity->validUntil->toRfc3339())
                              .with("now", out.now.toRfc3339()));
        if (!entity) {
            complainOf(file, entity.error());
            return std::nullopt;
        }
        // Of several files the one of the issuer counts; its keys alone are trusted then.
        const bool chosen = metadata.size() == 1 || entity->entityId == claimedIssuer || out.provider.entityId.empty();
        if (!chosen) continue;
        if (out.provider.entityId != entity->entityId) out.provider.signingKeys.clear();
        out.provider.entityId = entity->entityId;
        out.provider.signingKeys.insert(out.provider.signingKeys.end(), entity->signingKeys.begin(), entity->signingKeys.end());
    }
    for (const std::string& file : invocation.values("--certificate")) {
        std::string text;
        if (!readOrComplain(file, maxKeyFile, text)) return std::nullopt;
        const auto found = saml::Certificate::fromPem(text);
        if (!found) {
            complainOf(file, found.error());
            return std::nullopt;
        }
        out.provider.signingKeys.insert(out.provider.signingKeys.end(), found->begin(), found->end());
    }
    for (const std::string& file : invocation.values("--decrypt-key")) {
        std::string text;
        if (!readOrComplain(file, maxKeyFile, text)) return std::nullopt;
        const Secret pem(std::move(text));
        auto key = saml::DecryptionKey::fromPem(pem.reveal());
        if (!key) {
            complainOf(file, key.error());
            return std::nullopt;
        }
        out.settings.decryptionKeys.push_back(std::move(*key));
    }
    return out;
}

} // namespace gw::ctl
