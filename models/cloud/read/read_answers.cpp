// What becomes of the answers of a live read: pages, jobs, what follows, repetitions, gaps, and what ends a lane or a session.
#include "models/cloud/read/read_run.h"

#include "models/cloud/aws/answer.h"
#include "models/store/files.h"
#include "models/store/on_worker.h"
#include "models/store/when_done.h"

#include <QRandomGenerator>

#include <algorithm>

namespace gw::cloud {
namespace {

constexpr int maxPages = 20'000;
constexpr int maxLooks = 24; // at a job, further and further apart
// A service that fails at one call for so many objects in a row fails at it for the others, too.
constexpr int failuresInRow = 3;

std::string argumentText(const Arguments& arguments) {
    std::string text;
    for (const std::string& each : arguments) text += (text.empty() ? "" : " ") + each;
    return text;
}

bool isTold(const PlannedCall& planned, std::string_view call) {
    return planned.call == call;
}

std::pair<const PlannedCall*, std::string> alike(const PendingCall& call) {
    return {call.planned, std::to_string(call.target) + " " + call.region};
}

} // namespace

void LiveRead::State::take(PendingCall call, HttpResponse response) {
    const bool good = response.status >= 200 && response.status < 300;
    if (good) lastGood = Steady::now();
    if (call.planned == &identityCall) return identified(std::move(call), response);
    if (!call.planned->job.empty() && call.job.empty()) return started(std::move(call), response);
    const auto taken = onWorker([planned = call.planned, arguments = call.arguments, whole = call.whole, place = placeOf(call),
                                 at = clock.now(), response = std::make_shared<HttpResponse>(std::move(response))]() mutable {
        return takePage(*planned, arguments, *response, std::move(whole), place, at);
    });
    ++expected;
    whenDone(taken, &read, [this, call = std::move(call)](Result<ReadPage> page) mutable {
        --expected;
        if (!page) return refused(std::move(call), std::move(page).error());
        budget = std::min(settings.budget, budget + 1);
        answered(std::move(call), std::move(*page));
        pump();
    });
}

void LiveRead::State::started(PendingCall call, const HttpResponse& response) {
    const AwsCall sent = startOf(*call.planned, call.arguments);
    const auto answer = readAnswer(*sent.service, sent.operation, response);
    if (!answer) return refused(std::move(call), answer.error());
    call.job = jobIn(*call.planned, *answer);
    if (call.job.empty()) return refused(std::move(call), Error(AwsError::Unreadable, "the job has no name"));
    lanes.again(std::move(call));
    pump();
}

// A page, read just now or before.
void LiveRead::State::answered(PendingCall call, ReadPage page) {
    if (page.runs) {
        if (++call.looks > maxLooks) return refused(std::move(call), Error(AwsError::Unreadable, "the job has no end"));
        const auto pause = std::min(settings.longestPause, settings.firstPause * (std::int64_t{1} << std::min(call.looks, 16)));
        return lanes.rest(std::move(call), Steady::now() + pause);
    }
    if (!page.next.empty()) {
        if (page.next == call.page || ++call.pages > maxPages)
            return refused(std::move(call), Error(AwsError::Unreadable, "the pages have no end"));
        call.page = std::move(page.next);
        call.whole = std::move(page.whole);
        call.tries = call.networkTries = 0;
        return lanes.again(std::move(call));
    }
    outcome.objects += page.objects;
    if (!outcome.oldest || page.at < *outcome.oldest) outcome.oldest = page.at;
    received.insert(call.file);
    failures.erase(alike(call));
    if (call.planned->kept == PlannedCall::Kept::Answer) outcome.files.push_back(settings.folder / call.file);
    for (FollowUp& each : page.then)
        for (Arguments& arguments : each.arguments) addFollowing(*each.planned, call.target, call.region, std::move(arguments));
    done(call, true);
    settled(call, true);
}

// What hangs on single calls.
void LiveRead::State::settled(const PendingCall& call, bool well) {
    Target& target = targets[call.target];
    if (isTold(*call.planned, "describe-organization")) {
        if (well) learnOrganization(call);
        target.organizationTold = true;
        organizationKnown();
    }
    if (isTold(*call.planned, "get-account-authorization-details")) decideFallback(call.target, false);
}

void LiveRead::State::done(const PendingCall& call, bool well) {
    ++doneCalls;
    ++countsOf(call).done;
    lanes.ended(call, well);
}

std::optional<LiveRead::State::Steady::time_point> LiveRead::State::pauseFor(int tries) {
    if (budget <= 0) return std::nullopt;
    --budget;
    ++outcome.repeated;
    // Full jitter: of many that were throttled at once, no two come back together.
    const auto longest = std::min(settings.longestPause, settings.firstPause * (std::int64_t{1} << std::min(tries - 1, 16)));
    return Steady::now() + std::chrono::milliseconds(QRandomGenerator::global()->bounded(qint64{longest.count() + 1}));
}

void LiveRead::State::unanswered(PendingCall call, Error error) {
    Error told = Error(AwsError::NoAnswer, "no answer")
                     .with("service", std::string(call.planned->service))
                     .with("endpoint", std::string(error.fact("host")))
                     .because(std::move(error));
    call.troubledLast = Steady::now();
    if (call.networkTries == 0) call.troubledSince = call.troubledLast;
    if (++call.networkTries < settings.networkTries)
        if (const auto until = pauseFor(call.networkTries)) return lanes.later(std::move(call), *until), pump();
    doubtful.emplace_back(std::move(call), std::move(told));
    pump();
}

// Of calls that nobody answered: where somebody answers others, it is this service; where nobody answers anything and more
// is to be asked, the network is gone. Until one of the two shows they wait. True: something was decided.
bool LiveRead::State::judge(bool nothingElse) {
    // What was under way when the network went may still come in after the first try that failed, and not after the last.
    const auto sure =
        std::find_if(doubtful.begin(), doubtful.end(), [&](const auto& each) { return each.first.troubledLast < lastGood; });
    if (sure == doubtful.end() && !nothingElse) return false;
    const auto ofOneService = [&] {
        return std::all_of(doubtful.begin(), doubtful.end(), [&](const auto& each) {
            return std::string_view(each.first.planned->service) == doubtful.front().first.planned->service && each.first.troubledSince < lastGood;
        });
    };
    if (sure == doubtful.end() && (doubtful.size() > 1 || lanes.waiting() > 0) && !ofOneService()) {
        stop(Error(ReadError::NetworkLost).because(std::move(doubtful.front().second)));
        return true;
    }
    const auto one = sure == doubtful.end() ? doubtful.begin() : sure;
    auto [call, error] = std::move(*one);
    doubtful.erase(one);
    closeLane(std::move(call), error);
    return true;
}

void LiveRead::State::refused(PendingCall call, Error error) {
    const Code& code = error.code();
    Target& target = targets[call.target];
    if (stopping) return pump();
    if (code.is(AwsError::Throttled) || code.is(AwsError::ServerError)) {
        const int most = code.is(AwsError::Throttled) ? settings.tries : settings.networkTries;
        if (++call.tries < most)
            if (const auto until = pauseFor(call.tries)) return lanes.later(std::move(call), *until), pump();
    } else if (code.is(AwsError::ClockSkew) && !call.corrected) {
        if (const auto server = UtcTime::parse(error.fact("server_time"))) {
            call.corrected = true;
            skew = *server - clock.now();
            return lanes.again(std::move(call)), pump();
        }
    } else if (code.is(AwsError::ExpiredCredentials)) {
        // Another call may have brought fresh ones.
        if (target.credentials && target.credentials->accessKeyId == call.accessKeyId) target.credentials.reset();
        const auto failed = renew(target);
        if (!failed && !call.corrected && target.credentials->accessKeyId != call.accessKeyId) {
            call.corrected = true;
            return lanes.again(std::move(call)), pump();
        }
        return closeTarget(std::move(call), error);
    } else if (error.code().as<store::FileError>()) {
        return stop(error);
    }
    if (call.planned == &identityCall) return closeTarget(std::move(call), error);
    if (code.is(AwsError::BadCredentials) || code.is(AwsError::RegionDisabled)) return closeLane(std::move(call), error);
    if (isTold(*call.planned, "get-account-authorization-details")) decideFallback(call.target, code.is(AwsError::AccessDenied));
    if (code.is(AwsError::NotFound) || code.is(AwsError::NotInUse)) {
        if (writeAbsence(*call.planned, error, placeOf(call), clock.now())) {
            received.insert(call.file);
            outcome.files.push_back(settings.folder / call.file);
        }
    } else {
        error.with("action", std::string(call.planned->action));
        gap(call.target, call.region, call.planned->service, call.planned->call, argumentText(call.arguments), error);
        if (code.is(AwsError::ServerError)) failedAgain(call, error);
    }
    done(call, false);
    settled(call, false);
    pump();
}

// One gap for all the same that the lane still had to ask.
void LiveRead::State::failedAgain(const PendingCall& call, const Error& error) {
    if (++failures[alike(call)] < failuresInRow) return;
    auto others = lanes.dropAlike(call);
    if (others.empty()) return;
    gap(call.target, call.region, call.planned->service, call.planned->call, {}, error);
    dropped(std::move(others));
}

// One gap for all that the lane still had to ask.
void LiveRead::State::closeLane(PendingCall call, const Error& error) {
    if (call.planned == &identityCall) return closeTarget(std::move(call), error);
    gap(call.target, call.region, call.planned->service, {}, {}, error);
    auto waiting = lanes.close(call);
    done(call, false);
    settled(call, false);
    dropped(std::move(waiting));
    pump();
}

void LiveRead::State::closeTarget(PendingCall call, const Error& error) {
    Target& target = targets[call.target];
    target.known = true;
    if (closed.insert(call.target).second) {
        gap(call.target, {}, {}, {}, {}, error);
        if (target.usable && !outcome.stopped) outcome.stopped = error;
    }
    auto waiting = lanes.closeAll(call.target);
    done(call, false);
    settled(call, false);
    dropped(std::move(waiting));
    identitiesKnown();
    pump();
}

void LiveRead::State::dropped(std::vector<PendingCall> calls) {
    doneCalls += calls.size();
    for (const PendingCall& each : calls) {
        ++countsOf(each).done;
        settled(each, false);
    }
}

void LiveRead::State::gap(std::size_t target, std::string_view region, std::string_view service, std::string_view call,
                          std::string argument, Error error) {
    ++counts[{target, std::string(region)}].gaps;
    outcome.gaps.push_back({targets[target].session.name, targets[target].account, std::string(region), std::string(service),
                            std::string(call), std::move(argument), std::move(error)});
}

} // namespace gw::cloud
