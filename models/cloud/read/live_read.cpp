#include "models/cloud/read/live_read.h"

#include "models/cloud/aws/answer.h"
#include "models/cloud/aws/signature.h"
#include "models/cloud/read/answer_store.h"
#include "models/cloud/read/lanes.h"
#include "models/store/files.h"
#include "models/store/on_worker.h"
#include "models/store/when_done.h"
#include "saml/aws/endpoints.h"
#include "saml/base/json_fields.h"

#include <QHash>
#include <QRandomGenerator>
#include <QTimer>

#include <algorithm>
#include <map>
#include <set>

namespace gw::cloud {
namespace {

using Scope = PlannedCall::Scope;
using Steady = std::chrono::steady_clock;

constexpr int maxPages = 20'000;
constexpr std::chrono::milliseconds progressEvery{150};
constexpr std::chrono::seconds renewBefore{60};

// Whose credentials these are: needs no permission.
constexpr PlannedCall identity{.service = "sts", .call = "get-caller-identity", .action = "sts:GetCallerIdentity", .scope = Scope::Region,
                               .kept = PlannedCall::Kept::ForCallsOnly};

std::string argumentText(const Arguments& arguments) {
    std::string text;
    for (const std::string& each : arguments) text += (text.empty() ? "" : " ") + each;
    return text;
}

bool isTold(const PlannedCall& planned, std::string_view call) {
    return planned.call == call;
}

} // namespace

struct LiveRead::State {
    struct Target {
        ReadSession session;
        std::optional<Credentials> credentials;
        std::string account;
        std::set<std::string> regions; // that this session reads
        bool known = false;            // whose it is, or that it cannot be used
        bool usable = false;
        bool accountCalls = false;
        bool organizationTold = false;
        std::string managementAccount;
        std::optional<bool> fallback; // whether the calls for each object are needed
        std::vector<std::pair<const PlannedCall*, Arguments>> stashed;
    };

    State(LiveRead& owner, HttpClient& client, const Clock& time, ReadSettings given, std::vector<ReadSession> sessions)
        : read(owner), http(client), clock(time), settings(std::move(given)), lanes(settings.inFlight, settings.inLane), budget(settings.budget) {
        for (ReadSession& each : sessions) targets.emplace_back().session = std::move(each);
        wake.setSingleShot(true);
        wake.callOnTimeout(&read, [this] { pump(); });
        tell.setSingleShot(true);
        tell.callOnTimeout(&read, [this] { Q_EMIT read.progressed(now()); });
    }

    void begin() {
        for (std::size_t i = 0; i < targets.size(); ++i) {
            Target& target = targets[i];
            if (const auto failed = renew(target)) {
                target.known = true;
                gap(i, {}, "sts", {}, {}, *failed);
                continue;
            }
            const aws::Region region = target.session.regions.empty() ? aws::defaultRegion(target.session.partition) : target.session.regions.front();
            PendingCall call;
            call.planned = &identity;
            call.target = i;
            call.region = region.value();
            add(std::move(call));
        }
        identitiesKnown();
        pump();
    }

    // Nothing: there are credentials that last.
    std::optional<Error> renew(Target& target) {
        if (target.credentials && target.credentials->expiration - clock.now() > renewBefore) return std::nullopt;
        auto fresh = target.session.credentials();
        if (!fresh) return std::move(fresh).error();
        target.credentials = std::move(*fresh);
        return std::nullopt;
    }

    void add(PendingCall call) {
        if (call.planned != &identity) {
            call.file = fileFor(*call.planned, call.arguments, targets[call.target].account, call.region);
            if (!asked.insert(call.file).second) return;
        }
        ++known;
        ++placeOf(call).known;
        if (lanes.isClosed(call) || closed.contains(call.target)) return dropped({std::move(call)});
        lanes.add(std::move(call));
    }

    void addRoot(const PlannedCall& planned, std::size_t target, const std::string& region) {
        PendingCall call;
        call.planned = &planned;
        call.target = target;
        call.region = region;
        add(std::move(call));
    }

    void identitiesKnown() {
        if (begun || !std::all_of(targets.begin(), targets.end(), [](const Target& each) { return each.known; })) return;
        begun = true;
        std::set<std::string> accounts;
        std::set<std::pair<std::string, std::string>> places;
        for (std::size_t i = 0; i < targets.size(); ++i) {
            Target& target = targets[i];
            if (!target.usable) continue;
            target.accountCalls = accounts.insert(target.account).second;
            for (const aws::Region& region : target.session.regions)
                if (places.insert({target.account, region.value()}).second) target.regions.insert(region.value());
            for (const PlannedCall& each : readPlan()) {
                if (!each.after.empty() || each.fallback) continue;
                if (each.scope == Scope::Account && target.accountCalls) addRoot(each, i, {});
                if (each.scope == Scope::Region)
                    for (const std::string& region : target.regions) addRoot(each, i, region);
            }
        }
        outcome.accounts.assign(accounts.begin(), accounts.end());
        if (accounts.empty() && !outcome.stopped) outcome.stopped = Error(ReadError::NothingToRead);
    }

