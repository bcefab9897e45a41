#include "app/composition/status_line.h"

#include "ui/errors_text.h"
#include "ui/widgets/widgets.h"

#include <QDateTime>
#include <QLocale>

#include <cmath>

namespace gw::app {
namespace {

// From here on a sign-in may fail for the clock alone: SAML's usual tolerance is three minutes, AWS's window is five.
constexpr std::chrono::seconds worrying{60};

} // namespace

StatusLine::StatusLine(const ui::SessionsContext& context, ui::SignInCoordinator& coordinator, DeferredSecretStore& secrets, QObject* parent)
    : QObject(parent), context_(context), coordinator_(coordinator), secrets_(secrets) {
    connect(&secrets_, &DeferredSecretStore::opened, this, &StatusLine::showSecrets);
    connect(&context_.book, &sessions::SessionBook::changed, this, &StatusLine::showAgent);
    connect(&coordinator_, &ui::SignInCoordinator::changed, this, &StatusLine::readOffset);
    connect(&context_.providers, &ui::ProviderList::changed, this, &StatusLine::showAgent);
    connect(&context_.book, &sessions::SessionBook::secretStoreFailed, this, &StatusLine::tellSecretsFailed);
    connect(&context_.memory, &sessions::RoleMemory::saveFailed, this, &StatusLine::tellNotKept);
    second_.setInterval(1000);
    connect(&second_, &QTimer::timeout, this, &StatusLine::showTime);
    second_.start();
    showTime();
    showAgent();
}

void StatusLine::setAgent(bool listening) {
    listening_ = listening;
    showAgent();
}

void StatusLine::showSecrets() {
    auto& window = context_.window;
    if (secrets_.outlivesProcess()) {
        window.setStatus(QStringLiteral("secrets"), QStringLiteral("lock"), tr("Credentials in the system's keychain"), false);
        window.hideBanner(QStringLiteral("keychain"));
        return;
    }
    window.setStatus(QStringLiteral("secrets"), QStringLiteral("unlock"), tr("Credentials in memory only"), false);
    if (context_.practice) return;
    ui::Banner banner;
    banner.id = QStringLiteral("keychain");
    banner.kind = ui::BannerKind::Warning;
    banner.icon = QStringLiteral("unlock");
    banner.strong = secrets_.problem() ? ui::explain(*secrets_.problem()).title + QLatin1Char('.') : tr("No keychain found.");
    banner.text = tr("Credentials stay in memory and are gone when Gatewarden quits.");
    banner.linkText = tr("Dismiss");
    banner.link = [&window] { window.hideBanner(QStringLiteral("keychain")); };
    window.showBanner(banner);
}

void StatusLine::tellSecretsFailed(const Error& error) {
    const ui::ErrorText text = ui::explain(error);
    auto& window = context_.window;
    ui::Banner banner;
    banner.id = QStringLiteral("keychain");
    banner.kind = ui::BannerKind::Warning;
    banner.icon = QStringLiteral("unlock");
    banner.strong = text.title + QLatin1Char('.');
    banner.text = text.why;
    banner.linkText = tr("Dismiss");
    banner.link = [&window] { window.hideBanner(QStringLiteral("keychain")); };
    window.showBanner(banner);
}

void StatusLine::tellNotKept(const Error& error) {
    // Each sign-in would fail to save again; it is said once for each reason.
    if (notKept_ == error.code()) return;
    notKept_ = error.code();
    const ui::ErrorText text = ui::explain(error);
    context_.window.showToast({QStringLiteral("memory.not-kept"), ui::ToastKind::Warning, tr("Favourites and last used roles are not kept"),
                               QStringLiteral("%1. %2").arg(text.title, text.whatToDo.value(0)), {}, {}});
}

void StatusLine::showAgent() {
    const int live = static_cast<int>(context_.book.profilesInUse().size());
    context_.window.setStatus(QStringLiteral("agent"), QStringLiteral("terminal"),
                              listening_ ? tr("Agent serving %n profile(s)", nullptr, live) : tr("Agent off: tools get nothing"), true);
    const auto& providers = context_.providers.providers();
    context_.window.setStatus(QStringLiteral("region"), QStringLiteral("globe"),
                              providers.empty() ? QString() : QString::fromStdString(providers.front().defaultRegion().value()), true);
}

void StatusLine::showTime() {
    if (!context_.window.isVisible()) return;
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(context_.clock.now().unixMilliseconds(), Qt::UTC);
    QString text = tr("%1 UTC").arg(now.toString(QStringLiteral("HH:mm:ss")));
    if (offset_) {
        const double seconds = std::chrono::duration<double>(-*offset_).count();
        const QString sign = seconds < 0 ? QString(QChar(0x2212)) : QStringLiteral("+");
        text = tr("%1, clock %2 s").arg(text, sign + QLocale().toString(std::abs(seconds), 'f', 1));
    }
    context_.window.setStatus(QStringLiteral("time"), QStringLiteral("expiry"), text, true);
}

void StatusLine::readOffset(const sessions::ProviderId& provider) {
    const ui::SignInAttempt* attempt = coordinator_.attempt(provider);
    if (attempt == nullptr || !attempt->clockOffset()) return;
    offset_ = attempt->clockOffset();
    showTime();
    const auto size = std::chrono::abs(std::chrono::duration_cast<std::chrono::seconds>(*offset_));
    if (size < worrying) {
        context_.window.hideBanner(QStringLiteral("clock"));
        return;
    }
    ui::Banner banner;
    banner.id = QStringLiteral("clock");
    banner.kind = ui::BannerKind::Warning;
    banner.icon = QStringLiteral("expiry");
    const QString how = ui::durationText(size);
    banner.strong = offset_->count() > 0 ? tr("This computer's clock is %1 behind AWS.").arg(how)
                                         : tr("This computer's clock is %1 ahead of AWS.").arg(how);
    banner.text = tr("Sign-ins may be refused until it is right: switch on automatic time in the system's settings.");
    context_.window.showBanner(banner);
}

} // namespace gw::app
