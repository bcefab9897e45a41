// Adds a fact to an error that has a name. Error::with is for building one in an expression: assigning its result back to
// the error it was called on would move the error onto itself and lose its facts.
#pragma once

#include "saml/base/error.h"

#include <string>
#include <utility>

namespace gw {

inline void addFact(Error& error, std::string name, std::string value) {
    std::move(error).with(std::move(name), std::move(value));
}

} // namespace gw
