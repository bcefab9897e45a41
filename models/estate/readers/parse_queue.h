// JSON parsed ahead on other threads, and handed on in the order in which it came.
#pragma once

#include "models/estate/readers/json_pieces.h"
#include "models/estate/source.h"
#include "saml/base/result.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace gw::estate {

struct ParseJob {
    std::shared_ptr<SourceFile> file;
    JsonPiece piece;
    std::optional<Result<policy::SourceTree>> tree; // set once it is parsed
};

// Owned and called by one thread; `done` is called there, too.
class ParseQueue {
public:
    explicit ParseQueue(std::function<void(ParseJob)> done) : done_(std::move(done)) {}
    ~ParseQueue();
    ParseQueue(const ParseQueue&) = delete;
    ParseQueue& operator=(const ParseQueue&) = delete;

    // Small input is parsed at once: threads start with the first few megabytes. Waits while too much is under way.
    void add(ParseJob job);
    // Until everything is done.
    void drain();
    // Leaves undone what is not parsed yet.
    void drop();

private:
    struct Slot {
        ParseJob job;
        bool taken = false, parsed = false;
    };
    void work();
    void finishFirst(bool wait);

    std::function<void(ParseJob)> done_;
    std::vector<std::thread> threads_;
    std::mutex mutex_; // of what follows
    std::condition_variable changed_;
    std::deque<std::shared_ptr<Slot>> slots_;
    std::size_t octets_ = 0, added_ = 0;
    bool over_ = false;
};

} // namespace gw::estate
