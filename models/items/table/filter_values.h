// Numbers, times and durations as a filter spells them. Private to the filter.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gw::items {

// Whole and not negative.
[[nodiscard]] std::optional<std::int64_t> numberOf(std::string_view text);
// "90d", "1h": seconds.
[[nodiscard]] std::optional<std::int64_t> durationOf(std::string_view text);
// "2026-01-01": Unix seconds of its first moment, in UTC.
[[nodiscard]] std::optional<std::int64_t> dateOf(std::string_view text);

} // namespace gw::items
