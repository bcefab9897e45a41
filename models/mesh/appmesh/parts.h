// The objects of a model as compilers and drawings need them: who refers to whom, listeners, TLS, routes. Every part says by
// `field` where in its object it stands ("spec.listeners[0].tls"); what App Mesh let be left out is absent here, too.
// A value of the wrong kind is absent as well; import has told of it.
#pragma once

#include "models/mesh/appmesh/model.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gw::mesh::appmesh {

enum class Protocol : std::uint8_t { Unknown, Http, Http2, Grpc, Tcp };
enum class TlsMode : std::uint8_t { Disabled, Permissive, Strict };
[[nodiscard]] std::string_view protocolName(Protocol protocol); // "http"

struct Duration {
    std::string field;
    std::int64_t millis = 0;
};

struct PortMapping {
    std::string field;
    int port = 0; // 0: not told
    Protocol protocol = Protocol::Unknown;
};

// A certificate, or what certificates are checked against.
struct Credential {
    enum class Kind : std::uint8_t { None, Acm, File, Sds };
    std::string field; // of the member "acm", "file" or "sds"
    Kind kind = Kind::None;
    std::vector<std::string> arns; // Acm
    std::string chain, key;        // File: paths
    std::string secret;            // Sds
};

struct Validation {
    std::string field;
    Credential trust;
    // Nothing: whoever has a certificate of that trust. Exact matches of URI or DNS names.
    std::optional<std::vector<std::string>> names;
};

struct ListenerTls {
    std::string field;
    TlsMode mode = TlsMode::Disabled;
    bool modeTold = false; // by one of App Mesh's words
    Credential certificate;
    std::optional<Validation> validation;
};

struct ClientTls {
    std::string field;
    bool enforce = true;
    std::vector<int> ports; // empty: all
    std::optional<Credential> certificate;
    Validation validation;
};

struct Timeouts {
    std::string field;
    std::optional<Duration> idle, perRequest;
};

struct ConnectionPool {
    std::string field;
    Protocol protocol = Protocol::Unknown;
    std::optional<std::int64_t> maxConnections, maxPendingRequests, maxRequests;
};

struct OutlierDetection {
    std::string field;
    std::optional<Duration> baseEjection, interval;
    std::optional<std::int64_t> maxEjectionPercent, maxServerErrors;
};

struct HealthCheck {
    std::string field, path;
    Protocol protocol = Protocol::Unknown;
    std::int64_t healthy = 2, unhealthy = 2, intervalMillis = 5000, timeoutMillis = 2000;
    std::optional<std::int64_t> port;
};

struct Listener {
    std::string field;
    PortMapping mapping;
    std::optional<ListenerTls> tls;
    std::optional<HealthCheck> health;
    std::optional<OutlierDetection> outlier;
    std::optional<ConnectionPool> pool;
    std::optional<Timeouts> timeouts;
};

struct Backend {
    std::string field, service;
    std::optional<ClientTls> tls; // where it has a policy of its own
};

struct Discovery {
    enum class Kind : std::uint8_t { None, Dns, CloudMap };
    std::string field; // of the member "dns" or "awsCloudMap"
    Kind kind = Kind::None;
    std::string hostname, responseType;       // Dns
    std::string cloudNamespace, cloudService; // CloudMap
    std::vector<std::pair<std::string, std::string>> attributes;
    std::string ipPreference;

    // What DNS knows it by.
    [[nodiscard]] std::string host() const;
};

struct AccessLog {
    std::string field, path;
    std::optional<std::string> text;
    std::vector<std::pair<std::string, std::string>> json;
};

// A virtual node or a virtual gateway.
struct Workload {
    const Object* object = nullptr;
    std::vector<Listener> listeners;
    std::vector<Backend> backends; // of a node
    std::optional<ClientTls> defaults;
    Discovery discovery;
    std::optional<AccessLog> log;

    [[nodiscard]] bool isGateway() const { return object->kind == Kind::VirtualGateway; }
    [[nodiscard]] const Listener* listenerAt(int port) const;
};

struct ValueMatch {
    enum class How : std::uint8_t { Present, Exact, Prefix, Suffix, Regex, Range };
    std::string field, name;
    How how = How::Present;
    bool invert = false;
    std::string value;
    std::int64_t start = 0, end = 0; // Range: start ≤ x < end
};

struct QueryMatch {
    std::string field, name;
    std::optional<std::string> exact;
};

struct Match {
    std::string field;
    std::optional<std::string> prefix, path, pathRegex, method, scheme, grpcService, grpcMethod, host, hostSuffix;
    std::optional<int> port;
    std::vector<ValueMatch> headers; // of gRPC: metadata
    std::vector<QueryMatch> query;
};

struct WeightedTarget {
    std::string field, node;
    std::int64_t weight = 0;
    std::optional<int> port;
};

struct Retry {
    std::string field;
    std::vector<std::string> http, tcp, grpc;
    std::int64_t most = 0;
    std::optional<Duration> perTry;
};

struct GatewayTarget {
    std::string field, service;
    std::optional<int> port;
    std::optional<bool> hostRewrite, prefixRewrite; // the defaults of rewrite, on or off
    std::optional<std::string> path, prefix;
};

// A route of a router, or of a gateway.
struct Route {
    const Object* object = nullptr;
    std::string field; // "spec.httpRoute"; empty: none
    Protocol protocol = Protocol::Unknown;
    std::optional<std::int64_t> priority;
    Match match;
    std::vector<WeightedTarget> targets; // of a router's
    GatewayTarget target;                // of a gateway's
    std::optional<Retry> retry;
    std::optional<Timeouts> timeouts;
};

struct VirtualRouter {
    const Object* object = nullptr;
    std::vector<PortMapping> listeners;
};

struct VirtualService {
    const Object* object = nullptr;
    std::string node, router; // at most one of them
};

struct MeshPart {
    const Object* object = nullptr;
    bool allowAll = false; // egress to anything; App Mesh's default is to the mesh alone
    std::string ipPreference;
};

// Borrows the model. Every list is in the model's order.
class Parts {
public:
    explicit Parts(const Model& model);

    [[nodiscard]] const std::vector<MeshPart>& meshes() const { return meshes_; }
    [[nodiscard]] const std::vector<Workload>& workloads() const { return workloads_; }
    [[nodiscard]] const std::vector<VirtualService>& services() const { return services_; }
    [[nodiscard]] const std::vector<VirtualRouter>& routers() const { return routers_; }
    [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

private:
    std::vector<MeshPart> meshes_;
    std::vector<Workload> workloads_;
    std::vector<VirtualService> services_;
    std::vector<VirtualRouter> routers_;
    std::vector<Route> routes_;
};

} // namespace gw::mesh::appmesh
