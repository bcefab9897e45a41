#include "models/items/table/filter_values.h"

#include "saml/base/ascii.h"
#include "saml/base/utc_time.h"

#include <charconv>
#include <limits>
#include <string>
#include <utility>

namespace gw::items {

std::optional<std::int64_t> numberOf(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || failed != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
    return number;
}

std::optional<std::int64_t> durationOf(std::string_view text) {
    constexpr std::pair<std::string_view, std::int64_t> units[] = {{"s", 1},           {"min", 60},         {"h", 3'600},
                                                                   {"d", 86'400},      {"w", 604'800},      {"mo", 2'592'000},
                                                                   {"y", 31'536'000}};
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto number = numberOf(text.substr(0, digits));
    const std::string unit = foldedAscii(text.substr(digits));
    for (const auto& [name, seconds] : units)
        if (number && unit == name && *number <= std::numeric_limits<std::int64_t>::max() / 4 / seconds) return *number * seconds;
    return std::nullopt;
}

std::optional<std::int64_t> dateOf(std::string_view text) {
    if (text.size() != 10) return std::nullopt;
    const auto time = UtcTime::parse(std::string(text) + "T00:00:00Z");
    return time ? std::optional(time->unixSeconds()) : std::nullopt;
}

} // namespace gw::items
