#include "models/mesh/plan/apply.h"

#include "models/mesh/text/digest.h"

#include <algorithm>
#include <array>

namespace gw::mesh {
namespace {

using Kind = CallDoor::Reply::Kind;
using std::chrono::milliseconds;

Error refusal(const Step& step, std::string_view operation, const CallDoor::Reply& reply) {
    Error error(ApplyError::Refused);
    error.with("operation", std::string(operation)).with("object", step.object);
    if (!reply.error) return error;
    // What is no answer of the service has no code of its.
    if (reply.error->fact("code").empty()) error.with("code", std::string(reply.error->code().id()));
    for (const char* fact : {"code", "message"})
        if (const std::string_view value = reply.error->fact(fact); !value.empty()) error.with(fact, std::string(value));
    return std::move(error).because(*reply.error);
}

// What a role that was just made is not known as yet, where another service or policy names it (IAM User Guide, "Changes that I
// make are not always immediately visible").
bool mayBeTooEarly(const CallDoor::Reply& reply) {
    if (reply.kind == Kind::Absent) return true;
    static constexpr auto codes = std::to_array<std::string_view>({"MalformedPolicyDocument", "NoSuchEntity", "InvalidParameterValueException", "BadRequestException"});
    const std::string_view code = reply.error ? reply.error->fact("code") : std::string_view();
    const std::string_view message = reply.error ? reply.error->fact("message") : std::string_view();
    return std::find(codes.begin(), codes.end(), code) != codes.end() && (code == "NoSuchEntity" || message.find("rincipal") != std::string_view::npos);
}

class Applier {
public:
    Applier(std::span<const Step> steps, CallDoor& door, const ApplyOptions& options)
        : steps_(steps), door_(door), options_(options), mark_(markOf(steps)) {
        result_.states.assign(steps.size(), StepState::NotReached);
    }

    Applied run() {
        if (!lookAtAll()) return std::move(result_);
        for (std::size_t i = 0; i < steps_.size(); ++i) {
            if (result_.states[i] == StepState::Already) continue;
            if (!pause(milliseconds(0))) {
                result_.error = Error(ApplyError::Interrupted);
                result_.failedAt = i;
                break;
            }
            auto error = take(i);
            result_.states[i] = error ? StepState::Failed : StepState::Done;
            tell(i);
            if (!error) continue;
            result_.error = std::move(error);
            result_.failedAt = i;
            break;
        }
        return std::move(result_);
    }

private:
    enum class Seen { Pending, Already, Changed };

    // False: something is not as it was, or cannot be read.
    bool lookAtAll() {
        for (std::size_t i = 0; i < steps_.size(); ++i) {
            const Step& step = steps_[i];
            if (step.kind == StepKind::CacheFlush) continue; // nothing tells, and once more does no harm
            if (!pause(milliseconds(0))) return stop(i, Error(ApplyError::Interrupted));
            Found found;
            if (auto error = read(step, found)) return stop(i, std::move(*error));
            const Seen seen = compare(step, found);
            if (seen == Seen::Changed) result_.changed.push_back(i);
            if (seen == Seen::Already) result_.states[i] = StepState::Already;
        }
        if (!result_.changed.empty()) {
            std::fill(result_.states.begin(), result_.states.end(), StepState::NotReached);
            return stop(result_.changed.front(), Error(ApplyError::EstateChanged).with("object", steps_[result_.changed.front()].object));
        }
        for (std::size_t i = 0; i < steps_.size(); ++i)
            if (result_.states[i] == StepState::Already) tell(i);
        return true;
    }

    bool stop(std::size_t at, Error error) {
        result_.error = std::move(error);
        result_.failedAt = at;
        return false;
    }

    [[nodiscard]] Seen compare(const Step& step, const Found& found) const {
        if (step.kind == StepKind::CacheFlush) return Seen::Pending;
        if (step.kind == StepKind::Deployment) {
            const bool ours = found.mark == mark_, back = !step.after.empty();
            if (back ? found.text == step.after : ours) return Seen::Already;
            return (back ? ours : found.text == step.before) ? Seen::Pending : Seen::Changed;
        }
        if (isSame(step.kind, found.text, step.after)) return Seen::Already;
        // Removed, and not added again: it stopped between the two.
        if (step.kind == StepKind::FunctionPermission && step.change == StepChange::Replace && found.text.empty()) return Seen::Pending;
        return seenDigest(step.kind, found.text) == step.seen ? Seen::Pending : Seen::Changed;
    }

