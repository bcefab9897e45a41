// ARNs, role pairs, URLs, times and JSON.
#include "saml/aws/claims.h"
#include "saml/aws/endpoints.h"
#include "saml/base/json.h"
#include "tests/fuzz/property.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gw;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto role = aws::RoleArn::parse(text)) fuzz::require(role->value() == text, "an ARN keeps its text");
    if (const auto pair = aws::parseRolePair(text))
        fuzz::require(pair->role.account() == pair->provider.account() && text.find(pair->role.value()) != std::string_view::npos,
                      "a pair is of one account");
    if (aws::AcsMatcher().matches(text)) {
        const std::size_t end = text.find('/', 8);
        fuzz::require(end != std::string_view::npos && text.substr(0, end).find('@') == std::string_view::npos,
                      "an endpoint has no user info");
        fuzz::require(text.substr(end).starts_with("/saml") || text.substr(end) == "/static/saml",
                      "an endpoint has the path of one");
    }
    if (const auto time = UtcTime::parse(text)) (void)time->toRfc3339();
    (void)UtcTime::parseHttpDate(text);
    (void)parseJson(text);
    return 0;
}
