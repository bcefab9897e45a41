// Permissions and principals of Envoy's RBAC (config.rbac.v3), and what they say about one request. What is not understood, or
// depends on what a request alone does not tell (metadata, filter state, CEL), is Unknown, never a guess.
#pragma once

#include "models/mesh/envoy/text_match.h"
#include "models/policy/truth.h"
#include "models/policy/values.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gw::mesh::envoy {

// The client's certificate.
struct Peer {
    std::vector<std::string> uris, dnsNames;
    std::string subject;
    bool validated = true; // by a CA that the listener trusts
};

struct Request {
    std::string method = "GET";
    std::string path = "/"; // `:path` as the client sends it, with its query
    std::string authority;
    Headers headers; // others, names in lower case
    std::optional<Peer> peer;
    std::string directRemote, remote; // addresses: of the connection, and what Envoy takes for the client's
    std::string local;                // address that was connected to
    std::uint16_t port = 0;           // that was connected to
    std::string serverName;           // of TLS
    Headers claims;                   // of a token that was checked, by name; one entry a value
};

// A request as a filter sees it: its path as the connection manager left it.
struct Seen {
    const Request* request = nullptr;
    std::string path;
    Headers headers; // with ":method", ":path", ":authority"
};
[[nodiscard]] Seen seenAs(const Request& request, std::string path);

struct Rule {
    enum class Kind : std::uint8_t {
        Unknown,
        Any,
        And,
        Or,
        Not,
        Header,
        Path,     // url_path: without the query
        Template, // uri_template
        LocalIp,
        Ports, // from `low` to `high`, both in
        ServerName,
        Mtls, // a validated certificate; one of its names of that kind matches `text`, where there is one
        Authenticated,
        DirectRemoteIp,
        RemoteIp
    };
    enum class San : std::uint8_t { Uri, Dns };
    Kind kind = Kind::Unknown;
    San san = San::Uri;
    std::vector<Rule> parts;
    std::optional<TextMatch> text;
    std::optional<HeaderMatch> header;
    std::optional<policy::Network> network;
    std::uint32_t low = 0, high = 0;

    [[nodiscard]] policy::Truth matches(const Seen& seen) const;
};

[[nodiscard]] Rule readPermission(const estate::Datum& datum);
[[nodiscard]] Rule readPrincipal(const estate::Datum& datum);
// As RE2's expression what a template of extensions.path.match.uri_template.v3 matches; nothing where it is none.
[[nodiscard]] std::optional<std::string> templateRegex(std::string_view text);

} // namespace gw::mesh::envoy
