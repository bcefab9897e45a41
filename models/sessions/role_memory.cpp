#include "models/sessions/role_memory.h"

#include "models/store/files.h"
#include "saml/base/json.h"

#include <QThreadPool>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <unordered_set>

namespace gw::sessions {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds refusedFor = 30 * 24h;
constexpr std::chrono::seconds alwaysGranted = 1h;
constexpr int formatVersion = 1;
constexpr int usualZoom = 100;
constexpr int smallestZoom = 25;
constexpr int largestZoom = 500;

std::int64_t integer(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? std::max<std::int64_t>(found->get<std::int64_t>(), 0) : 0;
}

bool isTrue(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_boolean() && found->get<bool>();
}

std::optional<aws::RolePair> pairOf(const Json& value) {
    if (!value.is_array() || value.size() != 2 || !value[0].is_string() || !value[1].is_string()) return std::nullopt;
    auto role = aws::RoleArn::parse(value[0].get_ref<const std::string&>());
    auto provider = aws::SamlProviderArn::parse(value[1].get_ref<const std::string&>());
    if (!role || !provider) return std::nullopt;
    return aws::RolePair{std::move(*role), std::move(*provider)};
}

std::vector<aws::RolePair> missingFrom(const std::vector<aws::RolePair>& all, const std::vector<aws::RolePair>& some) {
    std::unordered_set<std::string> known;
    known.reserve(all.size());
    const auto key = [](const aws::RolePair& pair) { return pair.role.value() + ' ' + pair.provider.value(); };
    for (const aws::RolePair& pair : all) known.insert(key(pair));
    std::vector<aws::RolePair> missing;
    for (const aws::RolePair& pair : some)
        if (!known.contains(key(pair))) missing.push_back(pair);
    return missing;
}

int zoomOf(std::int64_t percent) {
    return percent >= smallestZoom && percent <= largestZoom ? static_cast<int>(percent) : usualZoom;
}

} // namespace

// Writes the latest state on a worker, one write at a time. Outlives its owner until the last one is on disk.
class RoleMemory::Writer : public std::enable_shared_from_this<RoleMemory::Writer> {
public:
    explicit Writer(std::filesystem::path file) : file_(std::move(file)) {}

    void write(State state, std::function<void(Error)> failed) {
        const std::lock_guard lock(mutex_);
        next_ = std::move(state);
        failed_ = std::move(failed);
        if (running_) return;
        running_ = true;
        QThreadPool::globalInstance()->start([self = shared_from_this()] { self->run(); });
    }

    // After that no failure is reported any more.
    void finish() {
        std::unique_lock lock(mutex_);
        failed_ = nullptr;
        idle_.wait(lock, [this] { return !running_; });
    }

private:
    void run() {
        for (;;) {
            State state;
            {
                const std::lock_guard lock(mutex_);
                if (!next_) {
                    running_ = false;
                    idle_.notify_all();
                    return;
                }
                state = std::move(*next_);
                next_.reset();
            }
            const Status status = store::writeFileAtomically(file_, serialize(state));
            const std::lock_guard lock(mutex_);
            if (!status && failed_) failed_(status.error());
        }
    }

    const std::filesystem::path file_;
    std::mutex mutex_;
    std::condition_variable idle_;
    std::optional<State> next_;
    std::function<void(Error)> failed_;
    bool running_ = false;
};

RoleMemory::RoleMemory(std::filesystem::path file, const Clock& clock, QObject* parent)
    : QObject(parent), file_(std::move(file)), clock_(clock), writer_(std::make_shared<Writer>(file_)) {}

RoleMemory::~RoleMemory() {
    writer_->finish();
}

Status RoleMemory::load() {
    auto text = store::readFile(file_);
    if (!text && text.error().code().is(store::FileError::NotFound)) return {};
    if (!text) return fail(std::move(text).error());
    GW_TRY(const Json document, parseJson(*text));
    if (!document.is_object()) return fail(JsonError::Malformed);
    state_ = {};
    if (const auto roles = document.find("roles"); roles != document.end() && roles->is_object()) {
        for (const auto& [arn, facts] : roles->items()) {
            auto role = aws::RoleArn::parse(arn);
            if (!role || !facts.is_object()) continue;
            state_.roles[std::move(*role)] = {isTrue(facts, "favourite"), integer(facts, "last_used"), integer(facts, "granted"),
                                        integer(facts, "refused"), integer(facts, "refused_at")};
        }
    }
    if (const auto known = document.find("providers"); known != document.end() && known->is_object()) {
        for (const auto& [id, pairs] : known->items()) {
            if (!pairs.is_array()) continue;
            std::vector<aws::RolePair> list;
            for (const Json& value : pairs)
                if (auto pair = pairOf(value)) list.push_back(std::move(*pair));
            state_.providers[ProviderId(id)].roles = std::make_shared<const std::vector<aws::RolePair>>(std::move(list));
        }
    }
    if (const auto times = document.find("signed_in"); times != document.end() && times->is_object())
        for (const auto& [id, time] : times->items()) state_.providers[ProviderId(id)].signedIn = integer(*times, id.c_str());
    if (const auto zooms = document.find("zoom"); zooms != document.end() && zooms->is_object())
        for (const auto& [id, percent] : zooms->items()) state_.providers[ProviderId(id)].zoom = zoomOf(integer(*zooms, id.c_str()));
    return {};
}

