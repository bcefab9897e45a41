// What the window shows in place of the page or above it: waiting, captured, failed, asking.
#include "ui/errors_text.h"
#include "ui/login/address.h"
#include "ui/login/address_strip.h"
#include "ui/login/auth_prompts.h"
#include "ui/login/find_bar.h"
#include "ui/login/login_view.h"
#include "ui/login/login_window.h"
#include "ui/login/notice_bar.h"
#include "ui/login/status_line.h"
#include "ui/login/steps_panel.h"
#include "ui/widgets/states.h"

#include <QStackedWidget>

namespace gw::ui {

QString LoginWindow::shown() const {
    const auto* part = parts_->currentWidget();
    if (part == errorPart_) return QStringLiteral("error");
    if (part == captured_) return QStringLiteral("captured");
    if (part == credentials_) return QStringLiteral("credentials");
    if (part == certificates_) return QStringLiteral("certificate");
    return QStringLiteral("page");
}

void LoginWindow::showPart(QWidget* part) {
    parts_->setCurrentWidget(part);
    if (part != views_) find_->close();
}

void LoginWindow::showPage() {
    showPart(views_);
    followPage();
    if (auto* view = views_->currentWidget()) view->setFocus();
}

void LoginWindow::showWaiting() {
    refused_ = false;
    notices_->hide();
    steps_->waitForPerson();
    showPage();
}

void LoginWindow::showCaptured() {
    notices_->hide();
    loading_ = false;
    progress_->setProgress(100);
    showPart(captured_);
    steps_->showCaptured();
    strip_->setCanGoBack(false);
    strip_->setPopup(false);
    status_->await(tr("Checking the answer"), true);
}

void LoginWindow::showStep(int step, const QString& text) {
    steps_->showStep(step, text);
    switch (step) {
    case 2: status_->await(tr("Checking the answer"), true); break;
    case 3: status_->await(tr("Choose a role in the main window"), false); break;
    case 4:
        status_->await(tr("Stopped"), false);
        error_->clearActions();
        error_->set(tr("The answer was not accepted"), text, {}, {});
        addWaysOn(Error(LoginError::CaptureLost));
        showPart(errorPart_);
        break;
    default: break;
    }
}

void LoginWindow::showError(const Error& error) {
    const auto text = explain(error);
    error_->clearActions();
    error_->set(text.title, text.why, text.whatToDo, text.details);
    addWaysOn(error);
    loading_ = false;
    progress_->setProgress(100);
    strip_->setLoading(false);
    const QUrl url(QString::fromStdString(std::string(error.fact("url"))));
    if (error.code().is(LoginError::CertificateRefused))
        strip_->field().set(url, AddressTrust::Untrusted);
    else if (error.code().is(LoginError::UnsafeAddress))
        strip_->field().set(url, AddressTrust::Unencrypted);
    notices_->hide();
    showPart(errorPart_);
    steps_->showStopped();
    status_->await(tr("Stopped"), false);
}

void LoginWindow::addWaysOn(const Error& error) {
    // An address that is not safe and a sandbox that is off stay so, however often one tries.
    const bool again = !error.code().is(LoginError::UnsafeAddress) && !error.code().is(LoginError::SandboxOff) &&
                       !error.code().is(LoginError::EngineUnavailable);
    if (again) {
        auto* button = error_->addAction(tr("Try again"), QStringLiteral("refresh"), ButtonKind::Primary);
        button->setObjectName(QStringLiteral("login.try-again"));
        connect(button, &QAbstractButton::clicked, this, &LoginWindow::tryAgainWanted);
    }
    // Nothing may lead on to a page whose certificate or address is wrong.
    if (error.code().is(LoginError::CertificateRefused) || error.code().is(LoginError::UnsafeAddress)) return;
    auto* browser = error_->addAction(tr("System browser"), QStringLiteral("open-browser"), again ? ButtonKind::Default : ButtonKind::Primary);
    browser->setObjectName(QStringLiteral("login.error-system-browser"));
    connect(browser, &QAbstractButton::clicked, this, &LoginWindow::systemBrowserWanted);
    auto* paste = error_->addAction(tr("Paste a response"), QStringLiteral("copy"), ButtonKind::Default);
    paste->setObjectName(QStringLiteral("login.error-paste"));
    connect(paste, &QAbstractButton::clicked, this, &LoginWindow::pasteWanted);
}

void LoginWindow::showRefusal(Refusal refusal, const Error& error) {
    refused_ = true;
    const auto text = refusal == Refusal::DeviceCheck
                          ? tr("It checks this device with a program of its own, which a window like this one cannot call.")
                          : tr("It accepts sign-ins in a web browser only.");
    notices_->tell({Notice::Tone::Warning, QStringLiteral("warning"), explain(error).title, text,
                    {{QStringLiteral("login.refusal-system-browser"), tr("System browser"), QStringLiteral("open-browser"), [this] { Q_EMIT systemBrowserWanted(); }},
                     {QStringLiteral("login.refusal-paste"), tr("Paste a response"), QStringLiteral("copy"), [this] { Q_EMIT pasteWanted(); }}}});
    status_->await(tr("The provider refuses this window"), false);
}

void LoginWindow::ask(const AuthChallenge& challenge) {
    showPart(credentials_);
    credentials_->ask(challenge);
    status_->await(tr("Waiting for you"), true);
}

void LoginWindow::askForCertificate(const QWebEngineClientCertificateSelection& selection) {
    const auto& choices = browser_->profile().certificateChoices;
    const auto earlier = choices.find(hostAndPort(selection.host()));
    if (earlier != choices.end() && selectByDigest(selection, earlier->second)) return;
    showPart(certificates_);
    certificates_->ask(selection);
    status_->await(tr("Waiting for you"), true);
}

void LoginWindow::say(const QString& host, const QString& text) {
    notices_->tell({Notice::Tone::Plain, QStringLiteral("comment"), tr("%1 says").arg(host), text, {}});
}

void LoginWindow::tellDeclinedConfirm(const QString& host, const QString& question) {
    notices_->tell({Notice::Tone::Plain, QStringLiteral("help"), tr("%1 asked, and was told no").arg(host), question,
                    {{QStringLiteral("login.confirm-yes"), tr("Say yes next time"), QStringLiteral("check"), [this, question] {
                          if (browser_) browser_->agreeTo(question);
                          notices_->hide();
                      }}}});
}

} // namespace gw::ui
