// A clock that stands still until a test moves it. Thread safe.
#pragma once

#include "saml/base/clock.h"

#include <atomic>
#include <cstdint>

namespace gw::test {

class FakeClock final : public Clock {
public:
    explicit FakeClock(UtcTime start = UtcTime::fromUnixSeconds(1'795'521'600)) : milliseconds_(start.unixMilliseconds()) {}

    [[nodiscard]] UtcTime now() const override { return UtcTime::fromUnixMilliseconds(milliseconds_.load()); }
    void set(UtcTime time) { milliseconds_.store(time.unixMilliseconds()); }
    void advance(UtcTime::Duration by) { milliseconds_.fetch_add(by.count()); }

private:
    std::atomic<std::int64_t> milliseconds_;
};

} // namespace gw::test
