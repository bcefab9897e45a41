// The last responses that were captured, in memory only, so that they can be looked at. Wiped when they are crowded out,
// when a session that came from them ends, and when the console does.
#pragma once

#include "saml/protocol/captured_response.h"
#include "ui/inspector/examined.h"

#include <QObject>

#include <deque>
#include <memory>

namespace gw::ui {

struct ShelvedCapture {
    quint64 number = 0;                      // never given twice
    std::shared_ptr<const Secret> base64;
    sessions::ProviderId provider;
    QString providerName;
    std::string acs;
    std::optional<std::string> requestId;    // of the AuthnRequest that asked for it
    UtcTime at;
};

class CaptureShelf : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t most = 8;
    static constexpr std::size_t mostOctets = std::size_t{4} << 20;

    using QObject::QObject;
    void add(const sessions::ProviderId& provider, const QString& providerName, const saml::CapturedResponse& captured);
    // Those of one provider.
    void wipe(const sessions::ProviderId& provider);
    // The newest first.
    [[nodiscard]] const std::deque<ShelvedCapture>& captures() const { return captures_; }
    // Null where it was wiped.
    [[nodiscard]] const ShelvedCapture* find(quint64 number) const;
    // The newest of a provider; null where there is none.
    [[nodiscard]] const ShelvedCapture* newestOf(const sessions::ProviderId& provider) const;

Q_SIGNALS:
    void changed();

private:
    std::deque<ShelvedCapture> captures_;
    quint64 given_ = 0;
};

} // namespace gw::ui
