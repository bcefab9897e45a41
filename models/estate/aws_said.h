// What AWS said of a denial, beside what was found.
#pragma once

#include "models/estate/question.h"

namespace gw::estate {

// Whether the answer fits the denial: the layer that AWS named, and whether it denied or did not allow. What depends fits.
[[nodiscard]] bool fitsWhatAwsSaid(const Question& question, const Conclusion& conclusion);

} // namespace gw::estate
