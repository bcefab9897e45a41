// Where a problem of a map stands.
#pragma once

#include "saml/base/error.h"

#include <charconv>
#include <cstddef>

namespace gw::mesh {

// 0 where it tells none.
[[nodiscard]] inline std::size_t lineOf(const Error& error) {
    const std::string_view text = error.fact("line");
    std::size_t line = 0;
    std::from_chars(text.data(), text.data() + text.size(), line);
    return line;
}

} // namespace gw::mesh
