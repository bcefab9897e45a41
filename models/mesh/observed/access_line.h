// One line of an access log: of API Gateway (JSON with whatever names, or its common log format), VPC Lattice, Envoy and
// Istio's sidecars, with what dry runs would have said.
#pragma once

#include "saml/base/result.h"
#include "saml/base/utc_time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh {

#define GW_ACCESS_LINE_ERRORS(X)                                                                                                 \
    X(NoLine, "no_line")                                                                                                         \
    X(Malformed, "malformed")                                                                                                    \
    X(NoRequest, "no_request")
// NoLine: neither JSON nor the common log format; Malformed: JSON that cannot be read; NoRequest: without a method or status.
GW_ERROR_ENUM(AccessLineError, "access_line", GW_ACCESS_LINE_ERRORS);

struct AccessLine {
    enum class Source : std::uint8_t { ApiGateway, Lattice, Proxy };
    Source source = Source::ApiGateway;
    std::optional<UtcTime> time;
    std::string method, path; // the latter without its query; empty: not told
    std::string api, stage;   // of API Gateway; empty: not told
    std::string service;      // of Lattice: ARN
    std::string server;       // of proxies: the host that was asked for
    // ARN, unique id ("AROA…:session"), SPIFFE id or name in a certificate; empty: nobody in particular.
    std::string caller;
    int status = 0;
    bool denied = false;       // for want of permission
    std::string policy;        // of a proxy that denied: the policy that it names, or "none"
    std::optional<bool> shadow; // what a dry run would have done: true where it had let it through
    std::string shadowPolicy;
};

// `text` without the line's end. A time or a name of a stream before the JSON, as exports put there, is no matter.
[[nodiscard]] Result<AccessLine> readAccessLine(std::string_view text);

} // namespace gw::mesh
