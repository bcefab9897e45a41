// The query of the Redirect binding: form decoding, base64, inflating within bounds.
#include "saml/base/base64.h"
#include "saml/inspect/inspect_input.h"
#include "tests/fuzz/property.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gw;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    constexpr std::size_t most = 20'000, ratio = 50;
    if (const auto inflated = inspect::inflateRaw(text, most, ratio))
        fuzz::require(inflated->size() <= most && inflated->size() <= size * ratio, "inflating is bounded");
    (void)inspect::findMessages("https://idp.example/sso?" + std::string(text));
    (void)inspect::findMessages("https://idp.example/sso?SAMLRequest=" + encodeBase64(text) + "&RelayState=x");
    return 0;
}
