#include "ui/inspector/capture_shelf.h"

#include <algorithm>
#include <numeric>

namespace gw::ui {

void CaptureShelf::add(const sessions::ProviderId& provider, const QString& providerName, const saml::CapturedResponse& captured) {
    ShelvedCapture shelved;
    shelved.number = ++given_;
    shelved.base64 = std::make_shared<const Secret>(captured.base64.clone());
    shelved.provider = provider;
    shelved.providerName = providerName;
    shelved.acs = captured.acs;
    shelved.requestId = captured.requestId;
    shelved.at = captured.capturedAt;
    captures_.push_front(std::move(shelved));
    const auto octets = [this] {
        return std::accumulate(captures_.begin(), captures_.end(), std::size_t{0},
                               [](std::size_t sum, const ShelvedCapture& one) { return sum + one.base64->size(); });
    };
    while (captures_.size() > most || (captures_.size() > 1 && octets() > mostOctets)) captures_.pop_back();
    Q_EMIT changed();
}

void CaptureShelf::wipe(const sessions::ProviderId& provider) {
    if (std::erase_if(captures_, [&](const ShelvedCapture& one) { return one.provider == provider; }) > 0) Q_EMIT changed();
}

const ShelvedCapture* CaptureShelf::find(quint64 number) const {
    const auto found = std::find_if(captures_.begin(), captures_.end(), [number](const ShelvedCapture& one) { return one.number == number; });
    return found == captures_.end() ? nullptr : &*found;
}

const ShelvedCapture* CaptureShelf::newestOf(const sessions::ProviderId& provider) const {
    const auto found = std::find_if(captures_.begin(), captures_.end(), [&](const ShelvedCapture& one) { return one.provider == provider; });
    return found == captures_.end() ? nullptr : &*found;
}

} // namespace gw::ui
