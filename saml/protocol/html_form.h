// Reads form controls out of HTML that somebody pasted. Not an HTML parser: it finds tags and their attributes, skips
// comments, scripts and styles, and never fails.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gw::saml {

// The values of every input, button and textarea with this name, in the order of the page, character references resolved.
[[nodiscard]] std::vector<std::string> htmlFieldValues(std::string_view html, std::string_view name);

} // namespace gw::saml
