// The language in which a table is filtered, as one types it:
//
//   env:prod last-used:>90d finding:high can:"execute-api:Invoke" people:>10 -env:dev,shared free words
//
// All terms must hold. "-" before a term: it must not. Commas: any of these. Quotes keep blanks and commas together; in
// them \" and \\ stand for themselves. What each kind of column takes:
//   text      part of it, whatever the case and accents; "=" before it: all of it
//   choice    a word of the column; >, >=, <, <= go by the column's order
//   number    10, >10, >=10, <10, <=10, 10..20
//   time      >90d longer ago than that, or never; <7d within that; >2026-01-01 since then, <2026-01-01 before; never
//   duration  >1h, <=30min, 4h
// Units: s, min, h, d, w, mo (30 days), y (365 days). "none" and "unknown": nothing is there, or not known; "any": something.
#pragma once

#include "models/items/table/schema.h"
#include "saml/base/result.h"
#include "saml/base/utc_time.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::items {

// Facts: "at" and "length", octets of the text, for all of them; "field", "seen", "expected" where they say something.
#define GW_FILTER_ERRORS(X)                                                                                                      \
    X(UnknownField, "unknown_field")                                                                                             \
    X(NoValue, "no_value")                                                                                                       \
    X(UnknownValue, "unknown_value")                                                                                             \
    X(NotANumber, "not_a_number")                                                                                                \
    X(NotATime, "not_a_time")                                                                                                    \
    X(NotADuration, "not_a_duration")                                                                                            \
    X(NoOrder, "no_order")                                                                                                       \
    X(OpenQuote, "open_quote")                                                                                                   \
    X(TooLong, "too_long")
// UnknownField: "expected" the nearest one, if any. UnknownValue: "expected" the column's words. NoOrder: a text is not
// more or less than another. TooLong: more than mostFilterOctets or mostFilterTerms.
GW_ERROR_ENUM(FilterError, "filter", GW_FILTER_ERRORS);

inline constexpr std::size_t mostFilterOctets = 4096, mostFilterTerms = 64;

// One of the values that commas separate.
struct Alternative {
    enum class Kind : std::uint8_t {
        Holds,   // `text` is part of the value
        Is,      // `text` is the value
        Nothing, // there is none, or it is not known
        Something,
        Choices, // one of `choices`
        Range    // from `least` to `most`, both included; also never, where `orNever`
    };
    Kind kind = Kind::Holds;
    std::string text{}; // folded; of Outside as it is written
    std::uint32_t choices = 0;
    std::int64_t least = 0, most = 0;
    bool orNever = false;
    friend bool operator==(const Alternative&, const Alternative&) = default;
};

struct Term {
    std::size_t begin = 0, end = 0;    // in the text, "-" included
    bool negated = false;
    std::optional<std::size_t> column; // nothing: a word for all columns that are searched
    std::vector<Alternative> alternatives;

    // Whatever the place in the text.
    [[nodiscard]] bool sameAs(const Term& other) const {
        return negated == other.negated && column == other.column && alternatives == other.alternatives;
    }
};

struct Filter {
    std::vector<Term> terms;
};

// Errors: FilterError.
[[nodiscard]] Result<Filter> parseFilter(std::string_view text, const std::vector<Column>& columns, UtcTime now);

// A piece of a filter as it is typed; nothing in it need be right.
struct FilterToken {
    std::size_t begin = 0, end = 0;   // of the whole term, "-" included
    std::size_t value = 0;            // where its value begins, behind field and colon
    bool negated = false;
    std::string_view field;           // empty: a word
    bool openQuote = false;
    struct Part {
        std::size_t begin = 0, end = 0; // quotes and comparison included
        std::string text;               // without quotes, comparison and escapes
        std::string_view comparison;    // "", "=", ">", ">=", "<", "<="
        bool quoted = false;
    };
    std::vector<Part> parts;
};
[[nodiscard]] std::vector<FilterToken> tokensOf(std::string_view text);

// The value as a filter has to spell it: in quotes where it needs them.
[[nodiscard]] std::string filterValue(std::string_view value);

} // namespace gw::items
