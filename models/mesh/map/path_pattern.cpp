#include "models/mesh/map/path_pattern.h"

#include "models/mesh/map/wildcards.h"
#include "saml/base/ascii_classes.h"

#include <algorithm>

namespace gw::mesh {
namespace {

// RFC 3986 3.3, pchar without "*", which is a wildcard here; "{" and "}" only around a whole segment.
bool isPathChar(char c) {
    constexpr std::string_view marks = "-._~!$&'()+,;=:@%";
    return isAlphanumeric(c) || marks.find(c) != std::string_view::npos;
}

bool isHexDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

bool isPlainSegment(std::string_view segment) {
    if (segment == "." || segment == "..") return false;
    for (std::size_t i = 0; i < segment.size(); ++i) {
        if (!isPathChar(segment[i])) return false;
        if (segment[i] == '%' && (i + 2 >= segment.size() || !isHexDigit(segment[i + 1]) || !isHexDigit(segment[i + 2]))) return false;
    }
    return true;
}

bool isWildcard(std::string_view segment) {
    if (segment == "*") return true;
    if (segment.size() < 3 || segment.front() != '{' || segment.back() != '}') return false;
    const std::string_view name = segment.substr(1, segment.size() - 2);
    return std::all_of(name.begin(), name.end(), [](char c) { return isAlphanumeric(c) || c == '_' || c == '-' || c == '.'; });
}

// "{proxy+}" is how API Gateway writes "all that follows".
bool isRest(std::string_view segment) {
    if (segment == "**") return true;
    return segment.size() > 3 && segment.front() == '{' && segment.ends_with("+}") &&
           isWildcard(std::string(segment.substr(0, segment.size() - 2)) + "}");
}

} // namespace

std::optional<PathPattern> PathPattern::parse(std::string_view text) {
    constexpr std::size_t longest = 4096;
    if (text.empty() || text.front() != '/' || text.size() > longest) return std::nullopt;
    PathPattern pattern;
    pattern.text_ = std::string(text);
    bool fixed = true;
    for (std::size_t at = 1; at <= text.size();) {
        const std::size_t end = std::min(text.find('/', at), text.size());
        const std::string_view segment = text.substr(at, end - at);
        const bool last = end == text.size();
        if (isRest(segment)) {
            if (!last) return std::nullopt;
            pattern.open_ = true;
        } else if (isWildcard(segment)) {
            pattern.segments_.emplace_back(std::nullopt);
            fixed = false;
        } else {
            if ((segment.empty() && !last) || !isPlainSegment(segment)) return std::nullopt;
            pattern.segments_.emplace_back(std::string(segment));
        }
        at = end + 1;
    }
    if (!fixed)
        pattern.form_ = PathForm::Template;
    else if (pattern.open_)
        pattern.form_ = pattern.segments_.empty() ? PathForm::All : PathForm::Prefix;
    return pattern;
}

std::string_view PathPattern::literal() const {
    const std::string_view text = text_;
    switch (form_) {
    case PathForm::All: return "/";
    case PathForm::Exact: return text;
    case PathForm::Prefix: return text.substr(0, text.rfind('/') + 1);
    case PathForm::Template: break;
    }
    return text.substr(0, text.find_first_of("*{"));
}

bool PathPattern::matches(std::string_view path) const {
    if (path.empty() || path.front() != '/') return false;
    std::size_t at = 1;
    for (const std::optional<std::string>& segment : segments_) {
        if (at > path.size()) return false;
        const std::size_t end = std::min(path.find('/', at), path.size());
        const std::string_view part = path.substr(at, end - at);
        if (segment ? part != *segment : part.empty()) return false;
        at = end + 1;
    }
    // Behind the last segment stands a slash, with anything after it, or nothing.
    if (open_) return at <= path.size();
    return at == path.size() + 1;
}

bool PathPattern::covers(const PathPattern& other) const {
    if (other.segments_.size() < segments_.size() || (!open_ && (other.open_ || other.segments_.size() != segments_.size())))
        return false;
    // "/orders/**" is about what lies below, not about "/orders".
    if (open_ && !other.open_ && other.segments_.size() == segments_.size()) return false;
    for (std::size_t i = 0; i < segments_.size(); ++i) {
        if (segments_[i] && segments_[i] != other.segments_[i]) return false;
        // Any segment, but not an empty one, such as behind a last slash.
        if (!segments_[i] && other.segments_[i] && other.segments_[i]->empty()) return false;
    }
    return true;
}

bool PathPattern::globMatches(std::string_view path) const {
    return wildcardsMatch(glob(), path);
}

std::string PathPattern::glob() const {
    std::string out;
    for (const std::optional<std::string>& segment : segments_) {
        out += '/';
        out += segment ? *segment : std::string("*");
    }
    if (open_) out += "/*";
    return out;
}

std::string PathPattern::example(std::string_view filler) const {
    std::string out;
    for (const std::optional<std::string>& segment : segments_) {
        out += '/';
        out += segment ? std::string_view(*segment) : filler;
    }
    if (open_) {
        out += '/';
        out += filler;
    }
    return out;
}

} // namespace gw::mesh
