#include "models/estate/sources/usage_collector.h"

#include "models/estate/sources/cloudtrail_names.h"

#include <algorithm>

namespace gw::estate {
namespace {

constexpr std::size_t mostUses = 2'000'000;
constexpr std::size_t mostResources = 32; // of one action
constexpr std::size_t mostRecords = 100'000;

// The newest ones.
template <class Record>
void keepNewest(std::vector<Record>& records) {
    if (records.size() <= mostRecords) return;
    std::nth_element(records.begin(), records.begin() + mostRecords, records.end(),
                     [](const Record& a, const Record& b) { return a.at > b.at; });
    records.resize(mostRecords);
}

template <class Record>
void put(std::vector<Record>& records, Record&& record) {
    records.push_back(std::move(record));
    if (records.size() >= 2 * mostRecords) keepNewest(records);
}

template <class Record>
void merge(std::vector<Record>& into, std::vector<Record>& from) {
    for (Record& each : from) into.push_back(std::move(each));
    from.clear();
    keepNewest(into);
    std::stable_sort(into.begin(), into.end(), [](const Record& a, const Record& b) { return a.at < b.at; });
}

void widen(std::optional<UtcTime>& from, std::optional<UtcTime>& until, UtcTime at) {
    if (!from || at < *from) from = at;
    if (!until || at > *until) until = at;
}

} // namespace

void UsageCollector::add(const Event& event) {
    ++events_;
    widen(from_, until_, event.at);
    if (event.principal.empty()) return;
    key_.assign(event.principal).append(1, '\n').append(event.source).append(1, '\n').append(event.name);
    auto found = uses_.find(std::string_view(key_));
    if (found == uses_.end()) {
        if (uses_.size() >= mostUses) {
            full_ = true;
            return;
        }
        found = uses_.emplace(key_, ActionUse{event.at, 0, 0, {}}).first;
    }
    ActionUse& use = found->second;
    use.last = std::max(use.last, event.at);
    ++use.times;
    if (event.denied) ++use.denied;
    for (const std::string_view each : event.resources)
        if (use.resources.size() < mostResources && !use.resources.contains(each)) use.resources.emplace(each);
}

void UsageCollector::add(RecordedSignIn signIn) {
    put(signIns_, std::move(signIn));
}

void UsageCollector::add(RecordedChain chain) {
    put(chains_, std::move(chain));
}

void UsageCollector::moveInto(Usage& usage) {
    usage.events += events_;
    if (from_) widen(usage.from, usage.until, *from_);
    if (until_) widen(usage.from, usage.until, *until_);
    for (auto& [key, use] : uses_) {
        const std::string_view text = key;
        const std::size_t first = text.find('\n'), second = text.find('\n', first + 1);
        PrincipalUse& principal = usage.principals[std::string(text.substr(0, first))];
        if (!principal.last || use.last > *principal.last) principal.last = use.last;
        std::string action = policyAction(text.substr(first + 1, second - first - 1), text.substr(second + 1));
        if (action.empty()) continue;
        ActionUse& into = principal.actions.try_emplace(std::move(action), ActionUse{use.last, 0, 0, {}}).first->second;
        into.last = std::max(into.last, use.last);
        into.times += use.times;
        into.denied += use.denied;
        for (const std::string& each : use.resources)
            if (into.resources.size() < mostResources) into.resources.insert(each);
    }
    merge(usage.signIns, signIns_);
    merge(usage.chains, chains_);
    *this = UsageCollector();
}

} // namespace gw::estate
