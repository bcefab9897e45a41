// One sign-in, from "waiting for the person" to sessions: a small state machine without an event loop of its own.
//
//   WaitingForPerson ──capture──▶ Verifying ──ok──▶ Choosing ──exchange──▶ Exchanging ──▶ Choosing (roles can be added)
//        ▲   └──cancel──▶ Cancelled   └──bad──▶ Failed        └──deadline──▶ Stale
//
// The network, the clock and the browser are given; verifying runs on the global thread pool; nothing is shown here. The
// captured bytes are wiped on Failed, Cancelled and Stale. accept() does nothing after WaitingForPerson, exchange() nothing
// outside Choosing, and cancel() nothing once it is over.
#pragma once

#include "models/cloud/sts_client.h"
#include "models/sessions/providers/provider.h"
#include "models/sessions/role_memory.h"
#include "models/sessions/session_book.h"
#include "saml/aws/claims.h"
#include "saml/protocol/assertion_verifier.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace gw::sessions {

struct RoleChoice {
    aws::RolePair pair;
    std::optional<std::chrono::seconds> duration;
    aws::Region region;
    ProfileName profile;
    std::string sessionPolicy{};       // as compactSessionPolicy gives it; empty for none
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

    // For encrypted assertions; before accept().
    // `problems` are those of keys that are configured and could not be read; an encrypted response that no other key opens
    // then ends in NeededDecryptionKey.
    void setDecryptionKeys(std::vector<saml::DecryptionKey> keys, std::vector<Error> problems = {}) {
        decryptionKeys_ = std::move(keys);
        keyProblems_ = std::move(problems);
    }
    [[nodiscard]] const std::vector<Error>& keyProblems() const { return keyProblems_; }

    void accept(saml::CapturedResponse response);
    void cancel();
    // Several at once from the same assertion; each answers for itself in `exchanged`, which comes when all have. A choice
    // without a duration takes the provider's, without a region the provider's default, without a profile a suggested one.
    // Errors of an outcome: StsError, SessionError (profile), ClaimError::NotAPair (not offered by this assertion).
    void exchange(std::vector<RoleChoice> choices);

    [[nodiscard]] Stage stage() const { return stage_; }
    [[nodiscard]] const Provider& provider() const { return provider_; }
    // Set from Choosing on, and on Failed where the assertion is good but names no role to use. Not set where `unreadable` is.
    [[nodiscard]] const saml::VerifiedAssertion* assertion() const { return assertion_ ? &*assertion_ : nullptr; }
    // Set in place of the assertion where only AWS can decrypt it. The claims then hold the roles of the last sign-in and
    // nothing else; the response is exchanged as it is, and AWS alone decides. Without roles known from before it ends in
    // Failed with EncryptedAssertion.
    [[nodiscard]] const saml::UnreadableAssertion* unreadable() const { return unreadable_ ? &*unreadable_ : nullptr; }
    [[nodiscard]] const aws::Claims& claims() const { return claims_; }
    // Until when AWS takes this assertion: five minutes after issue, its own limits, whichever is first.
    [[nodiscard]] std::optional<UtcTime> deadline() const;
    [[nodiscard]] const std::optional<Error>& error() const { return error_; } // VerifyError, ClaimError or TrustError
    // Against the sign-in before this one, where there is a memory. Set from Choosing on.
    [[nodiscard]] const RoleChanges& roleChanges() const { return changes_; }
    // AWS's clock minus ours, from the last answer of STS.
    [[nodiscard]] std::optional<std::chrono::milliseconds> clockOffset() const { return clockOffset_; }

Q_SIGNALS:
    void stageChanged(gw::sessions::SignIn::Stage stage);
    void exchanged(const std::vector<gw::sessions::ExchangeOutcome>& outcomes);

private:
    struct Batch;
    void enter(Stage stage);
    void failWith(Error error);
    void examined(saml::Examination examination);
    [[nodiscard]] bool offerKnownRoles();
    [[nodiscard]] bool isReplay();
    void watchDeadline();
    void startNext(const std::shared_ptr<Batch>& batch);
    void answered(const std::shared_ptr<Batch>& batch, std::size_t index, Result<cloud::AssumedRole> result);
    void settle(const std::shared_ptr<Batch>& batch, std::size_t index, Result<SessionId> outcome);
    [[nodiscard]] Status check(const RoleChoice& choice) const;
    [[nodiscard]] cloud::AssumeRoleWithSamlRequest requestFor(const RoleChoice& choice) const;
    [[nodiscard]] Result<SessionId> book(const RoleChoice& choice, cloud::AssumedRole role);

    Provider provider_;
    saml::TrustedProvider trusted_;
    std::vector<saml::DecryptionKey> decryptionKeys_;
    std::vector<Error> keyProblems_;
    cloud::StsClient& sts_;
    SessionBook& book_;
    saml::ReplayCache& replay_;
    const Clock& clock_;
    RoleMemory* memory_ = nullptr;
    QTimer timer_{this};
    Stage stage_ = Stage::WaitingForPerson;
    std::shared_ptr<const saml::CapturedResponse> captured_;
    std::optional<saml::VerifiedAssertion> assertion_;
    std::optional<saml::UnreadableAssertion> unreadable_;
    aws::Claims claims_;
    std::optional<Error> error_;
    std::vector<QFuture<Result<cloud::AssumedRole>>> running_;
    RoleChanges changes_;
    std::optional<std::chrono::milliseconds> clockOffset_;
};

} // namespace gw::sessions
