// What Envoy makes of the path of a request before any filter sees it, as its HTTP connection manager is told
// (HttpConnectionManager: normalize_path, merge_slashes, path_with_escaped_slashes_action), and what a server may take it for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gw::mesh::envoy {

enum class EscapedSlashes { Keep, Reject, Redirect, Forward };

struct PathSettings {
    bool normalize = false, mergeSlashes = false;
    EscapedSlashes escaped = EscapedSlashes::Keep;
    friend bool operator==(const PathSettings&, const PathSettings&) = default;
};

// `:path` with its query, as filters, routes and the server see it; nothing where Envoy answers 400 or redirects instead.
// In this order: escaped slashes; parameters behind "." and ".." ("/..;x"); dot segments, backslashes and the escapes of
// unreserved characters (RFC 3986 6.2.2); repeated slashes.
[[nodiscard]] std::optional<std::string> seenPath(std::string_view path, const PathSettings& settings);

// Without query and fragment.
[[nodiscard]] std::string_view withoutQuery(std::string_view path);

// The path that a server may act on when it gets this one: everything decoded and made normal that servers decode and make
// normal; hexadecimal digits of escapes in upper case. Without its query.
[[nodiscard]] std::string meantPath(std::string_view path);
// The hexadecimal digits of escapes in upper case, nothing else.
[[nodiscard]] std::string withUpperEscapes(std::string_view text);

} // namespace gw::mesh::envoy
