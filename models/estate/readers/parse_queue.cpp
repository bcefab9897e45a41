#include "models/estate/readers/parse_queue.h"

#include <algorithm>

namespace gw::estate {
namespace {

constexpr std::size_t alone = std::size_t{4} << 20U, underWay = std::size_t{48} << 20U, mostThreads = 2;

void parse(ParseJob& job) {
    // The piece stays: what is wrong with it may concern one element only.
    job.tree = policy::SourceTree::parse(job.piece.text);
}

} // namespace

ParseQueue::~ParseQueue() {
    {
        const std::scoped_lock lock(mutex_);
        over_ = true;
    }
    changed_.notify_all();
    for (std::thread& each : threads_) each.join();
}

void ParseQueue::add(ParseJob job) {
    const std::size_t size = job.piece.text.size();
    added_ += size;
    if (threads_.empty() && added_ <= alone) {
        parse(job);
        return done_(std::move(job));
    }
    if (threads_.empty()) {
        const std::size_t count = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, mostThreads);
        for (std::size_t each = 0; each < count; ++each) threads_.emplace_back([this] { work(); });
    }
    for (;;) {
        {
            const std::scoped_lock lock(mutex_);
            if (octets_ == 0 || octets_ + size <= underWay) {
                octets_ += size;
                slots_.push_back(std::make_shared<Slot>(Slot{std::move(job)}));
                break;
            }
        }
        finishFirst(true);
    }
    changed_.notify_all();
    finishFirst(false);
}

void ParseQueue::drain() {
    for (;;) {
        {
            const std::scoped_lock lock(mutex_);
            if (slots_.empty()) return;
        }
        finishFirst(true);
    }
}

void ParseQueue::drop() {
    const std::scoped_lock lock(mutex_);
    slots_.clear();
    octets_ = 0;
}

void ParseQueue::finishFirst(bool wait) {
    std::shared_ptr<Slot> slot;
    {
        std::unique_lock lock(mutex_);
        if (slots_.empty()) return;
        if (wait) changed_.wait(lock, [&] { return slots_.front()->parsed; });
        if (!slots_.front()->parsed) return;
        slot = std::move(slots_.front());
        slots_.pop_front();
        octets_ -= slot->job.piece.text.size();
    }
    done_(std::move(slot->job));
}

void ParseQueue::work() {
    std::unique_lock lock(mutex_);
    while (!over_) {
        std::shared_ptr<Slot> next;
        for (const auto& each : slots_)
            if (!each->taken) {
                next = each;
                break;
            }
        if (next == nullptr) {
            changed_.wait(lock);
            continue;
        }
        next->taken = true;
        lock.unlock();
        parse(next->job);
        lock.lock();
        next->parsed = true;
        changed_.notify_all();
    }
}

} // namespace gw::estate
