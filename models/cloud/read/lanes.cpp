#include "models/cloud/read/lanes.h"

#include <algorithm>
#include <iterator>

namespace gw::cloud {
namespace {

// So many answers in a row widen a lane that was throttled by one.
constexpr int wellToWiden = 20;

} // namespace

Lanes::Lane& Lanes::laneOf(const PendingCall& call) {
    Lane& lane = lanes_[keyOf(call)];
    if (lane.width == 0) lane.width = inLane_;
    return lane;
}

void Lanes::add(PendingCall call) {
    laneOf(call).waiting.push_back(std::move(call));
    ++waiting_;
}

std::optional<PendingCall> Lanes::take(Time now) {
    if (underWay_ >= inAll_ || waiting_ == 0) return std::nullopt;
    auto each = last_ ? lanes_.upper_bound(*last_) : lanes_.begin();
    for (std::size_t looked = 0; looked < lanes_.size(); ++looked) {
        if (each == lanes_.end()) each = lanes_.begin();
        Lane& lane = each->second;
        if (!lane.waiting.empty() && lane.underWay < lane.width && lane.until <= now) {
            PendingCall call = std::move(lane.waiting.front());
            lane.waiting.pop_front();
            --waiting_;
            ++lane.underWay;
            ++underWay_;
            last_ = each->first;
            return call;
        }
        ++each;
    }
    return std::nullopt;
}

void Lanes::ended(const PendingCall& call, bool well) {
    Lane& lane = laneOf(call);
    --lane.underWay;
    --underWay_;
    if (!well || lane.width >= inLane_) return;
    if (++lane.wellInRow < wellToWiden) return;
    lane.wellInRow = 0;
    ++lane.width;
}

void Lanes::again(PendingCall call) {
    Lane& lane = laneOf(call);
    --lane.underWay;
    --underWay_;
    lane.waiting.push_front(std::move(call));
    ++waiting_;
}

void Lanes::later(PendingCall call, Time until) {
    Lane& lane = laneOf(call);
    lane.until = std::max(lane.until, until);
    lane.width = std::max(1, lane.width / 2);
    lane.wellInRow = 0;
    again(std::move(call));
}

std::vector<PendingCall> Lanes::drop(Lane& lane) {
    std::vector<PendingCall> dropped(std::make_move_iterator(lane.waiting.begin()), std::make_move_iterator(lane.waiting.end()));
    waiting_ -= lane.waiting.size();
    lane.waiting.clear();
    lane.closed = true;
    return dropped;
}

std::vector<PendingCall> Lanes::close(const PendingCall& call) {
    return drop(laneOf(call));
}

std::vector<PendingCall> Lanes::closeAll(std::size_t target) {
    std::vector<PendingCall> all;
    for (auto& [key, lane] : lanes_) {
        if (std::get<0>(key) != target) continue;
        auto dropped = drop(lane);
        std::move(dropped.begin(), dropped.end(), std::back_inserter(all));
    }
    return all;
}

bool Lanes::isClosed(const PendingCall& call) const {
    const auto found = lanes_.find(keyOf(call));
    return found != lanes_.end() && found->second.closed;
}

std::optional<Lanes::Time> Lanes::nextWake(Time now) const {
    std::optional<Time> first;
    for (const auto& [key, lane] : lanes_)
        if (!lane.waiting.empty() && lane.until > now && (!first || lane.until < *first)) first = lane.until;
    return first;
}

std::set<std::pair<std::size_t, std::string>> Lanes::pausing(Time now) const {
    std::set<std::pair<std::size_t, std::string>> places;
    for (const auto& [key, lane] : lanes_)
        if (!lane.closed && !lane.waiting.empty() && lane.until > now) places.emplace(std::get<0>(key), std::get<1>(key));
    return places;
}

} // namespace gw::cloud
