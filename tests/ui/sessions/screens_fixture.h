// The Sessions screen over real models, with stand-ins only for the outside: HTTP, clock, keychain, browser and the
// sign-in window.
#pragma once

#include "tests/models/sessions/fakes.h"
#include "tests/support/fake_clock.h"
#include "tests/support/saml_response_builder.h"
#include "ui/sessions/session_actions.h"
#include "ui/sessions/sessions_page.h"
#include "ui/sessions/sign_in_coordinator.h"

#include <QAbstractButton>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace gw::test {

// An STS that answers at once, or with the error that a test put in for a role's name.
class FakeSts final : public cloud::HttpClient {
public:
    explicit FakeSts(const Clock& clock) : clock_(clock) {}
    std::map<std::string, std::pair<std::string, std::string>> refusals;      // role name → code, message
    std::map<std::string, std::string> pages;                                 // URL → body of a GET
    int calls = 0;
    std::chrono::seconds life{3600};

    QFuture<Result<cloud::HttpResponse>> send(cloud::HttpRequest request) override;

private:
    const Clock& clock_;
};

class FakeBrowser final : public ui::Browser {
public:
    std::vector<QUrl> opened;
    bool works = true;
    bool open(const QUrl& url) override {
        opened.push_back(url);
        return works;
    }
};

class FakeLoginSession final : public ui::LoginSession {
    Q_OBJECT
public:
    explicit FakeLoginSession(const ui::LoginRequest& request) : request_(request) {}
    void start() override { ++started; }
    [[nodiscard]] QWidget* window() const override { return nullptr; }
    void showStep(int step, const QString&) override { steps.push_back(step); }
    [[nodiscard]] const ui::LoginRequest& request() const { return request_; }

    int started = 0;
    std::vector<int> steps;

private:
    ui::LoginRequest request_;
};

class FakeLoginPlugin final : public ui::LoginPlugin {
public:
    std::unique_ptr<ui::LoginSession> open(const ui::LoginRequest& request, ui::Theme&, QWidget*) override {
        auto made = std::make_unique<FakeLoginSession>(request);
        current = made.get();
        ++opened;
        return made;
    }
    void warmUp() override {}
    void forget(const QString& folder) override { forgotten.push_back(folder); }
    [[nodiscard]] QString engine() const override { return QStringLiteral("Test engine"); }

    QPointer<FakeLoginSession> current;
    int opened = 0;
    std::vector<QString> forgotten;
};

class Screens {
public:
    // With one provider "Northwind SSO" that trusts providerKey(), unless told.
    explicit Screens(bool withProvider = true);
    ~Screens();

    // A response with these roles of account 111122223333, or of "ACCOUNT/NAME".
    void offer(const std::vector<std::string>& roles);
    // What the provider posts to AWS, caught by the sign-in window.
    void capture();
    // Signs in by the button and waits for the chooser.
    bool chooser(const std::vector<std::string>& roles);
    // Adds a live session without a sign-in.
    sessions::SessionId live(const std::string& role, const std::string& profile, std::chrono::seconds left,
                             std::chrono::seconds total = std::chrono::hours(1), const std::string& account = "111122223333");
    // A visible part of the window by its object name; null where there is none.
    template <class T = QAbstractButton>
    [[nodiscard]] T* part(const QString& name) {
        for (auto* each : window->findChildren<T*>(name))
            if (each->isVisible()) return each;
        return nullptr;
    }
    [[nodiscard]] bool click(const QString& name);
    // What stands in the part that explains a failure, a line a label; empty where it is not shown.
    [[nodiscard]] QString shownErrors();
    // Moves the clock and lets every countdown see it.
    void pass(std::chrono::seconds time);

    static sessions::Provider provider();

    FakeClock clock;
    CountingRandom random;
    FakeSecretStore secrets;
    FakeSts http{clock};
    QTemporaryDir folder;
    sessions::ConfigFile file;
    ui::ProviderList providers;
    sessions::SessionBook book{clock, random, secrets};
    sessions::RoleMemory memory;
    sessions::TrustSource trust;
    cloud::StsClient sts{http, clock, {.calls = 1, .firstPause = std::chrono::milliseconds(0)}};
    saml::ReplayCache replay;
    ui::ActionTable actions;
    FakeBrowser browser;
    FakeLoginPlugin login;
    std::unique_ptr<ui::MainWindow> window;
    std::unique_ptr<ui::SessionsContext> context;
    std::unique_ptr<ui::SignInCoordinator> coordinator;
    ui::SessionsPage* page = nullptr;
    std::unique_ptr<ResponseBuilder> builder;
    int practiceStarted = 0;
    int responses = 0;

private:
    [[nodiscard]] std::filesystem::path path(const char* name) const;
};

} // namespace gw::test
