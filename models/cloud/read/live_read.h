// Reads what an estate is made of from AWS itself, with the sessions of a person: the calls of plan.h, several accounts and
// regions at once. Each answer becomes a file as AWS's command line would have written it, below one folder: an interrupted
// read is a folder that can be imported, and the next read of it goes on where this one ended. What a finished read did not
// find any more is removed there (answer_journal.h).
//
//   identities ──all told──▶ calls of each account and region ──each answer──▶ the calls that follow from it
//                            └ organization known ──▶ its calls, in one session
//
// A call that AWS refuses is a gap, and the others go on. Throttling slows the lane (one service in one region of an account)
// down, by pauses of any length up to one that doubles; all repetitions share one budget. Calls and signals are on the thread
// that it lives in; answers are read and written on the thread pool. No credentials are written.
#pragma once

#include "models/cloud/credentials.h"
#include "models/cloud/http_client.h"
#include "models/cloud/read/plan.h"
#include "saml/base/clock.h"

#include <QObject>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gw::cloud {

// Facts: "session" (its name). NetworkLost has a cause.
#define GW_READ_ERRORS(X) \
    X(NetworkLost, "network_lost") \
    X(Canceled, "canceled") \
    X(NothingToRead, "nothing_to_read")
// NothingToRead: none of the sessions can be used.
GW_ERROR_ENUM(ReadError, "read", GW_READ_ERRORS);

struct ReadSession {
    std::string name; // for people: a profile
    aws::Partition partition = aws::Partition::Aws;
    std::vector<aws::Region> regions;
    std::string endpoint; // of all services, without a slash at its end; empty: AWS's own
    // Called before the first call and again when they are about to end; does not wait for a person.
    std::function<Result<Credentials>()> credentials;
};

struct ReadSettings {
    std::filesystem::path folder;
    std::chrono::seconds maxAge{0}; // answers that lie there and are not older are taken
    int inFlight = 24;              // calls at the same time, in all
    int inLane = 4;                 // of them in one lane
    int tries = 8;                  // of a call that is throttled
    int networkTries = 4;           // of one that nobody answers, or that fails at AWS
    int budget = 500;               // repetitions in all; each answer gives one back
    std::chrono::milliseconds firstPause{250}, longestPause{20'000};
};

struct ReadGap {
    std::string session, account, region, service;
    std::string call, argument; // empty: all that was still to be asked there
    Error error;
};

// A region of a session's account, or what the account has in none.
struct ReadPlace {
    std::string session, account, region; // account: empty until AWS tells it
    std::size_t done = 0, known = 0, gaps = 0;
    bool throttled = false; // something in it pauses
};

struct ReadProgress {
    std::size_t done = 0, known = 0; // calls; more become known as answers come
    std::size_t objects = 0, gaps = 0;
    bool throttled = false; // some lane pauses
    std::vector<ReadPlace> places; // by session as they were given, then by region
};

struct ReadOutcome {
    std::vector<std::filesystem::path> files; // what was read, for the importer
    std::vector<ReadGap> gaps;
    std::vector<std::string> accounts;
    std::optional<Error> stopped; // it did not come to its end, and can go on
    std::optional<UtcTime> oldest; // of its answers
    std::size_t calls = 0, kept = 0, repeated = 0, objects = 0; // calls made; answers taken from an earlier read
};

class LiveRead final : public QObject {
    Q_OBJECT
public:
    LiveRead(HttpClient& http, const Clock& clock, ReadSettings settings, std::vector<ReadSession> sessions, QObject* parent = nullptr);
    ~LiveRead() override;

    void start();
    // Ends with `finished`; what was answered is kept.
    void cancel();
    [[nodiscard]] ReadProgress progress() const;

Q_SIGNALS:
    // A few times a second.
    void progressed(const gw::cloud::ReadProgress& progress);
    // Once.
    void finished(const gw::cloud::ReadOutcome& outcome);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace gw::cloud
