// Takes the steps of a plan, one after another, by calls of AWS's APIs that somebody else makes.
//
//   every object is read ──not as it was seen──▶ refused, nothing is done
//        │ all as they were, or already as they are to be
//        ▼
//   step: read once more, change, read until the change shows ──fails──▶ stopped; the same plan goes on from there, or back
//
// What is already as it is to be is passed over, so that a plan can be applied again. Blocks the thread that it is called on.
#pragma once

#include "models/mesh/plan/calls.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gw::mesh {

// Facts: "operation", "object", "code" and "message" where AWS refused.
#define GW_APPLY_ERRORS(X)                                                                                                       \
    X(EstateChanged, "estate_changed")                                                                                           \
    X(Refused, "refused")                                                                                                        \
    X(NotSettled, "not_settled")                                                                                                 \
    X(Interrupted, "interrupted")
// EstateChanged: an object is neither as it was seen nor as it is to be; NotSettled: AWS took the change, and it did not show
// within the time given.
GW_ERROR_ENUM(ApplyError, "apply", GW_APPLY_ERRORS);

// Makes one call, with whatever repetition throttling and the network need.
class CallDoor {
public:
    struct Reply {
        enum class Kind : std::uint8_t { Answered, Absent, Refused } kind = Kind::Refused;
        Json answer = Json::object();
        std::optional<Error> error; // of Refused
    };
    virtual ~CallDoor() = default;
    CallDoor() = default;
    CallDoor(const CallDoor&) = delete;
    CallDoor& operator=(const CallDoor&) = delete;
    // `region` empty: of a service without regions.
    [[nodiscard]] virtual Reply call(const ApiCall& call, const std::string& account, const std::string& region) = 0;
};

enum class StepState : std::uint8_t { NotReached, Already, Done, Failed };

struct ApplyEvent {
    std::size_t step = 0; // index
    StepState state = StepState::NotReached;
};

struct ApplyOptions {
    std::chrono::milliseconds firstPause{250}, longestPause{4'000}, patience{60'000}; // until a change shows
    // Waits; false: stop now. Called between steps with no time at all.
    std::function<bool(std::chrono::milliseconds)> pause;
    std::function<void(const ApplyEvent&)> told;
};

struct Applied {
    std::vector<StepState> states;         // one for each step
    std::vector<std::size_t> changed;      // steps whose object changed since: nothing was done
    std::vector<std::size_t> inactive;     // steps whose policy VPC Lattice does not look at
    std::optional<Error> error;            // what stopped it
    std::optional<std::size_t> failedAt;   // the step
    [[nodiscard]] std::size_t count(StepState state) const;
};

[[nodiscard]] Applied applySteps(std::span<const Step> steps, CallDoor& door, const ApplyOptions& options);

// The way back: the steps in reverse, each from what it leaves to what it found.
[[nodiscard]] std::vector<Step> revertSteps(std::span<const Step> steps);

// By which a deployment of these steps is known; the same there and back.
[[nodiscard]] std::string markOf(std::span<const Step> steps);

} // namespace gw::mesh
