// Adds events up to what was used, when, by whom; in memory that the number of principals and actions bounds, not that of
// the events.
#pragma once

#include "models/estate/usage.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gw::estate {

class UsageCollector {
public:
    // Views, good for the one call.
    struct Event {
        std::string_view source, name; // "sqs.amazonaws.com", "SendMessage"
        std::string_view principal;    // ARN of the role behind the session, or of the user; empty: neither
        UtcTime at;
        bool denied = false;
        std::vector<std::string_view> resources; // ARNs
    };

    void add(const Event& event);
    void add(RecordedSignIn signIn);
    void add(RecordedChain chain);

    [[nodiscard]] bool empty() const { return events_ == 0; }
    // True where principals, actions or both were too many to keep; what was kept is right.
    [[nodiscard]] bool full() const { return full_; }
    // Adds all of it to `usage`, and forgets it.
    void moveInto(Usage& usage);

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    // By principal, source and name, with a line feed between.
    std::unordered_map<std::string, ActionUse, Hash, std::equal_to<>> uses_;
    std::string key_;
    std::vector<RecordedSignIn> signIns_;
    std::vector<RecordedChain> chains_;
    std::optional<UtcTime> from_, until_;
    std::uint64_t events_ = 0;
    bool full_ = false;
};

} // namespace gw::estate
