// The sentences of `iam explain`.
#pragma once

#include "app/gatewardenctl/iam_explain_output.h"

namespace gw::ctl {

// "Denied: …", "Allowed: …", "Depends: …", with a full stop.
[[nodiscard]] std::string verdictSentence(const Explained& explained);
// How what AWS said fits to it; empty where there is nothing to say.
[[nodiscard]] std::string fitSentence(const Explained& explained);
// "Service control policies of Production".
[[nodiscard]] std::string layerTitle(const Explained& explained, const policy::LayerReport& layer);
[[nodiscard]] std::string voiceWords(const policy::LayerReport& layer);
// "nwr-regions, statement 1 (OnlyOurRegions)".
[[nodiscard]] std::string statementName(const Explained& explained, const policy::StatementRef& ref);
// What of a statement does not fit, each with what was compared.
[[nodiscard]] std::vector<std::string> failures(const policy::StatementReport& statement, const policy::Request& request);
[[nodiscard]] std::string conditionWords(const policy::ConditionReport& condition);
[[nodiscard]] std::string editSentence(const estate::PlacedEdit& edit);
// Whom else it changes something for, and whether something unknown could keep it from doing so; empty: neither.
[[nodiscard]] std::string editWorth(const Explained& explained, const estate::PlacedEdit& edit);
[[nodiscard]] std::string gapSentence(const Explained& explained, const estate::Gap& gap);
// "aws:SourceIp = 203.0.113.9"
[[nodiscard]] std::string additionWords(const policy::Additions& additions);
// The name that people know a policy by.
[[nodiscard]] std::string policyName(const Explained& explained, const policy::CompiledPolicy& policy);
// Whether AWS's own words contradict what was found.
[[nodiscard]] bool agrees(const Explained& explained);

} // namespace gw::ctl
