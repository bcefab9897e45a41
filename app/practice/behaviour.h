// What both servers share: how they misbehave right now, and their time. Thread safe.
#pragma once

#include "app/practice/practice.h"

#include <mutex>

namespace gw::practice {

class Behaviour {
public:
    explicit Behaviour(const Clock& clock) : clock_(clock) {}

    void set(const Misbehaviour& how) {
        const std::scoped_lock lock(mutex_);
        how_ = how;
    }
    [[nodiscard]] Misbehaviour get() const {
        const std::scoped_lock lock(mutex_);
        return how_;
    }
    // The servers' clock: the program's, plus the offset.
    [[nodiscard]] UtcTime now() const { return clock_.now() + get().clockOffset; }

private:
    const Clock& clock_;
    mutable std::mutex mutex_;
    Misbehaviour how_;
};

} // namespace gw::practice
