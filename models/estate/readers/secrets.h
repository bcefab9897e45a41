// What of an answer must not be kept.
#pragma once

#include <string>
#include <string_view>

namespace gw::estate {

// An answer of AWS's without the values that programs get as their environment, and without whatever is called a secret: as
// the readers keep it in an object's own fields. What is no JSON stays as it is.
[[nodiscard]] std::string withoutSecrets(std::string_view answer);

} // namespace gw::estate
