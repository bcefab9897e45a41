// Of what an Envoy was told by App Mesh: what its names, TLS contexts and routes were in the mesh. Where Envoy does not keep
// what the mesh had, the member is absent.
#pragma once

#include "models/estate/readers/dump_file.h"
#include "saml/base/json.h"

#include <optional>
#include <string>
#include <string_view>

namespace gw::estate {

// "cds_egress_MESH_NODE_http_8080"
struct EnvoyCluster {
    std::string node, protocol;
    int port = 0;
};
// Names may hold underscores; the mesh's is known. `side` is "ingress" or "egress".
[[nodiscard]] std::optional<EnvoyCluster> meshCluster(std::string_view name, std::string_view side, std::string_view mesh);

// "tls" of a listener or of a client's policy, out of a transport socket; Null where there is no TLS in it. "mode" and "enforce"
// are the caller's to add.
[[nodiscard]] Json meshTls(const Node& transportSocket);

// "spec" of a route, out of one of a virtual host; Null where it leads to no node.
[[nodiscard]] Json meshRoute(const Node& route, std::string_view protocol, std::string_view mesh);

} // namespace gw::estate
