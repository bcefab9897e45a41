#include "ui/login/embedded_login_plugin.h"

#include "ui/login/embedded_login.h"
#include "ui/login/engine_flags.h"

#include <QCoreApplication>
#include <QDir>
#include <QGuiApplication>
#include <QPalette>
#include <QWebEnginePage>
#include <QtWebEngineCore/qtwebenginecoreglobal.h>

#include <chrono>
#include <iterator>

namespace gw::ui {
namespace {

using namespace std::chrono_literals;

constexpr auto sweepEvery = 500ms;
constexpr int sweeps = 10;

} // namespace

EmbeddedLoginPlugin::EmbeddedLoginPlugin() {
    // The engine ends with the application, and the plugin may outlive both.
    QObject::connect(QCoreApplication::instance(), &QCoreApplication::aboutToQuit, &context_, [this] {
        coolDown();
        lastPrivate_.clear();
        sweep();
    });
    sweeper_.setInterval(sweepEvery);
    QObject::connect(&sweeper_, &QTimer::timeout, &context_, [this] { sweep(); });
}

EmbeddedLoginPlugin::~EmbeddedLoginPlugin() { coolDown(); }

void EmbeddedLoginPlugin::coolDown() {
    warmPage_.reset();
    warmProfile_.reset();
}

void EmbeddedLoginPlugin::warmUp() {
    if (warmProfile_ || !engineUsable()) return;
    prepareEngine(QGuiApplication::palette().color(QPalette::Window).lightness() < 128);
    warmProfile_ = LoginProfile::makePrivate({});
    warmPage_ = std::make_unique<QWebEnginePage>(&warmProfile_->engine());
    warmPage_->setUrl(QUrl(QStringLiteral("about:blank")));
}

std::shared_ptr<LoginProfile> EmbeddedLoginPlugin::keptProfile(const QString& folder, const QString& userAgent) {
    auto& slot = kept_[QDir::cleanPath(folder)];
    if (auto alive = slot.lock()) {
        doomed_.erase(QDir::cleanPath(folder));
        return alive;
    }
    if (doomed_.erase(QDir::cleanPath(folder)) > 0) QDir(folder).removeRecursively();
    auto made = LoginProfile::makeKept(QDir::cleanPath(folder), userAgent);
    slot = made;
    return made;
}

Result<std::shared_ptr<LoginProfile>> EmbeddedLoginPlugin::profileFor(const LoginRequest& request) {
    GW_CHECK(engineUsable());
    prepareEngine(request.dark);
    const auto userAgent = QString::fromStdString(request.provider.userAgent);
    if (!request.profileFolder.isEmpty()) return keptProfile(request.profileFolder, userAgent);
    if (request.offscreen) {
        if (const auto last = lastPrivate_.find(request.provider.id); last != lastPrivate_.end()) return last->second;
    }
    if (warmProfile_ && userAgent.isEmpty()) return std::exchange(warmProfile_, nullptr);
    return LoginProfile::makePrivate(userAgent);
}

std::unique_ptr<LoginSession> EmbeddedLoginPlugin::open(const LoginRequest& request, Theme& theme, QWidget* parent) {
    auto profile = profileFor(request);
    auto keep = [this, id = request.provider.id](const std::shared_ptr<LoginProfile>& used) {
        if (used->folder().isEmpty()) lastPrivate_[id] = used;
    };
    auto session = std::make_unique<EmbeddedLogin>(request, std::move(profile), std::move(keep), theme, parent);
    // The waiting page goes before its profile can, which the session now owns.
    coolDown();
    return session;
}

void EmbeddedLoginPlugin::forget(const QString& profileFolder) {
    if (profileFolder.isEmpty()) {
        for (auto& [id, profile] : lastPrivate_) profile->forget();
        lastPrivate_.clear();
        return;
    }
    const auto folder = QDir::cleanPath(profileFolder);
    if (const auto alive = kept_[folder].lock()) alive->forget();
    doomed_[folder] = sweeps;
    sweep();
    sweeper_.start();
}

void EmbeddedLoginPlugin::sweep() {
    for (auto each = doomed_.begin(); each != doomed_.end();) {
        auto& [folder, left] = *each;
        if (const auto used = kept_.find(folder); used == kept_.end() || used->second.expired()) {
            QDir(folder).removeRecursively();
            --left;
        }
        each = left > 0 ? std::next(each) : doomed_.erase(each);
    }
    if (doomed_.empty()) sweeper_.stop();
}

QString EmbeddedLoginPlugin::engine() const {
    const auto version = QString::fromLatin1(qWebEngineChromiumVersion());
    return QStringLiteral("Chromium %1").arg(version.section(QLatin1Char('.'), 0, 0));
}

} // namespace gw::ui
