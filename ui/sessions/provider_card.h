// One identity provider: who it is, how far it is trusted, what can be done with it now.
#pragma once

#include "ui/sessions/sessions_context.h"
#include "ui/widgets/icon_label.h"

namespace gw::ui {

class Button;
class Chip;
class CountdownRing;
class IconButton;
class SignInAttempt;
class SignInCoordinator;
class Text;

class ProviderCard : public Card {
    Q_OBJECT
public:
    ProviderCard(const SessionsContext& context, SignInCoordinator& coordinator, const sessions::Provider& provider, QWidget* parent = nullptr);

    [[nodiscard]] const sessions::ProviderId& id() const { return id_; }
    // The provider, the attempt or the trust changed.
    void refresh();
    void tick();
    void showMenu();
    // To the card's main button, or to where that will come back.
    void takeFocus();

Q_SIGNALS:
    void editWanted(const gw::sessions::ProviderId& id);
    void removeWanted(const gw::sessions::ProviderId& id);

private:
    void loadTrust();
    void showState(const SignInAttempt* attempt);
    void showParts(const SignInAttempt* attempt);
    [[nodiscard]] QString lastSignInText() const;

    const SessionsContext& context_;
    SignInCoordinator& coordinator_;
    sessions::ProviderId id_;
    std::optional<Result<sessions::Trust>> trust_;
    bool trustAsked_ = false;
    bool parked_ = false;    // the focus waits on `more_` for a button to come back
    Text *name_, *host_, *state_, *left_;
    Chip *verification_, *certificate_, *key_, *mode_;
    CountdownRing* ring_;
    Button *go_, *cancel_;
    IconButton* more_;
};

} // namespace gw::ui
