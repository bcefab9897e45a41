#include "models/sessions/session_book.h"

#include "models/sessions/outputs/outputs.h"
#include "models/sessions/session_record.h"
#include "models/store/when_done.h"

#include <QDateTime>

#include <algorithm>

namespace gw::sessions {
namespace {

constexpr std::size_t maxConsumers = 50;
constexpr std::int64_t tickMilliseconds = 1000;
const std::string indexKey = "sessions";

std::string recordKey(const SessionId& id) {
    return "session/" + id.value();
}

// "Today" is the person's own day.
QDate localDay(UtcTime time) {
    return QDateTime::fromMSecsSinceEpoch(time.unixMilliseconds()).date();
}

} // namespace

SessionBook::SessionBook(const Clock& clock, Random& random, store::SecretStore& secrets, QObject* parent)
    : QObject(parent), clock_(clock), random_(random), secrets_(secrets) {
    timer_.setSingleShot(true);
    timer_.setTimerType(Qt::PreciseTimer);
    connect(&timer_, &QTimer::timeout, this, [this] {
        refresh();
        Q_EMIT ticked();
    });
}

SessionBook::~SessionBook() = default;

Result<SessionId> SessionBook::add(Session session, cloud::Credentials credentials) {
    if (session.profile.empty()) session.profile = suggestProfile(session, profilesInUse());
    GW_CHECK(checkProfile(session.profile, session.pair));
    const UtcTime now = clock_.now();
    if (const Session* earlier = liveWith(session.profile)) finish(*findMutable(earlier->id), EndReason::Replaced, now);
    session.id = freshId();
    session.end = EndReason::NotEnded;
    const SessionId id = session.id;
    held_[id] = {std::move(credentials), session.timeLeft(now)};
    keep(session);
    sessions_.push_back(std::move(session));
    writeIndex();
    prune();
    sort();
    schedule();
    Q_EMIT changed();
    return id;
}

void SessionBook::end(const SessionId& id, EndReason reason) {
    Session* session = findMutable(id);
    if (session == nullptr || !finish(*session, reason, clock_.now())) return;
    writeIndex();
    sort();
    schedule();
    Q_EMIT changed();
}

void SessionBook::endAll() {
    const UtcTime now = clock_.now();
    bool any = false;
    for (Session& session : sessions_) any = finish(session, EndReason::EndedByPerson, now) || any;
    if (!any) return;
    writeIndex();
    sort();
    schedule();
    Q_EMIT changed();
}

Status SessionBook::setProfile(const SessionId& id, const ProfileName& profile) {
    Session* session = findMutable(id);
    if (session == nullptr) return fail(Error(SessionError::NoSuchSession).with("session", id.value()));
    if (!isProfileName(profile.value())) return fail(Error(SessionError::BadProfileName).with("profile", profile.value()));
    const Session* holder = liveWith(profile);
    if (holder != nullptr && holder->id != id) return fail(Error(SessionError::ProfileTaken).with("profile", profile.value()));
    if (session->profile == profile) return {};
    session->profile = profile;
    if (held_.contains(id)) keep(*session);
    Q_EMIT changed();
    return {};
}

Status SessionBook::checkProfile(const ProfileName& profile, const aws::RolePair& pair) const {
    if (!isProfileName(profile.value())) return fail(Error(SessionError::BadProfileName).with("profile", profile.value()));
    const Session* holder = liveWith(profile);
    if (holder != nullptr && holder->pair.role != pair.role)
        return fail(Error(SessionError::ProfileTaken).with("profile", profile.value()).with("role", holder->pair.role.value()));
    return {};
}

void SessionBook::noteConsumer(const SessionId& id, Consumer consumer) {
    if (find(id) == nullptr) return;
    auto& consumers = consumers_[id];
    consumers.insert(consumers.begin(), std::move(consumer));
    if (consumers.size() > maxConsumers) consumers.resize(maxConsumers);
    Q_EMIT changed();
}

const Session* SessionBook::find(const SessionId& id) const {
    const auto found = std::find_if(sessions_.begin(), sessions_.end(), [&id](const Session& session) { return session.id == id; });
    return found == sessions_.end() ? nullptr : &*found;
}

Session* SessionBook::findMutable(const SessionId& id) {
    return const_cast<Session*>(find(id));
}

const Session* SessionBook::liveWith(const ProfileName& profile) const {
    const UtcTime now = clock_.now();
    const auto found = std::find_if(sessions_.begin(), sessions_.end(),
                                    [&](const Session& session) { return session.profile == profile && session.live(now); });
    return found == sessions_.end() ? nullptr : &*found;
}

const Session* SessionBook::findByProfile(const ProfileName& profile) const {
    if (const Session* live = liveWith(profile)) return live;
    // Ended ones are sorted by their end; one whose time ran out since the last tick ended later than all of them.
    const auto found = std::find_if(sessions_.begin(), sessions_.end(), [&](const Session& session) { return session.profile == profile; });
    return found == sessions_.end() ? nullptr : &*found;
}

std::vector<ProfileName> SessionBook::profilesInUse() const {
    const UtcTime now = clock_.now();
    std::vector<ProfileName> names;
    for (const Session& session : sessions_)
        if (session.live(now)) names.push_back(session.profile);
    return names;
}

std::vector<Consumer> SessionBook::consumers(const SessionId& id) const {
    const auto found = consumers_.find(id);
    return found == consumers_.end() ? std::vector<Consumer>() : found->second;
}

Result<cloud::Credentials> SessionBook::credentials(const SessionId& id) const {
    const Session* session = find(id);
    if (session == nullptr) return fail(Error(SessionError::NoSuchSession).with("session", id.value()));
    const auto refuse = [session](SessionError code) {
        return fail(Error(code).with("session", session->id.value()).with("profile", session->profile.value()));
    };
    const bool timeOver = session->end == EndReason::NotEnded && !session->live(clock_.now());
    if (session->end == EndReason::Expired || timeOver) return refuse(SessionError::Expired);
    const auto held = held_.find(id);
    if (session->end != EndReason::NotEnded || held == held_.end()) return refuse(SessionError::Ended);
    return held->second.credentials.clone();
}

void SessionBook::refresh() {
    const UtcTime now = clock_.now();
    bool any = false;
    std::vector<std::pair<SessionId, TimeLeft>> steps;
    for (Session& session : sessions_) {
        const auto held = held_.find(session.id);
        if (held == held_.end()) continue;
        const TimeLeft left = session.timeLeft(now);
        if (left != held->second.lastLeft) steps.emplace_back(session.id, left);
        held->second.lastLeft = left;
        // It ended when its time was over, not when the computer woke up and saw it.
        if (left == TimeLeft::Over) any = finish(session, EndReason::Expired, session.expiration) || any;
    }
    const std::size_t before = sessions_.size();
    prune();
    if (any) writeIndex();
    const bool setChanged = any || sessions_.size() != before;
    if (setChanged) sort();
    schedule();
    for (const auto& [id, left] : steps) Q_EMIT timeLeftChanged(id, left);
    if (setChanged) Q_EMIT changed();
}

// Forgets the credentials. False where the session had ended already.
bool SessionBook::finish(Session& session, EndReason reason, UtcTime when) {
    if (session.end != EndReason::NotEnded) return false;
    session.end = reason == EndReason::NotEnded ? EndReason::EndedByPerson : reason;
    session.ended = when;
    held_.erase(session.id);
    drop(session.id);
    return true;
}

void SessionBook::prune() {
    const QDate today = localDay(clock_.now());
    std::erase_if(sessions_, [&](const Session& session) {
        if (session.end == EndReason::NotEnded || localDay(session.ended) >= today) return false;
        consumers_.erase(session.id);
        return true;
    });
}

void SessionBook::sort() {
    std::stable_sort(sessions_.begin(), sessions_.end(), [](const Session& a, const Session& b) {
        const bool aLive = a.end == EndReason::NotEnded;
        const bool bLive = b.end == EndReason::NotEnded;
        if (aLive != bLive) return aLive;
        return aLive ? a.expiration < b.expiration : a.ended > b.ended;
    });
}

SessionId SessionBook::freshId() {
    for (;;)
        if (SessionId id(random_.hex(6)); find(id) == nullptr) return id;
}

// At each full second of the clock, so that all countdowns change together and when they should.
void SessionBook::schedule() {
    if (held_.empty()) {
        timer_.stop();
        return;
    }
    const std::int64_t passed = clock_.now().unixMilliseconds() % tickMilliseconds;
    timer_.start(static_cast<int>(tickMilliseconds - passed));
}

void SessionBook::restore() {
    restoring_ = true;
    whenDone(secrets_.read(indexKey), this, [this](Result<std::optional<Secret>> answer) { readIndex(std::move(answer)); });
}

void SessionBook::readIndex(Result<std::optional<Secret>> index) {
    storeAnswered(index.map([](const auto&) {}));
    std::vector<SessionId> ids;
    if (index && index->has_value()) {
        const auto list = parseJson((*index)->reveal());
        if (list && list->is_array())
            for (const Json& id : *list)
                if (id.is_string() && isSessionId(id.get_ref<const std::string&>())) ids.emplace_back(id.get<std::string>());
    }
    // One more than there are: with none at all it is over at once.
    recordsToRead_ = ids.size() + 1;
    indexChanged_ = !ids.empty();
    for (const SessionId& id : ids)
        whenDone(secrets_.read(recordKey(id)), this,
                 [this, id](Result<std::optional<Secret>> answer) { readRecord(id, std::move(answer)); });
    recordDone();
}

void SessionBook::readRecord(const SessionId& id, Result<std::optional<Secret>> record) {
    storeAnswered(record.map([](const auto&) {}));
    // What could not be read stays in the list for the next start; what is not there any more leaves it.
    if (!record) unread_.insert(id);
    if (record && record->has_value()) {
        auto kept = sessions::readRecord((*record)->reveal());
        const UtcTime now = clock_.now();
        const bool usable = kept && kept->session.id == id && kept->session.live(now) && find(id) == nullptr &&
                            checkProfile(kept->session.profile, kept->session.pair).has_value() &&
                            liveWith(kept->session.profile) == nullptr;
        if (usable) {
            held_[id] = {std::move(kept->credentials), kept->session.timeLeft(now)};
            sessions_.push_back(std::move(kept->session));
        } else {
            drop(id);
        }
    }
    recordDone();
}

void SessionBook::recordDone() {
    if (--recordsToRead_ != 0) return;
    restoring_ = false;
    // Nothing read and nothing added: a locked keyring must not lose its list.
    if (indexChanged_) writeIndex();
    sort();
    schedule();
    Q_EMIT changed();
    Q_EMIT restored();
}

void SessionBook::keep(const Session& session) {
    write(secrets_.write(recordKey(session.id), writeRecord(session, held_.at(session.id).credentials)));
}

void SessionBook::drop(const SessionId& id) {
    write(secrets_.remove(recordKey(id)));
}

// One write at a time: two in flight could arrive in either order.
void SessionBook::writeIndex() {
    indexChanged_ = true;
    if (restoring_ || indexBusy_) return;
    indexBusy_ = true;
    indexChanged_ = false;
    Json ids = Json::array();
    for (const auto& [id, held] : held_) ids.push_back(id.value());
    for (const SessionId& id : unread_) ids.push_back(id.value());
    write(secrets_.write(indexKey, Secret(ids.dump())), [this] {
        indexBusy_ = false;
        if (indexChanged_) writeIndex();
    });
}

void SessionBook::write(QFuture<Status> operation, std::function<void()> then) {
    ++writesUnderWay_;
    whenDone(std::move(operation), this, [this, then = std::move(then)](const Status& answer) {
        storeAnswered(answer);
        if (then) then();
        --writesUnderWay_;
        if (!isStoring()) Q_EMIT stored();
    });
}

// Said once for each run of failures.
void SessionBook::storeAnswered(const Status& status) {
    const bool first = !status && !storeFailing_;
    storeFailing_ = !status;
    if (first) Q_EMIT secretStoreFailed(status.error());
}

} // namespace gw::sessions
