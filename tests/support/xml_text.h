// Character data of XML, to and from.
#pragma once

#include <string>
#include <string_view>

namespace gw::test {

// The five predefined references and numeric ones resolved, line ends made "\n" (XML 1.0, 2.11 and 4.4).
[[nodiscard]] std::string decodeXml(std::string_view raw);
// As Canonical XML writes a text node, and an attribute's value.
[[nodiscard]] std::string canonicalText(std::string_view text);
[[nodiscard]] std::string canonicalAttribute(std::string_view text);

} // namespace gw::test
