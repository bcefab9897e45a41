// Finds the SAML messages in whatever somebody saved, pasted or recorded.
#pragma once

#include "saml/base/result.h"
#include "saml/base/secret.h"
#include "saml/base/utc_time.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::inspect {

#define GW_INPUT_ERRORS(X) \
    X(Empty, "empty") \
    X(TooLarge, "too_large") \
    X(NothingFound, "nothing_found") \
    X(BadBase64, "bad_base64") \
    X(BadDeflate, "bad_deflate") \
    X(InflatesTooFar, "inflates_too_far")
GW_ERROR_ENUM(InputError, "inspect_input", GW_INPUT_ERRORS);

enum class Wrapping : std::uint8_t { Xml, Base64, FormBody, HtmlForm, Redirect, Har };
enum class MessageKind : std::uint8_t { Response, Metadata, AuthnRequest, Other };

// That a form or an address gave one field several different values. Which of them is taken depends on who reads it.
struct FieldChoice {
    std::string field;                           // its name
    std::size_t number = 0, of = 0;              // this value's place among them, from 1
};

struct FoundMessage {
    Secret xml;
    MessageKind kind = MessageKind::Other;
    Wrapping wrapping = Wrapping::Xml;
    bool deflated = false;
    std::size_t base64Size = 0;                  // as it would be posted
    std::string relayState, url;                 // where it was sent, as far as known
    std::optional<UtcTime> captured, providerDate;
    std::optional<FieldChoice> choice;           // where it was one of several
};

struct InputLimits {
    std::size_t maxInput = std::size_t{32} << 20;
    std::size_t maxMessage = std::size_t{1} << 20;     // decoded; metadata as XML may have 10,000,000 octets
    std::size_t maxInflateRatio = 200;
    std::size_t maxMessages = 64;
};

// In the order of the input, each once. Errors: InputError. Fact: "seen".
[[nodiscard]] Result<std::vector<FoundMessage>> findMessages(std::string_view input, const InputLimits& limits = {});

// Raw deflate (RFC 1951), at most `maxBytes` and `maxRatio` times the input.
[[nodiscard]] Result<std::string> inflateRaw(std::string_view deflated, std::size_t maxBytes, std::size_t maxRatio);

[[nodiscard]] MessageKind kindOf(std::string_view xml);

} // namespace gw::inspect
