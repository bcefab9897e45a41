#include "ui/login/login_browser.h"

#include "ui/login/address.h"

#include <QAuthenticator>
#include <QWebEngineCertificateError>
#include <QWebEngineDownloadRequest>
#include <QWebEngineLoadingInfo>

#include <algorithm>
#include <chrono>

namespace gw::ui {
namespace {

using namespace std::chrono_literals;

// Without a byte of progress for this long, a load is given up.
constexpr auto longestSilence = 45s;
// A page that opens more windows than any login needs is not obeyed further.
constexpr std::size_t mostPages = 6;

// Frames inside a login page may hold what the engine itself makes up, and nothing from this computer's files.
bool frameMayOpen(const QUrl& url) {
    const auto scheme = url.scheme();
    return safetyOf(url) != AddressSafety::Refused || scheme == QLatin1String("about") || scheme == QLatin1String("blob") ||
           scheme == QLatin1String("data");
}

// The engine's words for a network error, "net::ERR_CONNECTION_REFUSED", in plain lower case.
std::string plainWords(const QString& words, int code) {
    auto plain = words;
    plain.remove(QLatin1String("net::"));
    if (plain.startsWith(QLatin1String("ERR_"))) plain = plain.mid(4).replace(QLatin1Char('_'), QLatin1Char(' ')).toLower();
    if (plain.isEmpty()) plain = QStringLiteral("network error %1").arg(code);
    return plain.left(120).toStdString();
}

// Chromium's net_error_list.h.
constexpr int proxyAuthUnsupported = -115;
constexpr int proxyAuthRequested = -127;

} // namespace

LoginBrowser::LoginBrowser(std::shared_ptr<LoginProfile> profile, const LoginRequest& request, QObject* parent)
    : QObject(parent), profile_(std::move(profile)),
      loginUrl_(QUrl(QString::fromStdString(request.provider.loginUrl), QUrl::StrictMode)),
      capture_(request.acs, [this] { return std::vector<QWebEnginePage*>(pages_.begin(), pages_.end()); }) {
    connect(&capture_, &AcsCapture::captured, this, [this](const std::shared_ptr<saml::CapturedResponse>& response) {
        stalled_.stop();
        Q_EMIT captured(response);
    });
    connect(&capture_, &AcsCapture::lost, this, [this](const Error& error) { fail(error); });
    connect(&profile_->interceptor(), &AcsInterceptor::postBlocked, this,
            [this](const QUrl& acs, const QUrl& initiator, const QByteArray& body) {
                const bool ours = std::any_of(pages_.begin(), pages_.end(),
                                              [&](const LoginPage* page) { return originOf(page->url()) == originOf(initiator); });
                if (!ours || blanked_) return;
                if (body.isEmpty())
                    capture_.sighted(acs, AcsCapture::Sighting::Script);
                else
                    capture_.sightedBody(acs, body);
            });
    // Its own copy: a profile that outlives this sign-in goes on refusing.
    profile_->interceptor().setAcs([matcher = request.acs](const QUrl& url) { return AcsCapture::isAcs(matcher, url); });
    connect(&profile_->engine(), &QWebEngineProfile::downloadRequested, this, &LoginBrowser::downloadRefused);
    stalled_.setSingleShot(true);
    connect(&stalled_, &QTimer::timeout, this, [this] {
        if (auto* page = mainPage()) page->triggerAction(QWebEnginePage::Stop);
        fail(Error(LoginError::ProviderUnreachable, "no answer in time")
                 .with("host", loginUrl_.host().toStdString())
                 .with("reason", "timed out")
                 .with("url", publicPart(loginUrl_)));
    });
}

LoginBrowser::~LoginBrowser() {
    // Pages before the profile, and before the members that they call.
    const auto pages = std::exchange(pages_, {});
    for (auto* page : pages) delete page;
    qDeleteAll(findChildren<LoginPage*>(Qt::FindDirectChildrenOnly));
}

LoginPage* LoginBrowser::addPage() {
    auto* page = new LoginPage(profile_->engine(), *this, this);
    pages_.push_back(page);
    connect(page, &QWebEnginePage::windowCloseRequested, this, [this, page] {
        if (page != mainPage()) closePage(page);
    });
    connect(page, &LoginPage::certificateRefused, this,
            [this](const QUrl& url, const QString& description, const QString& subject, const QString& issuer) {
                auto reason = description.simplified();
                while (reason.endsWith(QLatin1Char('.'))) reason.chop(1);
                fail(Error(LoginError::CertificateRefused, "the certificate was refused")
                         .with("host", url.host().toStdString())
                         .with("reason", reason.toStdString())
                         .with("subject", subject.toStdString())
                         .with("issuer", issuer.toStdString())
                         .with("url", publicPart(url)));
            });
    connect(page, &LoginPage::loadBroke, this, &LoginBrowser::onLoadBroke);
    connect(page, &LoginPage::clientCertificateWanted, this, &LoginBrowser::clientCertificateWanted);
    connect(page, &LoginPage::said, this, [this](const QUrl& origin, const QString& text) { Q_EMIT said(hostAndPort(origin), text); });
    connect(page, &LoginPage::fileRefused, this, &LoginBrowser::fileRefused);
    connect(page, &QWebEnginePage::loadStarted, this, [this] { stalled_.start(longestSilence); });
    connect(page, &QWebEnginePage::loadProgress, this, [this] {
        if (stalled_.isActive()) stalled_.start(longestSilence);
    });
    connect(page, &QWebEnginePage::loadFinished, this, [this] { stalled_.stop(); });
    connect(page, &QWebEnginePage::renderProcessTerminated, this,
            [this, page](QWebEnginePage::RenderProcessTerminationStatus status, int exitCode) {
                if (status == QWebEnginePage::NormalTerminationStatus || blanked_ || capture_.done()) return;
                fail(Error(LoginError::EngineDied, "the renderer ended with " + std::to_string(exitCode))
                         .with("host", page->url().host().toStdString())
                         .with("reason", status == QWebEnginePage::KilledTerminationStatus ? "killed" : "crashed"));
            });
    Q_EMIT pageOpened(page);
    return page;
}

void LoginBrowser::start() {
    while (pages_.size() > 1) closePage(pages_.back());
    if (pages_.empty()) addPage();
    capture_.reset();
    refusalTold_ = false;
    blanked_ = false;
    if (const auto safety = safetyOf(loginUrl_); safety != AddressSafety::Secure && safety != AddressSafety::Loopback) {
        fail(Error(LoginError::UnsafeAddress, "the login address is neither https nor on loopback")
                 .with("host", loginUrl_.host().toStdString())
                 .with("url", publicPart(loginUrl_)));
        return;
    }
    stalled_.start(longestSilence);
    mainPage()->load(loginUrl_);
}

void LoginBrowser::reload() {
    if (auto* page = currentPage()) page->triggerAction(QWebEnginePage::Reload);
}

void LoginBrowser::blank() {
    blanked_ = true;
    stalled_.stop();
    while (pages_.size() > 1) closePage(pages_.back());
    if (auto* page = mainPage()) {
        page->triggerAction(QWebEnginePage::Stop);
        page->setUrl(QUrl(QStringLiteral("about:blank")));
    }
}

void LoginBrowser::closePage(LoginPage* page) {
    const auto at = std::find(pages_.begin(), pages_.end(), page);
    if (at == pages_.end()) return;
    Q_EMIT pageClosing(page);
    pages_.erase(at);
    // The page may be the one whose signal is being handled.
    page->deleteLater();
}

bool LoginBrowser::mayNavigate(LoginPage& page, const QUrl& url, QWebEnginePage::NavigationType type, bool mainFrame) {
    if (capture_.isAcs(url)) {
        onAcs(url, type, mainFrame);
        return false;
    }
    if (blanked_) return safetyOf(url) == AddressSafety::Blank;
    onRefusal(url);
    if (!mainFrame) return frameMayOpen(url);
    const auto safety = safetyOf(url);
    const bool allowed = safety == AddressSafety::Secure || safety == AddressSafety::Blank ||
                         // Another program on this computer must not be reachable from a provider on the internet.
                         (safety == AddressSafety::Loopback && safetyOf(loginUrl_) == AddressSafety::Loopback);
    if (allowed || refusalOf(url)) return allowed;
    QMetaObject::invokeMethod(
        this,
        [this, url, isFirst = &page == mainPage()] {
            Q_EMIT addressRefused(url);
            // Other programs' schemes are only told; a page that moves to plain http cannot go on.
            if (isFirst && url.scheme() == QLatin1String("http"))
                fail(Error(LoginError::UnsafeAddress, "the page moved to an address that is not encrypted")
                         .with("host", url.host().toStdString())
                         .with("url", publicPart(url)));
        },
        Qt::QueuedConnection);
    return false;
}

void LoginBrowser::onAcs(const QUrl& url, QWebEnginePage::NavigationType type, bool mainFrame) {
    if (blanked_) return;
    using Sighting = AcsCapture::Sighting;
    auto sighting = Sighting::NotAPost;
    if (type == QWebEnginePage::NavigationTypeRedirect) {
        if (profile_->interceptor().lastNavigationWasPost()) sighting = Sighting::Redirect;
    } else if (!mainFrame) {
        sighting = Sighting::Frame;
    } else if (type == QWebEnginePage::NavigationTypeFormSubmitted) {
        sighting = Sighting::Form;
    }
    capture_.sighted(url, sighting);
}

void LoginBrowser::onRefusal(const QUrl& url) {
    const auto refusal = refusalOf(url);
    if (!refusal || refusalTold_) return;
    refusalTold_ = true;
    QMetaObject::invokeMethod(
        this,
        [this, url, refusal = *refusal] {
            const auto* page = currentPage();
            const auto host = url.host().isEmpty() && page != nullptr ? page->url().host() : url.host();
            Q_EMIT refused(refusal, Error(LoginError::EmbeddedViewRefused, "the provider refuses this engine")
                                        .with("host", host.toStdString())
                                        .with("reason", refusal == Refusal::DeviceCheck ? "device_check" : "embedded_engine")
                                        .with("url", publicPart(url)));
        },
        Qt::QueuedConnection);
}

LoginPage* LoginBrowser::openWindow(LoginPage&) { return pages_.size() >= mostPages || blanked_ ? nullptr : addPage(); }

bool LoginBrowser::confirm(const QUrl& origin, const QString& question) {
    if (agreed_.contains(question)) return true;
    Q_EMIT confirmDeclined(hostAndPort(origin), question);
    return false;
}

void LoginBrowser::onLoadBroke(const QUrl& url, int code, int domain, const QString& words) {
    // Pages that come with a status of 400 and above have their own words for it; the certificate has been told already.
    if (domain == QWebEngineLoadingInfo::HttpStatusCodeDomain || domain == QWebEngineLoadingInfo::CertificateErrorDomain) return;
    if (capture_.reading() || capture_.done() || blanked_) return;
    if (code <= QWebEngineCertificateError::CertificateCommonNameInvalid && code > -220) return;
    if (code == proxyAuthUnsupported || code == proxyAuthRequested) return;
    const auto safe = url.isEmpty() ? loginUrl_ : url;
    fail(Error(LoginError::ProviderUnreachable, plainWords(words, code))
             .with("host", safe.host().toStdString())
             .with("reason", plainWords(words, code))
             .with("url", publicPart(safe)));
}

void LoginBrowser::authenticate(LoginPage& page, const QUrl& url, QAuthenticator& authenticator) {
    // Nothing but the page itself may ask: a picture from elsewhere could pass its prompt off as the provider's.
    if (originOf(url) != originOf(page.destination())) {
        authenticator = QAuthenticator();
        return;
    }
    AuthChallenge challenge;
    challenge.origin = originOf(url);
    challenge.host = hostAndPort(url);
    challenge.encrypted = url.scheme() == QLatin1String("https");
    fillIn(std::move(challenge), authenticator);
}

void LoginBrowser::authenticateAtProxy(LoginPage&, const QString& proxyHost, QAuthenticator& authenticator) {
    AuthChallenge challenge;
    challenge.origin = QStringLiteral("proxy://") + proxyHost;
    challenge.host = proxyHost;
    challenge.proxy = true;
    challenge.encrypted = false;
    fillIn(std::move(challenge), authenticator);
}

void LoginBrowser::fillIn(AuthChallenge challenge, QAuthenticator& authenticator) {
    challenge.realm = authenticator.realm().left(120);
    if (const auto known = answers_.find(challenge.origin); known != answers_.end()) {
        const auto password = known->second.password.reveal();
        authenticator.setUser(known->second.user);
        authenticator.setPassword(QString::fromUtf8(password.data(), static_cast<qsizetype>(password.size())));
        // The engine remembers what was accepted; asking again means that it was not.
        answers_.erase(known);
        given_.insert(challenge.origin);
        return;
    }
    // Only a null authenticator declines: one with a realm counts as an empty name and password.
    authenticator = QAuthenticator();
    challenge.refused = given_.contains(challenge.origin);
    QMetaObject::invokeMethod(this, [this, challenge] { Q_EMIT credentialsWanted(challenge); }, Qt::QueuedConnection);
}

void LoginBrowser::answer(const AuthChallenge& challenge, const QString& user, Secret password) {
    answers_.insert_or_assign(challenge.origin, Credentials{user, std::move(password)});
    if (auto* page = currentPage()) page->load(page->destination());
}

void LoginBrowser::decline(const AuthChallenge& challenge) {
    given_.remove(challenge.origin);
    if (challenge.proxy)
        fail(Error(LoginError::ProxyNeedsPassword, "the proxy was given no password")
                 .with("host", loginUrl_.host().toStdString())
                 .with("proxy", challenge.host.toStdString())
                 .with("url", publicPart(loginUrl_)));
}

void LoginBrowser::fail(Error error) {
    stalled_.stop();
    QMetaObject::invokeMethod(this, [this, error = std::move(error)] { Q_EMIT failed(error); }, Qt::QueuedConnection);
}

} // namespace gw::ui
