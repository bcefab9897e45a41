// The answer of `saml verify` and of one line of `saml verify-batch`.
#pragma once

#include "saml/base/json_writer.h"
#include "saml/protocol/assertion_verifier.h"

#include <optional>
#include <string_view>
#include <vector>

namespace gw::ctl {

struct Verdict {
    std::optional<saml::VerifiedAssertion> accepted;
    std::vector<saml::Finding> findings;             // fatal ones first, the deciding one at the very front
    std::optional<saml::SignedPart> signedPart;
};

// What AWS will not read is added to the findings.
[[nodiscard]] Verdict verdictOf(saml::Examination examination);
// One fatal finding, where it did not come to an examination.
[[nodiscard]] Verdict refusal(const saml::Rule& rule, std::vector<Fact> facts = {});

// `id` is JSON text.
void writeVerdict(JsonWriter& json, std::string_view id, const Verdict& verdict);
void writeFindings(JsonWriter& json, const std::vector<saml::Finding>& findings);

[[nodiscard]] std::string_view severityName(saml::Severity severity);
[[nodiscard]] std::string_view signedName(std::optional<saml::SignedPart> part);

} // namespace gw::ctl
