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
    wakeResting(now);
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

void Lanes::rest(PendingCall call, Time until) {
    --laneOf(call).underWay;
    --underWay_;
    ++waiting_;
    resting_.emplace_back(until, std::move(call));
}

void Lanes::wakeResting(Time now) {
    for (std::size_t i = 0; i < resting_.size();) {
        if (resting_[i].first > now) {
            ++i;
            continue;
        }
        PendingCall call = std::move(resting_[i].second);
        resting_[i] = std::move(resting_.back());
        resting_.pop_back();
        laneOf(call).waiting.push_back(std::move(call));
    }
}

std::vector<PendingCall> Lanes::takeResting(const std::function<bool(const PendingCall&)>& which) {
    std::vector<PendingCall> taken;
    const auto gone = std::partition(resting_.begin(), resting_.end(), [&](const auto& each) { return !which(each.second); });
    for (auto each = gone; each != resting_.end(); ++each) taken.push_back(std::move(each->second));
    resting_.erase(gone, resting_.end());
    waiting_ -= taken.size();
    return taken;
}

std::vector<PendingCall> Lanes::dropAlike(const PendingCall& call) {
    const Key key = keyOf(call);
    auto dropped = takeResting([&](const PendingCall& each) { return each.planned == call.planned && keyOf(each) == key; });
    Lane& lane = laneOf(call);
    std::deque<PendingCall> others;
    for (PendingCall& each : lane.waiting) {
        const bool alike = each.planned == call.planned;
        waiting_ -= alike ? 1 : 0;
        if (alike)
            dropped.push_back(std::move(each));
        else
            others.push_back(std::move(each));
    }
    lane.waiting = std::move(others);
    return dropped;
}

std::vector<PendingCall> Lanes::drop(const Key& key, Lane& lane) {
    auto dropped = takeResting([&](const PendingCall& each) { return keyOf(each) == key; });
    std::move(lane.waiting.begin(), lane.waiting.end(), std::back_inserter(dropped));
    waiting_ -= lane.waiting.size();
    lane.waiting.clear();
    lane.closed = true;
    return dropped;
}

std::vector<PendingCall> Lanes::close(const PendingCall& call) {
    return drop(keyOf(call), laneOf(call));
}

std::vector<PendingCall> Lanes::closeAll(std::size_t target) {
    std::vector<PendingCall> all;
    for (auto& [key, lane] : lanes_) {
        if (std::get<0>(key) != target) continue;
        auto dropped = drop(key, lane);
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
    for (const auto& [until, call] : resting_)
        if (!first || until < *first) first = until;
    return first;
}

std::set<std::pair<std::size_t, std::string>> Lanes::pausing(Time now) const {
    std::set<std::pair<std::size_t, std::string>> places;
    for (const auto& [key, lane] : lanes_)
        if (!lane.closed && !lane.waiting.empty() && lane.until > now) places.emplace(std::get<0>(key), std::get<1>(key));
    return places;
}

} // namespace gw::cloud
