// Text folded for comparison: lower case, accents gone, full-width forms narrowed. Latin (with Vietnamese), Greek and
// Cyrillic; everything else stays as it is, bytes that are not UTF-8 too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gw::items {

// Appends the folded text. With `origin`, also one entry for each byte appended: where its letter begins in `utf8`.
void appendFolded(std::string_view utf8, std::string& folded, std::vector<std::uint32_t>* origin);

// The folded text by itself.
[[nodiscard]] std::string foldText(std::string_view utf8);

} // namespace gw::items
