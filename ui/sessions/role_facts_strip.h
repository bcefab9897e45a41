// What is known about the assertion, above the roles: time left, who vouches for it, for whom, and what changed.
#pragma once

#include "ui/sessions/sign_in_attempt.h"
#include "ui/widgets/icon_label.h"


namespace gw::ui {

class CountdownRing;
class Text;

class RoleFactsStrip : public Panel {
    Q_OBJECT
public:
    RoleFactsStrip(const SignInAttempt& attempt, QWidget* parent = nullptr);
    void tick(std::chrono::seconds left, std::chrono::seconds total);

private:
    CountdownRing* ring_;
    Text* left_;
    Text* leftNote_;
};

} // namespace gw::ui
