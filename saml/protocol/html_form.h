// Reads the fields of forms, and never fails. What finds them in HTML that somebody pasted is not an HTML parser: it knows
// tags and their attributes, and skips comments, scripts and styles.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gw::saml {

// The values of every input, button and textarea with this name, in the order of the page, character references resolved.
[[nodiscard]] std::vector<std::string> htmlFieldValues(std::string_view html, std::string_view name);

// The values of every field with this name in a body of application/x-www-form-urlencoded or a query, in its order, decoded.
[[nodiscard]] std::vector<std::string> bodyFieldValues(std::string_view body, std::string_view name);

} // namespace gw::saml
