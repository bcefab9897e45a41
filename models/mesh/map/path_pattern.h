// Paths of HTTP as a map writes them: "/orders", "/orders/{id}", "/orders/**". A path is absolute and normal: no "." or ".."
// segments, no empty ones but for a last one, nothing escaped that need not be.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh {

enum class PathForm {
    All,      // "/**"
    Exact,    // "/orders"
    Prefix,   // "/orders/**": everything below, not "/orders" itself
    Template  // with segments that stand for any one: "/orders/{id}", "/orders/*/lines/**"
};

class PathPattern {
public:
    // Nothing where the text is no such pattern: without "/" at its beginning, "**" elsewhere than at the end, wildcards within a
    // segment, characters that a path does not have, or a path that is not normal.
    [[nodiscard]] static std::optional<PathPattern> parse(std::string_view text);

    [[nodiscard]] PathForm form() const { return form_; }
    [[nodiscard]] const std::string& text() const { return text_; }
    // Of Exact the path; of Prefix what every match begins with, up to and with the last "/".
    [[nodiscard]] std::string_view literal() const;
    // One for each part between slashes; nothing: any one. Without the "**" at the end.
    [[nodiscard]] const std::vector<std::optional<std::string>>& segments() const { return segments_; }
    [[nodiscard]] bool open() const { return open_; } // ends in "**"

    // Of a path without its query, as it is asked for.
    [[nodiscard]] bool matches(std::string_view path) const;
    // Whether everything that the other matches is matched, too.
    [[nodiscard]] bool covers(const PathPattern& other) const;
    // As a pattern of IAM, whose "*" crosses slashes. Exact where the form is not Template; otherwise it matches more.
    [[nodiscard]] std::string glob() const;
    // A path that matches, with `filler` for what is open.
    [[nodiscard]] std::string example(std::string_view filler) const;

    // Whether glob() matches.
    [[nodiscard]] bool globMatches(std::string_view path) const;

    friend bool operator==(const PathPattern& a, const PathPattern& b) { return a.text_ == b.text_; }

private:
    std::string text_;
    PathForm form_ = PathForm::Exact;
    std::vector<std::optional<std::string>> segments_;
    bool open_ = false;
};

} // namespace gw::mesh
