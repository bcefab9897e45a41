// Routes as people write them and as requests name them (Amazon API Gateway Developer Guide, "Set up a proxy integration with
// a proxy resource" and "Working with routes for HTTP APIs"): a literal part before "{id}", and that before "{proxy+}".
#pragma once

#include "models/estate/estate.h"

#include <string>
#include <string_view>
#include <vector>

namespace gw::estate {

// "POST /refunds", "GET /refunds/42", "$connect": those of that very name, otherwise of each API and stage the one that would
// take such a request.
[[nodiscard]] std::vector<const Resource*> routesCalled(const Estate& estate, std::string_view text);
// The route that takes a request for "arn:…:execute-api:…:ID/STAGE/VERB/PATH"; null where none does.
[[nodiscard]] const Resource* routeFor(const Estate& estate, std::string_view arn);
// The ARN of a request for a route: something stands in the place of each "{…}".
[[nodiscard]] std::string requestedArn(std::string_view arn);

} // namespace gw::estate
