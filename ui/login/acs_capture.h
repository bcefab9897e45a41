// The one thing that is taken from a provider's page: the SAML response on its way to AWS. The navigation has been refused
// by then, so the page that posted it is still there; it is read a moment later, outside the engine's own call.
#pragma once

#include "saml/aws/endpoints.h"
#include "saml/base/result.h"
#include "saml/protocol/captured_response.h"

#include <QObject>
#include <QPointer>
#include <QUrl>
#include <QWebEnginePage>

#include <functional>
#include <memory>
#include <vector>

class QVariant;

namespace gw::ui {

class AcsCapture : public QObject {
    Q_OBJECT
public:
    // How a request for an ACS was met; it decides what may count as the response.
    enum class Sighting {
        Form,     // a form posted by the main frame
        Frame,    // a navigation of a frame, whose method the engine does not tell
        Redirect, // a redirect that kept the method of a post
        Script,   // fetch or beacon, blocked by the interceptor
        NotAPost  // a link, a typed address, a redirect of a GET
    };
    using Pages = std::function<std::vector<QWebEnginePage*>()>;

    // `pages` gives all pages of the sign-in: the one that opened a window holds the form that was posted into it.
    AcsCapture(aws::AcsMatcher matcher, Pages pages, QObject* parent = nullptr);

    // True where `url`, whatever its query, is an endpoint that takes responses. No request to one may leave.
    [[nodiscard]] static bool isAcs(const aws::AcsMatcher& matcher, const QUrl& url);
    [[nodiscard]] bool isAcs(const QUrl& url) const { return isAcs(matcher_, url); }
    // Queues the read. May be called from within the engine's navigation decision.
    void sighted(const QUrl& acs, Sighting sighting);
    // A form body that the engine handed over itself (Qt 6.7 and later).
    void sightedBody(const QUrl& acs, const QByteArray& body);
    [[nodiscard]] bool done() const { return done_; }
    [[nodiscard]] bool reading() const { return reading_; }
    // Ready for another try after a failure.
    void reset();

Q_SIGNALS:
    // Once, until reset.
    void captured(const std::shared_ptr<gw::saml::CapturedResponse>& response);
    // LoginError::CaptureLost (fact "reason": "not_a_post", "by_script", "not_found") or CaptureError::TooLarge.
    void lost(const gw::Error& error);

private:
    struct Reading;
    void attempt(const std::shared_ptr<Reading>& reading);
    void take(const std::shared_ptr<Reading>& reading, const QVariant& found);
    void finish(saml::CapturedResponse response);
    void giveUp(const std::shared_ptr<Reading>& reading);
    void fail(Error error);

    aws::AcsMatcher matcher_;
    Pages pages_;
    std::shared_ptr<Reading> current_;
    bool done_ = false;
    bool reading_ = false;
};

} // namespace gw::ui
