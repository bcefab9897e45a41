#include "models/sessions/session.h"

namespace gw::sessions {

TimeLeft Session::timeLeft(UtcTime now) const {
    using namespace std::chrono_literals;
    if (!live(now)) return TimeLeft::Over;
    const auto left = expiration - now;
    if (left <= 1min) return TimeLeft::Last;
    if (left <= 5min) return TimeLeft::Near;
    if (left <= 15min) return TimeLeft::Soon;
    return TimeLeft::Plenty;
}

} // namespace gw::sessions
