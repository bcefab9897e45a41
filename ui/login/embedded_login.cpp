#include "ui/login/embedded_login.h"

#include "ui/login/address.h"
#include "ui/login/login_window.h"
#include "ui/login/person_watch.h"

#include <QTimer>

namespace gw::ui {

EmbeddedLogin::EmbeddedLogin(LoginRequest request, Result<std::shared_ptr<LoginProfile>> profile, Keep keep, Theme& theme, QWidget* parent)
    : request_(std::move(request)), keep_(std::move(keep)) {
    if (profile)
        browser_ = std::make_unique<LoginBrowser>(std::move(*profile), request_);
    else
        unusable_ = profile.error();
    if (!request_.offscreen) {
        window_ = new LoginWindow(request_, theme, parent);
        connectWindow();
    } else if (browser_) {
        watch_ = std::make_unique<PersonWatch>(*browser_);
        connect(watch_.get(), &PersonWatch::personNeeded, this, [this] { later([this] { Q_EMIT personNeeded(); }); });
    }
    if (browser_) connectBrowser();
}

EmbeddedLogin::~EmbeddedLogin() {
    // Views, then pages, then the profile.
    watch_.reset();
    delete window_;
    browser_.reset();
}

void EmbeddedLogin::connectBrowser() {
    connect(browser_.get(), &LoginBrowser::captured, this, [this](const std::shared_ptr<saml::CapturedResponse>& response) {
        if (keep_) keep_(browser_->sharedProfile());
        if (window_) window_->showCaptured();
        browser_->blank();
        later([this, response] { Q_EMIT captured(response); });
    });
    connect(browser_.get(), &LoginBrowser::failed, this, &EmbeddedLogin::fail);
    connect(browser_.get(), &LoginBrowser::refused, this, [this](Refusal refusal, const Error& error) {
        if (window_) window_->showRefusal(refusal, error);
        later([this, error] { Q_EMIT failed(error); });
    });
    if (window_) window_->attach(*browser_);
}

void EmbeddedLogin::connectWindow() {
    connect(window_.data(), &LoginWindow::closed, this, [this] { later([this] { Q_EMIT cancelled(); }); });
    connect(window_.data(), &LoginWindow::systemBrowserWanted, this, [this] { later([this] { Q_EMIT systemBrowserWanted(); }); });
    connect(window_.data(), &LoginWindow::pasteWanted, this, [this] { later([this] { Q_EMIT pasteWanted(); }); });
    connect(window_.data(), &LoginWindow::keepCookiesChanged, this,
            [this](bool keep) { later([this, keep] { Q_EMIT keepCookiesChanged(keep); }); });
    connect(window_.data(), &LoginWindow::zoomChanged, this, [this](int percent) { later([this, percent] { Q_EMIT zoomChanged(percent); }); });
    connect(window_.data(), &LoginWindow::tryAgainWanted, this, &EmbeddedLogin::start);
}

void EmbeddedLogin::start() {
    if (window_) {
        window_->showWaiting();
        window_->show();
        window_->raise();
        window_->activateWindow();
    }
    if (unusable_)
        fail(*unusable_);
    else
        browser_->start();
}

QWidget* EmbeddedLogin::window() const { return window_.data(); }

void EmbeddedLogin::showStep(int step, const QString& text) {
    if (window_) window_->showStep(step, text);
}

void EmbeddedLogin::fail(const Error& error) {
    if (window_) window_->showError(error);
    later([this, error] { Q_EMIT failed(error); });
}

void EmbeddedLogin::later(std::function<void()> emission) { QMetaObject::invokeMethod(this, std::move(emission), Qt::QueuedConnection); }

} // namespace gw::ui
