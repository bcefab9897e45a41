// Runs the sign-ins: at most one for each provider. Decides what comes next (chooser, straight on, renewal), remembers
// what was learnt, and tells the person. No dialogs, and no window without a person having asked for one.
#pragma once

#include "ui/sessions/sign_in_attempt.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <set>

namespace gw::ui {

class RoleChooser;
class PastePage;

class SignInCoordinator : public QObject {
    Q_OBJECT
public:
    using Way = SignInAttempt::Way;

    explicit SignInCoordinator(const SessionsContext& context, QObject* parent = nullptr);
    ~SignInCoordinator() override;

    // By the provider's own way. Shows the running one where there is one already.
    void signIn(const sessions::ProviderId& provider);
    void signIn(const sessions::ProviderId& provider, Way way);
    // The chooser over an assertion that is still usable; otherwise as signIn.
    void chooseRoles(const sessions::ProviderId& provider);
    // The same role again: from the usable assertion, or after a sign-in.
    void startAgain(const sessions::Session& session);
    void startRole(const sessions::ProviderId& provider, const aws::RolePair& pair);
    // The same role, duration and profile; the new session replaces the old one.
    void renew(const sessions::SessionId& session, bool mayAsk = true);
    void cancel(const sessions::ProviderId& provider);
    void forgetCookies(const sessions::ProviderId& provider);
    // Takes away what a failed or finished sign-in left to be seen.
    void dismiss(const sessions::ProviderId& provider);

    // A response that came from the command line. `done` is called once, with the roles or why not.
    using Done = std::function<void(Result<aws::Claims>)>;
    void acceptText(const sessions::ProviderId& provider, std::string_view text, Done done);
    // Called once; with nothing where the sign-in was given up meanwhile.
    using StartDone = std::function<void(std::vector<sessions::ExchangeOutcome>)>;
    // Fails with SignInError::NoUsableAssertion where there is none.
    [[nodiscard]] Status start(const sessions::ProviderId& provider, std::vector<sessions::RoleChoice> choices, StartDone done);

    [[nodiscard]] const SignInAttempt* attempt(const sessions::ProviderId& provider) const;
    [[nodiscard]] bool renewing(const sessions::SessionId& session) const { return renewing_.contains(session); }
    // The provider whose sign-in failed last, with its error; what the page shows in place.
    [[nodiscard]] const SignInAttempt* failed() const;
    // The choice that a person who chooses nothing gets.
    [[nodiscard]] sessions::RoleChoice defaultChoice(const sessions::Provider& provider, const aws::RolePair& pair,
                                                     const std::vector<sessions::ProfileName>& alsoTaken = {}) const;

Q_SIGNALS:
    void changed(const gw::sessions::ProviderId& provider);
    // Once a second while anything counts down here.
    void ticked();

private:
    void startChoice(const sessions::Provider& provider, const sessions::RoleChoice& choice);
    SignInAttempt& begin(const sessions::Provider& provider, Way way);
    [[nodiscard]] Way wayOf(const sessions::Provider& provider) const;
    void stageChanged(SignInAttempt& attempt);
    void becameUsable(SignInAttempt& attempt);
    void exchanged(SignInAttempt& attempt, const std::vector<sessions::ExchangeOutcome>& outcomes);
    void showChooser(SignInAttempt& attempt);
    void showPaste(SignInAttempt& attempt);
    void closePages();
    void tellStarted(SignInAttempt& attempt, const std::vector<sessions::ExchangeOutcome>& outcomes);
    void timeLeftChanged(const sessions::SessionId& session, sessions::TimeLeft left);
    void personNeeded(SignInAttempt& attempt);
    void expire(const sessions::ProviderId& provider);
    void drop(const sessions::ProviderId& provider);

    const SessionsContext& context_;
    std::map<sessions::ProviderId, std::unique_ptr<SignInAttempt>> attempts_;
    std::map<sessions::ProviderId, Done> waiting_;
    std::map<sessions::ProviderId, StartDone> starting_;
    std::set<sessions::SessionId> renewing_;
    QPointer<RoleChooser> chooser_;
    QPointer<PastePage> paste_;
    QTimer timer_;
};

} // namespace gw::ui
