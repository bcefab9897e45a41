// An OpenAPI document as templates give it to API Gateway: which routes it makes, and what asks who calls them (API Gateway
// Developer Guide, "OpenAPI extensions for API Gateway").
#pragma once

#include "models/estate/sources/datum.h"

#include <string>
#include <string_view>
#include <vector>

namespace gw::estate {

struct ApiBody {
    struct Route {
        std::string method, path; // "POST" or "ANY", "/refunds"; of an HTTP API also the path "$default" without a method
        Datum properties;         // as AWS::ApiGateway::Method has them
        bool isTold = false;      // whether it says itself what it asks of callers
    };
    struct Authorizer {
        std::string name;
        Datum properties; // as AWS::ApiGateway::Authorizer has them
    };
    std::vector<Route> routes;
    std::vector<Authorizer> authorizers;
    Datum policy; // Null: it has none
};

// `document` is worked out; `rest`: of a REST API. Security of the whole document counts for none of its routes in a REST API.
[[nodiscard]] ApiBody apiBodyIn(const Datum& document, bool rest);

} // namespace gw::estate
