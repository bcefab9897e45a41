// Text for people of what the SAML commands found.
#pragma once

#include "app/gatewardenctl/saml_verdict.h"
#include "saml/inspect/inspection.h"
#include "saml/inspect/metadata_report.h"

#include <string>
#include <string_view>
#include <vector>

namespace gw::ctl {

[[nodiscard]] std::string verdictText(const Verdict& verdict);
// "rejected  ID  reason  message".
[[nodiscard]] std::string verdictLine(std::string_view id, const Verdict& verdict);
[[nodiscard]] std::string findingsText(const std::vector<saml::Finding>& findings, inspect::ProviderKind provider);
[[nodiscard]] std::string inspectionText(const inspect::Inspection& inspection);
[[nodiscard]] std::string metadataText(const inspect::MetadataReport& report);

// Words for values that both forms show.
[[nodiscard]] std::string_view verdictName(inspect::Verdict verdict);
[[nodiscard]] std::string_view wrappingName(inspect::Wrapping wrapping);
[[nodiscard]] std::string_view standingName(inspect::Standing standing);
[[nodiscard]] std::string_view limitName(inspect::SessionLimit limit);
[[nodiscard]] std::string_view keyFindingName(inspect::KeyFinding finding);
[[nodiscard]] std::string_view clockFindingName(inspect::ClockFinding finding);
[[nodiscard]] std::string_view originName(inspect::KeyOrigin origin);
[[nodiscard]] std::string_view repairName(inspect::Repair repair);
[[nodiscard]] std::string_view voteName(inspect::VoteState state);

} // namespace gw::ctl
