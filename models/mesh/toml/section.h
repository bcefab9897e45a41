// A header with what stands under it, comments and blank lines included. The texts of a document's sections, one after the
// other, are the document.
#pragma once

#include "models/mesh/toml/scanner.h"

#include <string>
#include <vector>

namespace gw::mesh::toml {

struct Section {
    std::string text;
    // "[path]" or, of one table of a list, "[[path]]"; of the first section, which has none, empty.
    KeyPath path;
    bool listed = false;
    Span header; // from its first bracket to its last
    std::vector<Entry> entries;

    // Null where there is none. A dotted key is found by its parts, joined by dots.
    [[nodiscard]] const Entry* find(std::string_view key) const;
};

// The whole text must be one section; `first`: without a header. Errors: TomlError, places within the text.
[[nodiscard]] Result<Section> readSection(std::string_view text, bool first);

// Where the sections of a text begin, the first of them at 0. A header takes the comments right above it along. Headers are
// found by reading what stands before them, so that brackets within texts and lists are none. Errors: TomlError.
[[nodiscard]] Result<std::vector<Section>> readSections(std::string_view text);

} // namespace gw::mesh::toml
