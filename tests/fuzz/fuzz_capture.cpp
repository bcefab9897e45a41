// What people paste: forms, pages, base64.
#include "saml/base/base64.h"
#include "saml/protocol/captured_response.h"
#include "tests/fuzz/property.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gw;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto captured = saml::captureFromText(text, UtcTime());
    fuzz::require(!captured || (!captured->base64.empty() && captured->base64.size() <= saml::maxFormValue),
                  "a capture is bounded and not empty");
    (void)saml::formField(text, "SAMLResponse");
    if (const auto bytes = decodeBase64(text, 1000)) {
        fuzz::require(bytes->size() <= 1000, "decoding is bounded");
        const auto again = decodeBase64(encodeBase64(*bytes), 1000);
        fuzz::require(again && *again == *bytes, "encoding and decoding agree");
    }
    return 0;
}
