// A long row of independent steps, on two threads where it is worth it.
#pragma once

#include "models/estate/mapping.h"

#include <atomic>
#include <cstddef>
#include <thread>

namespace gw::estate {

// Calls the workers that `make()` returns, one for each thread, with every number below `count`; neighbours mostly go to the
// same worker. `progress` hears of it on the calling thread alone, between `from` and `to`; false: it was stopped.
template <class Make>
bool inParallel(std::size_t count, const Progress& progress, double from, double to, Make make) {
    constexpr std::size_t block = 64, worthAThread = 2'000;
    std::atomic<std::size_t> next{0};
    std::atomic<bool> stopped{false};
    const auto run = [&](auto&& worker, bool tells) {
        for (std::size_t begin = next.fetch_add(block); begin < count && !stopped; begin = next.fetch_add(block)) {
            for (std::size_t i = begin; i < count && i < begin + block; ++i) worker(i);
            if (tells && progress && !progress(from + (to - from) * static_cast<double>(begin) / static_cast<double>(count)))
                stopped = true;
        }
    };
    std::thread other;
    if (count >= worthAThread && std::thread::hardware_concurrency() > 1) other = std::thread([&] { run(make(), false); });
    run(make(), true);
    if (other.joinable()) other.join();
    return !stopped;
}

} // namespace gw::estate
