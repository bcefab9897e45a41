// Valid responses in every shape that is allowed, made from a number: the same number gives the same shape (the signature
// values differ, for keys are made at run time).
#pragma once

#include "saml/protocol/assertion_verifier.h"
#include "tests/support/saml_response_builder.h"

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace gw::test {

// What SAML providers have: RSA of 2048 and 3072 bits, P-256, P-384, P-521. Made once for the process.
[[nodiscard]] const std::vector<saml::SigningKey>& shapeKeys();

struct Shape {
    std::string label;                 // what was chosen, for messages
    std::string xml;                   // the octets before base64
    std::string base64;                // the form value, perhaps in lines
    Sign sign = Sign::Assertion;
    bool sha1 = false;                 // so `strict` refuses it
    std::string method;                // the SignatureMethod of the innermost signature
    std::size_t key = 0;               // in shapeKeys()
    ResponseBuilder content;           // what a reader must find
    saml::TrustedProvider trust;
    bool common = true;                // nothing that the schemas forbid and few readers take: order, byte order mark, c14n 1.1

    [[nodiscard]] saml::CapturedResponse captured(UtcTime now) const;
};

[[nodiscard]] Shape makeShape(std::uint32_t seed, UtcTime now);

// A choice among what stands there, and numbers below a bound, from a generator that is the same everywhere.
class Dice {
public:
    explicit Dice(std::uint32_t seed) : random_(seed) {}
    [[nodiscard]] std::size_t below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }
    [[nodiscard]] bool chance(std::size_t oneIn) { return below(oneIn) == 0; }
    template <class T, std::size_t N>
    [[nodiscard]] const T& pick(const T (&choices)[N]) {
        return choices[below(N)];
    }

private:
    std::mt19937 random_;
};

} // namespace gw::test
