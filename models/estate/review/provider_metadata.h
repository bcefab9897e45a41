// A provider's metadata, read whatever its validity: what is over is a finding, not a reason to look away.
#pragma once

#include "models/estate/objects.h"
#include "saml/metadata/entity_descriptor.h"

#include <optional>

namespace gw::estate::review {

[[nodiscard]] inline std::optional<saml::EntityDescriptor> metadataOf(const SamlProvider& provider) {
    if (provider.metadata.empty()) return std::nullopt;
    auto metadata = saml::parseMetadata(provider.metadata, UtcTime());
    return metadata ? std::optional(std::move(*metadata)) : std::nullopt;
}

} // namespace gw::estate::review
