#include "saml/protocol/finding.h"

namespace gw::saml {

std::string_view Finding::fact(std::string_view name) const {
    for (const Fact& one : facts)
        if (one.name == name) return one.value;
    return {};
}

} // namespace gw::saml
