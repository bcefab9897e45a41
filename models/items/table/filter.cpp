#include "models/items/table/filter.h"

#include "models/items/fold.h"
#include "models/items/table/filter_values.h"
#include "models/items/word_list.h"
#include "saml/base/ascii.h"

#include <algorithm>

namespace gw::items {
namespace {

using Part = FilterToken::Part;
using Kind = Alternative::Kind;

constexpr std::int64_t first = neverValue + 1, last = std::numeric_limits<std::int64_t>::max();

Error wrong(FilterError code, std::size_t begin, std::size_t end) {
    return Error(code).with("at", std::to_string(begin)).with("length", std::to_string(end - begin));
}

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
    return all;
}

std::string nearestField(const std::vector<Column>& columns, std::string_view written) {
    WordList words;
    std::vector<std::string> names;
    for (const Column& column : columns) names.push_back(column.id);
    // Whole names: cut at their dashes they would be other words.
    for (const std::string& name : names)
        if (name.find('-') == std::string::npos) words.add(name);
    words.finish();
    const std::string folded = foldedAscii(written);
    for (const std::string& name : names)
        if (name.starts_with(folded) || (name.find('-') != std::string::npos && folded.size() > 3 && name.find(folded) != std::string::npos)) return name;
    return words.nearest(folded);
}

class Reader {
public:
    Reader(const Column& column, UtcTime now) : column_(column), now_(now.unixSeconds()) {}

    Result<Alternative> read(const Part& part) const {
        if (part.text.empty() && !part.quoted) return fail(of(FilterError::NoValue, part));
        if (!part.quoted && part.comparison.empty() && column_.kind != ColumnKind::Outside) {
            const std::string word = foldedAscii(part.text);
            const bool own = std::find(column_.choices.begin(), column_.choices.end(), word) != column_.choices.end();
            if (own) return choice(part);
            if (word == "none" || word == "unknown") return Alternative{.kind = Kind::Nothing};
            if (word == "any") return Alternative{.kind = Kind::Something};
        }
        switch (column_.kind) {
        case ColumnKind::Text:
        case ColumnKind::Outside:
            return text(part);
        case ColumnKind::Choice:
            return choice(part);
        case ColumnKind::Number:
            return amount(part, FilterError::NotANumber, numberOf);
        case ColumnKind::Duration:
            return amount(part, FilterError::NotADuration, durationOf);
        case ColumnKind::Time:
            return time(part);
        }
        return fail(of(FilterError::UnknownValue, part));
    }

private:
    Error of(FilterError code, const Part& part) const {
        return wrong(code, part.begin, part.end).with("field", column_.id).with("seen", part.text);
    }

    Result<Alternative> text(const Part& part) const {
        Alternative made;
        made.kind = part.comparison == "=" ? Kind::Is : Kind::Holds;
        if (!part.comparison.empty() && part.comparison != "=") return fail(of(FilterError::NoOrder, part));
        if (part.text.empty()) return fail(of(FilterError::NoValue, part));
        made.text = column_.kind == ColumnKind::Outside ? part.text : foldText(part.text);
        return made;
    }

    Result<Alternative> choice(const Part& part) const {
        const auto at = std::find(column_.choices.begin(), column_.choices.end(), foldedAscii(part.text));
        if (at == column_.choices.end()) return fail(of(FilterError::UnknownValue, part).with("expected", joined(column_.choices)));
        const auto index = static_cast<unsigned>(at - column_.choices.begin());
        const std::uint32_t own = std::uint32_t{1} << index;
        const std::uint32_t all = column_.choices.size() >= 32 ? ~std::uint32_t{0} : (std::uint32_t{1} << column_.choices.size()) - 1;
        Alternative made;
        made.kind = Kind::Choices;
        made.choices = part.comparison == ">"    ? all & ~(own | (own - 1))
                       : part.comparison == ">=" ? all & ~(own - 1)
                       : part.comparison == "<"  ? own - 1
                       : part.comparison == "<=" ? own | (own - 1)
                                                 : own;
        return made;
    }

