// Time that this thread spent computing: unlike the wall clock it is not disturbed by what else the machine does.
#pragma once

#include <chrono>
#include <ctime>

namespace gw::test {

class CpuTimer {
public:
    CpuTimer() : start_(now()) {}
    [[nodiscard]] std::chrono::nanoseconds elapsed() const { return now() - start_; }

private:
    static std::chrono::nanoseconds now() {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
    }
    std::chrono::nanoseconds start_;
};

// What a test may take. In a build of tests/coverage.sh, which counts every line and optimises nothing, a bound is twenty
// times as long, and under sanitizers, which look at every access to memory, four times: it still ends what grows faster than
// its input, and the figure itself is judged by the other builds.
[[nodiscard]] constexpr std::chrono::nanoseconds bound(std::chrono::nanoseconds most) {
#if defined(GW_COUNTS_LINES)
    return most * 20;
#elif defined(__SANITIZE_ADDRESS__)
    return most * 4;
#else
    return most;
#endif
}

} // namespace gw::test
