#include "models/policy/expected_values.h"

#include "saml/base/base64.h"

#include <algorithm>
#include <type_traits>
#include <unordered_set>
#include <utility>

namespace gw::policy {
namespace {

// So few are tried sooner than looked up.
constexpr std::size_t few = 16;

template <class T>
bool ordered(Comparison comparison, const T& seen, const T& expected) {
    switch (comparison) {
    case Comparison::NumericLessThan:
    case Comparison::DateLessThan:
        return seen < expected;
    case Comparison::NumericLessThanEquals:
    case Comparison::DateLessThanEquals:
        return seen <= expected;
    case Comparison::NumericGreaterThan:
    case Comparison::DateGreaterThan:
        return seen > expected;
    case Comparison::NumericGreaterThanEquals:
    case Comparison::DateGreaterThanEquals:
        return seen >= expected;
    default:
        return seen == expected;
    }
}

bool foldsCase(Comparison comparison) {
    return comparison == Comparison::StringEqualsIgnoreCase || comparison == Comparison::Bool;
}

// Of many in ascending order: the last is the one to be below of, the first the one to be above of.
template <class T>
bool anyOrdered(Comparison comparison, const T& seen, const std::vector<T>& sorted) {
    if (sorted.empty()) return false;
    if (comparison == Comparison::NumericEquals || comparison == Comparison::DateEquals)
        return std::binary_search(sorted.begin(), sorted.end(), seen);
    return ordered(comparison, seen, sorted.back()) || ordered(comparison, seen, sorted.front());
}

std::size_t weightOf(const ExpectedValues::Value& value) {
    if (const auto* pattern = std::get_if<Pattern>(&value)) return pattern->weight();
    const auto* arn = std::get_if<ArnPattern>(&value);
    return arn != nullptr ? arn->weight() : 0;
}

} // namespace

struct ExpectedValues::Index {
    std::unordered_set<std::string> texts; // literal text, literal ARNs, octets
    std::vector<Decimal> numbers;          // in ascending order, as the dates
    std::vector<std::int64_t> dates;
    std::unordered_set<std::string> networks; // by Network::key()
    std::vector<int> lengths;                 // of their prefixes, each once, longest first
    // What is left, by the text that it begins with, in ascending order of that.
    std::vector<std::pair<std::string, std::size_t>> beginnings;
};

ExpectedValues::ExpectedValues(Comparison comparison, const std::vector<std::string_view>& written, bool variables)
    : comparison_(comparison) {
    values_.reserve(written.size());
    const auto read = [](auto parsed) { return parsed ? Value(std::move(*parsed)) : Value(Nothing()); };
    for (const std::string_view value : written) {
        if (isNumeric(comparison))
            values_.push_back(read(Decimal::parse(value)));
        else if (isDate(comparison))
            values_.push_back(read(parseDate(value)));
        else if (comparison == Comparison::IpAddress)
            values_.push_back(read(Network::parse(value)));
        else if (comparison == Comparison::Null)
            values_.push_back(read(parseBool(value)));
        else if (comparison == Comparison::ArnLike)
            values_.emplace_back(std::in_place_type<ArnPattern>, value, ArnUse::Operator, variables);
        else if (comparison == Comparison::BinaryEquals)
            values_.push_back(read(decodeBase64(value, value.size())));
        else
            // The page on operators lets variables stand in Bool, the one on variables does not; the former is what works.
            values_.emplace_back(std::in_place_type<Pattern>, value,
                                 PatternRules{.wildcards = comparison == Comparison::StringLike,
                                              .variables = variables,
                                              .foldCase = foldsCase(comparison)});
    }
    gather();
}

void ExpectedValues::gather() {
    for (const Value& each : values_) {
        weight_ += weightOf(each);
        if (const auto* pattern = std::get_if<Pattern>(&each)) variables_ = variables_ || pattern->hasVariables();
        if (const auto* arn = std::get_if<ArnPattern>(&each)) variables_ = variables_ || arn->hasVariables();
    }
    if (values_.size() <= few) return;
    auto index = std::make_shared<Index>();
    std::unordered_set<int> lengths;
    for (std::size_t i = 0; i < values_.size(); ++i) {
        const Value& each = values_[i];
        const auto text = [&](std::string_view beginning, bool whole) {
            if (whole)
                index->texts.emplace(beginning);
            else
                index->beginnings.emplace_back(beginning, i);
        };
        if (const auto* pattern = std::get_if<Pattern>(&each)) text(pattern->literalPrefix(), pattern->isLiteral());
        if (const auto* arn = std::get_if<ArnPattern>(&each); arn != nullptr && !arn->isMalformed())
            text(arn->literalPrefix(), arn->isLiteral());
        if (const auto* octets = std::get_if<std::string>(&each)) text(*octets, true);
        if (const auto* number = std::get_if<Decimal>(&each)) index->numbers.push_back(*number);
        if (const auto* date = std::get_if<std::int64_t>(&each)) index->dates.push_back(*date);
        if (const auto* network = std::get_if<Network>(&each)) {
            index->networks.insert(network->key(network->bits()));
            lengths.insert(network->bits());
        }
    }
    std::sort(index->numbers.begin(), index->numbers.end());
    std::sort(index->dates.begin(), index->dates.end());
    std::sort(index->beginnings.begin(), index->beginnings.end());
    index->lengths.assign(lengths.begin(), lengths.end());
    std::sort(index->lengths.rbegin(), index->lengths.rend());
    weight_ = heaviest(*index);
    index_ = std::move(index);
}

// One text is compared with those only that begin as it does: each of these begins with the one before it.
std::size_t ExpectedValues::heaviest(const Index& index) const {
    std::vector<std::pair<std::string_view, std::size_t>> nested; // with the weight of all up to it
    std::size_t most = 0;
    for (const auto& [beginning, place] : index.beginnings) {
        while (!nested.empty() && !beginning.starts_with(nested.back().first)) nested.pop_back();
        const std::size_t own = weightOf(values_[place]);
        nested.emplace_back(beginning, own + (nested.empty() ? 0 : nested.back().second));
        most = std::max(most, nested.back().second);
    }
    return most;
}

bool ExpectedValues::asksFor(bool absent) const {
    return std::any_of(values_.begin(), values_.end(), [&](const Value& each) {
        const auto* wanted = std::get_if<bool>(&each);
        return wanted != nullptr && *wanted == absent;
    });
}

// The comparisons that know no variables, with the seen value read once.
Truth ExpectedValues::anyTyped(std::string_view seen) const {
    const auto tryEach = [&]<class T>(const std::optional<T>& value, const auto& matches) {
        if (!value) return Truth::False;
        return truth(std::any_of(values_.begin(), values_.end(), [&](const Value& each) {
            const auto* wanted = std::get_if<T>(&each);
            return wanted != nullptr && matches(*value, *wanted);
        }));
    };
    const auto inOrder = [&](const auto& value, const auto& wanted) { return ordered(comparison_, value, wanted); };
    if (isNumeric(comparison_)) {
        const auto value = Decimal::parse(seen);
        return index_ && value ? truth(anyOrdered(comparison_, *value, index_->numbers)) : tryEach(value, inOrder);
    }
    if (isDate(comparison_)) {
        const auto value = parseDate(seen);
        return index_ && value ? truth(anyOrdered(comparison_, *value, index_->dates)) : tryEach(value, inOrder);
    }
    if (comparison_ == Comparison::IpAddress) {
        const auto value = Network::parse(seen);
        if (!index_ || !value)
            return tryEach(value, [](const Network& one, const Network& wanted) { return wanted.holds(one); });
        return truth(std::any_of(index_->lengths.begin(), index_->lengths.end(), [&](int bits) {
            return bits <= value->bits() && index_->networks.contains(value->key(bits));
        }));
    }
    const auto octets = decodeBase64(seen, seen.size());
    if (index_ && octets) return truth(index_->texts.contains(*octets));
    return tryEach(octets ? std::optional<std::string>(*octets) : std::nullopt, std::equal_to<>());
}

Truth ExpectedValues::one(const Value& value, std::string_view seen, const std::optional<ArnParts>& parts,
                          const Scope& scope) const {
    if (const auto* pattern = std::get_if<Pattern>(&value)) return pattern->matches(seen, scope);
    if (const auto* arn = std::get_if<ArnPattern>(&value)) return arn->matches(seen, parts, scope);
    return Truth::False;
}

Truth ExpectedValues::anyIndexed(std::string_view seen, const std::optional<ArnParts>& parts, const Scope& scope) const {
    std::string folded;
    std::string_view text = seen;
    if (foldsCase(comparison_)) text = folded = foldedAscii(seen);
    if (index_->texts.contains(std::string(text))) return Truth::True;
    // Those that begin as the text does, a letter at a time.
    const auto letter = [](const auto& entry, std::size_t at) { return static_cast<unsigned char>(entry.first[at]); };
    Truth found = Truth::False;
    auto from = index_->beginnings.begin(), to = index_->beginnings.end();
    for (std::size_t at = 0; from != to; ++at) {
        for (; from != to && from->first.size() == at; ++from)
            if ((found |= one(values_[from->second], seen, parts, scope)) == Truth::True) return found;
        if (at == text.size()) break;
        const auto wanted = static_cast<unsigned char>(text[at]);
        from = std::partition_point(from, to, [&](const auto& entry) { return letter(entry, at) < wanted; });
        to = std::partition_point(from, to, [&](const auto& entry) { return letter(entry, at) == wanted; });
    }
    return found;
}

Truth ExpectedValues::any(std::string_view seen, const Scope& scope) const {
    if (isNumeric(comparison_) || isDate(comparison_) || comparison_ == Comparison::IpAddress ||
        comparison_ == Comparison::BinaryEquals)
        return anyTyped(seen);
    std::optional<ArnParts> parts;
    if (comparison_ == Comparison::ArnLike) {
        parts = ArnParts::split(seen);
        if (!parts) return Truth::False;
    }
    if (comparison_ == Comparison::Bool && !parseBool(seen)) return Truth::False;
    if (index_) return anyIndexed(seen, parts, scope);
    Truth found = Truth::False;
    for (const Value& each : values_)
        if ((found |= one(each, seen, parts, scope)) == Truth::True) break;
    return found;
}

} // namespace gw::policy
