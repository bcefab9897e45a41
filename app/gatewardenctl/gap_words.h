// What an estate does not tell, in words.
#pragma once

#include "models/estate/estate.h"

#include <string>

namespace gw::ctl {

// Part of a sentence: "the document of the attached policy …".
[[nodiscard]] std::string gapWords(const estate::Estate& estate, const estate::Gap& gap);

} // namespace gw::ctl
