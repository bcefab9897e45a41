#include "models/mesh/envoy/path.h"

#include "saml/base/percent.h"

#include <algorithm>

namespace gw::mesh::envoy {
namespace {

// The octet that the escape at `at` stands for, or -1.
int escapeAt(std::string_view text, std::size_t at) {
    if (at + 2 >= text.size() || text[at] != '%') return -1;
    const int high = hexDigit(text[at + 1]), low = hexDigit(text[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

bool isUnreserved(int octet) {
    return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9') || octet == '-' ||
           octet == '.' || octet == '_' || octet == '~';
}

bool isEscapedSlash(int octet) {
    return octet == '/' || octet == '\\';
}

bool hasEscapedSlashes(std::string_view path) {
    for (std::size_t at = path.find('%'); at != std::string_view::npos; at = path.find('%', at + 1))
        if (isEscapedSlash(escapeAt(path, at))) return true;
    return false;
}

std::string withoutEscapedSlashes(std::string_view path) {
    std::string out;
    for (std::size_t at = 0; at < path.size(); ++at) {
        const int octet = escapeAt(path, at);
        if (isEscapedSlash(octet)) {
            out += static_cast<char>(octet);
            at += 2;
        } else {
            out += path[at];
        }
    }
    return out;
}

// "/a/..;x/b" is "/a/../b" to servers that know parameters of segments.
std::string withoutDotParameters(std::string_view path) {
    std::string out;
    for (std::size_t at = 0; at < path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        std::string_view segment = path.substr(at, end - at);
        for (const std::string_view dots : {"..;", ".;"})
            if (segment.starts_with(dots)) segment = dots.substr(0, dots.size() - 1);
        out += segment;
        if (end < path.size()) out += '/';
        at = end + 1;
    }
    return out;
}

// How many octets of the text at `at` are one dot, plain or escaped.
std::size_t dotAt(std::string_view text, std::size_t at) {
    if (at >= text.size()) return 0;
    if (text[at] == '.') return 1;
    return escapeAt(text, at) == '.' ? 3 : 0;
}

bool isSlash(char c) {
    return c == '/' || c == '\\';
}

// How many dots, none where it is no such segment, and how far they reach with the slash behind them.
struct DotSegment {
    int dots = 0;
    std::size_t length = 0;
};
DotSegment dotSegmentAt(std::string_view path, std::size_t at) {
    const std::size_t first = dotAt(path, at);
    if (first == 0) return {};
    const std::size_t behind = at + first, second = dotAt(path, behind);
    const auto ends = [&](std::size_t where) { return where >= path.size() || isSlash(path[where]); };
    const auto reach = [&](std::size_t where) { return std::min(where + 1, path.size()) - at; };
    if (ends(behind)) return {1, reach(behind)};
    if (second > 0 && ends(behind + second)) return {2, reach(behind + second)};
    return {};
}

void appendEscaped(std::string& out, char c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto octet = static_cast<unsigned char>(c);
    out += '%';
    out += digits[octet >> 4U];
    out += digits[octet & 15U];
}

// Nothing where it holds an escaped zero.
std::optional<std::string> normalized(std::string_view path) {
    constexpr std::string_view escaped = "\"<>^`{|}";
    std::string out;
    for (std::size_t at = 0; at < path.size(); ++at) {
        const char c = path[at];
        if (!out.empty() && out.back() == '/')
            if (const DotSegment segment = dotSegmentAt(path, at); segment.dots > 0) {
                if (segment.dots == 2 && out.size() > 1) out.resize(out.rfind('/', out.size() - 2) + 1);
                at += segment.length - 1;
                continue;
            }
        if (const int octet = escapeAt(path, at); octet >= 0) {
            if (octet == 0) return std::nullopt;
            if (isUnreserved(octet))
                out += static_cast<char>(octet);
            else
                out += path.substr(at, 3);
            at += 2;
        } else if (c == '\\') {
            out += '/';
        } else if (escaped.find(c) != std::string_view::npos) {
            appendEscaped(out, c);
        } else {
            out += c;
        }
    }
    return out;
}

std::string withMergedSlashes(std::string_view path) {
    if (path.find("//") == std::string_view::npos) return std::string(path);
    std::string out;
    for (const char c : path)
        if (c != '/' || out.empty() || out.back() != '/') out += c;
    // Envoy keeps the first slash and the last one apart.
    if (out == "/") out += '/';
    return out;
}

} // namespace

std::string_view withoutQuery(std::string_view path) {
    return path.substr(0, path.find_first_of("?#"));
}

std::optional<std::string> seenPath(std::string_view whole, const PathSettings& settings) {
    if (whole.empty() || whole.front() != '/') return std::nullopt;
    // What no HTTP codec lets through, and fragments, which the connection manager refuses.
    if (std::any_of(whole.begin(), whole.end(), [](unsigned char c) { return c <= ' ' || c >= 0x7f || c == '#'; }))
        return std::nullopt;
    const std::size_t query = std::min(whole.find('?'), whole.size());
    std::string path(whole.substr(0, query));
    if (settings.escaped != EscapedSlashes::Keep && hasEscapedSlashes(path)) {
        if (settings.escaped != EscapedSlashes::Forward) return std::nullopt;
        path = withoutEscapedSlashes(path);
    }
    if (settings.normalize) {
        auto normal = normalized(withoutDotParameters(path));
        if (!normal) return std::nullopt;
        path = std::move(*normal);
    }
    if (settings.mergeSlashes) path = withMergedSlashes(path);
    path += whole.substr(query);
    return path;
}

std::string withUpperEscapes(std::string_view text) {
    std::string out(text);
    for (std::size_t at = 0; at < out.size(); ++at)
        if (escapeAt(out, at) >= 0)
            for (const std::size_t digit : {at + 1, at + 2})
                if (out[digit] >= 'a' && out[digit] <= 'f') out[digit] = static_cast<char>(out[digit] - 'a' + 'A');
    return out;
}

std::string meantPath(std::string_view path) {
    path = withoutQuery(path);
    const PathSettings all{true, true, EscapedSlashes::Forward};
    std::string meant = seenPath(path, all).value_or(std::string(path));
    if (meant == "//") meant = "/";
    return withUpperEscapes(meant);
}

} // namespace gw::mesh::envoy
