#include "models/mesh/envoy/rule.h"

#include "models/mesh/envoy/path.h"

#include <algorithm>

namespace gw::mesh::envoy {
namespace {

using policy::Network;
using policy::Truth;
using policy::truth;

Truth inNetwork(const std::string& address, const std::optional<Network>& network) {
    const auto one = Network::parse(address);
    if (!one || !network) return Truth::Unknown;
    return truth(network->holds(*one));
}

bool anyMatches(const std::vector<std::string>& names, const TextMatch& text) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return text.matches(name); });
}

// URI names, then DNS names, then the subject (config.rbac.v3.Principal.Authenticated).
bool isAuthenticated(const Peer& peer, const std::optional<TextMatch>& text) {
    return !text || anyMatches(peer.uris, *text) || anyMatches(peer.dnsNames, *text) || text->matches(peer.subject);
}

} // namespace

Seen seenAs(const Request& request, std::string path) {
    Seen seen{&request, std::move(path), request.headers};
    seen.headers.emplace_back(":method", request.method);
    seen.headers.emplace_back(":path", seen.path);
    seen.headers.emplace_back(":authority", request.authority);
    return seen;
}

// As deep as the reader let it become.
Truth Rule::matches(const Seen& seen) const { // NOLINT(misc-no-recursion)
    const Request& request = *seen.request;
    Truth all = Truth::True, any = Truth::False;
    switch (kind) {
    case Kind::Unknown:
        return Truth::Unknown;
    case Kind::Any:
        return Truth::True;
    case Kind::And:
        for (const Rule& part : parts)
            if ((all &= part.matches(seen)) == Truth::False) break;
        return all;
    case Kind::Or:
        for (const Rule& part : parts)
            if ((any |= part.matches(seen)) == Truth::True) break;
        return any;
    case Kind::Not:
        return !parts.front().matches(seen);
    case Kind::Header:
        return truth(header->matches(seen.headers));
    case Kind::Path:
    case Kind::Template:
        return truth(text->matches(withoutQuery(seen.path)));
    case Kind::LocalIp:
        return inNetwork(request.local, network);
    case Kind::Ports:
        return truth(request.port >= low && request.port <= high);
    case Kind::ServerName:
        return truth(text->matches(request.serverName));
    case Kind::Mtls: {
        if (!request.peer || !request.peer->validated) return Truth::False;
        return truth(!text || anyMatches(san == San::Uri ? request.peer->uris : request.peer->dnsNames, *text));
    }
    case Kind::Authenticated:
        return truth(request.peer && isAuthenticated(*request.peer, text));
    case Kind::DirectRemoteIp:
        return inNetwork(request.directRemote, network);
    case Kind::RemoteIp:
        return inNetwork(request.remote, network);
    }
    return Truth::Unknown;
}

} // namespace gw::mesh::envoy
