// What metadata says and what is wrong with it, and when its keys end.
#pragma once

#include "saml/base/result.h"
#include "saml/dsig/certificate.h"
#include "saml/inspect/provider_kind.h"
#include "saml/protocol/finding.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::inspect {

struct MetadataKey {
    std::string use;                                  // "signing", "encryption" or "" for both
    std::optional<saml::Certificate> certificate;     // nothing where it could not be read
    long line = 0;
};

struct MetadataEndpoint {
    std::string service;                              // "SingleSignOnService"
    std::string binding;                              // the last part of the URI, "HTTP-POST"
    std::string location;
    std::optional<unsigned> index;
};

struct MetadataEntity {
    std::string entityId;
    ProviderKind provider = ProviderKind::Unknown;
    bool identityProvider = false, serviceProvider = false;
    std::vector<MetadataKey> keys;
    std::vector<MetadataEndpoint> endpoints;
    std::vector<std::string> nameIdFormats;
    std::optional<UtcTime> validUntil;
    bool wantAuthnRequestsSigned = false, wantAssertionsSigned = false;
    long line = 0;
};

// A key's end, for the calendar.
struct KeyEnd {
    std::string entityId, use, fingerprint, subject;
    UtcTime notBefore, notAfter;
    bool onlySigningKey = false;        // when it ends, nothing of this provider verifies
};

struct MetadataReport {
    std::vector<MetadataEntity> entities;             // at most 2,000
    std::size_t entityCount = 0;
    bool isSigned = false;
    std::vector<KeyEnd> calendar;                     // the next to end first
    std::vector<saml::Finding> findings;              // gravest first
};

[[nodiscard]] MetadataReport reportMetadata(std::string_view xml, UtcTime now);

} // namespace gw::inspect
