// One field of a JSON object from outside, without asking first whether it is there and of what kind.
#pragma once

#include "saml/base/json.h"

#include <cstdint>
#include <string>

namespace gw {

// Empty where the field is missing or no text.
[[nodiscard]] inline std::string textField(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// 0 where the field is missing or no whole number.
[[nodiscard]] inline std::int64_t integerField(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

} // namespace gw
