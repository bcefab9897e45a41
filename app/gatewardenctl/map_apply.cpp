#include "app/gatewardenctl/estate_input.h"
#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/interruptible.h"
#include "app/gatewardenctl/live_door.h"
#include "app/gatewardenctl/live_import.h"
#include "app/gatewardenctl/map_commands.h"
#include "app/gatewardenctl/map_words.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/plan_input.h"
#include "app/gatewardenctl/plan_words.h"
#include "models/mesh/plan/plan_file.h"
#include "models/mesh/text/digest.h"
#include "models/mesh/toml/value.h"
#include "models/policy/arn_pattern.h"
#include "saml/aws/arn.h"
#include "saml/aws/endpoints.h"
#include "saml/base/json_writer.h"
#include "ui/errors_text.h"

#include <algorithm>
#include <set>
#include <thread>

namespace gw::ctl {
namespace {

using mesh::Applied;
using mesh::Step;
using mesh::StepState;

std::string_view stateName(StepState state) {
    switch (state) {
    case StepState::NotReached: return "not-reached";
    case StepState::Already: return "already";
    case StepState::Done: return "done";
    case StepState::Failed: break;
    }
    return "failed";
}

std::string sentence(const Error& error) {
    const ui::ErrorText text = ui::explain(error);
    return text.title.toStdString() + ". " + text.why.toStdString();
}

// A region of the partition that an ARN is of.
std::string homeOf(std::string_view text) {
    using aws::Partition;
    const auto arn = policy::ArnParts::split(text);
    for (const Partition each : {Partition::AwsCn, Partition::AwsUsGov, Partition::AwsEusc, Partition::AwsIso, Partition::AwsIsoB, Partition::AwsIsoE, Partition::AwsIsoF})
        if (arn && aws::partitionName(each) == arn->partition) return aws::defaultRegion(each).value();
    return aws::defaultRegion(Partition::Aws).value();
}

// A plan that was saved, or one that is made here and now.
struct Taken {
    std::vector<Step> steps;
    std::string plan; // the file; empty: there is none
    bool unplanned = false;
};

std::optional<Taken> fromFile(const std::string& path, std::string_view text) {
    auto saved = mesh::readPlan(text);
    if (!saved) {
        (void)refuse(Error(saved.error()).with("file", path));
        return std::nullopt;
    }
    std::string map;
    if (readFile(saved->map, mesh::toml::maxTomlBytes, map) == Reading::Done && mesh::digestOf(map) != saved->mapDigest)
        complain("gatewardenctl: note: " + saved->map + " has changed since the plan was made; what is applied is the plan.");
    return Taken{std::move(saved->steps), path, false};
}

std::optional<Taken> fromMap(const Invocation& invocation, int& code) {
    code = usage;
    if (!invocation.has("--yes")) {
        complain("gatewardenctl: a map is applied with --yes; or look at map plan --save FILE first, and apply that file");
        return std::nullopt;
    }
    const auto planned = planMap(invocation, code);
    if (planned == nullptr) return std::nullopt;
    Taken taken{planned->plan.steps, {}, !planned->plan.unplanned.empty()};
    if (invocation.has("--save")) {
        taken.plan = std::string(invocation.value("--save"));
        code = usage;
        if (!savePlan(*planned, taken.plan)) return std::nullopt;
    }
    if (taken.unplanned || !planned->plan.byHand.empty())
        complain("gatewardenctl: note: not all of the map can be applied; map plan says what and why.");
    return taken;
}

std::unique_ptr<LiveCalls> openCalls(const Invocation& invocation, const std::vector<Step>& steps, const std::atomic<bool>& flag) {
    LiveRequest request;
    request.profiles = invocation.values("--profile");
    request.practice = invocation.has(practiceOption.name);
    request.interrupted = &flag;
    std::set<std::string> accounts;
    for (const Step& each : steps) {
        accounts.insert(each.account);
        if (!each.region.empty() && std::find(request.regions.begin(), request.regions.end(), each.region) == request.regions.end())
            request.regions.push_back(each.region);
    }
    // IAM has none, and STS is asked in one.
    if (request.regions.empty()) request.regions.push_back(homeOf(steps.front().object));
    const LiveDoor* door = loadLiveDoor();
    if (door == nullptr) return nullptr;
    std::vector<std::string> notes;
    auto calls = door->calls(request, notes);
    for (const std::string& each : notes) complain("gatewardenctl: " + each);
    if (calls == nullptr) return nullptr;
    for (const std::string& account : accounts)
        if (std::find(calls->accounts().begin(), calls->accounts().end(), account) == calls->accounts().end()) {
            complain("gatewardenctl: no session is of account " + account + ": name one with --profile. Nothing was done.");
            return nullptr;
        }
    return calls;
}

void tellStop(const Applied& applied, const std::vector<Step>& steps, const std::string& plan, bool back) {
    const std::string count = std::to_string(steps.size());
    for (const std::size_t each : applied.changed)
        complain("gatewardenctl: changed since the plan: step " + std::to_string(each + 1) + " of " + count + ", " + stepWords(steps[each]));
    std::string text = "gatewardenctl: " + sentence(*applied.error);
    const std::size_t did = applied.count(StepState::Done);
    if (did == 0 && applied.count(StepState::Failed) == 0) return complain(text + " Nothing was done.");
    text += " It stopped at step " + std::to_string(*applied.failedAt + 1) + " of " + count + ", " + stepWords(steps[*applied.failedAt]) + "; " +
            std::to_string(did) + (did == 1 ? " step was done." : " steps were done.");
    complain(text);
    const std::string command = "gatewardenctl map apply " + (plan.empty() ? "MAP --yes" : plan);
    complain("gatewardenctl: on: " + command + (back ? " --revert" : "") + " (what is as it is to be is passed over)");
    if (!plan.empty()) complain("gatewardenctl: back: " + command + (back ? "" : " --revert"));
}

std::string summaryJson(const Applied& applied, const std::vector<Step>& steps) {
    JsonWriter json;
    json.beginObject().key("summary").beginObject().count("steps", steps.size());
    for (const StepState each : {StepState::Done, StepState::Already, StepState::Failed, StepState::NotReached}) json.count(stateName(each), applied.count(each));
    const auto numbers = [&](std::string_view name, const std::vector<std::size_t>& all) {
        json.key(name).beginArray();
        for (const std::size_t each : all) json.number(static_cast<std::int64_t>(each + 1));
        json.endArray();
    };
    numbers("changed", applied.changed);
    numbers("inactive", applied.inactive);
    json.key("error");
    if (applied.error) {
        json.beginObject().member("error", applied.error->code().id()).count("step", *applied.failedAt + 1);
        for (const Fact& each : applied.error->facts()) json.member(each.name, each.value);
        json.endObject();
    } else {
        json.null();
    }
    json.endObject().endObject().endLine();
    return std::move(json.text());
}

std::string stepLine(const Step& step, std::size_t index, std::size_t count, StepState state, bool asJson) {
    if (!asJson) return "step " + std::to_string(index + 1) + " of " + std::to_string(count) + ": " + stepWords(step) + ": " + std::string(stateName(state)) + "\n";
    JsonWriter json;
    json.beginObject().count("step", index + 1).member("state", stateName(state)).member("change", mesh::stepChangeName(step.change));
    json.member("kind", mesh::stepKindName(step.kind)).member("object", step.object).memberOrNull("name", step.name);
    json.member("edges", edgeNames(step.edges)).endObject().endLine();
    return std::move(json.text());
}

} // namespace

int runMapApply(const Invocation& invocation) {
    const std::string& path = invocation.arguments.front();
    std::string text;
    if (!readOrComplain(path, mesh::maxPlanBytes, text)) return usage;
    const bool isPlan = text.find_first_not_of(" \t\r\n") != std::string::npos && text[text.find_first_not_of(" \t\r\n")] == '{';
    const bool back = invocation.has("--revert");
    if (back && !isPlan) {
        complain("gatewardenctl: --revert takes back a plan that map plan --save or map apply --save kept");
        return usage;
    }
    int code = usage;
    auto taken = isPlan ? fromFile(path, text) : fromMap(invocation, code);
    if (!taken) return code;
    const std::vector<Step> steps = back ? mesh::revertSteps(taken->steps) : std::move(taken->steps);
    const int good = taken->unplanned ? no : done;
    if (steps.empty()) return print(invocation.json() ? summaryJson({}, {}) : "Nothing is to be changed.\n") ? good : usage;
    const Interruptible guard;
    const auto calls = openCalls(invocation, steps, guard.flag());
    if (calls == nullptr) return usage;
    mesh::ApplyOptions options;
    options.pause = [&](std::chrono::milliseconds time) {
        for (; time.count() > 0 && !guard.flag(); time -= std::chrono::milliseconds(50))
            std::this_thread::sleep_for(std::min(time, std::chrono::milliseconds(50)));
        return !guard.flag();
    };
    options.told = [&](const mesh::ApplyEvent& event) {
        (void)print(stepLine(steps[event.step], event.step, steps.size(), event.state, invocation.json()));
    };
    const Applied applied = mesh::applySteps(steps, *calls, options);
    for (const std::size_t each : applied.inactive)
        complain("gatewardenctl: note: " + steps[each].object + " has its auth policy, and VPC Lattice does not look at it: its authType is not AWS_IAM.");
    if (applied.error) tellStop(applied, steps, taken->plan, back);
    const std::string end = invocation.json() ? summaryJson(applied, steps)
                                              : std::to_string(applied.count(StepState::Done)) + " of " + std::to_string(steps.size()) + " steps done, " +
                                                    std::to_string(applied.count(StepState::Already)) + " were as they are to be.\n";
    if (!print(end)) return usage;
    return applied.error ? no : good;
}

} // namespace gw::ctl
