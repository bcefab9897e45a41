// A point in time, always UTC, in milliseconds.
#pragma once

#include "saml/base/result.h"

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace gw {

#define GW_TIME_ERRORS(X) \
    X(Malformed, "malformed") \
    X(NoOffset, "no_offset") \
    X(OutOfRange, "out_of_range")
GW_ERROR_ENUM(TimeError, "time", GW_TIME_ERRORS);

class UtcTime {
public:
    using Duration = std::chrono::milliseconds;

    constexpr UtcTime() = default;
    constexpr explicit UtcTime(std::chrono::sys_time<Duration> point) : point_(point) {}

    [[nodiscard]] static constexpr UtcTime fromUnixSeconds(std::int64_t seconds) {
        return UtcTime(std::chrono::sys_time<Duration>(std::chrono::seconds(seconds)));
    }
    [[nodiscard]] static constexpr UtcTime fromUnixMilliseconds(std::int64_t milliseconds) {
        return UtcTime(std::chrono::sys_time<Duration>(Duration(milliseconds)));
    }

    // xs:dateTime and RFC 3339: an offset or "Z" is required (SAML Core 1.3.3), years 1970 to 9999; fractions beyond
    // milliseconds are cut. 24:00:00 and leap seconds are refused.
    [[nodiscard]] static Result<UtcTime> parse(std::string_view text);

    // The Date header of HTTP, in the form that RFC 9110 5.6.7 tells senders to use.
    [[nodiscard]] static Result<UtcTime> parseHttpDate(std::string_view text);

    // "2026-11-24T13:05:00Z": no fraction.
    [[nodiscard]] std::string toRfc3339() const;

    [[nodiscard]] constexpr std::int64_t unixMilliseconds() const { return point_.time_since_epoch().count(); }
    [[nodiscard]] constexpr std::int64_t unixSeconds() const {
        return std::chrono::floor<std::chrono::seconds>(point_).time_since_epoch().count();
    }

    friend constexpr auto operator<=>(const UtcTime&, const UtcTime&) = default;
    friend constexpr UtcTime operator+(UtcTime time, Duration by) { return UtcTime(time.point_ + by); }
    friend constexpr UtcTime operator-(UtcTime time, Duration by) { return UtcTime(time.point_ - by); }
    friend constexpr Duration operator-(UtcTime a, UtcTime b) { return a.point_ - b.point_; }

private:
    std::chrono::sys_time<Duration> point_{};
};

} // namespace gw
