#include "ui/login/login_profile.h"

#include "ui/login/capture_scripts.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QLocale>
#include <QWebEngineCookieStore>
#include <QWebEngineDownloadRequest>
#include <QWebEngineNotification>
#include <QWebEngineScript>
#include <QWebEngineScriptCollection>
#include <QWebEngineSettings>

namespace gw::ui {
namespace {

void harden(QWebEngineSettings& settings) {
    using Attribute = QWebEngineSettings::WebAttribute;
    constexpr Attribute off[] = {
        QWebEngineSettings::LocalContentCanAccessFileUrls,
        QWebEngineSettings::LocalContentCanAccessRemoteUrls,
        QWebEngineSettings::PdfViewerEnabled,
        QWebEngineSettings::PluginsEnabled,
        QWebEngineSettings::NavigateOnDropEnabled,
        QWebEngineSettings::WebGLEnabled,
        QWebEngineSettings::AutoLoadIconsForPage,
        QWebEngineSettings::JavascriptCanPaste,
        QWebEngineSettings::JavascriptCanAccessClipboard,
        QWebEngineSettings::ScreenCaptureEnabled,
        QWebEngineSettings::DnsPrefetchEnabled,
        QWebEngineSettings::HyperlinkAuditingEnabled,
        QWebEngineSettings::AllowRunningInsecureContent,
        QWebEngineSettings::AllowGeolocationOnInsecureOrigins,
        QWebEngineSettings::AllowWindowActivationFromJavaScript,
        QWebEngineSettings::FullScreenSupportEnabled,
        // The window explains failures itself.
        QWebEngineSettings::ErrorPageEnabled,
    };
    constexpr Attribute on[] = {
        QWebEngineSettings::JavascriptEnabled,
        // Providers open their second factor in a window of its own.
        QWebEngineSettings::JavascriptCanOpenWindows,
        QWebEngineSettings::LocalStorageEnabled,
        QWebEngineSettings::WebRTCPublicInterfacesOnly,
        QWebEngineSettings::PlaybackRequiresUserGesture,
    };
    for (const auto each : off) settings.setAttribute(each, false);
    for (const auto each : on) settings.setAttribute(each, true);
#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
    settings.setAttribute(QWebEngineSettings::ReadingFromCanvasEnabled, false);
#endif
    // So that addresses of other programs reach the page's navigation decision, which refuses every one of them and can
    // tell; under the other policies the engine drops them without a word.
    settings.setUnknownUrlSchemePolicy(QWebEngineSettings::AllowAllUnknownUrlSchemes);
}

QWebEngineScript collector() {
    QWebEngineScript script;
    script.setName(QStringLiteral("gatewarden.collector"));
    script.setSourceCode(collectorScript());
    script.setInjectionPoint(QWebEngineScript::DocumentCreation);
    script.setWorldId(QWebEngineScript::ApplicationWorld);
    script.setRunsOnSubFrames(true);
    return script;
}

// The engine keys storage by name; the folder is what tells one provider's from another's.
QString storageName(const QString& folder) {
    const auto digest = QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha256).toHex().left(24);
    return QStringLiteral("provider-") + QString::fromLatin1(digest);
}

void makePrivateFolder(const QString& path) {
    QDir().mkpath(path);
    QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
}

} // namespace

std::shared_ptr<LoginProfile> LoginProfile::makePrivate(const QString& userAgent) {
    return std::shared_ptr<LoginProfile>(new LoginProfile({}, userAgent));
}

std::shared_ptr<LoginProfile> LoginProfile::makeKept(const QString& folder, const QString& userAgent) {
    return std::shared_ptr<LoginProfile>(new LoginProfile(folder, userAgent));
}

LoginProfile::LoginProfile(const QString& folder, const QString& userAgent) : folder_(folder) {
    if (folder_.isEmpty()) {
        engine_ = std::make_unique<QWebEngineProfile>();
    } else {
        makePrivateFolder(folder_);
        engine_ = std::make_unique<QWebEngineProfile>(storageName(folder_));
        engine_->setPersistentStoragePath(folder_);
        engine_->setHttpCacheType(QWebEngineProfile::MemoryHttpCache);
        engine_->setPersistentCookiesPolicy(QWebEngineProfile::AllowPersistentCookies);
    }
    if (!userAgent.isEmpty()) engine_->setHttpUserAgent(userAgent);
    engine_->setHttpAcceptLanguage(QLocale().uiLanguages().join(QLatin1Char(',')));
    engine_->setSpellCheckEnabled(false);
    engine_->setUrlRequestInterceptor(&interceptor_);
    engine_->scripts()->insert(collector());
    engine_->setNotificationPresenter([](std::unique_ptr<QWebEngineNotification>) {});
    harden(*engine_->settings());
    QObject::connect(engine_.get(), &QWebEngineProfile::downloadRequested, engine_.get(),
                     [](QWebEngineDownloadRequest* download) { download->cancel(); });
}

LoginProfile::~LoginProfile() {
    engine_->setUrlRequestInterceptor(nullptr);
}

void LoginProfile::forget() {
    certificateChoices.clear();
    engine_->cookieStore()->deleteAllCookies();
    engine_->clearHttpCache();
    engine_->clearAllVisitedLinks();
}

} // namespace gw::ui
