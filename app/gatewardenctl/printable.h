// Text from outside on its way to a terminal.
#pragma once

#include <string>
#include <string_view>

namespace gw::ctl {

// Every character that a terminal might obey instead of showing it, and every octet that is no UTF-8, as a question mark; those in
// `kept` stay.
[[nodiscard]] std::string printable(std::string_view text, std::string_view kept = {});

} // namespace gw::ctl
