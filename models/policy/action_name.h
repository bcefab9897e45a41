// An action as a request names it (IAM User Guide, "IAM JSON policy elements: Action"): "service:Action", one and whole.
#pragma once

#include <string_view>

namespace gw::policy {

// Without wildcards; case does not matter in it.
[[nodiscard]] bool isActionName(std::string_view text);
// As a policy lists actions: with wildcards behind the colon, or "*" alone.
[[nodiscard]] bool isActionPattern(std::string_view text);

} // namespace gw::policy