    // The organization is read once: by the management account's session, else by any that AWS lets.
    void organizationKnown() {
        if (organizationAsked) return;
        std::optional<std::size_t> by;
        for (std::size_t i = 0; i < targets.size(); ++i) {
            const Target& target = targets[i];
            if (!target.accountCalls) continue;
            if (!target.organizationTold) return;
            if (!target.managementAccount.empty() && (!by || target.managementAccount == target.account)) by = i;
        }
        organizationAsked = true;
        if (!by) return;
        for (const PlannedCall& each : readPlan())
            if (each.scope == Scope::Organization && each.after.empty()) addRoot(each, *by, {});
    }

    // The calls for each object, where the one call for all was refused.
    void decideFallback(std::size_t index, bool needed) {
        Target& target = targets[index];
        if (target.fallback) return;
        target.fallback = needed;
        auto stashed = std::move(target.stashed);
        target.stashed.clear();
        if (!needed) return;
        for (const PlannedCall& each : readPlan())
            if (each.fallback && each.after.empty()) addRoot(each, index, {});
        for (auto& [planned, arguments] : stashed) addFollowing(*planned, index, {}, std::move(arguments));
    }

    void addFollowing(const PlannedCall& planned, std::size_t target, const std::string& region, Arguments arguments) {
        if (planned.fallback && !targets[target].fallback) return targets[target].stashed.emplace_back(&planned, std::move(arguments)), void();
        if (planned.fallback && !*targets[target].fallback) return;
        PendingCall call;
        call.planned = &planned;
        call.target = target;
        call.region = region;
        call.arguments = std::move(arguments);
        add(std::move(call));
    }

    void pump() {
        if (over) return;
        const Steady::time_point time = Steady::now();
        while (!stopping) {
            auto call = lanes.take(time);
            if (!call) break;
            go(std::move(*call));
        }
        if (stopping ? expected == 0 : lanes.empty()) return end();
        if (stopping) return;
        const auto next = lanes.nextWake(time);
        if (!doubtful.empty() && judge(lanes.underWay() == doubtful.size() && !next)) return;
        throttled = next.has_value();
        if (next) wake.start(std::chrono::ceil<std::chrono::milliseconds>(*next - time));
        if (!tell.isActive()) tell.start(progressEvery);
    }

    void go(PendingCall call) {
        if (settings.maxAge.count() <= 0 || call.planned == &identity || call.whole != nullptr) return send(std::move(call));
        const auto file = settings.folder / call.file;
        const auto kept = onWorker([planned = call.planned, arguments = call.arguments, file, maxAge = settings.maxAge, at = clock.now()] {
            return keptAnswer(*planned, arguments, file, maxAge, at);
        });
        ++expected;
        whenDone(kept, &read, [this, call = std::move(call)](std::optional<ReadPage> page) mutable {
                     --expected;
                     if (stopping) return pump();
                     if (!page) return send(std::move(call));
                     ++outcome.kept;
                     answered(std::move(call), std::move(*page));
                     pump();
                 });
    }

    void send(PendingCall call) {
        Target& target = targets[call.target];
        if (const auto failed = renew(target)) return closeTarget(std::move(call), *failed);
        const AwsCall sent = callFor(*call.planned, call.arguments, target.account, call.page);
        const AwsEndpoint own = endpointOf(*sent.service, target.session.partition, aws::Region(call.region));
        HttpRequest request = requestFor(sent, target.session.endpoint.empty() ? own.url : target.session.endpoint);
        signRequest(request, *target.credentials, {own.region.value(), std::string(signingName(*sent.service))}, clock.now() + skew);
        call.accessKeyId = target.credentials->accessKeyId;
        ++outcome.calls;
        const QFuture<Result<HttpResponse>> transfer = http.send(std::move(request));
        const quint64 id = ++lastTransfer;
        transfers.insert(id, transfer);
        ++expected;
        whenDone(transfer, &read, [this, id, call = std::move(call)](Result<HttpResponse> response) mutable {
            transfers.remove(id);
            --expected;
            if (stopping) return pump();
            if (response)
                take(std::move(call), std::move(*response));
            else
                unanswered(std::move(call), std::move(response).error());
        });
    }

