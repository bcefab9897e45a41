// One sign-in at one provider: loads whom to trust, waits for the response from the sign-in window, the system browser or
// a paste, and then holds the verified assertion as long as AWS takes it. Shows nothing but the sign-in window.
#pragma once

#include "models/sessions/signin/sign_in.h"
#include "ui/sessions/sessions_context.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace gw::cloud {
class LoopbackAcs;
}

namespace gw::ui {

class SignInAttempt : public QObject {
    Q_OBJECT
public:
    enum class Way { Window, OffScreen, SystemBrowser, Paste };
    Q_ENUM(Way)
    enum class Stage { Waiting, Verifying, Usable, Exchanging, Failed, Stale };
    Q_ENUM(Stage)

    SignInAttempt(const SessionsContext& context, sessions::Provider provider, Way way, QObject* parent = nullptr);
    ~SignInAttempt() override;

    void start();
    // Switches to another way while waiting for the person; what is loaded already stays.
    void switchTo(Way way);
    void accept(saml::CapturedResponse response);
    // Waits for the answer to what the other one asked; before start().
    void continueFrom(const SignInAttempt& other);
    void exchange(std::vector<sessions::RoleChoice> choices);
    // Brings the sign-in window to the front, where there is one.
    void raise();
    void showWindowStep(int step, const QString& text);

    // Roles to start without asking, as soon as the assertion is there; empty means that a person chooses.
    std::vector<sessions::RoleChoice> wanted;

    [[nodiscard]] Stage stage() const { return stage_; }
    [[nodiscard]] Way way() const { return way_; }
    [[nodiscard]] bool busy() const { return stage_ == Stage::Waiting || stage_ == Stage::Verifying || stage_ == Stage::Exchanging; }
    // The assertion can still be exchanged.
    [[nodiscard]] bool usable() const;
    [[nodiscard]] const sessions::Provider& provider() const { return provider_; }
    [[nodiscard]] const sessions::SignIn* signIn() const { return signIn_.get(); }
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    [[nodiscard]] const std::optional<sessions::Trust>& trust() const { return trust_; }
    // The request on AWS's behalf that was sent last; nothing where the provider is not asked.
    [[nodiscard]] const std::optional<std::string>& requestId() const { return requestId_; }
    // Where the sign-in began, else where it would: whoever brings the answer by hand must begin there, too.
    [[nodiscard]] const std::string& address() const { return address_; }
    // It failed for what the response says, not on the way to it.
    [[nodiscard]] bool responseRefused() const { return stage_ == Stage::Failed && signIn_ != nullptr; }
    // AWS's clock minus ours, where AWS said its time during this sign-in.
    [[nodiscard]] std::optional<std::chrono::milliseconds> clockOffset() const;
    // No sign-in at this provider is remembered.
    [[nodiscard]] bool firstSignIn() const { return first_; }
    [[nodiscard]] UtcTime since() const { return since_; }

Q_SIGNALS:
    void stageChanged();
    void exchanged(const std::vector<gw::sessions::ExchangeOutcome>& outcomes);
    void personNeeded();
    void cancelled();
    void pasteWanted();
    void systemBrowserWanted();
    void keepCookiesChanged(bool keep);

private:
    // Opens what `way_` says, once it is known where the sign-in begins.
    void openWhenReady();
    void openWindow(bool offscreen);
    void openBrowser();
    void closeWindow();
    void loadTrust();
    void verifyIfReady();
    void followSignIn(sessions::SignIn::Stage stage);
    void enter(Stage stage);
    void failWith(Error error);
    void compareClocks(Error error);

    const SessionsContext& context_;
    sessions::Provider provider_;
    Way way_;
    Stage stage_ = Stage::Waiting;
    UtcTime since_;
    std::optional<Error> error_;
    std::optional<sessions::Trust> trust_;
    std::string address_;
    std::optional<std::string> requestId_;
    bool toOpen_ = false;
    std::optional<saml::CapturedResponse> captured_;
    std::unique_ptr<LoginSession> window_;
    std::unique_ptr<cloud::LoopbackAcs> loopback_;
    std::unique_ptr<sessions::SignIn> signIn_;
    std::optional<std::chrono::milliseconds> clockOffset_;
    bool first_ = false;
};

} // namespace gw::ui
