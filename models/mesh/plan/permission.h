// A statement of a function's policy as Lambda's AddPermission takes it (Lambda API Reference).
#pragma once

#include "saml/base/json.h"

#include <optional>

namespace gw::mesh {

// {"StatementId", "Action", "Principal", "SourceArn"?, "SourceAccount"?, "PrincipalOrgID"?, "FunctionUrlAuthType"?,
// "InvokedViaFunctionUrl"?}. Nothing where the statement says what AddPermission cannot: a denial, several principals or actions,
// another condition.
[[nodiscard]] std::optional<Json> permissionOf(const Json& statement);

} // namespace gw::mesh