    template <class Parse>
    Result<Alternative> amount(const Part& part, FilterError code, Parse parse) const {
        const std::string_view text = part.text;
        if (const std::size_t dots = text.find(".."); dots != std::string_view::npos && part.comparison.empty()) {
            const auto from = parse(text.substr(0, dots)), to = parse(text.substr(dots + 2));
            if (!from || !to) return fail(of(code, part));
            return range(*from, *to);
        }
        const auto value = parse(text);
        if (!value) return fail(of(code, part));
        if (part.comparison == ">") return range(*value + 1, last);
        if (part.comparison == ">=") return range(*value, last);
        if (part.comparison == "<") return range(first, *value - 1);
        if (part.comparison == "<=") return range(first, *value);
        return range(*value, *value);
    }

    Result<Alternative> time(const Part& part) const {
        if (!part.quoted && part.comparison.empty()) {
            const std::string word = foldedAscii(part.text);
            if (word == "never") return range(neverValue, neverValue);
            for (const AgeWord& each : column_.ageWords)
                if (each.word == word) return range(first, now_ - each.seconds - 1, true);
        }
        const bool more = part.comparison.starts_with('>'), less = part.comparison.starts_with('<');
        const std::int64_t equal = part.comparison.ends_with('=') ? 1 : 0;
        if (const auto date = dateOf(part.text)) {
            constexpr std::int64_t day = 86'400;
            if (more) return range(equal != 0 ? *date : *date + day, last);
            if (less) return range(first, equal != 0 ? *date + day - 1 : *date - 1);
            return range(*date, *date + day - 1);
        }
        const auto age = durationOf(part.text);
        if (!age || (!more && !less)) return fail(of(FilterError::NotATime, part));
        // More is longer ago; whoever never was it belongs to these.
        if (more) return range(first, now_ - *age - 1 + equal, true);
        return range(now_ - *age + 1 - equal, last);
    }

    static Alternative range(std::int64_t least, std::int64_t most, bool orNever = false) {
        Alternative made;
        made.kind = Kind::Range;
        made.least = least;
        made.most = most;
        made.orNever = orNever;
        return made;
    }

    const Column& column_;
    std::int64_t now_;
};

} // namespace

Result<Filter> parseFilter(std::string_view text, const std::vector<Column>& columns, UtcTime now) {
    if (text.size() > mostFilterOctets) return fail(wrong(FilterError::TooLong, mostFilterOctets, text.size()));
    Filter filter;
    for (const FilterToken& token : tokensOf(text)) {
        if (filter.terms.size() == mostFilterTerms) return fail(wrong(FilterError::TooLong, token.begin, text.size()));
        if (token.openQuote) return fail(wrong(FilterError::OpenQuote, token.parts.back().begin, token.end));
        Term term;
        term.begin = token.begin;
        term.end = token.end;
        term.negated = token.negated;
        if (token.field.empty()) {
            Alternative word;
            word.text = foldText(token.parts.front().text);
            if (word.text.empty()) continue;
            term.alternatives.push_back(std::move(word));
        } else {
            const std::size_t begin = token.begin + (token.negated ? 1 : 0);
            term.column = findColumn(columns, token.field);
            if (!term.column) {
                Error error = wrong(FilterError::UnknownField, begin, begin + token.field.size()).with("seen", std::string(token.field));
                if (std::string near = nearestField(columns, token.field); !near.empty()) error.with("expected", std::move(near));
                return fail(std::move(error));
            }
            const Reader reader(columns[*term.column], now);
            for (const Part& part : token.parts) {
                auto alternative = reader.read(part);
                if (!alternative) return fail(std::move(alternative).error());
                term.alternatives.push_back(std::move(*alternative));
            }
        }
        filter.terms.push_back(std::move(term));
    }
    return filter;
}

} // namespace gw::items
