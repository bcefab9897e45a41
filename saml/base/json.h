// The one JSON document type: keeps the order of keys. Parsing outside input never throws; see parseJson.
#pragma once

#include "saml/base/result.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string_view>

namespace gw {

using Json = nlohmann::ordered_json;

#define GW_JSON_ERRORS(X) \
    X(Malformed, "malformed") \
    X(TooDeep, "too_deep") \
    X(DuplicateKey, "duplicate_key")
GW_ERROR_ENUM(JsonError, "json", GW_JSON_ERRORS);

// Refuses duplicate keys and more than `maxDepth` levels. Fact on failure: "offset".
[[nodiscard]] Result<Json> parseJson(std::string_view text, std::size_t maxDepth = 64);

} // namespace gw
