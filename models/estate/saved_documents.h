// Documents of a saved estate. One that stands on one line is written as it is; one that was laid out by AWS's command line
// (json.dumps with an indent) without its blanks and with what makes them again; any other as a string.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gw::estate {

// What follows the document's name in its line: ",\"json\":{…}}".
[[nodiscard]] std::string savedDocument(std::string_view text);
// The text of such a line's rest; nothing where it is none.
[[nodiscard]] std::optional<std::string> documentText(std::string_view rest);

} // namespace gw::estate
