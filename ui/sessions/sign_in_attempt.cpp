#include "ui/sessions/sign_in_attempt.h"

#include "models/cloud/loopback_acs.h"
#include "models/sessions/providers/sign_in_address.h"
#include "models/store/when_done.h"
#include "saml/aws/endpoints.h"
#include "ui/errors_text.h"
#include "ui/sessions/sign_in_error.h"

#include <QUrl>
#include <QWidget>

namespace gw::ui {

using sessions::SignIn;

namespace {

// Long enough for a slow network; whoever waits wants to read why the sign-in failed.
constexpr std::chrono::seconds clockPatience{3};

// Which of the two clocks is wrong cannot be told from the assertion alone.
bool concernsClocks(const Code& code) { return code.is(saml::VerifyError::Expired) || code.is(saml::VerifyError::NotYetValid); }

// The address among the provider's own that a listener on this computer can answer.
std::optional<QUrl> loopbackAcs(const sessions::Provider& provider) {
    for (const auto& text : provider.additionalAcs) {
        const QUrl url(QString::fromStdString(text), QUrl::StrictMode);
        if (url.isValid() && url.scheme() == u"http" && url.host() == u"127.0.0.1" && url.port() > 0) return url;
    }
    return std::nullopt;
}

} // namespace

SignInAttempt::SignInAttempt(const SessionsContext& context, sessions::Provider provider, Way way, QObject* parent)
    : QObject(parent), context_(context), provider_(std::move(provider)), way_(way), since_(context.clock.now()), address_(provider_.loginUrl) {}

SignInAttempt::~SignInAttempt() = default;

void SignInAttempt::start() {
    loadTrust();
    switchTo(way_);
}

void SignInAttempt::switchTo(Way way) {
    way_ = way;
    closeWindow();
    loopback_.reset();
    if (stage_ == Stage::Failed) return;
    toOpen_ = way != Way::Paste;
    openWhenReady();
    if (stage_ != Stage::Failed) Q_EMIT stageChanged();
}

void SignInAttempt::continueFrom(const SignInAttempt& other) {
    address_ = other.address_;
    requestId_ = other.requestId_;
}

// A request goes where the metadata says; a login page is known without it.
void SignInAttempt::openWhenReady() {
    if (!toOpen_ || (provider_.requestsSignIn && !trust_)) return;
    toOpen_ = false;
    if (trust_) {
        sessions::SignInAddress begin = sessions::signInAddress(provider_, *trust_, context_.clock.now(), context_.random);
        address_ = std::move(begin.url);
        requestId_ = std::move(begin.requestId);
    }
    if (way_ == Way::SystemBrowser) return openBrowser();
    openWindow(way_ == Way::OffScreen);
}

void SignInAttempt::loadTrust() {
    whenDone(context_.trust.load(provider_), this, [this](Result<sessions::Trust> trust) {
        if (!trust) return failWith(std::move(trust).error());
        trust_ = std::move(*trust);
        openWhenReady();
        if (stage_ == Stage::Failed) return;
        Q_EMIT stageChanged();
        verifyIfReady();
    });
}

void SignInAttempt::openWindow(bool offscreen) {
    auto plugin = context_.login();
    if (!plugin) return failWith(std::move(plugin).error());
    sessions::Provider addressed = provider_;
    addressed.loginUrl = address_;
    LoginRequest request{std::move(addressed), aws::AcsMatcher(provider_.additionalAcs), offscreen, {}, context_.theme.scheme() == Scheme::Dark, 100};
    request.zoom = context_.memory.zoom(provider_.id);
    if (provider_.keepCookies)
        request.profileFolder = QString::fromStdString((context_.paths.browserProfiles / provider_.id.value()).string());
    window_ = (*plugin)->open(request, context_.theme, &context_.window);
    LoginSession* window = window_.get();
    connect(window, &LoginSession::captured, this, [this](const std::shared_ptr<saml::CapturedResponse>& response) {
        if (response) accept(std::move(*response));
    });
    connect(window, &LoginSession::cancelled, this, [this] {
        closeWindow();
        Q_EMIT cancelled();
    });
    connect(window, &LoginSession::failed, this, [this](const Error& error) {
        // With a window the failure is shown there, with a way on; only an unseen renewal ends by it.
        if (way_ == Way::OffScreen) failWith(error);
    });
    connect(window, &LoginSession::personNeeded, this, &SignInAttempt::personNeeded);
    connect(window, &LoginSession::pasteWanted, this, &SignInAttempt::pasteWanted);
    connect(window, &LoginSession::systemBrowserWanted, this, &SignInAttempt::systemBrowserWanted);
    connect(window, &LoginSession::keepCookiesChanged, this, &SignInAttempt::keepCookiesChanged);
    connect(window, &LoginSession::zoomChanged, this, [this](int percent) { context_.memory.setZoom(provider_.id, percent); });
    window->start();
}

void SignInAttempt::openBrowser() {
    if (const auto acs = loopbackAcs(provider_)) {
        cloud::LoopbackAcsSettings settings;
        settings.port = static_cast<std::uint16_t>(acs->port());
        settings.path = acs->path().isEmpty() ? "/" : acs->path().toStdString();
        settings.timeout = std::chrono::minutes(10);
        settings.title = tr("Gatewarden").toStdString();
        settings.doneText = tr("The sign-in arrived. This page can be closed.").toStdString();
        settings.refusedText = tr("This was not the answer that Gatewarden waits for.").toStdString();
        loopback_ = std::make_unique<cloud::LoopbackAcs>(std::move(settings), context_.clock);
        connect(loopback_.get(), &cloud::LoopbackAcs::captured, this, [this](std::shared_ptr<saml::CapturedResponse> response) {
            if (response) accept(std::move(*response));
        });
        connect(loopback_.get(), &cloud::LoopbackAcs::failed, this, [this](const Error& error) { failWith(error); });
        if (auto listening = loopback_->listen(); !listening) return failWith(std::move(listening).error());
    }
    if (!context_.browser.open(QUrl(QString::fromStdString(address_), QUrl::StrictMode)))
        failWith(Error(SignInError::BrowserNotOpened).with("url", provider_.loginUrl));
}

void SignInAttempt::accept(saml::CapturedResponse response) {
    if (stage_ != Stage::Waiting || captured_ || signIn_) return;
    response.requestId = requestId_;
    if (context_.captured) context_.captured(provider_, response);
    captured_ = std::move(response);
    verifyIfReady();
}

void SignInAttempt::verifyIfReady() {
    if (!captured_ || !trust_ || signIn_) return;
    signIn_ = std::make_unique<SignIn>(provider_, trust_->provider, context_.sts, context_.book, context_.replay, context_.clock);
    first_ = context_.memory.knownRoles(provider_.id).empty();
    signIn_->setDecryptionKeys(trust_->decryptionKeys, trust_->keyProblems);
    signIn_->setMemory(&context_.memory);
    connect(signIn_.get(), &SignIn::stageChanged, this, &SignInAttempt::followSignIn);
    connect(signIn_.get(), &SignIn::exchanged, this, &SignInAttempt::exchanged);
    signIn_->accept(std::move(*captured_));
    captured_.reset();
}

void SignInAttempt::followSignIn(SignIn::Stage stage) {
    switch (stage) {
    case SignIn::Stage::WaitingForPerson: return;
    case SignIn::Stage::Verifying:
        showWindowStep(2, tr("Signature, audience, recipient and times are being checked."));
        return enter(Stage::Verifying);
    case SignIn::Stage::Choosing:
        if (stage_ == Stage::Exchanging) return enter(Stage::Usable);
        closeWindow();
        return enter(Stage::Usable);
    case SignIn::Stage::Exchanging: return enter(Stage::Exchanging);
    case SignIn::Stage::Stale: return enter(Stage::Stale);
    case SignIn::Stage::Cancelled: return;
    case SignIn::Stage::Failed:
        if (!signIn_->error()) return;
        return concernsClocks(signIn_->error()->code()) ? compareClocks(*signIn_->error()) : failWith(*signIn_->error());
    }
}

void SignInAttempt::exchange(std::vector<sessions::RoleChoice> choices) {
    if (usable()) signIn_->exchange(std::move(choices));
}

bool SignInAttempt::usable() const {
    if (stage_ != Stage::Usable || !signIn_) return false;
    const auto deadline = signIn_->deadline();
    return deadline && context_.clock.now() < *deadline;
}

void SignInAttempt::raise() {
    QWidget* window = window_ ? window_->window() : nullptr;
    if (!window) return;
    window->show();
    window->raise();
    window->activateWindow();
}

void SignInAttempt::showWindowStep(int step, const QString& text) {
    if (window_) window_->showStep(step, text);
}

void SignInAttempt::closeWindow() {
    // Its own signal may be on the stack.
    if (LoginSession* window = window_.release()) {
        window->disconnect(this);
        if (QWidget* widget = window->window()) widget->hide();
        window->deleteLater();
    }
}

std::optional<std::chrono::milliseconds> SignInAttempt::clockOffset() const {
    return clockOffset_ || !signIn_ ? clockOffset_ : signIn_->clockOffset();
}

// AWS's clock is the one that counts, and any answer of AWS carries its time.
void SignInAttempt::compareClocks(Error error) {
    cloud::HttpRequest request;
    request.url = provider_.stsEndpoint.empty() ? aws::stsEndpoint(provider_.partition, provider_.defaultRegion()) : provider_.stsEndpoint;
    request.timeout = clockPatience;
    whenDone(context_.http.send(std::move(request)), this, [this, error = std::move(error)](const Result<cloud::HttpResponse>& answer) mutable {
        if (answer && answer->date) {
            clockOffset_ = *answer->date - context_.clock.now();
            error = std::move(error).with("clock_offset", std::to_string(std::chrono::floor<std::chrono::seconds>(*clockOffset_).count()));
        }
        failWith(std::move(error));
    });
}

void SignInAttempt::enter(Stage stage) {
    stage_ = stage;
    Q_EMIT stageChanged();
}

void SignInAttempt::failWith(Error error) {
    if (stage_ == Stage::Failed) return;
    showWindowStep(4, explainBriefly(error));
    closeWindow();
    if (loopback_) loopback_.release()->deleteLater();
    error_ = std::move(error);
    enter(Stage::Failed);
}

} // namespace gw::ui
