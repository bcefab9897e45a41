// Input in lines, for the commands that answer each line as it comes. Memory is bounded by the longest line that is looked at.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace gw::ctl {

inline constexpr std::size_t maxLine = std::size_t{16} << 20;
// Of a longer line so much is looked at, for its id.
inline constexpr std::size_t keptOfLongLine = std::size_t{64} << 10;
// Answers are gathered up to about this size before they are written.
inline constexpr std::size_t flushAt = std::size_t{128} << 10;

struct LineConsumer {
    // A line without its end; of one that is too long, the beginning. The view lives for the call.
    std::function<void(std::string_view line, bool tooLong)> line;
    // After each block that was read, so that whoever waits at the other end of a pipe is answered; false ends the reading.
    std::function<bool()> flush;
};

enum class Streamed { Done, Unreadable, Broken };

// "-" is standard input. Unreadable has been told on standard error; Broken means that flush failed. What was read is wiped.
[[nodiscard]] Streamed streamLines(const std::string& file, const LineConsumer& consumer);

} // namespace gw::ctl
