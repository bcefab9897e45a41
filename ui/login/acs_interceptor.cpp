#include "ui/login/acs_interceptor.h"

#include "saml/protocol/captured_response.h"

#include <QIODevice>
#include <QWebEngineUrlRequestInfo>

namespace gw::ui {
namespace {

bool isNavigation(const QWebEngineUrlRequestInfo& info) {
    return info.resourceType() == QWebEngineUrlRequestInfo::ResourceTypeMainFrame ||
           info.resourceType() == QWebEngineUrlRequestInfo::ResourceTypeSubFrame;
}

QByteArray bodyOf([[maybe_unused]] const QWebEngineUrlRequestInfo& info) {
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    // One read only: the device repeats its first bytes when it is read in pieces.
    auto* device = info.requestBody();
    if (device == nullptr || !device->open(QIODevice::ReadOnly | QIODevice::Unbuffered)) return {};
    const auto limit = static_cast<qint64>(saml::maxFormValue) * 2;
    auto body = device->read(limit);
    return body.size() < limit ? body : QByteArray();
#else
    return {};
#endif
}

} // namespace

void AcsInterceptor::interceptRequest(QWebEngineUrlRequestInfo& info) {
    const bool isPost = info.requestMethod() == "POST";
    if (isNavigation(info)) lastNavigationWasPost_ = isPost;
    if (!isAcs_ || !isAcs_(info.requestUrl())) return;
    info.block(true);
    if (isPost) Q_EMIT postBlocked(info.requestUrl(), info.initiator(), bodyOf(info));
}

} // namespace gw::ui
