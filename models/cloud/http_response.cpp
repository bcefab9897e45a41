#include "models/cloud/http_client.h"

#include <array>

namespace gw::cloud {

std::string_view methodName(HttpRequest::Method method) {
    static constexpr auto names = std::to_array<std::string_view>({"GET", "POST", "PUT", "PATCH", "DELETE"});
    return names[static_cast<std::size_t>(method)];
}

std::string HttpResponse::header(std::string_view lowerCaseName) const {
    for (const HttpHeader& header : headers)
        if (header.name == lowerCaseName) return header.value;
    return {};
}

} // namespace gw::cloud
