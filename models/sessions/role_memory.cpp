#include "models/sessions/role_memory.h"

#include "models/store/files.h"
#include "saml/base/json.h"

#include <QThreadPool>

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace gw::sessions {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds refusedFor = 30 * 24h;
constexpr std::chrono::seconds alwaysGranted = 1h;
constexpr int formatVersion = 1;

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
    std::vector<aws::RolePair> missing;
    for (const aws::RolePair& pair : some)
        if (std::find(all.begin(), all.end(), pair) == all.end()) missing.push_back(pair);
    return missing;
}

} // namespace

// Writes the latest text on a worker, one write at a time. Outlives its owner until the last one is on disk.
class RoleMemory::Writer : public std::enable_shared_from_this<RoleMemory::Writer> {
public:
    explicit Writer(std::filesystem::path file) : file_(std::move(file)) {}

    void write(std::string text, std::function<void(Error)> failed) {
        const std::lock_guard lock(mutex_);
        next_ = std::move(text);
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
            std::string text;
            {
                const std::lock_guard lock(mutex_);
                if (!next_) {
                    running_ = false;
                    idle_.notify_all();
                    return;
                }
                text = std::move(*next_);
                next_.reset();
            }
            const Status status = store::writeFileAtomically(file_, text);
            const std::lock_guard lock(mutex_);
            if (!status && failed_) failed_(status.error());
        }
    }

    const std::filesystem::path file_;
    std::mutex mutex_;
    std::condition_variable idle_;
    std::optional<std::string> next_;
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
    roles_.clear();
    known_.clear();
    if (const auto roles = document.find("roles"); roles != document.end() && roles->is_object()) {
        for (const auto& [arn, facts] : roles->items()) {
            auto role = aws::RoleArn::parse(arn);
            if (!role || !facts.is_object()) continue;
            roles_[std::move(*role)] = {isTrue(facts, "favourite"), integer(facts, "last_used"), integer(facts, "granted"),
                                        integer(facts, "refused"), integer(facts, "refused_at")};
        }
    }
    if (const auto known = document.find("providers"); known != document.end() && known->is_object()) {
        for (const auto& [id, pairs] : known->items()) {
            if (!pairs.is_array()) continue;
            auto& list = known_[ProviderId(id)];
            for (const Json& value : pairs)
                if (auto pair = pairOf(value)) list.push_back(std::move(*pair));
        }
    }
    return {};
}

std::string RoleMemory::serialize() const {
    Json document;
    document["v"] = formatVersion;
    Json& roles = document["roles"] = Json::object();
    for (const auto& [arn, role] : roles_) {
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
    Json& known = document["providers"] = Json::object();
    for (const auto& [id, pairs] : known_) {
        Json& list = known[id.value()] = Json::array();
        for (const aws::RolePair& pair : pairs) list.push_back(Json::array({pair.role.value(), pair.provider.value()}));
    }
    return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

void RoleMemory::save() {
    writer_->write(serialize(), [this](Error error) {
        // The destructor waits for the writer, so this object is still there.
        QMetaObject::invokeMethod(this, [this, error = std::move(error)] { Q_EMIT saveFailed(error); }, Qt::QueuedConnection);
    });
    Q_EMIT changed();
}

bool RoleMemory::favourite(const aws::RoleArn& role) const {
    const auto found = roles_.find(role);
    return found != roles_.end() && found->second.favourite;
}

void RoleMemory::setFavourite(const aws::RoleArn& role, bool favourite) {
    if (this->favourite(role) == favourite) return;
    roles_[role].favourite = favourite;
    save();
}

std::int64_t RoleMemory::lastUsed(const aws::RoleArn& role) const {
    const auto found = roles_.find(role);
    return found == roles_.end() ? 0 : found->second.lastUsed;
}

void RoleMemory::noteUsed(const aws::RoleArn& role) {
    roles_[role].lastUsed = clock_.now().unixSeconds();
    save();
}

std::optional<std::chrono::seconds> RoleMemory::cap(const aws::RoleArn& role) const {
    const auto found = roles_.find(role);
    if (found == roles_.end() || found->second.refused == 0) return std::nullopt;
    const std::chrono::seconds age(clock_.now().unixSeconds() - found->second.refusedAt);
    if (age > refusedFor) return std::nullopt;
    return std::max(std::chrono::seconds(found->second.granted), alwaysGranted);
}

void RoleMemory::noteGranted(const aws::RoleArn& role, std::chrono::seconds duration) {
    Role& known = roles_[role];
    // An administrator may have raised the maximum since.
    const bool raised = known.refused != 0 && duration.count() >= known.refused;
    if (duration.count() <= known.granted && !raised) return;
    known.granted = std::max<std::int64_t>(known.granted, duration.count());
    if (raised) known.refused = 0;
    save();
}

void RoleMemory::noteRefused(const aws::RoleArn& role, std::chrono::seconds duration) {
    Role& known = roles_[role];
    known.refused = known.refused == 0 ? duration.count() : std::min<std::int64_t>(known.refused, duration.count());
    known.refusedAt = clock_.now().unixSeconds();
    // It may have been lowered, too.
    if (known.granted >= duration.count()) known.granted = 0;
    save();
}

std::vector<aws::RolePair> RoleMemory::knownRoles(const ProviderId& provider) const {
    const auto found = known_.find(provider);
    return found == known_.end() ? std::vector<aws::RolePair>() : found->second;
}

RoleChanges RoleMemory::noteRoles(const ProviderId& provider, std::vector<aws::RolePair> roles) {
    RoleChanges changes;
    const auto found = known_.find(provider);
    if (found != known_.end()) {
        if (found->second == roles) return changes;
        changes = {missingFrom(found->second, roles), missingFrom(roles, found->second)};
    }
    known_[provider] = std::move(roles);
    save();
    return changes;
}

} // namespace gw::sessions
