// The right panel of the Sessions screen: the selected session, how to use it, and who did.
#pragma once

#include "ui/sessions/sessions_context.h"
#include "ui/widgets/icon_label.h"

class QGridLayout;
class QVBoxLayout;

namespace gw::ui {

class Button;
class CountdownRing;
class EnvironmentTag;
class SignInCoordinator;
class Text;
class UseItTabs;

class SessionPanel : public Panel {
    Q_OBJECT
public:
    SessionPanel(const SessionsContext& context, SignInCoordinator& coordinator, QWidget* parent = nullptr);

    // Hides itself where there is no such live session.
    void show(const sessions::SessionId& id);
    void refresh();
    void tick();
    [[nodiscard]] UseItTabs& useIt() { return *useIt_; }
    // The second step of ending, with the keyboard on it.
    void askEnd();

private:
    void buildHead(QVBoxLayout* column);
    void showConsumers();
    void showFacts(const sessions::Session& session);
    void cancelEnd();

    const SessionsContext& context_;
    SignInCoordinator& coordinator_;
    sessions::SessionId id_;
    CountdownRing* ring_ = nullptr;
    Text *role_ = nullptr, *account_ = nullptr, *times_ = nullptr, *noConsumers_ = nullptr;
    EnvironmentTag* environment_ = nullptr;
    Button *renew_ = nullptr, *end_ = nullptr, *confirmEnd_ = nullptr, *keep_ = nullptr;
    UseItTabs* useIt_ = nullptr;
    QGridLayout* consumers_ = nullptr;
    QGridLayout* facts_ = nullptr;
    std::vector<sessions::Consumer> shownConsumers_;
    std::optional<sessions::Session> shown_;
};

} // namespace gw::ui
