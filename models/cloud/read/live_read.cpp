#include "models/cloud/read/live_read.h"

#include "models/cloud/aws/signature.h"
#include "models/cloud/read/read_run.h"
#include "models/store/on_worker.h"
#include "models/store/when_done.h"

#include <algorithm>

namespace gw::cloud {
namespace {

constexpr std::chrono::milliseconds progressEvery{150};

} // namespace

LiveRead::State::State(LiveRead& owner, HttpClient& client, const Clock& time, ReadSettings given,
                       std::vector<ReadSession> sessions)
    : read(owner), http(client), clock(time), settings(std::move(given)),
      journal(std::make_shared<AnswerJournal>(settings.folder)), lanes(settings.inFlight, settings.inLane),
      budget(settings.budget) {
    for (ReadSession& each : sessions) targets.emplace_back().session = std::move(each);
    wake.setSingleShot(true);
    wake.callOnTimeout(&read, [this] { pump(); });
    tell.setSingleShot(true);
    tell.callOnTimeout(&read, [this] { Q_EMIT read.progressed(now()); });
}

void LiveRead::State::pump() {
    if (over) return;
    const Steady::time_point time = Steady::now();
    while (!stopping) {
        auto call = lanes.take(time);
        if (!call) break;
        go(std::move(*call));
    }
    if (stopping ? expected == 0 : lanes.empty() && expected == 0) return end();
    if (stopping) return;
    const auto next = lanes.nextWake(time);
    if (!doubtful.empty() && judge(lanes.underWay() == doubtful.size() && !next)) return;
    throttled = !lanes.pausing(time).empty();
    if (next) wake.start(std::chrono::ceil<std::chrono::milliseconds>(*next - time));
    if (!tell.isActive()) tell.start(progressEvery);
}

void LiveRead::State::go(PendingCall call) {
    if (settings.maxAge.count() <= 0 || call.planned == &identityCall || call.whole != nullptr || !call.job.empty())
        return send(std::move(call));
    const auto kept = onWorker([planned = call.planned, arguments = call.arguments, place = placeOf(call),
                                folder = settings.folder, maxAge = settings.maxAge,
                                at = clock.now()] { return keptAnswer(*planned, arguments, place, folder, maxAge, at); });
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

void LiveRead::State::send(PendingCall call) {
    Target& target = targets[call.target];
    if (const auto failed = renew(target)) return closeTarget(std::move(call), *failed);
    const bool starts = !call.planned->job.empty() && call.job.empty();
    Arguments arguments = call.arguments;
    if (!call.job.empty()) arguments.push_back(call.job);
    const AwsCall sent = starts ? startOf(*call.planned, arguments) : callFor(*call.planned, arguments, call.region, call.page);
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

// What is under way goes out quietly, and may be asked again by the next read.
void LiveRead::State::stop(Error why) {
    if (!outcome.stopped) outcome.stopped = std::move(why);
    stopping = true;
    const auto underWay = transfers.values();
    transfers.clear();
    // A canceled future calls nobody back.
    expected -= static_cast<std::size_t>(underWay.size());
    for (QFuture<Result<HttpResponse>> each : underWay) each.cancel();
    pump();
}

// The disk comes last: until then a process that is killed loses no answer, and a machine that is switched off those that its
// system did not write yet, which are asked again.
void LiveRead::State::end() {
    if (over) return;
    over = true;
    wake.stop();
    tell.stop();
    std::sort(outcome.files.begin(), outcome.files.end());
    const auto kept = onWorker(
        [journal = journal, received = received, places = outcome.stopped ? std::vector<std::string>() : places]() -> Status {
            if (!received.empty()) GW_CHECK(journal->keepOnly(received, places));
            if (!received.empty()) GW_CHECK(journal->flush());
            return {};
        });
    whenDone(kept, &read, [this](const Status& status) {
        if (!status && !outcome.stopped) outcome.stopped = status.error();
        Q_EMIT read.progressed(now());
        Q_EMIT read.finished(outcome);
    });
}

ReadProgress LiveRead::State::now() const {
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
