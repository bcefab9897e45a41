// Standard streams and columns of text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gw::ctl {

// False where standard output is closed or full.
bool print(std::string_view text);
// One sentence on standard error, with a line feed.
void complain(std::string_view sentence);

// Rows of cells in columns as wide as their widest cell; the first row is the heading. Control characters in cells are
// shown as "?": names come from outside, and a terminal would obey them.
[[nodiscard]] std::string columns(const std::vector<std::vector<std::string>>& rows);

// All of standard input, at most `most` bytes. False where there is more or reading fails; `into` is wiped then.
bool readInput(std::string& into, std::size_t most);

} // namespace gw::ctl
