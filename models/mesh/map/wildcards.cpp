#include "models/mesh/map/wildcards.h"

#include "models/policy/pattern.h"

namespace gw::mesh {

bool wildcardsMatch(std::string_view pattern, std::string_view text) {
    if (pattern.find_first_of("*?") == std::string_view::npos) return pattern == text;
    const policy::Context none;
    const policy::Scope scope(none, {}, true);
    return policy::Pattern(pattern, {.wildcards = true, .variables = false, .foldCase = false}).matches(text, scope) == policy::Truth::True;
}

} // namespace gw::mesh