std::string RoleMemory::serialize(const State& state) {
    Json document;
    document["v"] = formatVersion;
    Json& roles = document["roles"] = Json::object();
    for (const auto& [arn, role] : state.roles) {
        Json facts = Json::object();
        if (role.favourite) facts["favourite"] = true;
        if (role.lastUsed != 0) facts["last_used"] = role.lastUsed;
        if (role.granted != 0) facts["granted"] = role.granted;
        if (role.refused != 0) {
            facts["refused"] = role.refused;
            facts["refused_at"] = role.refusedAt;
        }
        if (!facts.empty()) roles[arn.value()] = std::move(facts);
    }
    Json offered = Json::object();
    Json signedIn = Json::object();
    Json zoom = Json::object();
    for (const auto& [id, provider] : state.providers) {
        if (provider.signedIn != 0) signedIn[id.value()] = provider.signedIn;
        if (provider.zoom != usualZoom) zoom[id.value()] = provider.zoom;
        if (!provider.roles) continue;
        Json& list = offered[id.value()] = Json::array();
        for (const aws::RolePair& pair : *provider.roles) list.push_back(Json::array({pair.role.value(), pair.provider.value()}));
    }
    document["providers"] = std::move(offered);
    document["signed_in"] = std::move(signedIn);
    document["zoom"] = std::move(zoom);
    return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

void RoleMemory::save() {
    writer_->write(state_, [this](Error error) {
        // The destructor waits for the writer, so this object is still there.
        QMetaObject::invokeMethod(this, [this, error = std::move(error)] { Q_EMIT saveFailed(error); }, Qt::QueuedConnection);
    });
    Q_EMIT changed();
}

bool RoleMemory::favourite(const aws::RoleArn& role) const {
    const auto found = state_.roles.find(role);
    return found != state_.roles.end() && found->second.favourite;
}

void RoleMemory::setFavourite(const aws::RoleArn& role, bool favourite) {
    if (this->favourite(role) == favourite) return;
    state_.roles[role].favourite = favourite;
    save();
}

std::int64_t RoleMemory::lastUsed(const aws::RoleArn& role) const {
    const auto found = state_.roles.find(role);
    return found == state_.roles.end() ? 0 : found->second.lastUsed;
}

void RoleMemory::noteUsed(const aws::RoleArn& role) {
    state_.roles[role].lastUsed = clock_.now().unixSeconds();
    save();
}

std::optional<std::chrono::seconds> RoleMemory::cap(const aws::RoleArn& role) const {
    const auto found = state_.roles.find(role);
    if (found == state_.roles.end() || found->second.refused == 0) return std::nullopt;
    const std::chrono::seconds age(clock_.now().unixSeconds() - found->second.refusedAt);
    if (age > refusedFor) return std::nullopt;
    return std::max(std::chrono::seconds(found->second.granted), alwaysGranted);
}

void RoleMemory::noteGranted(const aws::RoleArn& role, std::chrono::seconds duration) {
    Role& known = state_.roles[role];
    // An administrator may have raised the maximum since.
    const bool raised = known.refused != 0 && duration.count() >= known.refused;
    if (duration.count() <= known.granted && !raised) return;
    known.granted = std::max<std::int64_t>(known.granted, duration.count());
    if (raised) known.refused = 0;
    save();
}

void RoleMemory::noteRefused(const aws::RoleArn& role, std::chrono::seconds duration) {
    Role& known = state_.roles[role];
    known.refused = known.refused == 0 ? duration.count() : std::min<std::int64_t>(known.refused, duration.count());
    known.refusedAt = clock_.now().unixSeconds();
    // It may have been lowered, too.
    if (known.granted >= duration.count()) known.granted = 0;
    save();
}

std::vector<aws::RolePair> RoleMemory::knownRoles(const ProviderId& provider) const {
    const auto found = state_.providers.find(provider);
    return found == state_.providers.end() || !found->second.roles ? std::vector<aws::RolePair>() : *found->second.roles;
}

RoleChanges RoleMemory::noteSignIn(const ProviderId& provider, std::vector<aws::RolePair> roles) {
    RoleChanges changes;
    Known& known = state_.providers[provider];
    if (known.roles && *known.roles != roles) changes = {missingFrom(*known.roles, roles), missingFrom(roles, *known.roles)};
    if (!known.roles || *known.roles != roles) known.roles = std::make_shared<const std::vector<aws::RolePair>>(std::move(roles));
    known.signedIn = clock_.now().unixSeconds();
    save();
    return changes;
}

std::int64_t RoleMemory::lastSignIn(const ProviderId& provider) const {
    const auto found = state_.providers.find(provider);
    return found == state_.providers.end() ? 0 : found->second.signedIn;
}

int RoleMemory::zoom(const ProviderId& provider) const {
    const auto found = state_.providers.find(provider);
    return found == state_.providers.end() ? usualZoom : found->second.zoom;
}

void RoleMemory::setZoom(const ProviderId& provider, int percent) {
    if (zoom(provider) == zoomOf(percent)) return;
    state_.providers[provider].zoom = zoomOf(percent);
    save();
}

} // namespace gw::sessions
