// Values of TOML 1.0 with their places, so that a mistake in one can be pointed at and one of them can be replaced while every
// other octet of the file stays.
#pragma once

#include "saml/base/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh::toml {

// Facts: "line" and "column" from 1, the latter in characters; "seen", "expected" where they help.
#define GW_TOML_ERRORS(X)                                                                                                        \
    X(TooLarge, "too_large")                                                                                                     \
    X(TooDeep, "too_deep")                                                                                                       \
    X(NotUtf8, "not_utf8")                                                                                                       \
    X(MergeConflict, "merge_conflict")                                                                                           \
    X(Syntax, "syntax")                                                                                                          \
    X(BadEscape, "bad_escape")                                                                                                   \
    X(BadNumber, "bad_number")                                                                                                   \
    X(BadDate, "bad_date")                                                                                                       \
    X(DuplicateKey, "duplicate_key")                                                                                             \
    X(NotATable, "not_a_table")
// MergeConflict: a line of version control's that asks which of two sides is meant; NotATable: a key or header leads through
// something that cannot hold members any more.
GW_ERROR_ENUM(TomlError, "toml", GW_TOML_ERRORS);

inline constexpr std::size_t maxTomlBytes = std::size_t{64} << 20U;
inline constexpr std::size_t maxTomlDepth = 64; // of arrays and inline tables

// Octets of the section that holds it, the second one past the end.
struct Span {
    std::uint32_t begin = 0, end = 0;
    [[nodiscard]] std::uint32_t size() const { return end - begin; }
    friend bool operator==(const Span&, const Span&) = default;
};

enum class Kind : std::uint8_t { String, Integer, Float, Boolean, OffsetDateTime, LocalDateTime, LocalDate, LocalTime, Array, Table };

struct Entry;

struct Value {
    Kind kind = Kind::String;
    Span span;
    // Of strings what they say; of dates and times as they are written.
    std::string text;
    std::int64_t integer = 0; // also of booleans, 0 or 1
    double number = 0;        // of floats
    std::vector<Value> items; // of arrays
    std::vector<Entry> entries; // of inline tables, in their order

    [[nodiscard]] bool is(Kind wanted) const { return kind == wanted; }
};

// "a.b.c" with its parts unquoted.
struct KeyPath {
    std::vector<std::string> parts;
    std::vector<Span> spans; // of the parts as they are written
    [[nodiscard]] Span span() const { return {spans.front().begin, spans.back().end}; }
};

// One "key = value".
struct Entry {
    KeyPath key;
    Value value;
    // From the first octet of its line, or in an inline table of the key, to the end of the value.
    Span span;
};

} // namespace gw::mesh::toml
