// One live read as it goes on; LiveRead is what others see of it. What is asked is decided in read_asks.cpp, what becomes of
// answers in read_answers.cpp, and when it ends in live_read.cpp. Everything is on the thread of the read.
#pragma once

#include "models/cloud/read/answer_store.h"
#include "models/cloud/read/lanes.h"
#include "models/cloud/read/live_read.h"

#include <QHash>
#include <QTimer>

#include <map>
#include <set>
#include <utility>

namespace gw::cloud {

// Whose credentials these are: needs no permission.
inline constexpr PlannedCall identityCall{.service = "sts",
                                          .call = "get-caller-identity",
                                          .action = "sts:GetCallerIdentity",
                                          .scope = PlannedCall::Scope::Region,
                                          .kept = PlannedCall::Kept::ForCallsOnly};

struct LiveRead::State {
    using Steady = std::chrono::steady_clock;

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

    State(LiveRead& owner, HttpClient& client, const Clock& time, ReadSettings given, std::vector<ReadSession> sessions);

    // read_asks.cpp
    void begin();
    void identify();
    void identified(PendingCall call, const HttpResponse& response);
    void identitiesKnown();
    void organizationKnown();
    void learnOrganization(const PendingCall& call);
    void decideFallback(std::size_t index, bool needed);
    void addRoot(const PlannedCall& planned, std::size_t target, const std::string& region);
    void addFollowing(const PlannedCall& planned, std::size_t target, const std::string& region, Arguments arguments);
    void add(PendingCall call);
    // Nothing: there are credentials that last.
    [[nodiscard]] std::optional<Error> renew(Target& target);
    [[nodiscard]] std::string endpointFor(const PendingCall& call) const;
    [[nodiscard]] AnswerPlace placeOf(const PendingCall& call) const;

    // read_answers.cpp
    void take(PendingCall call, HttpResponse response);
    void started(PendingCall call, const HttpResponse& response);
    void answered(PendingCall call, ReadPage page);
    void unanswered(PendingCall call, Error error);
    void refused(PendingCall call, Error error);
    void settled(const PendingCall& call, bool well);
    void done(const PendingCall& call, bool well);
    // Whose credentials they are is asked in some region, which need not be one that is read.
    ReadPlace& countsOf(const PendingCall& call) {
        return counts[{call.target, call.planned == &identityCall ? std::string() : call.region}];
    }
    void failedAgain(const PendingCall& call, const Error& error);
    [[nodiscard]] bool judge(bool nothingElse);
    [[nodiscard]] std::optional<Steady::time_point> pauseFor(int tries);
    void closeLane(PendingCall call, const Error& error);
    void closeTarget(PendingCall call, const Error& error);
    void dropped(std::vector<PendingCall> calls);
    void gap(std::size_t target, std::string_view region, std::string_view service, std::string_view call, std::string argument,
             Error error);

    // live_read.cpp
    void pump();
    void go(PendingCall call);
    void send(PendingCall call);
    void stop(Error why);
    void end();
    [[nodiscard]] ReadProgress now() const;

    LiveRead& read;
    HttpClient& http;
    const Clock& clock;
    ReadSettings settings;
    std::shared_ptr<AnswerJournal> journal;
    std::vector<Target> targets;
    Lanes lanes;
    int budget;
    UtcTime::Duration skew{0};
    std::set<std::string> asked;                                        // by their files
    std::set<std::string> received;                                     // of them
    std::vector<std::string> places;                                    // below which this read tells all there is
    std::map<std::pair<const PlannedCall*, std::string>, int> failures; // in a row, by call and lane
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

} // namespace gw::cloud
