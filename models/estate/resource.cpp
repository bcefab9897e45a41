#include "models/estate/resource.h"

#include <array>

namespace gw::estate {

std::string_view resourceKindName(ResourceKind kind) {
    static constexpr auto names = std::to_array<std::string_view>(
        {"rest-api",        "http-api",       "websocket-api",  "route",         "authorizer",       "stage",
         "deployment",      "domain-name",    "function",       "function-alias", "cluster",         "service",
         "task-definition", "mesh",           "virtual-node",   "virtual-service", "virtual-router", "mesh-route",
         "virtual-gateway", "gateway-route",  "service-network", "lattice-service", "lattice-listener", "lattice-rule",
         "target-group",    "network-association", "namespace", "workload-identity", "user-pool",    "bucket",
         "key",             "queue",          "topic",          "secret",        "vpc-endpoint",     "other"});
    static_assert(names.size() == static_cast<std::size_t>(ResourceKind::Other) + 1);
    return names[static_cast<std::size_t>(kind)];
}

} // namespace gw::estate
