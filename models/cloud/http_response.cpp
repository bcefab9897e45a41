#include "models/cloud/http_client.h"

namespace gw::cloud {

std::string HttpResponse::header(std::string_view lowerCaseName) const {
    for (const HttpHeader& header : headers)
        if (header.name == lowerCaseName) return header.value;
    return {};
}

} // namespace gw::cloud
