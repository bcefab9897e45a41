#include "app/composition/desktop_browser.h"

#include <QDesktopServices>
#include <QUrl>

namespace gw::app {

bool DesktopBrowser::open(const QUrl& url) {
    const bool loopback = url.host() == QLatin1String("127.0.0.1") || url.host() == QLatin1String("::1");
    if (url.scheme() != QLatin1String("https") && !(url.scheme() == QLatin1String("http") && loopback)) return false;
    return QDesktopServices::openUrl(url);
}

} // namespace gw::app
