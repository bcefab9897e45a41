// The browser side of one sign-in, with or without a window: its pages, what they may open, what is captured, what went
// wrong. Knows no widgets.
#pragma once

#include "saml/base/result.h"
#include "saml/base/secret.h"
#include "ui/login/acs_capture.h"
#include "ui/login/engine_refusal.h"
#include "ui/login/login_page.h"
#include "ui/login/login_plugin.h"
#include "ui/login/login_profile.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTimer>

#include <map>
#include <memory>
#include <vector>

namespace gw::ui {

// A server or proxy wants a name and a password.
struct AuthChallenge {
    QString origin;        // scheme, host and port; the key for the answer
    QString host;          // as shown: host and port
    QString realm;         // the server's own words
    bool proxy = false;
    bool encrypted = true;
    bool refused = false;  // the last answer was wrong
};

class LoginBrowser : public QObject, private LoginPage::Guard {
    Q_OBJECT
public:
    LoginBrowser(std::shared_ptr<LoginProfile> profile, const LoginRequest& request, QObject* parent = nullptr);
    ~LoginBrowser() override;

    // Opens the login page in the first page, from the beginning: also what "Try again" does.
    void start();
    void reload();
    // Stops and blanks every page. What was captured is out of the pages by then.
    void blank();

    [[nodiscard]] LoginPage* mainPage() const { return pages_.empty() ? nullptr : pages_.front(); }
    [[nodiscard]] LoginPage* currentPage() const { return pages_.empty() ? nullptr : pages_.back(); }
    [[nodiscard]] const std::vector<LoginPage*>& pages() const { return pages_; }
    void closePage(LoginPage* page);

    void answer(const AuthChallenge& challenge, const QString& user, Secret password);
    void decline(const AuthChallenge& challenge);
    // From now on confirm() with this question is answered with yes.
    void agreeTo(const QString& question) { agreed_.insert(question); }
    [[nodiscard]] LoginProfile& profile() { return *profile_; }
    [[nodiscard]] std::shared_ptr<LoginProfile> sharedProfile() const { return profile_; }

Q_SIGNALS:
    void pageOpened(gw::ui::LoginPage* page);
    // The page is deleted afterwards: let go of it now.
    void pageClosing(gw::ui::LoginPage* page);
    void captured(const std::shared_ptr<gw::saml::CapturedResponse>& response);
    void failed(const gw::Error& error);
    // The provider turns this window away; its page stays in view.
    void refused(gw::ui::Refusal refusal, const gw::Error& error);
    void credentialsWanted(const gw::ui::AuthChallenge& challenge);
    void clientCertificateWanted(const QWebEngineClientCertificateSelection& selection);
    void said(const QString& host, const QString& text);
    void confirmDeclined(const QString& host, const QString& question);
    void downloadRefused();
    void fileRefused();
    void addressRefused(const QUrl& url);

private:
    bool mayNavigate(LoginPage& page, const QUrl& url, QWebEnginePage::NavigationType type, bool mainFrame) override;
    LoginPage* openWindow(LoginPage& opener) override;
    void authenticate(LoginPage& page, const QUrl& url, QAuthenticator& authenticator) override;
    void authenticateAtProxy(LoginPage& page, const QString& proxyHost, QAuthenticator& authenticator) override;
    bool confirm(const QUrl& origin, const QString& question) override;

    LoginPage* addPage();
    void fillIn(AuthChallenge challenge, QAuthenticator& authenticator);
    void onAcs(const QUrl& url, QWebEnginePage::NavigationType type, bool mainFrame);
    void onLoadBroke(const QUrl& url, int code, int domain, const QString& words);
    void onRefusal(const QUrl& url);
    void fail(Error error);

    struct Credentials {
        QString user;
        Secret password;
    };

    std::shared_ptr<LoginProfile> profile_;
    QUrl loginUrl_;
    AcsCapture capture_;
    std::vector<LoginPage*> pages_;
    std::map<QString, Credentials> answers_;
    QSet<QString> given_;
    QSet<QString> agreed_;
    QTimer stalled_;
    bool refusalTold_ = false;
    bool blanked_ = false;
};

} // namespace gw::ui
