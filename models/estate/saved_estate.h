// An estate in one text file. The first line names the format and its version; then one JSON object a line: files, documents,
// and objects, each kind sorted by what it is known by, so that two versions compare well. A document that many objects have
// stands there once, named by the beginning of its SHA-256. What is not known is left out.
#pragma once

#include "models/estate/estate.h"
#include "models/estate/estate_parts.h"

#include <functional>
#include <string>
#include <string_view>

namespace gw::estate {

inline constexpr int savedEstateVersion = 1;
// What such a file begins with; its version follows, and then how many lines come after the first, so that a file of which
// the end is missing is known for it.
inline constexpr std::string_view savedEstateStart = R"({"format":"gatewarden-estate","version":)", savedEstateLines = R"(,"lines":)";

// Everything that the estate knows, with where it was read. Deterministic: the same estate gives the same text.
[[nodiscard]] std::string saveEstate(const Estate& estate);

[[nodiscard]] bool isSavedEstate(std::string_view text);
// Adds what the text holds; what is wrong with single lines goes to the problems, and the others count. `path` names the file
// in them. `goesOn` is asked on the calling thread; where it answers false only a part is read.
void readSavedEstate(const std::string& path, std::string_view text, EstateParts& into, const std::function<bool()>& goesOn);

} // namespace gw::estate
