// The door to the module that calls AWS: loaded by the few commands that need a network, since Qt's takes longer to load than the
// others take to answer.
#pragma once

#include "models/mesh/plan/apply.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace gw::ctl {

struct LiveRequest {
    std::vector<std::string> profiles; // of live sessions; empty: the credentials in the environment
    std::vector<std::string> regions;  // at least one
    std::string folder;                // where answers are kept
    std::chrono::seconds maxAge{0};
    bool practice = false;
    bool terminal = false; // progress on standard error
    const std::atomic<bool>* interrupted = nullptr;
};

struct LiveResult {
    std::vector<std::string> files; // for the importer
    std::vector<std::string> notes; // sentences for standard error: what is not read, what was kept
    bool complete = false;          // false: it ended before its end, and the same command goes on
    bool gaps = false;              // AWS refused some of it
};

// Calls that change something, each by the session of the account that it is for.
class LiveCalls : public mesh::CallDoor {
public:
    // That there are sessions for.
    [[nodiscard]] virtual const std::vector<std::string>& accounts() const = 0;
};

// What the module exports.
struct LiveDoor {
    void (*read)(const LiveRequest& request, LiveResult& result) = nullptr;
    std::string (*policy)() = nullptr; // that a session needs to read
    // Null where no session can be used; that is told in `notes`. Of the request profiles, regions, practice and interrupted.
    std::unique_ptr<LiveCalls> (*calls)(const LiveRequest& request, std::vector<std::string>& notes) = nullptr;
};
inline constexpr const char* liveDoorName = "gatewardenLiveDoor";
using LiveDoorFunction = const LiveDoor* (*)();

} // namespace gw::ctl
