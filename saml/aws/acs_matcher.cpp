#include "saml/aws/endpoints.h"
#include "saml/aws/partition_data.h"
#include "saml/base/ascii.h"
#include "saml/base/ascii_classes.h"

#include <algorithm>

namespace gw::aws {
namespace {

struct PlainUrl {
    std::string scheme, host, port;
    std::string_view path; // from "/" to the end, query and fragment included
};

bool isHostCharacter(char c) {
    return isAlphanumeric(c) || c == '-' || c == '.' || c == '[' ||
           c == ']' || c == ':';
}

// Only URLs that every parser reads alike: printable ASCII, no user info, no backslash, no percent sign in the host.
std::optional<PlainUrl> readUrl(std::string_view url) {
    if (url.empty() || url.size() > 2048) return std::nullopt;
    if (!std::all_of(url.begin(), url.end(), [](char c) { return c > 0x20 && c < 0x7F && c != '\\'; })) return std::nullopt;
    const std::size_t colon = url.find("://");
    if (colon == std::string_view::npos) return std::nullopt;
    PlainUrl plain;
    plain.scheme = foldedAscii(url.substr(0, colon));
    if (plain.scheme != "https" && plain.scheme != "http") return std::nullopt;
    url.remove_prefix(colon + 3);
    const std::size_t slash = std::min(url.find_first_of("/?#"), url.size());
    std::string_view authority = url.substr(0, slash);
    plain.path = url.substr(slash);
    if (authority.empty() || !std::all_of(authority.begin(), authority.end(), isHostCharacter)) return std::nullopt;
    const std::size_t bracket = authority.rfind(']');
    const std::size_t portMark = authority.rfind(':');
    if (portMark != std::string_view::npos && (bracket == std::string_view::npos || portMark > bracket)) {
        plain.port = authority.substr(portMark + 1);
        authority = authority.substr(0, portMark);
        if (plain.port.empty() || !std::all_of(plain.port.begin(), plain.port.end(), isDigit))
            return std::nullopt;
    }
    if (plain.port == (plain.scheme == "https" ? "443" : "80")) plain.port.clear();
    plain.host = foldedAscii(authority);
    return plain;
}

bool isAcsPath(std::string_view path) {
    constexpr std::string_view prefix = "/saml/acs/";
    if (path == "/saml" || path == "/static/saml") return true;
    if (!path.starts_with(prefix)) return false;
    const std::string_view id = path.substr(prefix.size());
    return !id.empty() && id.size() <= 128 && std::all_of(id.begin(), id.end(), [](char c) {
        return isAlphanumeric(c) || c == '-' || c == '_';
    });
}

// "signin.aws.amazon.com" or a region in front of it.
bool isSigninHost(std::string_view host, std::string_view signin) {
    if (host == signin) return true;
    if (!host.ends_with(signin)) return false;
    host.remove_suffix(signin.size());
    return host.ends_with('.') && isRegionName(host.substr(0, host.size() - 1));
}

} // namespace

std::optional<Partition> AcsMatcher::partitionOf(std::string_view url) {
    const auto plain = readUrl(url);
    if (!plain || plain->scheme != "https" || !plain->port.empty() || !isAcsPath(plain->path)) return std::nullopt;
    for (const PartitionData& data : partitionTable())
        if (isSigninHost(plain->host, data.signinHost)) return data.partition;
    return std::nullopt;
}

bool AcsMatcher::matches(std::string_view url) const {
    if (partitionOf(url)) return true;
    if (additional_.empty()) return false;
    const auto plain = readUrl(url);
    if (!plain) return false;
    return std::any_of(additional_.begin(), additional_.end(), [&](const std::string& text) {
        const auto added = readUrl(text);
        return added && added->scheme == plain->scheme && added->host == plain->host && added->port == plain->port &&
               added->path == plain->path;
    });
}

} // namespace gw::aws
