// Resources that are APIs of API Gateway, whatever their protocol.
#pragma once

#include "models/estate/resource.h"

namespace gw::estate {

[[nodiscard]] constexpr bool isApi(ResourceKind kind) {
    return kind == ResourceKind::RestApi || kind == ResourceKind::HttpApi || kind == ResourceKind::WebSocketApi;
}

} // namespace gw::estate
