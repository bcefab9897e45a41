#include "ui/login/login_page.h"

#include <QAuthenticator>
#include <QCoreApplication>
#include <QSslCertificate>
#include <QWebEngineCertificateError>
#include <QWebEngineFileSystemAccessRequest>
#include <QWebEngineFullScreenRequest>
#include <QWebEngineLoadingInfo>
#include <QWebEngineProfile>
#include <QWebEngineQuotaRequest>
#include <QWebEngineRegisterProtocolHandlerRequest>
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
#include <QWebEnginePermission>
#endif

namespace gw::ui {
namespace {

// net::ERR_ABORTED: a navigation that this program or the page gave up, among them every refused one.
constexpr int aborted = -3;

QString nameOf(const QStringList& commonNames, const QStringList& organizations) {
    return commonNames.isEmpty() ? organizations.join(QLatin1String(", ")) : commonNames.join(QLatin1String(", "));
}

} // namespace

LoginPage::LoginPage(QWebEngineProfile& profile, Guard& guard, QObject* parent) : QWebEnginePage(&profile, parent), guard_(guard) {
    connect(this, &QWebEnginePage::certificateError, this, [this](const QWebEngineCertificateError& error) {
        auto copy = error;
        copy.rejectCertificate();
        // A picture's or a frame's certificate stops that picture; only the page's own stops the sign-in.
        if (error.url().host() != destination_.host()) return;
        refusedCertificateHost_ = error.url().host();
        const auto chain = error.certificateChain();
        const auto leaf = chain.isEmpty() ? QSslCertificate() : chain.first();
        Q_EMIT certificateRefused(error.url(), error.description(),
                                  nameOf(leaf.subjectInfo(QSslCertificate::CommonName), leaf.subjectInfo(QSslCertificate::Organization)),
                                  nameOf(leaf.issuerInfo(QSslCertificate::CommonName), leaf.issuerInfo(QSslCertificate::Organization)));
    });
    connect(this, &QWebEnginePage::selectClientCertificate, this, &LoginPage::clientCertificateWanted);
    connect(this, &QWebEnginePage::authenticationRequired, this,
            [this](const QUrl& url, QAuthenticator* authenticator) { guard_.authenticate(*this, url, *authenticator); });
    connect(this, &QWebEnginePage::proxyAuthenticationRequired, this,
            [this](const QUrl&, QAuthenticator* authenticator, const QString& proxyHost) {
                guard_.authenticateAtProxy(*this, proxyHost, *authenticator);
            });
    connect(this, &QWebEnginePage::loadingChanged, this, [this](const QWebEngineLoadingInfo& info) {
        if (info.status() != QWebEngineLoadingInfo::LoadFailedStatus || info.errorCode() == aborted) return;
        Q_EMIT loadBroke(info.url(), info.errorCode(), info.errorDomain(), info.errorString());
    });
    refuseWhatNoLoginNeeds();
}

void LoginPage::refuseWhatNoLoginNeeds() {
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    connect(this, &QWebEnginePage::permissionRequested, this, [](QWebEnginePermission permission) { permission.deny(); });
#else
    connect(this, &QWebEnginePage::featurePermissionRequested, this, [this](const QUrl& origin, Feature feature) {
        setFeaturePermission(origin, feature, PermissionDeniedByUser);
    });
#endif
#if QT_VERSION < QT_VERSION_CHECK(6, 9, 0)
    connect(this, &QWebEnginePage::quotaRequested, this, [](QWebEngineQuotaRequest request) { request.reject(); });
#endif
    connect(this, &QWebEnginePage::registerProtocolHandlerRequested, this,
            [](QWebEngineRegisterProtocolHandlerRequest request) { request.reject(); });
    connect(this, &QWebEnginePage::fileSystemAccessRequested, this, [](QWebEngineFileSystemAccessRequest request) { request.reject(); });
    connect(this, &QWebEnginePage::fullScreenRequested, this, [](QWebEngineFullScreenRequest request) { request.reject(); });
}

bool LoginPage::acceptNavigationRequest(const QUrl& url, NavigationType type, bool isMainFrame) {
    if (!guard_.mayNavigate(*this, url, type, isMainFrame)) return false;
    if (isMainFrame) {
        destination_ = url;
        refusedCertificateHost_.clear();
    }
    return true;
}

QWebEnginePage* LoginPage::createWindow(WebWindowType) { return guard_.openWindow(*this); }

QStringList LoginPage::chooseFiles(FileSelectionMode, const QStringList&, const QStringList&) {
    Q_EMIT fileRefused();
    return {};
}

void LoginPage::javaScriptAlert(const QUrl& securityOrigin, const QString& message) { Q_EMIT said(securityOrigin, message); }

bool LoginPage::javaScriptConfirm(const QUrl& securityOrigin, const QString& message) {
    // The engine asks through this function too whether a page may be left, and nothing may hold a sign-in back.
    const auto leaving = QCoreApplication::translate("QWebEnginePage", "Are you sure you want to leave this page? Changes that you "
                                                                       "made may not be saved.");
    return message == leaving || guard_.confirm(securityOrigin, message);
}

bool LoginPage::javaScriptPrompt(const QUrl& securityOrigin, const QString& message, const QString&, QString*) {
    Q_EMIT said(securityOrigin, message);
    return false;
}

// A page may print anything here, tokens included: it goes nowhere.
void LoginPage::javaScriptConsoleMessage(JavaScriptConsoleMessageLevel, const QString&, int, const QString&) {}

} // namespace gw::ui
