// A TOML document that gives every octet back: comments, blank lines, order and spelling stay, and an edit changes the lines
// that it is about and no other. Values are read with their places.
#pragma once

#include "models/mesh/toml/section.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh::toml {

// Not for two threads at once. An edit that would not leave a well-formed document is refused, and changes nothing.
class Document {
public:
    // Errors: TomlError. A mark of byte order at its beginning is kept.
    [[nodiscard]] static Result<Document> parse(std::string_view text);

    [[nodiscard]] std::string text() const;
    // The first has no header.
    [[nodiscard]] const std::vector<Section>& sections() const { return sections_; }
    // Of an octet of a section's text, in the document.
    [[nodiscard]] Position positionOf(std::size_t section, std::size_t at) const;

    // Puts `value`, as it is to be written, in the place of the entry's; what stands behind it on its line stays.
    [[nodiscard]] Status setValue(std::size_t section, std::size_t entry, std::string_view value);
    // "key = value" on a line of its own after the entry, or first of all where there is none yet; indented as the entry is.
    [[nodiscard]] Status addEntry(std::size_t section, std::size_t after, std::string_view key, std::string_view value);
    // With what stands behind it on its line; comments on lines of their own stay.
    [[nodiscard]] Status removeEntry(std::size_t section, std::size_t entry);
    // `text` begins with a header or comments right above one. A blank line is kept between sections.
    [[nodiscard]] Status addSection(std::size_t before, std::string_view text);
    // With the comments right above its header.
    [[nodiscard]] Status removeSection(std::size_t section);

private:
    [[nodiscard]] Status replace(std::size_t section, std::string text);
    [[nodiscard]] Status check() const;

    std::string mark_; // of byte order, or nothing
    std::vector<Section> sections_;
    // Of each section the line that it begins in; empty: not counted since the last edit.
    mutable std::vector<std::uint32_t> lines_;
};

// A value as this project writes it: texts in double quotes, lists on one line.
[[nodiscard]] std::string written(std::string_view text);
[[nodiscard]] std::string written(const std::vector<std::string>& texts);
// Bare where it can be.
[[nodiscard]] std::string writtenKey(std::string_view key);

} // namespace gw::mesh::toml
