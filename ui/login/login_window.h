// The sign-in window: address, page, steps and the ways on. Shows what the browser tells; decides nothing about it.
#pragma once

#include "ui/login/login_browser.h"
#include "ui/login/login_plugin.h"

#include <QHash>
#include <QPointer>
#include <QWidget>

class QStackedWidget;

namespace gw::ui {

class AddressStrip;
class CertificatePrompt;
class CredentialsPrompt;
class EmptyState;
class ErrorState;
class FindBar;
class LoginView;
class NoticeBar;
class ProgressLine;
class StatusLine;
class StepsPanel;
struct Notice;

class LoginWindow : public QWidget {
    Q_OBJECT
public:
    LoginWindow(const LoginRequest& request, Theme& theme, QWidget* parent);
    ~LoginWindow() override;

    // `browser` must outlive the window's views: delete the window first.
    void attach(LoginBrowser& browser);
    void showWaiting();
    void showCaptured();
    void showStep(int step, const QString& text);
    void showError(const Error& error);
    // The page stays; the bar above it offers the other ways.
    void showRefusal(Refusal refusal, const Error& error);

    [[nodiscard]] AddressStrip& strip() { return *strip_; }
    [[nodiscard]] StepsPanel& steps() { return *steps_; }
    [[nodiscard]] NoticeBar& notices() { return *notices_; }
    [[nodiscard]] StatusLine& status() { return *status_; }
    // "page", "error", "captured", "credentials" or "certificate".
    [[nodiscard]] QString shown() const;

Q_SIGNALS:
    // By the person, not by a deletion.
    void closed();
    void tryAgainWanted();
    void systemBrowserWanted();
    void pasteWanted();
    void keepCookiesChanged(bool keep);
    void zoomChanged(int percent);

protected:
    void closeEvent(QCloseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void build(const LoginRequest& request);
    void addShortcuts();
    void addView(LoginPage* page);
    void removeView(LoginPage* page);
    void showPart(QWidget* part);
    void showPage();
    void followPage();
    void refreshAddress();
    void stepZoom(int direction);
    void applyZoom(double factor);
    void ask(const AuthChallenge& challenge);
    void askForCertificate(const QWebEngineClientCertificateSelection& selection);
    void say(const QString& host, const QString& text);
    void tellDeclinedConfirm(const QString& host, const QString& question);
    void addWaysOn(const Error& error);

    Theme& theme_;
    QPointer<LoginBrowser> browser_;
    QHash<LoginPage*, LoginView*> viewOf_;
    AddressStrip* strip_ = nullptr;
    ProgressLine* progress_ = nullptr;
    NoticeBar* notices_ = nullptr;
    QStackedWidget* parts_ = nullptr;
    QStackedWidget* views_ = nullptr;
    ErrorState* error_ = nullptr;
    QWidget* errorPart_ = nullptr;
    EmptyState* captured_ = nullptr;
    CredentialsPrompt* credentials_ = nullptr;
    CertificatePrompt* certificates_ = nullptr;
    FindBar* find_ = nullptr;
    StepsPanel* steps_ = nullptr;
    StatusLine* status_ = nullptr;
    QUrl refusedUrl_;
    double zoom_ = 1.0;
    bool loading_ = false;
    bool refused_ = false;
    bool over_ = false;
};

} // namespace gw::ui
