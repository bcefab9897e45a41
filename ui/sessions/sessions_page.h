// The Sessions screen: identity providers, live sessions, what ended today, favourites; at the right the selected session.
#pragma once

#include "ui/sessions/sessions_context.h"

#include <QWidget>

#include <vector>

class QGridLayout;
class QStackedWidget;

namespace gw::ui {

class EndedList;
class ErrorState;
class FavouritesBar;
class ProviderCard;
class SessionList;
class SessionPanel;
class SignInCoordinator;
class Text;

class SessionsPage : public QWidget {
    Q_OBJECT
public:
    SessionsPage(const SessionsContext& context, SignInCoordinator& coordinator, QWidget* parent = nullptr);

    [[nodiscard]] const sessions::SessionId& selected() const;
    void select(const sessions::SessionId& id);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildFirstRun();
    QWidget* buildContent();
    void showPart();
    void refreshProviders();
    void arrangeProviders();
    void refreshSessions();
    void refreshFailure();
    void tick();
    void showMenu(const sessions::SessionId& id, const QPoint& at);
    void removeProvider(const sessions::ProviderId& id);

    const SessionsContext& context_;
    SignInCoordinator& coordinator_;
    QStackedWidget* stack_ = nullptr;
    QWidget* firstRun_ = nullptr;
    QWidget* starting_ = nullptr;
    QWidget* content_ = nullptr;
    QGridLayout* providers_ = nullptr;
    std::vector<ProviderCard*> cards_;
    int columns_ = 0;
    QWidget* failureBox_ = nullptr;
    ErrorState* failure_ = nullptr;
    sessions::ProviderId failed_;
    QWidget *liveHead_ = nullptr, *endedHead_ = nullptr, *favouritesHead_ = nullptr, *noLive_ = nullptr;
    Text *liveCount_ = nullptr, *endedCount_ = nullptr;
    SessionList* live_ = nullptr;
    EndedList* ended_ = nullptr;
    FavouritesBar* favourites_ = nullptr;
    SessionPanel* panel_ = nullptr;
};

} // namespace gw::ui
