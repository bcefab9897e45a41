// What the tests of the inspector share.
#pragma once

#include "saml/inspect/inspection.h"
#include "tests/saml/verify_helpers.h"

#include <string>
#include <string_view>

namespace gw::inspect {

inline Inspection inspectText(std::string_view xml, std::optional<saml::TrustedProvider> trust = std::nullopt) {
    auto found = findMessages(xml);
    EXPECT_TRUE(found) << (found ? "" : found.error().chain());
    InspectOptions options;
    options.now = saml::testNow;
    options.trust = std::move(trust);
    return found ? inspect(std::move(found->front()), options) : Inspection();
}

inline saml::TrustedProvider testTrust() {
    return test::ResponseBuilder(saml::testNow).trust();
}

inline bool has(const std::vector<saml::Finding>& findings, std::string_view rule) {
    return std::any_of(findings.begin(), findings.end(), [rule](const saml::Finding& one) { return one.rule->id == rule; });
}

inline bool has(const Inspection& inspection, Attack attack) {
    return std::any_of(inspection.attacks.begin(), inspection.attacks.end(), [attack](const RecognisedAttack& one) { return one.attack == attack; });
}

inline std::string listed(const Inspection& inspection) {
    std::string out;
    for (const saml::Finding& one : inspection.findings) out += std::string(one.rule->id) + " ";
    return out;
}

} // namespace gw::inspect
