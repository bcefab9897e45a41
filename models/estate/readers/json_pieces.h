// Large or joined JSON, cut into pieces that are parsed one by one: pages of one call behind each other, a document a line,
// and one answer of hundreds of megabytes, whose long lists come a few thousand elements at a time.
#pragma once

#include "models/policy/source_tree.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace gw::estate {

// Where a piece lies in its file.
struct PieceOrigin {
    policy::Position at;       // of the first octet after `added`
    std::uint32_t added = 0;   // octets at the beginning that the file does not have: the name of the list
    std::string list;          // pointer of the list that was cut, "/RoleDetailList"
    std::size_t firstIndex = 0;
    bool whole = true;         // false: other members of the answer are elsewhere
};

struct JsonPiece {
    std::string text;
    PieceOrigin origin;
    bool envelope = false; // only the members that say whether further pages follow
};

struct PieceSizes {
    std::size_t whole = std::size_t{8} << 20U; // what is not larger stays in one piece
    std::size_t list = std::size_t{2} << 20U;  // about so much of a list at a time; 0: each element by itself
};

// In the order of the text. What is no JSON comes as it is, so that its parser tells what is wrong. Linear, no recursion. Ends
// after the piece behind which `goesOn` answers false.
void cutJson(std::string_view text, PieceSizes sizes, const std::function<void(JsonPiece)>& piece,
             const std::function<bool()>& goesOn = [] { return true; });

} // namespace gw::estate
