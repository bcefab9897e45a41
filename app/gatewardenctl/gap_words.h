// What an estate does not tell, in words.
#pragma once

#include "models/estate/estate.h"
#include "ui/errors/answer_texts.h"

#include <string>

namespace gw::ctl {

// A sentence, with what is wrong with a policy that is left out.
[[nodiscard]] std::string gapWords(const estate::Gap& gap, const ui::PolicyNames& names);
[[nodiscard]] std::string gapWords(const estate::Gap& gap, const estate::Estate& estate);

} // namespace gw::ctl
