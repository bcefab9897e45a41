// What is known about the assertion, above the roles: time left, who vouches for it, for whom, and what changed.
#pragma once

#include "ui/sessions/sign_in_attempt.h"
#include "ui/widgets/icon_label.h"

class QHBoxLayout;

namespace gw::ui {

class CountdownRing;
class Text;

// What stands behind "by both", for a tooltip: which two, and with which algorithm and key.
[[nodiscard]] QString bothVerifiersText(const saml::SignatureFacts& signature);
// The keys for encrypted answers that cannot be used, one a line: what happened, why, what to do. Empty where there is none.
[[nodiscard]] QString keyProblemsText(const std::vector<Error>& problems);

class RoleFactsStrip : public Panel {
    Q_OBJECT
public:
    RoleFactsStrip(const SignInAttempt& attempt, QWidget* parent = nullptr);
    void tick(std::chrono::seconds left, std::chrono::seconds total);

private:
    static void addVerification(QHBoxLayout& row, const SignInAttempt& attempt, const saml::VerifiedAssertion& assertion);
    static void addSubject(QHBoxLayout& row, const SignInAttempt& attempt, const saml::VerifiedAssertion& assertion);
    static void addUnreadable(QHBoxLayout& row, const sessions::SignIn& signIn, const saml::UnreadableAssertion& unreadable);

    CountdownRing* ring_;
    Text* left_;
    Text* leftNote_;
};

} // namespace gw::ui
