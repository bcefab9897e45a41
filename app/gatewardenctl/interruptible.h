// Ctrl-C is asked for at good moments, so that nothing is left half done; once more ends the program.
#pragma once

#include <atomic>

#include <csignal>

namespace gw::ctl {

class Interruptible {
public:
    Interruptible() {
        interrupted() = false;
        struct sigaction action{};
        action.sa_handler = [](int) { interrupted() = true; };
        action.sa_flags = static_cast<int>(SA_RESETHAND);
        sigaction(SIGINT, &action, &before_);
    }
    ~Interruptible() { sigaction(SIGINT, &before_, nullptr); }
    Interruptible(const Interruptible&) = delete;
    Interruptible& operator=(const Interruptible&) = delete;

    [[nodiscard]] const std::atomic<bool>& flag() const { return interrupted(); }

private:
    // A handler has no object.
    static std::atomic<bool>& interrupted() {
        static std::atomic<bool> flag = false;
        static_assert(std::atomic<bool>::is_always_lock_free);
        return flag;
    }
    struct sigaction before_{};
};

} // namespace gw::ctl
