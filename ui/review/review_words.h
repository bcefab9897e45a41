// Short words for what a row is: who, how much, where.
#pragma once

#include "models/estate/campaign/campaign.h"
#include "models/estate/mapping.h"
#include "models/sessions/providers/provider.h"

#include <QString>

namespace gw::ui {

[[nodiscard]] QString granteeWord(estate::GranteeKind kind); // empty for a group, which goes without saying
// Who it is, short: the last part of an ARN, "all from NorthwindSSO", "any AWS account".
[[nodiscard]] QString granteeName(estate::GranteeKind kind, const std::string& who);
[[nodiscard]] QString granteeName(const estate::Mapping& mapping);
// As a campaign keeps it.
[[nodiscard]] QString granteeName(const estate::campaign::Subject& subject);
[[nodiscard]] std::optional<estate::GranteeKind> granteeKindNamed(std::string_view name);
[[nodiscard]] QString granteeIcon(estate::GranteeKind kind);
[[nodiscard]] QString privilegeWord(estate::Privilege privilege);
// "2 routes, 1 service": the most telling first, two at most.
[[nodiscard]] QString reachWords(const estate::ReachCounts& reach);
// What stands in the table: a role that is not there, an administrator, else what is reached.
[[nodiscard]] QString rowReachWords(const estate::Mapping& mapping);
[[nodiscard]] sessions::Environment environmentFor(estate::Environment environment);

} // namespace gw::ui
