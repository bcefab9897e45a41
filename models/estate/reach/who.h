// Who can do one thing: everybody, with the way that people come by it.
#pragma once

#include "models/estate/reach/chains.h"
#include "models/estate/reach/ways.h"

#include <set>
#include <string>
#include <vector>

namespace gw::estate {

struct WhoRow {
    WhoCan row;
    std::string group;  // as the assignment has it: an id or a name
    std::string person; // whose session it is
    const User* user = nullptr;
};

struct WhoAnswer {
    std::vector<WhoRow> rows;
    std::size_t checked = 0;
    std::vector<Gap> unknown;
    bool complete = true; // false: it was stopped
};

[[nodiscard]] WhoAnswer whoCanAll(const Population& population, const policy::WorldRules& world, Chains& chains, Ways& ways,
                                  const std::string& action, const std::string& resource, const Progress& progress);

// Gaps, each once.
class GapSet {
public:
    void add(const Gap& gap);
    void add(const std::vector<Gap>& gaps) {
        for (const Gap& each : gaps) add(each);
    }
    void add(const GapLists& gaps) {
        for (const auto* list : gaps.lists) add(*list);
    }
    [[nodiscard]] std::vector<Gap> take() { return std::move(gaps_); }

private:
    std::set<std::pair<Missing, std::string>> known_;
    std::vector<Gap> gaps_;
};

} // namespace gw::estate
