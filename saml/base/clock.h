// Where the time comes from. Everything that asks for it takes a Clock&, so that tests can hold it still.
#pragma once

#include "saml/base/utc_time.h"

namespace gw {

class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual UtcTime now() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] UtcTime now() const override {
        return UtcTime(std::chrono::floor<UtcTime::Duration>(std::chrono::system_clock::now()));
    }
};

} // namespace gw
