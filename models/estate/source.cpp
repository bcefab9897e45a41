#include "models/estate/source.h"

namespace gw::estate {

Place placeIn(const PolicyDocument& document, std::string inner, policy::Position within) {
    Place place;
    if (document.source.file != nullptr) place.file = document.source.file->path;
    place.within = within;
    place.quoted = document.quoted;
    place.pointer = document.source.pointer + (document.quoted ? std::string() : inner);
    place.inner = std::move(inner);
    place.position = document.source.position;
    if (place.quoted) return place;
    // The document's text begins where its value does.
    if (within.line == 1)
        place.position.column += within.column - 1;
    else
        place.position = {place.position.line + within.line - 1, within.column};
    return place;
}

} // namespace gw::estate
