// Values of IAM's JSON, which has one text or a list of them in most places.
#pragma once

#include "saml/base/json.h"

#include <string>
#include <vector>

namespace gw::mesh {

// Of a list or of one; nothing else has any.
[[nodiscard]] inline std::vector<std::string> textsIn(const Json& value) {
    std::vector<std::string> texts;
    if (value.is_string()) texts.push_back(value.get<std::string>());
    if (value.is_array())
        for (const Json& each : value)
            if (each.is_string()) texts.push_back(each.get<std::string>());
    return texts;
}

} // namespace gw::mesh
