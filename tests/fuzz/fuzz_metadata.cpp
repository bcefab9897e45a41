// Metadata and certificates as a person or a server supplies them.
#include "saml/metadata/entity_descriptor.h"
#include "tests/fuzz/property.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gw;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto entity = saml::parseMetadata(text, UtcTime()))
        fuzz::require(!entity->entityId.empty() && !entity->signingKeys.empty(), "metadata that is read is usable");
    (void)saml::Certificate::fromPem(text);
    if (const auto certificate = saml::Certificate::fromDer(text))
        fuzz::require(certificate->der() == text, "a certificate keeps its octets");
    return 0;
}
