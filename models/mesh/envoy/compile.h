// The whole listener of a server: mutual TLS, a connection manager that makes paths normal before it looks at them, what is
// denied, then what is allowed. Safe as it stands: where nobody may call, nobody gets through.
#pragma once

#include "models/mesh/compile/compilation.h"

#include <cstdint>
#include <string_view>

namespace gw::mesh {

enum class Enforcement : std::uint8_t {
    Enforce,
    DryRun // lets everybody through, and counts and logs what would have been denied
};

// As compileEnvoy() does, to be enforced or only watched. A listener is read by Envoy from a file of its own (LDS with
// path_config_source); certificates are those below, and requests go on to the cluster of this name, which whoever runs the
// proxy defines in its bootstrap.
void compileEnvoy(const Intent& intent, Enforcement enforcement, Compilation& into);
inline constexpr std::string_view envoyServerCluster = "local_service";
inline constexpr std::string_view envoyCertificateFolder = "/etc/envoy/tls"; // tls.crt, tls.key, ca.crt

// What Envoy cannot hold of a use.
[[nodiscard]] std::vector<Unheld> unheldByEnvoy(const Use& use);

} // namespace gw::mesh
