// The belt to the navigation decision's braces: no request of any kind to an ACS leaves the profile, be it a fetch, a
// beacon, an image or a service worker's.
#pragma once

#include <QByteArray>
#include <QUrl>
#include <QWebEngineUrlRequestInterceptor>

#include <functional>

namespace gw::ui {

class AcsInterceptor : public QWebEngineUrlRequestInterceptor {
    Q_OBJECT
public:
    using Predicate = std::function<bool(const QUrl&)>;
    using QWebEngineUrlRequestInterceptor::QWebEngineUrlRequestInterceptor;

    // Asked for every request, on the GUI thread.
    void setAcs(Predicate isAcs) { isAcs_ = std::move(isAcs); }
    void interceptRequest(QWebEngineUrlRequestInfo& info) override;
    // Of the last document asked for: a redirect can only be a post where this was one.
    [[nodiscard]] bool lastNavigationWasPost() const { return lastNavigationWasPost_; }

Q_SIGNALS:
    // A post by script was blocked. `body` is empty where the engine does not hand it over (before Qt 6.7).
    void postBlocked(const QUrl& acs, const QUrl& initiator, const QByteArray& body);

private:
    Predicate isAcs_;
    bool lastNavigationWasPost_ = false;
};

} // namespace gw::ui
