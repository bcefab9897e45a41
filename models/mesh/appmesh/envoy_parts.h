// Pieces of Envoy's configuration that listeners, clusters and routes have alike. (Envoy API v3.)
#pragma once

#include "models/mesh/appmesh/mesh_view.h"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace gw::mesh::appmesh {

[[nodiscard]] std::string envoyType(std::string_view message);   // "type.googleapis.com/envoy.…"
[[nodiscard]] std::string envoyDuration(std::int64_t millis);    // "1.500s"
[[nodiscard]] Json envoyAddress(const std::string& host, int port);
[[nodiscard]] Json envoyEndpoints(const std::string& cluster, const std::string& host, int port);
[[nodiscard]] Json envoyHttp2();                                  // options of a cluster that speaks HTTP/2
[[nodiscard]] Json envoyListenerFilter(const std::string& name, const std::string& message);

// What a request must be.
[[nodiscard]] Json envoyMatch(const Route& route);
void carryEnvoyMatch(const Route& route, Ledger& ledger);

// TLS contexts of one node's or gateway's proxy. Secrets of SDS come from the agent of the mesh, for which envoySecretCluster
// is needed; what was in ACM is expected as a file, without which Envoy does not start.
class EnvoyTls {
public:
    EnvoyTls(const Object& object, Ledger& ledger) : object_(object), ledger_(ledger) {}

    // "common_tls_context". Without a certificate: with `certificateField` one is expected as a file, else none is shown.
    [[nodiscard]] Json context(const Credential& certificate, const std::string& certificateField, const Validation* validation);
    [[nodiscard]] bool needsAgent() const { return agent_; }

private:
    [[nodiscard]] Json secret(const std::string& name);
    [[nodiscard]] Json checks(const Validation& validation);
    [[nodiscard]] std::string file(const std::string& what) const;

    const Object& object_;
    Ledger& ledger_;
    bool agent_ = false;
};

[[nodiscard]] Json envoySecretCluster();

} // namespace gw::mesh::appmesh
