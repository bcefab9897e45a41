// What can be said about XML text before a parser touches it. Both run in linear time.
#pragma once

#include "saml/base/result.h"

#include <cstddef>
#include <string_view>

namespace gw::xml {

// UTF-8 without NUL octets, by its octets, its byte order mark and its declaration. Other encodings would let a document
// mean one thing to whoever scans its octets and another to whoever decodes it.
[[nodiscard]] Status checkEncoding(std::string_view text);

// At most `maxAttributes` attributes and namespace declarations in one tag. libxml2 compares them pairwise before its
// first callback, so the bound must hold before it starts.
[[nodiscard]] Status checkTagWidth(std::string_view text, std::size_t maxAttributes);

} // namespace gw::xml
