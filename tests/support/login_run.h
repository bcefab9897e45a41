// One sign-in under test, as the program would run it, with everything it tells written down.
#pragma once

#include "tests/support/web_fixture.h"
#include "ui/login/embedded_login.h"
#include "ui/login/embedded_login_plugin.h"
#include "ui/login/login_window.h"

#include <QAbstractButton>
#include <QLineEdit>

#include <memory>
#include <vector>

namespace gw::test {

class LoginRun {
public:
    LoginRun(ui::LoginPlugin& plugin, const ui::LoginRequest& request) : session_(plugin.open(request, theme(), nullptr)) {
        auto* session = session_.get();
        QObject::connect(session, &ui::LoginSession::captured, session, [this](const auto& response) { responses.push_back(response); });
        QObject::connect(session, &ui::LoginSession::failed, session, [this](const Error& error) { errors.push_back(error); });
        QObject::connect(session, &ui::LoginSession::cancelled, session, [this] { ++cancelled; });
        QObject::connect(session, &ui::LoginSession::systemBrowserWanted, session, [this] { ++systemBrowserWanted; });
        QObject::connect(session, &ui::LoginSession::pasteWanted, session, [this] { ++pasteWanted; });
        QObject::connect(session, &ui::LoginSession::personNeeded, session, [this] { ++personNeeded; });
        QObject::connect(session, &ui::LoginSession::keepCookiesChanged, session, [this](bool keep) { keepCookies.push_back(keep); });
    }

    void start() { session_->start(); }
    void end() { session_.reset(); }
    [[nodiscard]] ui::LoginSession& session() { return *session_; }
    [[nodiscard]] ui::LoginWindow* window() { return qobject_cast<ui::LoginWindow*>(session_->window()); }
    [[nodiscard]] ui::LoginBrowser& browser() { return *static_cast<ui::EmbeddedLogin*>(session_.get())->browser(); }
    [[nodiscard]] ui::LoginPage* page() { return browser().currentPage(); }
    [[nodiscard]] QString shown() { return window()->shown(); }

    // A visible widget of the window by its object name.
    template <class T = QAbstractButton>
    [[nodiscard]] T* part(const char* name) {
        const auto found = window()->findChildren<T*>(QLatin1String(name));
        for (auto* each : found)
            if (each->isVisible()) return each;
        return nullptr;
    }
    // Runs a script in the page's own world, as the page itself could.
    void script(const QString& code) { page()->runJavaScript(code); }

    std::vector<std::shared_ptr<saml::CapturedResponse>> responses;
    std::vector<Error> errors;
    int cancelled = 0;
    int systemBrowserWanted = 0;
    int pasteWanted = 0;
    int personNeeded = 0;
    std::vector<bool> keepCookies;

private:
    std::unique_ptr<ui::LoginSession> session_;
};

} // namespace gw::test
