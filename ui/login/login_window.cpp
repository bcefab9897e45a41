#include "ui/login/login_window.h"

#include "ui/login/address.h"
#include "ui/login/address_strip.h"
#include "ui/login/auth_prompts.h"
#include "ui/login/engine_flags.h"
#include "ui/login/find_bar.h"
#include "ui/login/login_view.h"
#include "ui/login/notice_bar.h"
#include "ui/login/status_line.h"
#include "ui/login/steps_panel.h"
#include "ui/widgets/states.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QScreen>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <QWebEngineHistory>

#include <QtWebEngineCore/qtwebenginecoreglobal.h>

#include <algorithm>
#include <array>

namespace gw::ui {
namespace {

constexpr QSize firstSize{1040, 740};
constexpr QSize smallest{820, 600};
constexpr int stepsWidth = 324;
// What a desktop's title bar takes, which is not known before the window is shown.
constexpr int titleBar = 32;
constexpr std::array zooms{0.5, 0.67, 0.75, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0};

QStringList acsOf(const LoginRequest& request) {
    QStringList all{QString::fromStdString(aws::defaultAcs(request.provider.partition))};
    for (const auto& each : request.acs.additional()) all.append(QString::fromStdString(each));
    return all;
}

QStringList factsOf(const LoginRequest& request) {
    QStringList facts;
    if (sandboxOff()) facts << LoginWindow::tr("Test run: sandbox off");
    facts << (request.profileFolder.isEmpty() ? LoginWindow::tr("Private window, nothing kept on disk")
                                              : LoginWindow::tr("Cookies kept for this provider"));
    const auto chromium = QString::fromLatin1(qWebEngineChromiumVersion()).section(QLatin1Char('.'), 0, 0);
    facts << LoginWindow::tr("Engine: Chromium %1").arg(chromium);
    return facts;
}

} // namespace

LoginWindow::LoginWindow(const LoginRequest& request, Theme& theme, QWidget* parent) : QWidget(parent, Qt::Window), theme_(theme) {
    setObjectName(QStringLiteral("login.window"));
    setWindowTitle(tr("Sign in to %1").arg(QString::fromStdString(request.provider.name)));
    setWindowIcon(applicationIcon());
    setMinimumSize(smallest);
    // Over the console and not wherever the desktop puts windows: it belongs to what was asked for there. All of it is to
    // be seen, wherever the console stands and however small the screen is.
    QRect desktop = (parent != nullptr ? parent->window() : this)->screen()->availableGeometry();
    desktop.setBottom(desktop.bottom() - titleBar);
    resize(firstSize.boundedTo(desktop.size()).expandedTo(smallest));
    if (parent != nullptr) {
        const QPoint over = parent->window()->frameGeometry().center() - rect().center();
        move(std::max(desktop.left(), std::min(over.x(), desktop.right() + 1 - width())),
             std::max(desktop.top(), std::min(over.y(), desktop.bottom() + 1 - height())));
    }
    build(request);
    addShortcuts();
    applyZoom(request.zoom / 100.0);
    strip_->field().set(QUrl(QString::fromStdString(request.provider.loginUrl)), AddressTrust::Pending);
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

LoginWindow::~LoginWindow() {
    over_ = true;
    // Views before the pages that they show.
    qDeleteAll(viewOf_);
}

void LoginWindow::build(const LoginRequest& request) {
    strip_ = new AddressStrip(this);
    progress_ = new ProgressLine(this);
    notices_ = new NoticeBar(this);
    parts_ = new QStackedWidget(this);
    views_ = new QStackedWidget(parts_);
    errorPart_ = new QWidget(parts_);
    error_ = new ErrorState(errorPart_);
    error_->setObjectName(QStringLiteral("login.error"));
    error_->setMaximumWidth(560);
    auto* errorColumn = new QVBoxLayout(errorPart_);
    errorColumn->setContentsMargins(space::s6, space::s6, space::s6, space::s6);
    auto* errorRow = new QHBoxLayout;
    errorRow->addStretch(1);
    errorRow->addWidget(error_, 100);
    errorRow->addStretch(1);
    errorColumn->addStretch(1);
    errorColumn->addLayout(errorRow);
    errorColumn->addStretch(2);
    captured_ = new EmptyState(QStringLiteral("shield"), tr("The answer was stopped here"),
                               tr("It did not leave this computer. The provider's page is closed."), parts_);
    credentials_ = new CredentialsPrompt(parts_);
    certificates_ = new CertificatePrompt(parts_);
    for (auto* part : {static_cast<QWidget*>(views_), errorPart_, static_cast<QWidget*>(captured_), static_cast<QWidget*>(credentials_),
                       static_cast<QWidget*>(certificates_)})
        parts_->addWidget(part);
    find_ = new FindBar(this);
    steps_ = new StepsPanel(acsOf(request), !request.profileFolder.isEmpty(), this);
    steps_->setFixedWidth(stepsWidth);
    status_ = new StatusLine(factsOf(request), this);

    auto* left = new QVBoxLayout;
    left->setSpacing(0);
    left->addWidget(notices_);
    left->addWidget(parts_, 1);
    left->addWidget(find_);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addLayout(left, 1);
    middle->addWidget(steps_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(strip_);
    column->addWidget(progress_);
    column->addLayout(middle, 1);
    column->addWidget(status_);

    connect(steps_, &StepsPanel::keepCookiesChanged, this, &LoginWindow::keepCookiesChanged);
    connect(steps_, &StepsPanel::systemBrowserWanted, this, &LoginWindow::systemBrowserWanted);
    connect(steps_, &StepsPanel::pasteWanted, this, &LoginWindow::pasteWanted);
    connect(strip_, &AddressStrip::zoomStepWanted, this, &LoginWindow::stepZoom);
    connect(strip_, &AddressStrip::zoomResetWanted, this, [this] { applyZoom(1.0); });
    connect(find_, &FindBar::closed, this, [this] {
        if (auto* view = views_->currentWidget()) view->setFocus();
    });
}

void LoginWindow::attach(LoginBrowser& browser) {
    browser_ = &browser;
    connect(&browser, &LoginBrowser::pageOpened, this, &LoginWindow::addView);
    connect(&browser, &LoginBrowser::pageClosing, this, &LoginWindow::removeView);
    connect(&browser, &LoginBrowser::credentialsWanted, this, &LoginWindow::ask);
    connect(&browser, &LoginBrowser::clientCertificateWanted, this, &LoginWindow::askForCertificate);
    connect(&browser, &LoginBrowser::said, this, &LoginWindow::say);
    connect(&browser, &LoginBrowser::confirmDeclined, this, &LoginWindow::tellDeclinedConfirm);
    connect(&browser, &LoginBrowser::downloadRefused, this,
            [this] { notices_->tell({Notice::Tone::Plain, QStringLiteral("guardrail"), {}, tr("A download was refused. Nothing is saved from this window."), {}}); });
    connect(&browser, &LoginBrowser::fileRefused, this,
            [this] { notices_->tell({Notice::Tone::Plain, QStringLiteral("guardrail"), {}, tr("The page asked for a file of this computer. It was given none."), {}}); });
    connect(&browser, &LoginBrowser::addressRefused, this, [this](const QUrl& url) {
        refusedUrl_ = url;
        const auto where = QString::fromStdString(publicPart(url));
        notices_->tell({Notice::Tone::Warning, QStringLiteral("guardrail"), {}, tr("The page wanted to open %1, which is not opened here.").arg(where), {}});
    });
    connect(credentials_, &CredentialsPrompt::answered, &browser,
            [this](const AuthChallenge& challenge, const QString& user, const std::shared_ptr<Secret>& password) {
                showPage();
                browser_->answer(challenge, user, std::move(*password));
            });
    connect(credentials_, &CredentialsPrompt::declined, &browser, [this](const AuthChallenge& challenge) {
        showPage();
        browser_->decline(challenge);
    });
    connect(certificates_, &CertificatePrompt::chosen, &browser, [this](const QString& host, const QByteArray& digest) {
        browser_->profile().certificateChoices[host] = digest;
        showPage();
    });
    connect(strip_, &AddressStrip::backWanted, &browser, [this] {
        if (auto* page = browser_->currentPage()) page->triggerAction(QWebEnginePage::Back);
    });
    connect(strip_, &AddressStrip::stopWanted, &browser, [this] {
        if (auto* page = browser_->currentPage()) page->triggerAction(QWebEnginePage::Stop);
    });
    connect(strip_, &AddressStrip::reloadWanted, this, [this] {
        if (shown() == QLatin1String("error"))
            Q_EMIT tryAgainWanted();
        else if (browser_)
            browser_->reload();
    });
    connect(strip_, &AddressStrip::closePopupWanted, &browser, [this] {
        if (browser_->currentPage() != browser_->mainPage()) browser_->closePage(browser_->currentPage());
    });
    for (auto* page : browser.pages()) addView(page);
}

void LoginWindow::addShortcuts() {
    const auto add = [this](const QKeySequence& key, auto run) {
        connect(new QShortcut(key, this), &QShortcut::activated, this, run);
    };
    for (const auto& key : {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)}) add(key, [this] { stepZoom(1); });
    add(Qt::CTRL | Qt::Key_Minus, [this] { stepZoom(-1); });
    add(Qt::CTRL | Qt::Key_0, [this] { applyZoom(1.0); });
    for (const auto& key : {QKeySequence(Qt::Key_F5), QKeySequence(Qt::CTRL | Qt::Key_R)}) add(key, [this] { Q_EMIT strip_->reloadWanted(); });
    add(Qt::ALT | Qt::Key_Left, [this] { Q_EMIT strip_->backWanted(); });
    add(Qt::CTRL | Qt::Key_F, [this] {
        if (shown() == QLatin1String("page")) find_->open();
    });
    add(Qt::Key_F3, [this] { find_->findNext(false); });
    add(Qt::SHIFT | Qt::Key_F3, [this] { find_->findNext(true); });
    add(Qt::CTRL | Qt::Key_W, [this] { close(); });
}

void LoginWindow::addView(LoginPage* page) {
    auto* view = new LoginView(views_);
    view->setPage(page);
    page->setZoomFactor(zoom_);
    viewOf_.insert(page, view);
    views_->addWidget(view);
    views_->setCurrentWidget(view);
    // Until the page paints: pages without a ground of their own count on white, an empty one must not flash.
    page->setBackgroundColor(theme_.color(Color::BgSurface));
    connect(page, &QWebEnginePage::urlChanged, this, [this, page](const QUrl& url) {
        page->setBackgroundColor(safetyOf(url) == AddressSafety::Blank ? theme_.color(Color::BgSurface) : QColor(Qt::white));
        refreshAddress();
    });
    connect(page, &QWebEnginePage::loadStarted, this, [this] {
        loading_ = true;
        progress_->setProgress(5);
        followPage();
    });
    connect(page, &QWebEnginePage::loadProgress, this, [this, page](int percent) {
        if (browser_ && page == browser_->currentPage()) progress_->setProgress(std::max(percent, 5));
    });
    connect(page, &QWebEnginePage::loadFinished, this, [this, page] {
        loading_ = false;
        progress_->setProgress(100);
        page->setZoomFactor(zoom_);
        followPage();
    });
    followPage();
    view->setFocus();
}

void LoginWindow::removeView(LoginPage* page) {
    auto* view = viewOf_.take(page);
    if (view == nullptr) return;
    views_->removeWidget(view);
    // The page's own signal may be on the stack, so view and page go later, in this order.
    view->hide();
    view->deleteLater();
    if (over_) return;
    if (views_->count() > 0) views_->setCurrentIndex(views_->count() - 1);
    QMetaObject::invokeMethod(this, &LoginWindow::followPage, Qt::QueuedConnection);
}

void LoginWindow::followPage() {
    if (!browser_ || over_) return;
    const auto* page = browser_->currentPage();
    strip_->setLoading(loading_);
    const bool onPage = shown() == QLatin1String("page");
    strip_->setPopup(onPage && page != browser_->mainPage());
    strip_->setCanGoBack(onPage && page != nullptr && page->history()->canGoBack());
    find_->setPage(browser_->currentPage());
    if (onPage && !refused_)
        status_->await(loading_ && page != nullptr ? tr("Waiting for %1").arg(hostAndPort(page->destination())) : tr("Waiting for you"), true);
    refreshAddress();
}

void LoginWindow::refreshAddress() {
    if (!browser_ || over_ || shown() == QLatin1String("error") || shown() == QLatin1String("captured")) return;
    const auto* page = browser_->currentPage();
    if (page == nullptr) return;
    const bool pending = page->url().isEmpty() || safetyOf(page->url()) == AddressSafety::Blank;
    const auto url = pending ? page->destination() : page->url();
    if (url.isEmpty()) return;
    auto trust = AddressTrust::Pending;
    if (!page->refusedCertificateHost().isEmpty())
        trust = AddressTrust::Untrusted;
    else if (!pending && safetyOf(url) == AddressSafety::Secure)
        trust = AddressTrust::Trusted;
    else if (!pending && safetyOf(url) == AddressSafety::Loopback)
        trust = AddressTrust::Loopback;
    strip_->field().set(url, trust);
}

void LoginWindow::stepZoom(int direction) {
    const auto at = std::min_element(zooms.begin(), zooms.end(), [this](double a, double b) { return std::abs(a - zoom_) < std::abs(b - zoom_); });
    const auto next = std::clamp<std::ptrdiff_t>(at - zooms.begin() + direction, 0, static_cast<std::ptrdiff_t>(zooms.size()) - 1);
    applyZoom(zooms.at(static_cast<std::size_t>(next)));
}

void LoginWindow::applyZoom(double factor) {
    zoom_ = factor;
    strip_->setZoom(factor);
    for (auto* page : viewOf_.keys()) page->setZoomFactor(factor);
    Q_EMIT zoomChanged(qRound(factor * 100));
}

void LoginWindow::closeEvent(QCloseEvent* event) {
    event->accept();
    Q_EMIT closed();
}

void LoginWindow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme_.color(Color::BgSurface));
}

} // namespace gw::ui
