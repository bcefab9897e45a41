// One sign-in, from "waiting for the person" to sessions: a small state machine without an event loop of its own.
//
//   WaitingForPerson ──capture──▶ Verifying ──ok──▶ Choosing ──exchange──▶ Exchanging ──▶ Choosing (roles can be added)
//        ▲   └──cancel──▶ Cancelled   └──bad──▶ Failed        └──deadline──▶ Stale
//
// The network, the clock, the verifier's thread pool and the browser are given; nothing is shown here.
#pragma once

#include "models/cloud/sts_client.h"
#include "models/sessions/providers/provider.h"
#include "models/sessions/role_memory.h"
#include "models/sessions/session_book.h"
#include "saml/aws/claims.h"
#include "saml/protocol/assertion_verifier.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace gw::sessions {

struct RoleChoice {
    aws::RolePair pair;
    std::optional<std::chrono::seconds> duration;
    aws::Region region;
    ProfileName profile;
};

// How one chosen role went.
struct ExchangeOutcome {
    aws::RolePair pair;
    Result<SessionId> session;
};

class SignIn : public QObject {
    Q_OBJECT
public:
    enum class Stage { WaitingForPerson, Verifying, Choosing, Exchanging, Failed, Cancelled, Stale };
    Q_ENUM(Stage)

    // `trusted` is what the provider's metadata and certificates gave. A renewal is an exchange for the same role under
    // the same profile: the book ends the old session as Replaced.
    SignIn(Provider provider, saml::TrustedProvider trusted, cloud::StsClient& sts, SessionBook& book, saml::ReplayCache& replay,
           const Clock& clock, QObject* parent = nullptr);
    ~SignIn() override;

    // Where learned caps, last use and gained or lost roles are kept; may be null. Must outlive this object.
    void setMemory(RoleMemory* memory) { memory_ = memory; }

    void accept(saml::CapturedResponse response);
    void cancel();
    // Several at once from the same assertion; each answers for itself in `exchanged`.
    void exchange(std::vector<RoleChoice> choices);

    [[nodiscard]] Stage stage() const { return stage_; }
    [[nodiscard]] const Provider& provider() const { return provider_; }
    // Set from Choosing on.
    [[nodiscard]] const saml::VerifiedAssertion* assertion() const { return assertion_ ? &*assertion_ : nullptr; }
    [[nodiscard]] const aws::Claims& claims() const { return claims_; }
    // Until when AWS takes this assertion: five minutes after issue, its own limits, whichever is first.
    [[nodiscard]] std::optional<UtcTime> deadline() const;
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    // Against the sign-in before this one, where there is a memory. Set from Choosing on.
    [[nodiscard]] const RoleChanges& roleChanges() const { return changes_; }
    // AWS's clock minus ours, from the last answer of STS.
    [[nodiscard]] std::optional<std::chrono::milliseconds> clockOffset() const { return clockOffset_; }

Q_SIGNALS:
    void stageChanged(gw::sessions::SignIn::Stage stage);
    void exchanged(const std::vector<gw::sessions::ExchangeOutcome>& outcomes);

private:
    void enter(Stage stage);
    void verified(Result<saml::VerifiedAssertion> result);

    Provider provider_;
    saml::TrustedProvider trusted_;
    cloud::StsClient& sts_;
    SessionBook& book_;
    saml::ReplayCache& replay_;
    const Clock& clock_;
    Stage stage_ = Stage::WaitingForPerson;
    std::shared_ptr<saml::CapturedResponse> captured_;
    std::optional<saml::VerifiedAssertion> assertion_;
    aws::Claims claims_;
    std::optional<Error> error_;
};

} // namespace gw::sessions
