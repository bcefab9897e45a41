// A provider's metadata (SAML Metadata 2.0): who it is, where people sign in, which keys sign.
#pragma once

#include "saml/base/result.h"
#include "saml/dsig/certificate.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::saml {

#define GW_METADATA_ERRORS(X)                                                                                                    \
    X(TooLarge, "too_large")                                                                                                     \
    X(NotXml, "not_xml")                                                                                                         \
    X(NotMetadata, "not_metadata")                                                                                               \
    X(NoIdentityProvider, "no_identity_provider")                                                                                \
    X(SeveralIdentityProviders, "several_identity_providers")                                                                    \
    X(NoEntityId, "no_entity_id")                                                                                                \
    X(NoSigningKey, "no_signing_key")                                                                                            \
    X(BadCertificate, "bad_certificate")                                                                                         \
    X(NoLongerValid, "no_longer_valid")
GW_ERROR_ENUM(MetadataError, "metadata", GW_METADATA_ERRORS);

enum class Binding { HttpPost, HttpRedirect, Other };

struct SingleSignOnService {
    Binding binding = Binding::Other;
    std::string location;
};

struct EntityDescriptor {
    std::string entityId;
    std::vector<Certificate> signingKeys; // KeyDescriptor use="signing" or no use, in document order
    std::size_t unusableKeys = 0;         // certificates that are broken or of a kind that signs no SAML
    std::vector<SingleSignOnService> singleSignOn;
    std::optional<UtcTime> validUntil;
    bool wantAuthnRequestsSigned = false;
};

// BadCertificate only where no other certificate can be used; NoLongerValid also where it cannot be told. `entityId` picks one out of an EntitiesDescriptor; empty where
// there is exactly one identity provider.
[[nodiscard]] Result<EntityDescriptor> parseMetadata(std::string_view xml, UtcTime now, std::string_view entityId = {});

} // namespace gw::saml
