// What of an answer must not be kept.
#pragma once

#include <string>
#include <string_view>

namespace gw::estate {

// An answer of AWS's without the values that programs get as their environment, and without whatever is called a secret: as
// the readers keep it in an object's own fields. What is no JSON stays as it is.
[[nodiscard]] std::string withoutSecrets(std::string_view answer);

// The variables of a program that are kept: which part of a mesh its proxy is, where they name one. No other value ever is.
[[nodiscard]] bool isMeshNode(std::string_view variable, std::string_view value);

} // namespace gw::estate
