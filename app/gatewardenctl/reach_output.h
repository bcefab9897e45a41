// What `reach` prints.
#pragma once

#include "models/estate/reach.h"

#include <string>

namespace gw::ctl {

// A JSON object a line, the summary last. `noAction`: what was asked for, where no catalogue has such an action; else empty.
[[nodiscard]] std::string whoJson(const estate::Reach::Who& who, const std::string& noAction);
[[nodiscard]] std::string whatJson(const estate::Reach::What& what, const std::string& noAction);
// Columns, a sentence, and what is not known.
[[nodiscard]] std::string whoText(const estate::Estate& estate, const estate::Reach::Who& who);
[[nodiscard]] std::string whatText(const estate::Estate& estate, const estate::Reach::What& what);

} // namespace gw::ctl
