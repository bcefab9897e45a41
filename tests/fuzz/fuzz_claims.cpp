// What AWS reads from attributes: each line of the input is an attribute, "name=value"; they come signed.
#include "saml/aws/claims.h"
#include "tests/fuzz/property.h"
#include "tests/support/saml_response_builder.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gw;
    static const UtcTime now = UtcTime::fromUnixSeconds(1'795'521'600);
    static const auto key = saml::SigningKey::generateEc(256, "fuzz", now, 10);
    static const saml::AssertionVerifier verifier;
    fuzz::require(key.has_value(), "a key can be made");
    test::ResponseBuilder builder(now);
    builder.roles.clear();
    builder.roleSessionName.reset();
    builder.shape.algorithm = saml::SignatureAlgorithm::EcdsaSha256;
    std::string_view rest(reinterpret_cast<const char*>(data), std::min<std::size_t>(size, 4096));
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const std::size_t equals = std::min(line.find('='), line.size());
        std::string name(line.substr(0, equals));
        if (name.starts_with('~')) name = std::string(aws::attributePrefix) + name.substr(1);
        builder.otherAttributes.push_back({name, {std::string(line.substr(std::min(equals + 1, line.size())))}});
    }
    const auto text = saml::signEnveloped(builder.unsignedXml(), builder.assertionId, *key, builder.shape);
    if (!text) return 0; // octets that XML cannot carry
    const auto verified = verifier.verify(test::capture(*text, now), {builder.issuer, {key->certificate}}, now, nullptr);
    if (!verified) return 0;
    const aws::Claims claims = aws::readClaims(*verified);
    for (const aws::RolePair& pair : claims.roles)
        fuzz::require(pair.role.account() == pair.provider.account(), "a pair is of one account");
    fuzz::require(claims.roles.empty() || claims.roles.size() <= builder.otherAttributes.size(), "no more roles than values");
    for (const Error& problem : claims.problems)
        for (const char c : problem.fact("seen")) fuzz::require(c >= 0x20 && c < 0x7F, "what is shown is plain");
    return 0;
}
