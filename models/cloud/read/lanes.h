// Which call may go next: calls wait in lanes, one for each service in one region of an account, since that is what AWS
// counts the rate of. A lane that was throttled pauses and goes on more slowly. Time and chance are given; nothing is sent.
#pragma once

#include "models/cloud/read/plan.h"

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace gw::cloud {

struct PendingCall {
    const PlannedCall* planned = nullptr;
    std::size_t target = 0; // of the reader's sessions
    std::string region;     // empty where the service has none
    Arguments arguments;
    std::string file;           // relative to the folder
    std::string job;            // AWS's name of the job that was started for it
    std::string page;           // token of the page to ask for
    std::shared_ptr<Json> whole; // its pages so far
    std::string accessKeyId;     // that it was sent with
    std::chrono::steady_clock::time_point troubledSince{}, troubledLast{}; // nobody answered, first and last
    int pages = 0, tries = 0, networkTries = 0, looks = 0; // looks: at a job that still ran
    bool corrected = false; // the clock, or the credentials
};

class Lanes {
public:
    using Time = std::chrono::steady_clock::time_point;
    using Pause = std::chrono::milliseconds;

    Lanes(int inAll, int inLane) : inAll_(inAll), inLane_(inLane) {}

    void add(PendingCall call);
    // The next one that may go, lane by lane. It counts as under way until `ended`, `again`, `later` or `rest`.
    [[nodiscard]] std::optional<PendingCall> take(Time now);
    void ended(const PendingCall& call, bool well);
    // Goes on at once: its next page, or once more with better credentials.
    void again(PendingCall call);
    // Goes on after a pause of the whole lane, which is then half as wide.
    void later(PendingCall call, Time until);
    // Goes on after a pause of its own.
    void rest(PendingCall call, Time until);
    // What still waits in the call's lane for the same of other objects.
    [[nodiscard]] std::vector<PendingCall> dropAlike(const PendingCall& call);
    // What still waits in the call's lane; nothing goes there any more.
    [[nodiscard]] std::vector<PendingCall> close(const PendingCall& call);
    [[nodiscard]] std::vector<PendingCall> closeAll(std::size_t target);
    [[nodiscard]] bool isClosed(const PendingCall& call) const;

    [[nodiscard]] bool empty() const { return waiting_ == 0 && underWay_ == 0; }
    [[nodiscard]] std::size_t waiting() const { return waiting_; }
    [[nodiscard]] std::size_t underWay() const { return static_cast<std::size_t>(underWay_); }
    // When the first lane or call that pauses goes on; nothing: none pauses.
    [[nodiscard]] std::optional<Time> nextWake(Time now) const;
    // Target and region of those that pause.
    [[nodiscard]] std::set<std::pair<std::size_t, std::string>> pausing(Time now) const;

private:
    struct Lane {
        std::deque<PendingCall> waiting;
        int underWay = 0, width = 0, wellInRow = 0;
        Time until{};
        bool closed = false;
    };
    using Key = std::tuple<std::size_t, std::string, std::string_view>;
    [[nodiscard]] static Key keyOf(const PendingCall& call) { return {call.target, call.region, call.planned->service}; }
    Lane& laneOf(const PendingCall& call);
    std::vector<PendingCall> drop(const Key& key, Lane& lane);
    void wakeResting(Time now);
    std::vector<PendingCall> takeResting(const std::function<bool(const PendingCall&)>& which);

    int inAll_, inLane_;
    int underWay_ = 0;
    std::size_t waiting_ = 0;
    std::map<Key, Lane> lanes_;
    std::optional<Key> last_; // served last
    std::vector<std::pair<Time, PendingCall>> resting_; // counted as waiting
};

} // namespace gw::cloud
