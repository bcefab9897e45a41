#include "models/items/table/completion.h"

#include "models/items/fold.h"
#include "saml/base/ascii.h"

#include <algorithm>

namespace gw::items {
namespace {

// Words that stand for themselves in a column of numbers; those with a comparison are examples to change.
std::vector<std::string> usualValues(const Column& column) {
    std::vector<std::string> values;
    switch (column.kind) {
    case ColumnKind::Time:
        for (const AgeWord& each : column.ageWords) values.push_back(each.word);
        values.insert(values.end(), {"<7d", "<30d", ">90d", ">400d", "never", "unknown"});
        break;
    case ColumnKind::Duration:
        values = {">1h", ">4h", "<=1h", "unknown"};
        break;
    case ColumnKind::Number:
        values = {">0", ">10", ">100", "0", "unknown"};
        break;
    default:
        break;
    }
    return values;
}

class Completer {
public:
    Completer(std::string_view text, const FilterToken& token, std::size_t cursor, const Table& table, std::size_t most)
        : text_(text), token_(token), cursor_(cursor), table_(table), most_(most), sign_(token.negated ? "-" : "") {}

    std::vector<Completion> fields() {
        const std::size_t begin = token_.begin + sign_.size();
        const std::string typed = foldedAscii(text_.substr(begin, cursor_ - begin));
        for (const bool byAlias : {false, true})
            for (const Column& column : table_.columns()) {
                const auto starts = [&typed](const std::string& name) { return name.starts_with(typed); };
                if (starts(column.id) ? !byAlias : byAlias && !typed.empty() && std::any_of(column.aliases.begin(), column.aliases.end(), starts))
                    add({token_.begin, token_.end, sign_ + column.id + ':', true, std::nullopt});
            }
        // "prod" for "env:prod".
        if (!typed.empty())
            for (std::size_t i = 0; i < table_.columns().size(); ++i)
                if (table_.columns()[i].kind == ColumnKind::Choice) choices(i, typed, token_.begin, sign_ + table_.columns()[i].id + ':');
        return std::move(found_);
    }

    std::vector<Completion> values(std::size_t column, const OutsideValues& outside) {
        const auto part = std::find_if(token_.parts.begin(), token_.parts.end(), [this](const auto& each) { return cursor_ <= each.end; });
        if (part == token_.parts.end() || cursor_ < part->begin) return {};
        const std::string before(text_.substr(token_.begin, part->begin - token_.begin));
        end_ = part->end;
        switch (table_.columns()[column].kind) {
        case ColumnKind::Choice:
            choices(column, foldedAscii(part->text), token_.begin, before + std::string(part->comparison));
            break;
        case ColumnKind::Text:
            texts(column, *part, before);
            break;
        case ColumnKind::Outside:
            if (outside)
                for (const std::string& value : outside(column, part->text, most_))
                    add({token_.begin, end_, before + filterValue(value), false, std::nullopt});
            break;
        default: {
            const std::string written = foldedAscii(text_.substr(part->begin, part->end - part->begin));
            for (const std::string& value : usualValues(table_.columns()[column]))
                if (value.starts_with(written)) add({token_.begin, end_, before + value, false, std::nullopt});
        }
        }
        return std::move(found_);
    }

private:
    void add(Completion made) {
        if (found_.size() < most_) found_.push_back(std::move(made));
    }

    void choices(std::size_t column, const std::string& typed, std::size_t begin, const std::string& before) {
        const auto& words = table_.columns()[column].choices;
        std::vector<std::size_t> counts(words.size(), 0);
        for (const std::uint32_t row : table_.choices(column))
            for (std::size_t i = 0; i < words.size(); ++i) counts[i] += row >> i & 1U;
        // From the most on: what one looks for is seldom the least.
        for (std::size_t i = words.size(); i-- > 0;)
            if (words[i].starts_with(typed)) add({begin, end_ != 0 ? end_ : token_.end, before + words[i], false, counts[i]});
    }

    void texts(std::size_t column, const FilterToken::Part& part, const std::string& before) {
        const TextColumn& all = table_.texts(column);
        const std::string typed = foldText(part.text);
        const auto hits = all.holding(typed, false, nullptr);
        std::vector<std::uint32_t> codes;
        for (std::uint32_t code = 0; code < hits.size(); ++code)
            if (hits[code] != 0) codes.push_back(code);
        const auto better = [&](std::uint32_t a, std::uint32_t b) {
            const bool startsA = all.folded(a).starts_with(typed), startsB = all.folded(b).starts_with(typed);
            if (startsA != startsB) return startsA;
            return all.count(a) != all.count(b) ? all.count(a) > all.count(b) : all.rank(a) < all.rank(b);
        };
        const std::size_t kept = std::min(most_, codes.size());
        std::partial_sort(codes.begin(), codes.begin() + static_cast<std::ptrdiff_t>(kept), codes.end(), better);
        for (std::size_t i = 0; i < kept; ++i)
            add({token_.begin, end_, before + std::string(part.comparison) + filterValue(all.given(codes[i])), false, all.count(codes[i])});
    }

    std::string_view text_;
    const FilterToken& token_;
    std::size_t cursor_;
    const Table& table_;
    std::size_t most_;
    std::string sign_;
    std::size_t end_ = 0;
    std::vector<Completion> found_;
};

} // namespace

std::vector<Completion> completeFilter(std::string_view text, std::size_t cursor, const Table& table, std::size_t most,
                                       const OutsideValues& outside) {
    if (text.size() > mostFilterOctets) return {};
    cursor = std::min(cursor, text.size());
    const auto tokens = tokensOf(text);
    const auto at = std::find_if(tokens.begin(), tokens.end(), [cursor](const FilterToken& token) { return token.begin < cursor && cursor <= token.end; });
    if (at == tokens.end()) {
        FilterToken nothing;
        nothing.begin = nothing.end = nothing.value = cursor;
        return Completer(text, nothing, cursor, table, most).fields();
    }
    Completer completer(text, *at, cursor, table, most);
    if (at->field.empty() || cursor < at->value) return at->field.empty() ? completer.fields() : std::vector<Completion>();
    const auto column = findColumn(table.columns(), at->field);
    return column ? completer.values(*column, outside) : std::vector<Completion>();
}

} // namespace gw::items
