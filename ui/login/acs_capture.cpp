#include "ui/login/acs_capture.h"

#include "saml/base/clock.h"
#include "ui/login/address.h"
#include "ui/login/capture_scripts.h"
#include "ui/login/login_plugin.h"

#include <QTimer>
#include <QVariant>
#include <QWebEngineScript>

#include <array>
#include <chrono>

namespace gw::ui {
namespace {

using namespace std::chrono_literals;

// A page that is still being written when the post is stopped has its form a moment later.
constexpr std::array pauses{0ms, 60ms, 250ms};
// A renderer that hangs or died must not leave the window waiting.
constexpr auto longestRead = 2s;

// The value travels through Qt's own strings; what can be reached of them is wiped.
std::string takeText(const QVariant& value) {
    auto text = value.toString();
    auto bytes = text.toUtf8();
    std::string result(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    wipe(bytes.data(), static_cast<std::size_t>(bytes.size()));
    // Shared with the engine's answer, which nobody reads again.
    wipe(const_cast<QChar*>(text.constData()), static_cast<std::size_t>(text.size()) * sizeof(QChar));
    return result;
}

QUrl bare(const QUrl& url) { return url.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment); }

} // namespace

struct AcsCapture::Reading {
    QUrl acs;
    Sighting sighting = Sighting::Form;
    std::size_t attempts = 0;
    int outstanding = 0;
    bool over = false;
};

AcsCapture::AcsCapture(aws::AcsMatcher matcher, Pages pages, QObject* parent)
    : QObject(parent), matcher_(std::move(matcher)), pages_(std::move(pages)) {}

bool AcsCapture::isAcs(const aws::AcsMatcher& matcher, const QUrl& url) {
    if (url.host().isEmpty()) return false;
    const auto text = bare(url).toString(QUrl::FullyEncoded).toStdString();
    return matcher.matches(text);
}

void AcsCapture::reset() {
    if (current_) current_->over = true;
    current_.reset();
    done_ = false;
    reading_ = false;
}

void AcsCapture::sighted(const QUrl& acs, Sighting sighting) {
    if (done_ || reading_) return;
    reading_ = true;
    current_ = std::make_shared<Reading>();
    current_->acs = acs;
    current_->sighting = sighting;
    QTimer::singleShot(0, this, [this, reading = current_] { attempt(reading); });
    QTimer::singleShot(longestRead, this, [this, reading = current_] { giveUp(reading); });
}

void AcsCapture::sightedBody(const QUrl& acs, const QByteArray& body) {
    if (done_) return;
    const std::string_view text(body.constData(), static_cast<std::size_t>(body.size()));
    auto response = saml::formField(text, "SAMLResponse");
    if (!response || response->empty()) {
        sighted(acs, Sighting::Script);
        return;
    }
    saml::CapturedResponse captured;
    captured.base64 = Secret(std::move(*response));
    captured.relayState = saml::formField(text, "RelayState").value_or(std::string());
    captured.acs = bare(acs).toString(QUrl::FullyEncoded).toStdString();
    QMetaObject::invokeMethod(
        this, [this, shared = std::make_shared<saml::CapturedResponse>(std::move(captured))] { finish(std::move(*shared)); },
        Qt::QueuedConnection);
}

void AcsCapture::attempt(const std::shared_ptr<Reading>& reading) {
    if (reading->over) return;
    if (reading->sighting == Sighting::NotAPost) {
        giveUp(reading);
        return;
    }
    ++reading->attempts;
    const bool anyForm = reading->sighting == Sighting::Redirect || reading->sighting == Sighting::Script;
    const auto script = readScript(reading->acs, anyForm);
    const auto pages = pages_();
    reading->outstanding = static_cast<int>(pages.size());
    if (pages.empty()) {
        giveUp(reading);
        return;
    }
    QPointer<AcsCapture> self(this);
    for (auto* page : pages)
        page->runJavaScript(script, QWebEngineScript::ApplicationWorld, [self, reading](const QVariant& found) {
            if (self) self->take(reading, found);
        });
}

void AcsCapture::take(const std::shared_ptr<Reading>& reading, const QVariant& found) {
    if (reading->over) return;
    const auto map = found.toMap();
    if (const auto length = map.value(QStringLiteral("tooLarge")); length.isValid()) {
        reading->over = true;
        fail(Error(saml::CaptureError::TooLarge, "the form value is longer than the limit")
                 .with("size", std::to_string(length.toLongLong()))
                 .with("limit", std::to_string(saml::maxFormValue)));
        return;
    }
    if (map.contains(QStringLiteral("response"))) {
        reading->over = true;
        saml::CapturedResponse response;
        response.base64 = Secret(takeText(map.value(QStringLiteral("response"))));
        response.relayState = map.value(QStringLiteral("relayState")).toString().toStdString();
        response.acs = bare(reading->acs).toString(QUrl::FullyEncoded).toStdString();
        finish(std::move(response));
        return;
    }
    if (--reading->outstanding > 0) return;
    if (reading->attempts >= pauses.size()) {
        giveUp(reading);
        return;
    }
    QTimer::singleShot(pauses[reading->attempts], this, [this, reading] { attempt(reading); });
}

void AcsCapture::finish(saml::CapturedResponse response) {
    if (done_) return;
    done_ = true;
    reading_ = false;
    response.capturedAt = SystemClock().now();
    response.source = saml::CaptureSource::EmbeddedView;
    Q_EMIT captured(std::make_shared<saml::CapturedResponse>(std::move(response)));
}

void AcsCapture::giveUp(const std::shared_ptr<Reading>& reading) {
    if (reading->over) return;
    reading->over = true;
    const auto* reason = reading->sighting == Sighting::NotAPost ? "not_a_post"
                         : reading->sighting == Sighting::Script ? "by_script"
                                                                 : "not_found";
    fail(Error(LoginError::CaptureLost, std::string("nothing to capture: ") + reason)
             .with("host", bare(reading->acs).host().toStdString())
             .with("reason", reason)
             .with("url", publicPart(reading->acs)));
}

void AcsCapture::fail(Error error) {
    reading_ = false;
    Q_EMIT lost(error);
}

} // namespace gw::ui