    void take(PendingCall call, HttpResponse response) {
        const bool good = response.status >= 200 && response.status < 300;
        if (good) lastGood = Steady::now();
        if (call.planned == &identity) return identified(std::move(call), response);
        const auto file = settings.folder / call.file;
        const auto taken = onWorker([planned = call.planned, arguments = call.arguments, whole = call.whole, file, at = clock.now(),
                                     response = std::make_shared<HttpResponse>(std::move(response))]() mutable {
            return takePage(*planned, arguments, *response, std::move(whole), file, at);
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

    void identified(PendingCall call, const HttpResponse& response) {
        Target& target = targets[call.target];
        const auto answer = readAnswer(*awsService("sts"), "GetCallerIdentity", response);
        if (!answer) return refused(std::move(call), answer.error());
        const auto account = aws::AccountId::parse(textField(*answer, "Account"));
        if (!account) return refused(std::move(call), Error(AwsError::Unreadable, "the caller has no account"));
        target.account = account->value();
        target.known = target.usable = true;
        done(call, true);
        identitiesKnown();
        pump();
    }

    // A page, read just now or before.
    void answered(PendingCall call, ReadPage page) {
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
        if (call.planned->kept == PlannedCall::Kept::Answer) outcome.files.push_back(settings.folder / call.file);
        for (FollowUp& each : page.then)
            for (Arguments& arguments : each.arguments) addFollowing(*each.planned, call.target, call.region, std::move(arguments));
        done(call, true);
        settled(call, true);
    }

    // What hangs on single calls.
    void settled(const PendingCall& call, bool well) {
        Target& target = targets[call.target];
        if (isTold(*call.planned, "describe-organization")) {
            if (well) learnOrganization(call);
            target.organizationTold = true;
            organizationKnown();
        }
        if (isTold(*call.planned, "get-account-authorization-details")) decideFallback(call.target, false);
    }

    void learnOrganization(const PendingCall& call) {
        const auto text = store::readFile(settings.folder / call.file);
        const auto answer = text ? parseJson(*text) : Result<Json>(Json::object());
        if (!answer || !answer->is_object()) return;
        if (const auto organization = answer->find("Organization"); organization != answer->end() && organization->is_object())
            targets[call.target].managementAccount = textField(*organization, "MasterAccountId");
    }

    void done(const PendingCall& call, bool well) {
        ++doneCalls;
        ++placeOf(call).done;
        lanes.ended(call, well);
    }

    [[nodiscard]] std::optional<Steady::time_point> pauseFor(int tries) {
        if (budget <= 0) return std::nullopt;
        --budget;
        ++outcome.repeated;
        // Full jitter: of many that were throttled at once, no two come back together.
        const auto longest = std::min(settings.longestPause, settings.firstPause * (std::int64_t{1} << std::min(tries - 1, 16)));
        return Steady::now() + std::chrono::milliseconds(QRandomGenerator::global()->bounded(qint64{longest.count() + 1}));
    }

    void unanswered(PendingCall call, Error error) {
        Error told = Error(AwsError::NoAnswer, "no answer")
                         .with("service", std::string(call.planned->service))
                         .with("endpoint", std::string(error.fact("host")))
                         .because(std::move(error));
        if (call.networkTries == 0) call.troubledSince = Steady::now();
        if (++call.networkTries < settings.networkTries)
            if (const auto until = pauseFor(call.networkTries)) return lanes.later(std::move(call), *until), pump();
        doubtful.emplace_back(std::move(call), std::move(told));
        pump();
    }

    // Of calls that nobody answered: where somebody answers others, it is this service; where nobody answers anything and more
    // is to be asked, the network is gone. Until one of the two shows they wait. True: something was decided.
    bool judge(bool nothingElse) {
        const auto sure = std::find_if(doubtful.begin(), doubtful.end(), [&](const auto& each) { return each.first.troubledSince < lastGood; });
        if (sure == doubtful.end() && !nothingElse) return false;
        if (sure == doubtful.end() && (doubtful.size() > 1 || lanes.waiting() > 0)) {
            stop(Error(ReadError::NetworkLost).because(std::move(doubtful.front().second)));
            return true;
        }
        const auto one = sure == doubtful.end() ? doubtful.begin() : sure;
        auto [call, error] = std::move(*one);
        doubtful.erase(one);
        closeLane(std::move(call), error);
        return true;
    }

    void refused(PendingCall call, Error error) {
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
        if (call.planned == &identity) return closeTarget(std::move(call), error);
        if (code.is(AwsError::BadCredentials) || code.is(AwsError::RegionDisabled)) return closeLane(std::move(call), error);
        if (isTold(*call.planned, "get-account-authorization-details")) decideFallback(call.target, code.is(AwsError::AccessDenied));
        if (code.is(AwsError::NotFound) || code.is(AwsError::NotInUse)) {
            if (writeAbsence(*call.planned, error, settings.folder / call.file)) outcome.files.push_back(settings.folder / call.file);
        } else {
            gap(call.target, call.region, call.planned->service, call.planned->call, argumentText(call.arguments),
                std::move(error).with("action", std::string(call.planned->action)));
        }
        done(call, false);
        settled(call, false);
        pump();
    }

    // One gap for all that the lane still had to ask.
    void closeLane(PendingCall call, const Error& error) {
        if (call.planned == &identity) return closeTarget(std::move(call), error);
        gap(call.target, call.region, call.planned->service, {}, {}, error);
        auto waiting = lanes.close(call);
        done(call, false);
        settled(call, false);
        dropped(std::move(waiting));
        pump();
    }

    void closeTarget(PendingCall call, const Error& error) {
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

    void dropped(std::vector<PendingCall> calls) {
        doneCalls += calls.size();
        for (const PendingCall& each : calls) {
            ++placeOf(each).done;
            settled(each, false);
        }
    }

    // Whose credentials they are is asked in some region, which need not be one that is read.
    ReadPlace& placeOf(const PendingCall& call) { return counts[{call.target, call.planned == &identity ? std::string() : call.region}]; }

    void gap(std::size_t target, std::string_view region, std::string_view service, std::string_view call, std::string argument, Error error) {
        ++counts[{target, std::string(region)}].gaps;
        outcome.gaps.push_back({targets[target].session.name, targets[target].account, std::string(region), std::string(service),
                                std::string(call), std::move(argument), std::move(error)});
    }

    // What is under way goes out quietly, and may be asked again by the next read.
    void stop(Error why) {
        if (!outcome.stopped) outcome.stopped = std::move(why);
        stopping = true;
        const auto underWay = transfers.values();
        transfers.clear();
        // A canceled future calls nobody back.
        expected -= static_cast<std::size_t>(underWay.size());
        for (QFuture<Result<HttpResponse>> each : underWay) each.cancel();
        pump();
    }

    void end() {
        if (over) return;
        over = true;
        wake.stop();
        tell.stop();
        std::sort(outcome.files.begin(), outcome.files.end());
        Q_EMIT read.progressed(now());
        Q_EMIT read.finished(outcome);
    }

    [[nodiscard]] ReadProgress now() const {
        ReadProgress progress{doneCalls, std::max(known, doneCalls), outcome.objects, outcome.gaps.size(), throttled, {}};
        const auto pausing = lanes.pausing(Steady::now());
        for (const auto& [key, counted] : counts) {
            ReadPlace& place = progress.places.emplace_back(counted);
            place.session = targets[key.first].session.name;
            place.account = targets[key.first].account;
            place.region = key.second;
            place.throttled = pausing.contains(key);
        }
        return progress;
    }

    LiveRead& read;
    HttpClient& http;
    const Clock& clock;
    ReadSettings settings;
    std::vector<Target> targets;
    Lanes lanes;
    int budget;
    UtcTime::Duration skew{0};
    std::set<std::string> asked; // by their files
    std::map<std::pair<std::size_t, std::string>, ReadPlace> counts; // by target and region; without names
    std::set<std::size_t> closed;
    QHash<quint64, QFuture<Result<HttpResponse>>> transfers;
    quint64 lastTransfer = 0;
    std::size_t known = 0, doneCalls = 0;
    std::size_t expected = 0; // answers of the network and of workers
    bool begun = false, organizationAsked = false, stopping = false, over = false, throttled = false;
    Steady::time_point lastGood{};
    std::vector<std::pair<PendingCall, Error>> doubtful; // each under way in its lane
    QTimer wake, tell;
    ReadOutcome outcome;
};

LiveRead::LiveRead(HttpClient& http, const Clock& clock, ReadSettings settings, std::vector<ReadSession> sessions, QObject* parent)
    : QObject(parent), state_(std::make_unique<State>(*this, http, clock, std::move(settings), std::move(sessions))) {}

LiveRead::~LiveRead() {
    for (QFuture<Result<HttpResponse>> each : state_->transfers) each.cancel();
}

void LiveRead::start() {
    state_->begin();
}

void LiveRead::cancel() {
    if (state_->over) return;
    state_->stop(Error(ReadError::Canceled));
}

ReadProgress LiveRead::progress() const {
    return state_->now();
}

} // namespace gw::cloud
