#include "ui/login/engine_refusal.h"

#include <QUrlQuery>

#include <array>

namespace gw::ui {
namespace {

bool isHostOrBelow(const QString& host, QLatin1String domain) {
    return host == domain || (host.endsWith(domain) && host.at(host.size() - domain.size() - 1) == QLatin1Char('.'));
}

// "This browser or app may not be secure", and the same said to OAuth clients.
bool isGoogleRejection(const QUrl& url) {
    if (url.host() != QLatin1String("accounts.google.com")) return false;
    const auto path = url.path();
    if (path.endsWith(QLatin1String("/signin/rejected")) || path.endsWith(QLatin1String("/deniedsigninrejected"))) return true;
    return path.endsWith(QLatin1String("/oauth/error")) &&
           url.query().contains(QLatin1String("disallowed_useragent"), Qt::CaseInsensitive);
}

// Conditional Access: the device is not compliant, not joined, or must prove itself with a certificate. Microsoft Entra,
// "Authentication and authorization error codes": 53000, 53001, 530001 (browser not supported), 53002, 50097, 50129.
bool isEntraDeviceCheck(const QUrl& url) {
    const auto host = url.host();
    if (host == QLatin1String("device.login.microsoftonline.com") || host == QLatin1String("device.login.microsoftonline.us")) return true;
    if (!isHostOrBelow(host, QLatin1String("microsoftonline.com")) && !isHostOrBelow(host, QLatin1String("microsoftonline.us")) &&
        !isHostOrBelow(host, QLatin1String("partner.microsoftonline.cn")))
        return false;
    if (url.path().contains(QLatin1String("/DeviceAuthTls/"), Qt::CaseInsensitive)) return true;
    constexpr std::array codes{"53000", "53001", "53002", "50097", "50129", "530001", "530002", "530003"};
    const QUrlQuery query(url);
    for (const auto* key : {"error_code", "errorcode", "code"}) {
        const auto value = query.queryItemValue(QLatin1String(key));
        for (const auto* code : codes)
            if (value == QLatin1String(code)) return true;
    }
    return false;
}

// Schemes by which a provider's page calls its own program or browser for the device check.
bool isDeviceProgram(const QString& scheme) {
    constexpr std::array schemes{"microsoft-edge",       "ms-appx-web",        "intunecompanyportal", "companyportal",
                                 "com-okta-authenticator", "com-okta-verify",  "oktaverify",          "googlechrome",
                                 "pingid",               "duo-device-health",  "jumpcloudgo"};
    for (const auto* each : schemes)
        if (scheme == QLatin1String(each)) return true;
    return false;
}

} // namespace

std::optional<Refusal> refusalOf(const QUrl& url) {
    if (isGoogleRejection(url)) return Refusal::EmbeddedEngine;
    if (isDeviceProgram(url.scheme()) || isEntraDeviceCheck(url)) return Refusal::DeviceCheck;
    return std::nullopt;
}

} // namespace gw::ui
