// All sessions of this person: live ones with their credentials, and those that ended today. Lives on the GUI thread.
// One timer serves all countdowns; it reads the clock each time, so suspend and clock changes are seen at the next tick.
#pragma once

#include "models/cloud/credentials.h"
#include "models/sessions/session.h"
#include "models/store/secret_store.h"
#include "saml/base/clock.h"
#include "saml/base/random.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <optional>
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

    // The session gets its id here. A live session with the same profile ends as Replaced, unless it is of another role:
    // then ProfileTaken.
    [[nodiscard]] Result<SessionId> add(Session session, cloud::Credentials credentials);
    // Forgets the credentials here and in the secret store.
    void end(const SessionId& id, EndReason reason = EndReason::EndedByPerson);
    void endAll();
    [[nodiscard]] Status setProfile(const SessionId& id, const ProfileName& profile);
    void noteConsumer(const SessionId& id, Consumer consumer);

    // Live first, by their end; then ended ones, latest first.
    [[nodiscard]] std::span<const Session> sessions() const { return sessions_; }
    [[nodiscard]] const Session* find(const SessionId& id) const;
    [[nodiscard]] const Session* findByProfile(const ProfileName& profile) const;
    [[nodiscard]] std::vector<Consumer> consumers(const SessionId& id) const;     // latest first, at most 50
    // A copy for one consumer. Expired, Ended and NoSuchSession are told apart.
    [[nodiscard]] Result<cloud::Credentials> credentials(const SessionId& id) const;
    [[nodiscard]] bool outlivesProcess() const { return secrets_.outlivesProcess(); }
    [[nodiscard]] const Clock& clock() const { return clock_; }

Q_SIGNALS:
    void changed();                                        // the set or the data of a session
    void ticked();                                         // once a second while a session is live
    void timeLeftChanged(const gw::sessions::SessionId& id, gw::sessions::TimeLeft left);
    void restored();
    void secretStoreFailed(const gw::Error& error);        // sessions go on in memory

private:
    struct Held;
    void tick();
    void persist();
    void sort();
    Session* findMutable(const SessionId& id);

    const Clock& clock_;
    Random& random_;
    store::SecretStore& secrets_;
    QTimer timer_;
    std::vector<Session> sessions_;
    std::map<SessionId, cloud::Credentials> credentials_;
    std::map<SessionId, std::vector<Consumer>> consumers_;
    std::map<SessionId, TimeLeft> lastLeft_;
};

} // namespace gw::sessions
