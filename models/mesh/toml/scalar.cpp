// Numbers, booleans, dates and times of TOML 1.0.
#include "models/mesh/toml/scanner.h"

#include "saml/base/ascii_classes.h"
#include "saml/base/percent.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <limits>
#include <string>

namespace gw::mesh::toml {
namespace {

constexpr std::string_view whatValuesAre = "text in quotes, a number, true, false, a date, [ or {";

// Digits of a base with single underscores between them; nothing where there is anything else.
std::optional<std::string> digitsOf(std::string_view text, int base) {
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '_') {
            if (i == 0 || i + 1 == text.size() || text[i - 1] == '_') return std::nullopt;
            continue;
        }
        const int digit = hexDigit(text[i]);
        if (digit < 0 || digit >= base) return std::nullopt;
        digits += text[i];
    }
    return digits.empty() ? std::nullopt : std::optional(std::move(digits));
}

std::optional<std::int64_t> integerOf(std::string_view digits, bool negative, int base) {
    std::uint64_t value = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (failed != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (value > most + (negative ? 1U : 0U)) return std::nullopt;
    return negative ? static_cast<std::int64_t>(~value + 1U) : static_cast<std::int64_t>(value);
}

Result<Value> numberOf(std::string_view word) {
    Value value;
    value.kind = Kind::Integer;
    std::string_view rest = word;
    const bool negative = rest.starts_with('-'), isSigned = negative || rest.starts_with('+');
    if (isSigned) rest.remove_prefix(1);
    if (rest == "inf" || rest == "nan") {
        value.kind = Kind::Float;
        value.number = rest == "nan" ? std::numeric_limits<double>::quiet_NaN() : std::numeric_limits<double>::infinity();
        if (negative) value.number = -value.number;
        return value;
    }
    if (rest.size() > 2 && rest[0] == '0' && !isSigned && (rest[1] == 'x' || rest[1] == 'o' || rest[1] == 'b')) {
        const int base = rest[1] == 'x' ? 16 : rest[1] == 'o' ? 8 : 2;
        const auto digits = digitsOf(rest.substr(2), base);
        const auto number = digits ? integerOf(*digits, false, base) : std::nullopt;
        if (!number) return fail(Error(TomlError::BadNumber));
        value.integer = *number;
        return value;
    }
    const std::size_t exponent = rest.find_first_of("eE"), point = rest.substr(0, exponent).find('.');
    const auto whole = digitsOf(rest.substr(0, std::min(point, exponent)), 10);
    if (!whole || (whole->size() > 1 && whole->front() == '0')) return fail(Error(TomlError::BadNumber));
    if (exponent == std::string_view::npos && point == std::string_view::npos) {
        const auto number = integerOf(*whole, negative, 10);
        if (!number) return fail(Error(TomlError::BadNumber).with("expected", "64 bits"));
        value.integer = *number;
        return value;
    }
    std::string plain = (negative ? "-" : "") + *whole;
    if (point != std::string_view::npos) {
        const auto fraction = digitsOf(rest.substr(point + 1, exponent == std::string_view::npos ? exponent : exponent - point - 1), 10);
        if (!fraction) return fail(Error(TomlError::BadNumber));
        plain += "." + *fraction;
    }
    if (exponent != std::string_view::npos) {
        std::string_view power = rest.substr(exponent + 1);
        const bool down = power.starts_with('-');
        if (down || power.starts_with('+')) power.remove_prefix(1);
        const auto digits = digitsOf(power, 10);
        if (!digits) return fail(Error(TomlError::BadNumber));
        plain += (down ? "e-" : "e") + *digits;
    }
    value.kind = Kind::Float;
    const auto [end, failed] = std::from_chars(plain.data(), plain.data() + plain.size(), value.number);
    if (failed == std::errc::result_out_of_range) {
        // As the nearest: nothing, or without end.
        value.number = std::strtod(plain.c_str(), nullptr);
    } else if (failed != std::errc() || end != plain.data() + plain.size()) {
        return fail(Error(TomlError::BadNumber));
    }
    return value;
}

// Of a text of digits alone.
std::optional<unsigned> digits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) return std::nullopt;
    unsigned value = 0;
    for (const char c : text.substr(at, count)) {
        if (!isDigit(c)) return std::nullopt;
        value = value * 10U + static_cast<unsigned>(c - '0');
    }
    return value;
}

bool isDate(std::string_view text) {
    const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !year || !month || !day) return false;
    return std::chrono::year_month_day(std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month), std::chrono::day(*day)).ok();
}

// RFC 3339: seconds may be 60 where one leaps.
bool isTime(std::string_view text) {
    const auto hour = digits(text, 0, 2), minute = digits(text, 3, 2), second = digits(text, 6, 2);
    if (text.size() < 8 || text[2] != ':' || text[5] != ':' || !hour || !minute || !second) return false;
    if (*hour > 23 || *minute > 59 || *second > 60) return false;
    if (text.size() == 8) return true;
    return text.size() > 9 && text[8] == '.' && digits(text, 9, std::min<std::size_t>(text.size() - 9, 9)) &&
           text.substr(9).find_first_not_of("0123456789") == std::string_view::npos;
}

bool isOffset(std::string_view text) {
    if (text == "Z" || text == "z") return true;
    const auto hour = digits(text, 1, 2), minute = digits(text, 4, 2);
    return text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':' && hour && minute && *hour < 24 && *minute < 60;
}

Result<Value> momentOf(std::string_view word) {
    Value value;
    value.text = word;
    if (word[2] == ':') {
        value.kind = Kind::LocalTime;
        if (isTime(word)) return value;
        return fail(Error(TomlError::BadDate));
    }
    if (!isDate(word.substr(0, 10))) return fail(Error(TomlError::BadDate));
    value.kind = Kind::LocalDate;
    if (word.size() == 10) return value;
    if (word[10] != 'T' && word[10] != 't' && word[10] != ' ') return fail(Error(TomlError::BadDate));
    std::string_view time = word.substr(11);
    const std::size_t end = time.find_first_of("Zz+-");
    value.kind = end == std::string_view::npos ? Kind::LocalDateTime : Kind::OffsetDateTime;
    if (!isTime(time.substr(0, end)) || (end != std::string_view::npos && !isOffset(time.substr(end)))) return fail(Error(TomlError::BadDate));
    return value;
}

} // namespace

Result<Value> scalarOf(std::string_view word) {
    if (word == "true" || word == "false") {
        Value value;
        value.kind = Kind::Boolean;
        value.integer = word == "true" ? 1 : 0;
        return value;
    }
    if (word.empty()) return fail(Error(TomlError::Syntax).with("expected", std::string(whatValuesAre)));
    const bool moment = word.size() >= 8 && isDigit(word[0]) && isDigit(word[1]) && (word[2] == ':' || (word.size() >= 10 && word[4] == '-' && word[7] == '-'));
    if (moment) return momentOf(word);
    const std::string_view bare = word.substr(word[0] == '+' || word[0] == '-' ? 1 : 0);
    if (!bare.empty() && (isDigit(bare[0]) || bare == "inf" || bare == "nan")) return numberOf(word);
    return fail(Error(TomlError::Syntax).with("expected", std::string(whatValuesAre)));
}

} // namespace gw::mesh::toml
