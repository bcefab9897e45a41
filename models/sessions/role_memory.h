// What the console remembers between sign-ins: of roles favourites, last use and the durations they take; of providers the
// roles offered last, when that was, and the zoom of their pages. No secrets. Lives on the GUI thread; the file is written on a worker.
#pragma once

#include "models/sessions/providers/provider.h"
#include "saml/aws/claims.h"
#include "saml/base/clock.h"
#include "saml/base/result.h"

#include <QObject>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gw::sessions {

// The difference between the last two sign-ins at one provider. Both empty at the first one.
struct RoleChanges {
    std::vector<aws::RolePair> gained;
    std::vector<aws::RolePair> lost;
    friend bool operator==(const RoleChanges&, const RoleChanges&) = default;
};

class RoleMemory : public QObject {
    Q_OBJECT
public:
    // Nothing is read until load(). The file belongs to this object: 0600, JSON, unknown keys dropped.
    RoleMemory(std::filesystem::path file, const Clock& clock, QObject* parent = nullptr);
    // Waits for what is being written.
    ~RoleMemory() override;

    // A file that is not there is an empty memory. One that cannot be read is reported and replaced at the next change.
    [[nodiscard]] Status load();

    [[nodiscard]] bool favourite(const aws::RoleArn& role) const;
    void setFavourite(const aws::RoleArn& role, bool favourite);

    // Unix seconds; 0 for never.
    [[nodiscard]] std::int64_t lastUsed(const aws::RoleArn& role) const;
    void noteUsed(const aws::RoleArn& role);

    // The longest duration worth asking for, where a longer one was refused in the last 30 days: STS does not tell a
    // role's maximum, so this is the longest that was granted, at least an hour.
    [[nodiscard]] std::optional<std::chrono::seconds> cap(const aws::RoleArn& role) const;
    void noteGranted(const aws::RoleArn& role, std::chrono::seconds duration);
    void noteRefused(const aws::RoleArn& role, std::chrono::seconds duration);

    // The roles of the last sign-in at this provider, in the order of the assertion.
    [[nodiscard]] std::vector<aws::RolePair> knownRoles(const ProviderId& provider) const;
    // A sign-in with these roles, now. Replaces those of the last one and tells what changed.
    RoleChanges noteSignIn(const ProviderId& provider, std::vector<aws::RolePair> roles);
    // Unix seconds; 0 for never.
    [[nodiscard]] std::int64_t lastSignIn(const ProviderId& provider) const;

    // Of the sign-in window's pages, in per cent: 25 to 500, 100 unless told.
    [[nodiscard]] int zoom(const ProviderId& provider) const;
    void setZoom(const ProviderId& provider, int percent);

Q_SIGNALS:
    void changed();
    void saveFailed(const gw::Error& error);

private:
    struct Role {
        bool favourite = false;
        std::int64_t lastUsed = 0;
        std::int64_t granted = 0;      // seconds; the longest
        std::int64_t refused = 0;      // seconds; the shortest; 0 for none
        std::int64_t refusedAt = 0;    // Unix seconds
    };
    struct Known {
        // Shared with what is being written: an organisation's list is too long to be copied at every change.
        std::shared_ptr<const std::vector<aws::RolePair>> roles;
        std::int64_t signedIn = 0;
        int zoom = 100;
    };
    struct State {
        std::map<aws::RoleArn, Role> roles;
        std::map<ProviderId, Known> providers;
    };
    class Writer;
    void save();
    [[nodiscard]] static std::string serialize(const State& state);

    std::filesystem::path file_;
    const Clock& clock_;
    State state_;
    std::shared_ptr<Writer> writer_;
};

} // namespace gw::sessions