    [[nodiscard]] std::optional<Error> read(const Step& step, Found& into) {
        std::vector<Read> answers;
        while (const auto call = nextRead(step, answers)) {
            CallDoor::Reply reply = door_.call(*call, step.account, step.region);
            if (reply.kind == Kind::Refused) return refusal(step, call->operation, reply);
            answers.emplace_back(reply.kind == Kind::Absent ? Read() : Read(std::move(reply.answer)));
            if (reply.kind == Kind::Absent) break;
        }
        into = foundIn(step, answers);
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Error> take(std::size_t index) {
        const Step& step = steps_[index];
        Found found;
        if (auto error = read(step, found)) return error;
        if (compare(step, found) == Seen::Changed) return Error(ApplyError::EstateChanged).with("object", step.object);
        for (const ApiCall& call : changeCalls(step, found, mark_)) {
            milliseconds waited{0};
            while (true) {
                const CallDoor::Reply reply = door_.call(call, step.account, step.region);
                if (reply.kind == Kind::Answered) break;
                if (!madeRole_ || !mayBeTooEarly(reply) || !waitLonger(waited)) return refusal(step, call.operation, reply);
            }
        }
        if (step.kind == StepKind::TrustPolicy && step.change == StepChange::Create) madeRole_ = true;
        return settle(index);
    }

    // Reads until the change shows.
    [[nodiscard]] std::optional<Error> settle(std::size_t index) {
        const Step& step = steps_[index];
        if (step.kind == StepKind::CacheFlush) return std::nullopt;
        milliseconds waited{0};
        while (true) {
            Found found;
            if (auto error = read(step, found)) return error;
            if (compare(step, found) == Seen::Already) {
                if (found.inactive) result_.inactive.push_back(index);
                return std::nullopt;
            }
            if (!waitLonger(waited)) return Error(ApplyError::NotSettled).with("object", step.object);
        }
    }

    // Twice as long each time, up to the longest; false once patience is at its end.
    [[nodiscard]] bool waitLonger(milliseconds& waited) {
        const milliseconds next = std::clamp(waited, options_.firstPause, options_.longestPause);
        if (waited + next > options_.patience) return false;
        waited += next;
        // A change that was made is waited for whoever is impatient: only between steps it can be broken off.
        (void)pause(next);
        return true;
    }

    [[nodiscard]] bool pause(milliseconds time) const { return !options_.pause || options_.pause(time); }
    void tell(std::size_t index) const {
        if (options_.told) options_.told({index, result_.states[index]});
    }

    std::span<const Step> steps_;
    CallDoor& door_;
    const ApplyOptions& options_;
    std::string mark_;
    bool madeRole_ = false;
    Applied result_;
};

} // namespace

std::size_t Applied::count(StepState state) const {
    return static_cast<std::size_t>(std::count(states.begin(), states.end(), state));
}

Applied applySteps(std::span<const Step> steps, CallDoor& door, const ApplyOptions& options) {
    return Applier(steps, door, options).run();
}

std::vector<Step> revertSteps(std::span<const Step> steps) {
    std::vector<Step> back(steps.rbegin(), steps.rend());
    for (Step& step : back) {
        if (step.kind == StepKind::CacheFlush) continue;
        std::swap(step.before, step.after);
        step.seen = seenDigest(step.kind, step.before);
        if (step.change != StepChange::Replace) step.change = step.change == StepChange::Create ? StepChange::Remove : StepChange::Create;
    }
    std::stable_partition(back.begin(), back.end(), [](const Step& each) { return each.kind != StepKind::CacheFlush; });
    return back;
}

std::string markOf(std::span<const Step> steps) {
    std::vector<std::string> lines;
    for (const Step& each : steps) {
        if (each.kind == StepKind::Deployment || each.kind == StepKind::CacheFlush) continue;
        const std::string before = seenDigest(each.kind, each.before), after = seenDigest(each.kind, each.after);
        lines.push_back(std::string(stepKindName(each.kind)) + ' ' + each.object + ' ' + each.name + ' ' + std::min(before, after) + std::max(before, after));
    }
    std::sort(lines.begin(), lines.end());
    std::string all;
    for (const std::string& each : lines) all += each + '\n';
    return "Gatewarden plan " + digestOf(all).substr(0, 16);
}

} // namespace gw::mesh
