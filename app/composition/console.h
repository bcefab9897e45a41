// The console as a whole: makes every object once, hands out references, connects what must know of each other. The
// order of the members is the order in which they depend on each other.
#pragma once

#include "app/composition/agent_operations.h"
#include "app/composition/deferred_secret_store.h"
#include "app/composition/desktop_browser.h"
#include "app/composition/explain_wiring.h"
#include "app/composition/inspector_wiring.h"
#include "app/composition/login_loader.h"
#include "app/composition/paths.h"
#include "app/composition/quit_guard.h"
#include "app/composition/review_wiring.h"
#include "app/composition/translations.h"
#include "app/practice/practice.h"
#include "models/cloud/qt_http_client.h"
#include "models/sessions/role_memory.h"
#include "ui/sessions/sessions_context.h"
#include "ui/sessions/sign_in_coordinator.h"
#include "ui/settings/settings_context.h"

#include <QObject>
#include <QThread>
#include <QTimer>

#include <memory>

class QApplication;

namespace gw::app {

class ConfigWatch;
class StatusLine;
class Tray;

class Console : public QObject {
    Q_OBJECT
public:
    // `executable` is the folder this program runs from. `clock` is the system's where it is null; it must outlive this
    // object and bear being asked from any thread.
    Console(QApplication& application, bool practice, const std::filesystem::path& executable, const Clock* clock = nullptr);
    ~Console() override;

    // Shows the window. AgentError::AlreadyRunning where another console serves the socket; everything else that cannot
    // be had (socket, keychain, configuration) is said in the window, and the rest works.
    [[nodiscard]] Status start();
    void raise();

    [[nodiscard]] ui::MainWindow& window() { return window_; }
    [[nodiscard]] InspectorWiring& inspector() { return inspector_; }
    [[nodiscard]] ExplainWiring& explain() { return explain_; }
    [[nodiscard]] ReviewWiring& review() { return review_; }
    [[nodiscard]] ui::SignInCoordinator& coordinator() { return coordinator_; }
    [[nodiscard]] sessions::SessionBook& book() { return book_; }
    [[nodiscard]] const ui::ProviderList& providers() const { return providers_; }
    [[nodiscard]] QAction* action(const QString& id) const { return actions_.action(id); }
    [[nodiscard]] const Paths& paths() const { return paths_; }
    // Null outside practice mode, until practiceSettled(), and where it did not start.
    [[nodiscard]] practice::Practice* practice() { return practice_.get(); }

Q_SIGNALS:
    // The practice environment has started, or it cannot.
    void practiceSettled();

private:
    void startPractice();
    void takePractice(Result<std::unique_ptr<practice::Practice>> started);
    void addScreens();
    void addActions();
    [[nodiscard]] ui::SettingsContext settingsContext();
    [[nodiscard]] std::vector<Error> configurationProblems() const;
    void showProblems();
    void restoreWindow();
    void keepWindow();
    void keepReplay();
    void closeOrHide();

    Translations translations_;
    QApplication& application_;
    const bool practiceMode_;
    Paths paths_;
    SystemClock systemClock_;
    const Clock& clock_;
    SystemRandom random_;
    std::unique_ptr<practice::Practice> practice_;
    std::unique_ptr<QThread> practiceStart_;
    std::optional<Error> practiceProblem_;
    cloud::QtHttpClient http_;
    cloud::StsClient sts_;
    sessions::TrustSource trust_;
    sessions::ConfigFile configFile_;
    ui::ProviderList providers_;
    DeferredSecretStore secrets_;
    sessions::SessionBook book_;
    QuitGuard quitGuard_;
    sessions::RoleMemory memory_;
    saml::ReplayCache replay_;
    std::string keptReplay_;
    ui::Theme theme_;
    ui::ActionTable actions_;
    ui::MainWindow window_;
    LoginLoader login_;
    DesktopBrowser browser_;
    ui::SessionsContext context_;
    ui::SignInCoordinator coordinator_;
    InspectorWiring inspector_;
    ExplainWiring explain_;
    ReviewWiring review_;
    std::unique_ptr<AgentOperations> operations_;
    std::unique_ptr<sessions::AgentServer> agent_;
    std::unique_ptr<StatusLine> status_;
    std::unique_ptr<Tray> tray_;
    std::unique_ptr<ConfigWatch> configWatch_;
};

} // namespace gw::app
