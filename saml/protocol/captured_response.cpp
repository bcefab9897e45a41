#include "saml/protocol/captured_response.h"

#include "saml/base/base64.h"
#include "saml/base/blanks.h"
#include "saml/base/percent.h"
#include "saml/protocol/html_form.h"

#include <algorithm>
#include <vector>

namespace gw::saml {
namespace {

constexpr std::string_view fieldName = "SAMLResponse";
// A page around the value may be larger than the value.
constexpr std::size_t maxText = maxFormValue * 4;

bool isBase64Text(std::string_view text) {
    while (!text.empty() && (isBlank(text.back()) || text.back() == '=')) text.remove_suffix(1);
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/' || isBlank(c);
    });
}

// Whether the first start tag of the text is a Response of any prefix.
bool isResponseXml(std::string_view text) {
    for (std::size_t i = text.find('<'); i != std::string_view::npos; i = text.find('<', i + 1)) {
        const std::string_view tag = text.substr(i + 1, 80);
        if (tag.starts_with('?') || tag.starts_with('!')) continue;
        std::string_view name = tag.substr(0, tag.find_first_of(" \t\r\n/>"));
        if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
        return name == "Response";
    }
    return false;
}

struct Found {
    std::vector<std::string> responses;
    std::string relayState;
};

Found findIn(std::string_view text) {
    Found found;
    std::vector<std::string> relay;
    if (text.starts_with('<') && isResponseXml(text)) {
        found.responses.push_back(encodeBase64(text));
    } else if (text.find("SAMLResponse=") != std::string_view::npos && text.find('<') == std::string_view::npos) {
        // What was copied out of a browser's tools may be half decoded; base64 has no blanks, so a blank was a plus.
        found.responses = bodyFieldValues(text, fieldName);
        for (std::string& value : found.responses) std::replace(value.begin(), value.end(), ' ', '+');
        relay = bodyFieldValues(text, "RelayState");
    } else if (text.find('<') != std::string_view::npos) {
        found.responses = htmlFieldValues(text, fieldName);
        relay = htmlFieldValues(text, "RelayState");
    } else if (isBase64Text(text)) {
        found.responses.emplace_back(text);
    } else if (std::string decoded = percentDecoded(text, PlusSign::Itself); isBase64Text(decoded)) {
        found.responses.push_back(std::move(decoded));
    }
    if (!relay.empty()) found.relayState = std::move(relay.front());
    return found;
}

} // namespace

std::optional<std::string> formField(std::string_view body, std::string_view name) {
    auto values = bodyFieldValues(body, name);
    if (values.empty()) return std::nullopt;
    return std::move(values.front());
}

Result<CapturedResponse> captureFromText(std::string_view text, UtcTime now) {
    if (text.size() > maxText) return fail(CaptureError::TooLarge);
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    text = trimmed(text);
    if (text.empty()) return fail(CaptureError::Empty);
    Found found = findIn(text);
    std::erase_if(found.responses, [](const std::string& value) { return trimmed(value).empty(); });
    if (found.responses.empty()) return fail(CaptureError::NoResponseFound);
    for (const std::string& other : found.responses)
        if (other != found.responses.front()) return fail(CaptureError::SeveralResponses);
    if (found.responses.front().size() > maxFormValue) return fail(CaptureError::TooLarge);

    CapturedResponse captured;
    captured.base64 = Secret(std::move(found.responses.front()));
    captured.relayState = std::move(found.relayState);
    captured.capturedAt = now;
    captured.source = CaptureSource::Pasted;
    return captured;
}

} // namespace gw::saml
