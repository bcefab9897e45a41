// A sign-in in the embedded view: the browser, and the window around it unless it runs off screen.
#pragma once

#include "ui/login/login_browser.h"
#include "ui/login/login_plugin.h"

#include <QPointer>

#include <functional>
#include <memory>

namespace gw::ui {

class LoginWindow;
class PersonWatch;

class EmbeddedLogin final : public LoginSession {
    Q_OBJECT
public:
    // Called with the profile of a sign-in that gave a response, so that a renewal can go on in it.
    using Keep = std::function<void(const std::shared_ptr<LoginProfile>&)>;

    // `profile` is an error where the engine must not run; the window then says so and offers the other ways.
    EmbeddedLogin(LoginRequest request, Result<std::shared_ptr<LoginProfile>> profile, Keep keep, Theme& theme, QWidget* parent);
    ~EmbeddedLogin() override;

    void start() override;
    [[nodiscard]] QWidget* window() const override;
    void showStep(int step, const QString& text) override;

    // For tests: null where the engine must not run.
    [[nodiscard]] LoginBrowser* browser() const { return browser_.get(); }

private:
    void connectBrowser();
    void connectWindow();
    void fail(const Error& error);
    // Runs `emission` from the event loop: whoever receives it may delete this session, and the page or button that
    // caused it must be done by then.
    void later(std::function<void()> emission);

    LoginRequest request_;
    Keep keep_;
    std::unique_ptr<LoginBrowser> browser_;
    std::unique_ptr<PersonWatch> watch_;
    // Its parent may delete it first.
    QPointer<LoginWindow> window_;
    std::optional<Error> unusable_;
};

} // namespace gw::ui
