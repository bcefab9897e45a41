// Any octets as a decoded response, trusted keys included: nothing that is not signed by the key is accepted.
#include "tests/fuzz/property.h"
#include "tests/support/saml_response_builder.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gw;
    static const UtcTime now = UtcTime::fromUnixSeconds(1'795'521'600);
    static const saml::AssertionVerifier verifier;
    static const saml::TrustedProvider trust{"", {test::providerKey().certificate}};
    const auto captured = test::capture({reinterpret_cast<const char*>(data), size}, now);
    fuzz::require(!verifier.verify(captured, trust, now, nullptr), "unsigned octets are refused");
    return 0;
}
