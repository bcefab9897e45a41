#include "app/composition/console.h"

#include "app/composition/config_watch.h"
#include "app/composition/status_line.h"
#include "app/composition/tray.h"
#include "models/sessions/agent/agent_server.h"
#include "models/store/files.h"
#include "ui/errors_text.h"
#include "ui/sessions/provider_assistant.h"
#include "ui/sessions/provider_removal.h"
#include "ui/sessions/session_actions.h"
#include "ui/sessions/sessions_page.h"
#include "ui/settings/settings_page.h"

#include <QApplication>
#include <QProcess>
#include <QScreen>
#include <QSystemTrayIcon>
#include <QThreadPool>

#include <algorithm>

namespace gw::app {
namespace {

ui::Banner errorBanner(const QString& id, const Error& error) {
    const ui::ErrorText text = ui::explain(error);
    ui::Banner banner;
    banner.id = id;
    banner.kind = ui::BannerKind::Error;
    banner.icon = QStringLiteral("error");
    banner.strong = text.title + QLatin1Char('.');
    banner.text = text.why;
    return banner;
}

void startProgram(const QStringList& arguments) {
    QProcess::startDetached(QCoreApplication::applicationFilePath(), arguments);
}

} // namespace

Console::Console(QApplication& application, bool practice, const std::filesystem::path& executable, const Clock* clock)
    : application_(application), practiceMode_(practice), paths_(Paths::find(practice, executable)),
      clock_(clock != nullptr ? *clock : systemClock_), sts_(http_, clock_),
      trust_(http_, clock_, paths_.cache), configFile_(paths_.config), providers_(configFile_),
      book_(clock_, random_, secrets_), quitGuard_(application, book_), memory_(paths_.data / "roles.json", clock_), theme_(application), window_(theme_, actions_),
      login_(paths_.loginPlugin),
      context_{theme_, actions_, window_, providers_, book_, memory_, trust_, http_, sts_, replay_, clock_, random_, browser_,
               [this] { return login_.get(); },
               {paths_.helper, paths_.data / "browser", paths_.data, paths_.shared},
               practice, {}, {}, {}, {}},
      coordinator_(context_), inspector_(context_, coordinator_), explain_(actions_, window_, clock_, paths_.catalogue),
      review_(context_, explain_,
              {paths_.catalogue, paths_.data / "review-views.json", paths_.config.parent_path() / "review-rules.toml", paths_.data / "store.db",
               paths_.cache / "live"}) {
    theme_.setPreference(QString::fromStdString(providers_.preferences().theme));
    connect(&providers_, &ui::ProviderList::preferencesChanged, this,
            [this] { theme_.setPreference(QString::fromStdString(providers_.preferences().theme)); });
    if (auto kept = store::readFile(paths_.data / "replay"); kept) {
        replay_.restore(*kept, clock_.now());
        keptReplay_ = std::move(*kept);
    }
    context_.practiceStarting = practice;
    if (!practice) context_.startPractice = [] { startProgram({QStringLiteral("--practice")}); };
}

Console::~Console() {
    // It uses the clock and the random numbers of this object.
    if (practiceStart_) practiceStart_->wait();
    keepReplay();
}

// The keys of a first start take some 100 ms, which the window does not wait for.
void Console::startPractice() {
    practiceStart_.reset(QThread::create([this, folder = paths_.data / "practice"] {
        auto started = std::make_shared<Result<std::unique_ptr<practice::Practice>>>(practice::Practice::start(folder, clock_, random_));
        QMetaObject::invokeMethod(this, [this, started] { takePractice(std::move(*started)); }, Qt::QueuedConnection);
    }));
    practiceStart_->start();
}

void Console::takePractice(Result<std::unique_ptr<practice::Practice>> started) {
    context_.practiceStarting = false;
    if (started) {
        practice_ = std::move(*started);
        context_.practiceEndpoint = practice_->awsEndpoint();
        providers_.addBuiltIn(practice_->provider());
    } else {
        practiceProblem_ = std::move(started).error();
        showProblems();
        Q_EMIT providers_.changed();
    }
    Q_EMIT practiceSettled();
}

Status Console::start() {
    operations_ = std::make_unique<AgentOperations>(context_, coordinator_, [this] { raise(); });
    connect(this, &Console::practiceSettled, operations_.get(), &AgentOperations::answerWaiting);
    agent_ = std::make_unique<sessions::AgentServer>(book_, *operations_);
    const Status listening = agent_->listen(paths_.socket);
    if (!listening && listening.error().code().is(sessions::AgentError::AlreadyRunning)) return listening;

    const Status remembered = memory_.load();
    addActions();
    addScreens();
    status_ = std::make_unique<StatusLine>(context_, coordinator_, secrets_);
    status_->setAgent(listening.has_value());
    if (!listening) window_.showBanner(errorBanner(QStringLiteral("agent"), listening.error()));
    if (!remembered) window_.showBanner(errorBanner(QStringLiteral("memory"), remembered.error()));
    showProblems();
    connect(&providers_, &ui::ProviderList::problemsChanged, this, &Console::showProblems);
    connect(&coordinator_, &ui::SignInCoordinator::changed, this, &Console::keepReplay);
    connect(&window_, &ui::MainWindow::closeRequested, this, &Console::closeOrHide);
    connect(&application_, &QCoreApplication::aboutToQuit, this, &Console::keepWindow);
    connect(&application_, &QGuiApplication::applicationStateChanged, &book_, &sessions::SessionBook::refresh);

    // Before a screen can need it.
    if (practiceMode_) explain_.offerPractice();
    restoreWindow();
    window_.show();
    if (practiceMode_) startPractice();
    // After the first paint: none of this is needed to see the window.
    QTimer::singleShot(0, this, [this] {
        secrets_.open(practiceMode_ ? "gatewarden-practice" : "gatewarden");
        book_.restore();
        configWatch_ = std::make_unique<ConfigWatch>(paths_.config);
        connect(configWatch_.get(), &ConfigWatch::saved, &providers_, &ui::ProviderList::reload);
        connect(&providers_, &ui::ProviderList::changed, configWatch_.get(), &ConfigWatch::follow);
        tray_ = std::make_unique<Tray>(actions_, ui::applicationIcon(), [this] { raise(); });
        tray_->setWanted(providers_.preferences().keepRunning);
        connect(&providers_, &ui::ProviderList::preferencesChanged, this,
                [this] { tray_->setWanted(providers_.preferences().keepRunning); });
    });
    return {};
}

void Console::addActions() {
    ui::addSessionActions(context_, coordinator_);
    actions_.add({.id = QStringLiteral("app.quit"), .text = tr("Quit"), .icon = QStringLiteral("close"),
                  .shortcut = QKeySequence::Quit, .menu = tr("File"), .keywords = tr("exit leave"),
                  .run = [] { QCoreApplication::quit(); }, .availability = {}});
}

void Console::addScreens() {
    auto* sessionsPage = new ui::SessionsPage(context_, coordinator_);
    window_.addScreen({QStringLiteral("sessions"), tr("Sessions"), QStringLiteral("sessions"), QKeySequence(QStringLiteral("Ctrl+1")), sessionsPage});
    explain_.addScreen(QKeySequence(QStringLiteral("Ctrl+3")));
    review_.addScreen(QKeySequence(QStringLiteral("Ctrl+4")));
    inspector_.addScreen();
    auto* settingsPage = new ui::SettingsPage(settingsContext());
    window_.addScreen({QStringLiteral("settings"), tr("Settings"), QStringLiteral("settings"), QKeySequence(QStringLiteral("Ctrl+,")), settingsPage});
    connect(&providers_, &ui::ProviderList::changed, settingsPage, &ui::SettingsPage::refresh);
    connect(&providers_, &ui::ProviderList::preferencesChanged, settingsPage, &ui::SettingsPage::refresh);
    connect(&providers_, &ui::ProviderList::problemsChanged, settingsPage, &ui::SettingsPage::refresh);
    connect(&secrets_, &DeferredSecretStore::opened, settingsPage, &ui::SettingsPage::refresh);
    window_.setHeaderActions(QStringLiteral("sessions"), {QStringLiteral("sessions.sign-in")});
    window_.showScreen(QStringLiteral("sessions"));
    connect(&coordinator_, &ui::SignInCoordinator::changed, this, [this](const sessions::ProviderId& id) {
        const auto* attempt = coordinator_.attempt(id);
        if (attempt == nullptr || !attempt->usable() || attempt->signIn() == nullptr) return;
        window_.setPerson(QString::fromStdString(attempt->signIn()->claims().roleSessionName),
                          QString::fromStdString(attempt->provider().name));
    });
}

ui::SettingsContext Console::settingsContext() {
    return {.theme = theme_,
            .actions = actions_,
            .window = window_,
            .providers = [this] { return providers_.providers(); },
            .isBuiltIn = [this](const sessions::ProviderId& id) { return providers_.isBuiltIn(id); },
            .editProvider = [this](const sessions::ProviderId& id) { ui::openProviderAssistant(context_, id); },
            .removeProvider = [this](const sessions::ProviderId& id) { ui::removeProvider(context_, id); },
            .preferences = [this] { return providers_.preferences(); },
            .savePreferences = [this](const sessions::Preferences& preferences) { return providers_.save(preferences); },
            .problems = [this] { return configurationProblems(); },
            .keychainWorks = [this] { return secrets_.outlivesProcess(); },
            .keychainProblem = [this] { return secrets_.problem(); },
            .trayAvailable = [] { return QSystemTrayIcon::isSystemTrayAvailable(); },
            .configFile = paths_.config,
            .dataFolder = paths_.data,
            .awsConfig = paths_.shared.config,
            .awsCredentials = paths_.shared.credentials,
            .credentialsHelper = paths_.helper,
            .practiceEndpoint = [this] { return context_.practiceEndpoint; }};
}

std::vector<Error> Console::configurationProblems() const {
    std::vector<Error> problems;
    if (providers_.fileProblem()) problems.push_back(*providers_.fileProblem());
    problems.insert(problems.end(), providers_.problems().begin(), providers_.problems().end());
    return problems;
}

void Console::showProblems() {
    if (practiceMode_) {
        ui::Banner banner;
        banner.id = QStringLiteral("practice");
        banner.kind = ui::BannerKind::Practice;
        banner.icon = QStringLiteral("practice");
        banner.strong = tr("Practice environment.");
        banner.text = tr("Northwind Robotics is invented; nothing here reaches AWS.");
        banner.linkText = tr("Connect a real provider");
        banner.link = [] { startProgram({}); };
        window_.showBanner(banner);
    }
    if (practiceProblem_) window_.showBanner(errorBanner(QStringLiteral("practice-problem"), *practiceProblem_));
    // An unknown key is kept and works for nobody; Settings names it.
    const auto problems = configurationProblems();
    const auto worst = std::find_if(problems.begin(), problems.end(),
                                    [](const Error& problem) { return !problem.code().is(sessions::ConfigError::UnknownKey); });
    if (worst == problems.end()) return window_.hideBanner(QStringLiteral("config"));
    ui::Banner banner = errorBanner(QStringLiteral("config"), *worst);
    banner.linkText = tr("Read it again");
    banner.link = [this] { providers_.reload(); };
    window_.showBanner(banner);
}

void Console::raise() {
    window_.setWindowState(window_.windowState() & ~Qt::WindowMinimized);
    window_.show();
    window_.raise();
    window_.activateWindow();
}

void Console::closeOrHide() {
    if (tray_ != nullptr && tray_->shown())
        window_.hide();
    else
        QCoreApplication::quit();
}

void Console::restoreWindow() {
    // Room for the title bar and the frame, which are not known yet.
    const QSize room = window_.screen()->availableSize() - QSize(8, 40);
    window_.resize(QSize(1440, 900).boundedTo(room).expandedTo(window_.minimumSize()));
    if (const auto layout = store::readFile(paths_.data / "window", std::size_t{64} << 10); layout)
        window_.restoreLayout(QByteArray::fromStdString(*layout));
}

void Console::keepWindow() {
    const QByteArray layout = window_.saveLayout();
    // Losing the geometry is not worth a word to a person who is leaving.
    (void)store::writeFileAtomically(paths_.data / "window", std::string_view(layout.constData(), static_cast<std::size_t>(layout.size())));
}

void Console::keepReplay() {
    std::string text = replay_.serialize();
    if (text == keptReplay_) return;
    keptReplay_ = text;
    // Writing waits for the disk, so it is not done on this thread. A failure leaves the memory of this run in force.
    QThreadPool::globalInstance()->start(
        [path = paths_.data / "replay", text = std::move(text)] { (void)store::writeFileAtomically(path, text); });
}

} // namespace gw::app
