#include "models/policy/operator.h"

#include "models/policy/context.h"

#include <array>

namespace gw::policy {
namespace {

struct Name {
    std::string_view text;
    Comparison comparison;
    bool negated = false;
};

constexpr auto names = std::to_array<Name>({
    {"stringequals", Comparison::StringEquals},
    {"stringnotequals", Comparison::StringEquals, true},
    {"stringequalsignorecase", Comparison::StringEqualsIgnoreCase},
    {"stringnotequalsignorecase", Comparison::StringEqualsIgnoreCase, true},
    {"stringlike", Comparison::StringLike},
    {"stringnotlike", Comparison::StringLike, true},
    {"numericequals", Comparison::NumericEquals},
    {"numericnotequals", Comparison::NumericEquals, true},
    {"numericlessthan", Comparison::NumericLessThan},
    {"numericlessthanequals", Comparison::NumericLessThanEquals},
    {"numericgreaterthan", Comparison::NumericGreaterThan},
    {"numericgreaterthanequals", Comparison::NumericGreaterThanEquals},
    {"dateequals", Comparison::DateEquals},
    {"datenotequals", Comparison::DateEquals, true},
    {"datelessthan", Comparison::DateLessThan},
    {"datelessthanequals", Comparison::DateLessThanEquals},
    {"dategreaterthan", Comparison::DateGreaterThan},
    {"dategreaterthanequals", Comparison::DateGreaterThanEquals},
    {"bool", Comparison::Bool},
    {"binaryequals", Comparison::BinaryEquals},
    {"ipaddress", Comparison::IpAddress},
    {"notipaddress", Comparison::IpAddress, true},
    // The two behave alike.
    {"arnequals", Comparison::ArnLike},
    {"arnnotequals", Comparison::ArnLike, true},
    {"arnlike", Comparison::ArnLike},
    {"arnnotlike", Comparison::ArnLike, true},
    {"null", Comparison::Null},
});

bool takePrefix(std::string_view& text, std::string_view prefix) {
    if (text.substr(0, prefix.size()) != prefix) return false;
    text.remove_prefix(prefix.size());
    return true;
}

} // namespace

std::optional<Operator> Operator::parse(std::string_view written) {
    const std::string folded = foldedAscii(written);
    std::string_view text = folded;
    Operator result;
    if (takePrefix(text, "forallvalues:"))
        result.quantifier = Quantifier::ForAllValues;
    else if (takePrefix(text, "foranyvalue:"))
        result.quantifier = Quantifier::ForAnyValue;
    static constexpr std::string_view suffix = "ifexists";
    if (text.size() > suffix.size() && text.substr(text.size() - suffix.size()) == suffix) {
        result.ifExists = true;
        text.remove_suffix(suffix.size());
    }
    for (const Name& name : names) {
        if (name.text != text) continue;
        if (name.comparison == Comparison::Null && result.ifExists) return std::nullopt;
        result.comparison = name.comparison;
        result.negated = name.negated;
        return result;
    }
    return std::nullopt;
}

bool isNumeric(Comparison comparison) {
    return comparison >= Comparison::NumericEquals && comparison <= Comparison::NumericGreaterThanEquals;
}
bool isDate(Comparison comparison) {
    return comparison >= Comparison::DateEquals && comparison <= Comparison::DateGreaterThanEquals;
}
bool isString(Comparison comparison) {
    return comparison <= Comparison::StringLike;
}

} // namespace gw::policy
