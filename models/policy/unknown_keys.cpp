#include "models/policy/unknown_keys.h"

#include "models/policy/key_values.h"

#include <algorithm>

namespace gw::policy {
namespace {

// Every trial looks at every statement and every value, so that many of them leave fewer trials; every pair of leaves is
// compared.
constexpr std::size_t maxTrials = 4'096, minTrials = 64, maxWork = 2'000'000;
constexpr std::size_t maxLeaves = 128, fewLeaves = 16;

enum Mask : unsigned { allowedMask = 1U, deniedMask = 2U };

class Search {
public:
    Search(const Request& request, const WorldRules& world, const PolicySet& policies)
        : request_(request), world_(world), policies_(policies) {
        values_.add(policies);
        trialsLeft_ = std::clamp(maxWork / std::max<std::size_t>(1, values_.weight(request.context)), minTrials, maxTrials);
        if (trialsLeft_ < maxTrials) leaves_ = fewLeaves;
    }

    Outcomes run() {
        explore();
        result_.exhaustive = result_.exhaustive && all_;
        if (!result_.allowed || !result_.denied) return std::move(result_);
        bringTogether();
        return std::move(result_);
    }

private:
    unsigned explore();
    unsigned leaf(const Verdict& verdict);
    void bringTogether();

    Request request_;
    WorldRules world_;
    const PolicySet& policies_;
    KeyValues values_;
    Additions path_;
    std::vector<Additions> allowed_, denied_;
    std::size_t trialsLeft_ = maxTrials, leaves_ = maxLeaves;
    bool all_ = true; // no class of values was left out
    Outcomes result_;
};

unsigned Search::leaf(const Verdict& verdict) {
    const bool allowed = verdict.decision == Decision::Allowed;
    auto& leaves = allowed ? allowed_ : denied_;
    if (leaves.size() < leaves_) leaves.push_back(path_);
    if (allowed) {
        result_.allowed = result_.allowed.value_or(path_);
        return allowedMask;
    }
    if (!result_.denied) result_.blockedBy = verdict.blockedBy;
    result_.denied = result_.denied.value_or(path_);
    result_.onlyExplicit = result_.onlyExplicit && verdict.decision == Decision::ExplicitlyDenied;
    return deniedMask;
}

unsigned Search::explore() {
    if (trialsLeft_ == 0) {
        result_.exhaustive = false;
        return allowedMask | deniedMask;
    }
    --trialsLeft_;
    Key key;
    std::vector<std::optional<ContextValue>> values;
    {
        RequestView view(request_, world_);
        const Key* untold = nullptr;
        view.scope().untold = &untold;
        const Verdict verdict = decide(view, policies_);
        if (verdict.decision != Decision::Depends) return leaf(verdict);
        if (untold == nullptr) return leaf(verdict);
        key = *untold;
        KeyValues::Found found = values_.of(key, request_, view.scope());
        values = std::move(found.values);
        all_ = all_ && found.all;
    }
    unsigned all = 0, common = allowedMask | deniedMask;
    for (auto& value : values) {
        request_.context.set(key, value);
        path_.push_back({key, value});
        const unsigned one = explore();
        path_.pop_back();
        all |= one;
        common &= one;
        if (!result_.exhaustive) break;
    }
    request_.context.remove(key);
    // Where one value leaves a way open that another closes, the key matters.
    const bool known = std::find(result_.keys.begin(), result_.keys.end(), key.written()) != result_.keys.end();
    if ((all != common || !result_.exhaustive) && !known) result_.keys.push_back(key.written());
    return all;
}

std::size_t distance(const Additions& a, const Additions& b) {
    std::size_t differing = 0;
    const auto differs = [](const Context::Entry& entry, const Additions& others) {
        const auto same = std::find_if(others.begin(), others.end(), [&](const auto& other) { return other.key == entry.key; });
        return same == others.end() ? entry.value.has_value() : same->value != entry.value;
    };
    for (const auto& entry : a) differing += differs(entry, b);
    for (const auto& entry : b)
        if (std::none_of(a.begin(), a.end(), [&](const auto& other) { return other.key == entry.key; }))
            differing += entry.value.has_value();
    return differing;
}

void Search::bringTogether() {
    std::size_t best = std::size_t(-1);
    for (const Additions& one : allowed_) {
        for (const Additions& other : denied_) {
            const std::size_t apart = distance(one, other) * 64 + one.size() + other.size();
            if (apart >= best) continue;
            best = apart;
            result_.allowed = one;
            result_.denied = other;
        }
    }
}

} // namespace

Outcomes tryUnknownKeys(const Request& request, const WorldRules& world, const PolicySet& policies) {
    return Search(request, world, policies).run();
}

} // namespace gw::policy
