// What the checks of a response had to say, one rule at a time. A rule's identifier is part of the command line's
// contract; text for people is made from the rule and the facts elsewhere.
#pragma once

#include "saml/base/error.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gw::saml {

// Fatal: the response is rejected. Error: AWS will refuse it, or a part of it is unusable. Warning: accepted, though it
// should be put right. Info: worth knowing.
enum class Severity : std::uint8_t { Info, Warning, Error, Fatal };

// What is fixed about a rule.
struct Rule {
    std::string_view id;     // lower case with hyphens, such as "assertion-expired"; never renamed
    Severity severity;       // unless a finding says otherwise
    std::string_view clause; // the source of the rule, such as "SAML Core 2.5.1.2"
};

struct Finding {
    // One of the tables of rules, which live as long as the program. Never null.
    const Rule* rule = nullptr;
    Severity severity = Severity::Info;
    // "seen", "expected" and whatever else the rule's text quotes; bounded, without control characters, never a secret.
    std::vector<Fact> facts;
    // The place in the document, as element names from the root: "/Response/Assertion/Conditions"; empty where the whole
    // input is meant.
    std::string where;
    long line = 0; // of that element, from 1; 0 where unknown

    // The value of a fact, or "" where it is not there.
    [[nodiscard]] std::string_view fact(std::string_view name) const;
};

} // namespace gw::saml
