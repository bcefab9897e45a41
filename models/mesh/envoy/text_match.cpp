#include "models/mesh/envoy/text_match.h"

#include "saml/base/ascii.h"

#include <re2/re2.h>

#include <algorithm>

namespace gw::mesh::envoy {
namespace {

using estate::Datum;

constexpr std::size_t longestRegex = 16'384;

bool isTrue(const Datum& datum) {
    return datum.is(Datum::Kind::True);
}
bool isFlag(const Datum& datum) {
    return datum.is(Datum::Kind::Null) || datum.is(Datum::Kind::True) || datum.is(Datum::Kind::False);
}

std::string camelCase(std::string_view name) {
    std::string out;
    bool upper = false;
    for (const char c : name) {
        if (c == '_') {
            upper = true;
            continue;
        }
        out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        upper = false;
    }
    return out;
}

} // namespace

const Datum& field(const Datum& of, std::string_view name) {
    const Datum* found = of.find(name);
    return found != nullptr ? *found : of[camelCase(name)];
}

bool onlyFields(const Datum& of, std::initializer_list<std::string_view> names) {
    return of.is(Datum::Kind::Object) && std::all_of(of.members.begin(), of.members.end(), [&](const Datum::Member& member) {
               return std::any_of(names.begin(), names.end(),
                                  [&](std::string_view name) { return member.first == name || member.first == camelCase(name); });
           });
}

std::optional<TextMatch> TextMatch::regex(const std::string& expression) {
    if (expression.size() > longestRegex) return std::nullopt;
    re2::RE2::Options options(re2::RE2::Quiet);
    auto compiled = std::make_shared<const re2::RE2>(expression, options);
    if (!compiled->ok()) return std::nullopt;
    TextMatch match;
    match.kind_ = Kind::Regex;
    match.value_ = expression;
    match.regex_ = std::move(compiled);
    return match;
}

std::optional<TextMatch> TextMatch::read(const Datum& datum) {
    if (!onlyFields(datum, {"exact", "prefix", "suffix", "contains", "safe_regex", "ignore_case"})) return std::nullopt;
    const Datum& folds = field(datum, "ignore_case");
    if (!isFlag(folds) || datum.members.size() != (folds.is(Datum::Kind::Null) ? 1U : 2U)) return std::nullopt;
    if (const Datum& safe = field(datum, "safe_regex"); safe.is(Datum::Kind::Object)) {
        // `ignore_case` does not reach regular expressions.
        if (!onlyFields(safe, {"google_re2", "regex"}) || !safe["regex"].is(Datum::Kind::String)) return std::nullopt;
        return regex(safe["regex"].text);
    }
    constexpr std::pair<std::string_view, Kind> kinds[] = {
        {"exact", Kind::Exact}, {"prefix", Kind::Prefix}, {"suffix", Kind::Suffix}, {"contains", Kind::Contains}};
    for (const auto& [name, kind] : kinds) {
        const Datum* value = datum.find(name);
        if (value == nullptr) continue;
        if (!value->is(Datum::Kind::String) || (value->text.empty() && kind != Kind::Exact)) return std::nullopt;
        TextMatch match;
        match.kind_ = kind;
        match.foldsCase_ = isTrue(folds);
        match.value_ = match.foldsCase_ ? foldedAscii(value->text) : value->text;
        return match;
    }
    return std::nullopt;
}

bool TextMatch::matches(std::string_view text) const {
    if (kind_ == Kind::Regex) return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *regex_);
    std::string folded;
    if (foldsCase_) text = folded = foldedAscii(text);
    switch (kind_) {
    case Kind::Exact:
        return text == value_;
    case Kind::Prefix:
        return text.starts_with(value_);
    case Kind::Suffix:
        return text.ends_with(value_);
    case Kind::Contains:
        return text.find(value_) != std::string_view::npos;
    case Kind::Regex:
        break;
    }
    return false;
}

std::optional<HeaderMatch> HeaderMatch::read(const Datum& datum) {
    if (!onlyFields(datum, {"name", "string_match", "present_match", "exact_match", "prefix_match", "suffix_match",
                            "contains_match", "safe_regex_match", "invert_match", "treat_missing_header_as_empty"}))
        return std::nullopt;
    const Datum& present = field(datum, "present_match");
    const Datum& inverted = field(datum, "invert_match");
    const Datum& missing = field(datum, "treat_missing_header_as_empty");
    if (datum.string("name").empty() || !isFlag(present) || !isFlag(inverted) || !isFlag(missing)) return std::nullopt;
    HeaderMatch match;
    match.name_ = foldedAscii(datum.string("name"));
    match.inverted_ = isTrue(inverted);
    match.missingIsEmpty_ = isTrue(missing);
    match.present_ = !present.is(Datum::Kind::False);
    // The older spellings of the same.
    constexpr std::pair<std::string_view, std::string_view> older[] = {{"exact_match", "exact"},
                                                                       {"prefix_match", "prefix"},
                                                                       {"suffix_match", "suffix"},
                                                                       {"contains_match", "contains"},
                                                                       {"safe_regex_match", "safe_regex"}};
    Datum text = field(datum, "string_match");
    std::size_t said = (text.is(Datum::Kind::Null) ? 0U : 1U) + (present.is(Datum::Kind::Null) ? 0U : 1U);
    for (const auto& [name, now] : older) {
        const Datum& value = field(datum, name);
        if (value.is(Datum::Kind::Null)) continue;
        ++said;
        text = Datum();
        text.kind = Datum::Kind::Object;
        text.members.emplace_back(now, value);
    }
    if (said > 1) return std::nullopt;
    if (text.is(Datum::Kind::Null)) return match;
    match.text_ = TextMatch::read(text);
    if (!match.text_) return std::nullopt;
    return match;
}

bool HeaderMatch::matches(const Headers& headers) const {
    bool found = false, any = false;
    for (const auto& [name, value] : headers) {
        if (name != name_) continue;
        found = true;
        any = any || (text_ && text_->matches(value));
    }
    if (!text_) return (found == present_) != inverted_;
    if (!found && !missingIsEmpty_) return false;
    if (!found) any = text_->matches({});
    return any != inverted_;
}

} // namespace gw::mesh::envoy
