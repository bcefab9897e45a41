// All sessions of this person: live ones with their credentials, and those that ended today. Lives on the GUI thread.
// One timer serves all countdowns; it reads the clock each time, so suspend and clock changes are seen at the next tick.
// In the secret store: one value for each live session under "session/ID", and the list of ids under "sessions".
#pragma once

#include "models/cloud/credentials.h"
#include "models/sessions/session.h"
#include "models/store/secret_store.h"
#include "saml/base/clock.h"
#include "saml/base/random.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

namespace gw::sessions {

#define GW_SESSION_ERRORS(X) \
    X(NoSuchSession, "no_such_session") \
    X(NoSuchProfile, "no_such_profile") \
    X(ProfileTaken, "profile_taken") \
    X(BadProfileName, "bad_profile_name") \
    X(Ended, "ended") \
    X(Expired, "expired") \
    X(Locked, "locked")
GW_ERROR_ENUM(SessionError, "session", GW_SESSION_ERRORS);

class SessionBook : public QObject {
    Q_OBJECT
public:
    SessionBook(const Clock& clock, Random& random, store::SecretStore& secrets, QObject* parent = nullptr);
    ~SessionBook() override;

    // Reads what the last run left in the secret store; `restored` follows.
    void restore();

    // The session gets its id here, and a suggested profile where it names none. A live session with the same profile
    // ends as Replaced, unless it is of another role: then ProfileTaken.
    [[nodiscard]] Result<SessionId> add(Session session, cloud::Credentials credentials);
    // Forgets the credentials here and in the secret store.
    void end(const SessionId& id, EndReason reason = EndReason::EndedByPerson);
    void endAll();
    [[nodiscard]] Status setProfile(const SessionId& id, const ProfileName& profile);
    // BadProfileName, or ProfileTaken by a live session of another role; what add() would say.
    [[nodiscard]] Status checkProfile(const ProfileName& profile, const aws::RolePair& pair) const;
    void noteConsumer(const SessionId& id, Consumer consumer);
    // Reads the clock now instead of at the next tick: after a resume from suspend, or when the window comes forward.
    void refresh();

    // Live first, by their end; then ended ones, latest first.
    [[nodiscard]] std::span<const Session> sessions() const { return sessions_; }
    [[nodiscard]] const Session* find(const SessionId& id) const;
    // The live session of that profile, else the one that ended last.
    [[nodiscard]] const Session* findByProfile(const ProfileName& profile) const;
    [[nodiscard]] std::vector<ProfileName> profilesInUse() const;                 // of live sessions
    [[nodiscard]] std::vector<Consumer> consumers(const SessionId& id) const;     // latest first, at most 50
    // A copy for one consumer. Expired, Ended and NoSuchSession are told apart.
    [[nodiscard]] Result<cloud::Credentials> credentials(const SessionId& id) const;
    [[nodiscard]] bool outlivesProcess() const { return secrets_.outlivesProcess(); }
    // The secret store has not answered everything yet: what ended could be there again after a restart. `stored` follows.
    [[nodiscard]] bool isStoring() const { return writesUnderWay_ != 0 || indexChanged_; }
    [[nodiscard]] const Clock& clock() const { return clock_; }

Q_SIGNALS:
    void changed();                                        // the set or the data of a session
    void ticked();                                         // once a second while a session is live
    void timeLeftChanged(const gw::sessions::SessionId& id, gw::sessions::TimeLeft left);
    void restored();
    void stored();                                         // the secret store has answered all, well or not
    void secretStoreFailed(const gw::Error& error);        // sessions go on in memory

private:
    struct Held {
        cloud::Credentials credentials;
        TimeLeft lastLeft = TimeLeft::Plenty;
    };
    void schedule();
    bool finish(Session& session, EndReason reason, UtcTime when);
    void prune();
    void sort();
    [[nodiscard]] SessionId freshId();
    [[nodiscard]] Session* findMutable(const SessionId& id);
    [[nodiscard]] const Session* liveWith(const ProfileName& profile) const;

    void readIndex(Result<std::optional<Secret>> index);
    void readRecord(const SessionId& id, Result<std::optional<Secret>> record);
    void recordDone();
    void keep(const Session& session);
    void drop(const SessionId& id);
    void writeIndex();
    void write(QFuture<Status> operation, std::function<void()> then = {});
    void storeAnswered(const Status& status);

    const Clock& clock_;
    Random& random_;
    store::SecretStore& secrets_;
    QTimer timer_{this};
    std::vector<Session> sessions_;
    std::map<SessionId, Held> held_;
    std::map<SessionId, std::vector<Consumer>> consumers_;
    std::set<SessionId> unread_;
    std::size_t recordsToRead_ = 0;
    std::size_t writesUnderWay_ = 0;
    bool restoring_ = false;
    bool indexBusy_ = false;
    bool indexChanged_ = false;
    bool storeFailing_ = false;
};

} // namespace gw::sessions
