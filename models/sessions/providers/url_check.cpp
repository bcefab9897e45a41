#include "models/sessions/providers/url_check.h"

#include "models/cloud/loopback_host.h"

#include <QString>
#include <QUrl>

namespace gw::sessions {
namespace {

constexpr std::size_t maxUrl = 2048;

// "<realm>" or "{id}": what a template left open.
std::string placeholderIn(std::string_view url) {
    for (const auto& [open, closing] : {std::pair('<', '>'), std::pair('{', '}')}) {
        const auto begin = url.find(open);
        if (begin == std::string_view::npos) continue;
        const auto end = url.find(closing, begin);
        if (end != std::string_view::npos) return std::string(url.substr(begin, end - begin + 1));
    }
    return {};
}

} // namespace

Status checkUrl(std::string_view text) {
    if (text.empty()) return fail(UrlError::Empty);
    if (text.size() > maxUrl) return fail(UrlError::TooLong);
    if (std::string placeholder = placeholderIn(text); !placeholder.empty())
        return fail(Error(UrlError::HasPlaceholder).with("placeholder", std::move(placeholder)));

    const QUrl url(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())), QUrl::StrictMode);
    const std::string shown = url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery).toStdString();
    const auto refused = [&](UrlError code) {
        return fail(Error(code).with("value", shown).with("host", url.host().toStdString()));
    };
    if (!url.isValid() || url.host().isEmpty()) return refused(UrlError::NotAUrl);
    if (!url.userInfo().isEmpty()) return refused(UrlError::HasUserInfo);
    const bool https = url.scheme() == QLatin1String("https");
    if (!https && !(url.scheme() == QLatin1String("http") && cloud::isLoopbackHost(url.host().toStdString())))
        return refused(UrlError::NotHttps);
    if (url.hasFragment()) return refused(UrlError::HasFragment);
    return {};
}

} // namespace gw::sessions
