// The smallest readers: base64, times, UTF-8 and the width of tags, identifiers.
#include "saml/base/base64.h"
#include "saml/base/utc_time.h"
#include "saml/xml/document.h"
#include "saml/xml/text_gate.h"
#include "tests/fuzz/property.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gw;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto octets = decodeBase64(text, 4096)) {
        const auto again = decodeBase64(encodeBase64(*octets), 4096);
        fuzz::require(again && *again == *octets, "encoding and decoding agree");
        fuzz::require(octets->size() <= size * 3 / 4, "decoding does not grow");
    }
    if (const auto time = UtcTime::parse(text)) {
        const auto again = UtcTime::parse(time->toRfc3339());
        fuzz::require(again && again->toRfc3339() == time->toRfc3339(), "a time that was written is read again");
    }
    (void)UtcTime::parseHttpDate(text);
    if (xml::checkEncoding(text)) fuzz::require(text.find('\0') == std::string_view::npos, "no zero octet passes");
    (void)xml::checkTagWidth(text, 128);
    if (xml::isPlainId(text))
        fuzz::require(text.find_first_of("'\"()|*/: ") == std::string_view::npos, "an identifier means nothing in a path");
    return 0;
}
