// How Envoy compares texts (type.matcher.v3.StringMatcher, config.route.v3.HeaderMatcher).
#pragma once

#include "models/estate/sources/datum.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace re2 {
class RE2;
}

namespace gw::mesh::envoy {

using Headers = std::vector<std::pair<std::string, std::string>>; // names in lower case, pseudo headers with their colon

// A member by its name in the protocol buffers' definition; config files may have it in lower camel case instead.
[[nodiscard]] const estate::Datum& field(const estate::Datum& of, std::string_view name);
// Whether every member is one of these.
[[nodiscard]] bool onlyFields(const estate::Datum& of, std::initializer_list<std::string_view> names);

class TextMatch {
public:
    enum class Kind : std::uint8_t { Exact, Prefix, Suffix, Contains, Regex };
    // Nothing where it is not understood, wholly.
    [[nodiscard]] static std::optional<TextMatch> read(const estate::Datum& datum);
    // Of the whole text. Nothing where RE2 does not take it.
    [[nodiscard]] static std::optional<TextMatch> regex(const std::string& expression);

    [[nodiscard]] bool matches(std::string_view text) const;
    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] const std::string& value() const { return value_; }

private:
    Kind kind_ = Kind::Exact;
    std::string value_; // in lower case where case does not matter
    bool foldsCase_ = false;
    std::shared_ptr<const re2::RE2> regex_;
};

class HeaderMatch {
public:
    [[nodiscard]] static std::optional<HeaderMatch> read(const estate::Datum& datum);
    // Of several with one name any may match (Envoy since 1.36.5 and 1.37.1; before, it was one value with commas between);
    // inverted, none.
    [[nodiscard]] bool matches(const Headers& headers) const;
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::optional<TextMatch>& text() const { return text_; }

private:
    std::string name_;
    std::optional<TextMatch> text_; // nothing: whether it is there
    bool present_ = true, inverted_ = false, missingIsEmpty_ = false;
};

} // namespace gw::mesh::envoy
