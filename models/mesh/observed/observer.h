// What access logs say about a map: which edges are used, which are not, what would break if the map were enforced, and what it
// would let through that is denied now. Lines are looked at one by one; memory is bounded whatever their number.
#pragma once

#include "models/estate/estate.h"
#include "models/mesh/compile/compilation.h"
#include "models/mesh/observed/access_line.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gw::mesh {

struct Uses {
    std::uint64_t count = 0;
    std::optional<UtcTime> first, last;
    void add(std::optional<UtcTime> time);
};

// Requests that differ in nothing but when they came.
struct ObservedRequest {
    std::string caller, method, thing, path; // `thing` as the map calls it, or as the log does
    std::optional<EdgeId> edge;              // that denies, or that would let it through
    Uses uses;
};

struct Observation {
    std::uint64_t requests = 0;
    std::uint64_t elsewhere = 0;        // about things that the map does not name
    std::vector<std::pair<EdgeId, Uses>> edges; // that allow, in the map's order; those with none are unused
    std::vector<ObservedRequest> wouldBreak, wouldAllow; // the most frequent first
    std::uint64_t breaking = 0, allowing = 0;            // all of them, also beyond the bound
};

// Borrows everything that it is given.
class Observer {
public:
    // `server`: the node that lines of proxies come from, where they do not tell; empty: they tell, or there is only one.
    Observer(const Map& map, const Intent& intent, const estate::Estate* estate, std::string server = {});
    void add(const AccessLine& line);
    [[nodiscard]] Observation result() const;
    static constexpr std::size_t mostRequests = 10'000; // different ones of each kind

private:
    struct Match {
        const Use* allow = nullptr;
        const Use* deny = nullptr;
    };
    [[nodiscard]] std::string thingOf(const AccessLine& line) const;
    [[nodiscard]] std::string callerOf(const std::string& caller) const;
    [[nodiscard]] bool isBy(const Use& use, const std::string& caller) const;
    void note(std::map<std::string, ObservedRequest>& into, const AccessLine& line, const std::string& thing, const std::optional<EdgeId>& edge);

    const Map& map_;
    const estate::Estate* estate_;
    std::string server_;
    std::unordered_map<std::string, std::vector<const Use*>> byThing_;
    std::unordered_map<std::string, std::string> nameOfThing_;
    std::unordered_map<std::string, std::string> principals_; // "account/name" and unique ids of roles: as the map spells them
    std::string onlyApi_, onlyServer_;
    std::unordered_map<EdgeId, Uses> used_;
    std::map<std::string, ObservedRequest> breaking_, allowing_;
    Observation counts_;
};

} // namespace gw::mesh
