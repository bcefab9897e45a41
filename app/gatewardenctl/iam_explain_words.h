// The sentences of `iam explain`: those that the console has, with the places and names that only a text needs.
#pragma once

#include "app/gatewardenctl/iam_explain_output.h"
#include "ui/errors/answer_texts.h"

namespace gw::ctl {

// "Denied: …", "Allowed: …", "Depends …": one or two sentences.
[[nodiscard]] std::string verdictSentence(const Explained& explained);
// "Service control policies of Production".
[[nodiscard]] std::string layerTitle(const Explained& explained, const policy::LayerReport& layer);
// "lets it pass".
[[nodiscard]] std::string voiceWords(const policy::LayerReport& layer);
// "nwr-regions, statement 1, OnlyOurRegions".
[[nodiscard]] std::string statementName(const Explained& explained, const policy::StatementRef& ref);
// What of a statement does not fit, each with what was compared.
[[nodiscard]] std::vector<std::string> failures(const policy::StatementReport& statement, const policy::Request& request);
// "Add s3:GetObject to the actions. In an identity policy, statement 2 of orders."
[[nodiscard]] std::string editSentence(const Explained& explained, const estate::PlacedEdit& edit);
// "aws:SourceIp = 203.0.113.9", all on one line.
[[nodiscard]] std::string additionWords(const policy::Additions& additions);
// The name that people know a policy by.
[[nodiscard]] std::string policyName(const Explained& explained, const policy::CompiledPolicy& policy);

} // namespace gw::ctl
