#include "ui/sessions/provider_list.h"

#include <algorithm>

namespace gw::ui {

using sessions::Provider;
using sessions::ProviderId;

ProviderList::ProviderList(sessions::ConfigFile& file, QObject* parent) : QObject(parent), file_(file) { reload(); }

void ProviderList::reload() {
    auto loaded = file_.load();
    if (!loaded) {
        fileProblem_ = std::move(loaded).error();
        Q_EMIT problemsChanged();
        return;
    }
    fileProblem_.reset();
    problems_ = std::move(loaded->problems);
    const bool otherPreferences = !(preferences_ == loaded->preferences);
    preferences_ = std::move(loaded->preferences);
    providers_ = builtIn_;
    for (auto& provider : loaded->providers)
        if (!isBuiltIn(provider.id)) providers_.push_back(std::move(provider));
    Q_EMIT changed();
    Q_EMIT problemsChanged();
    if (otherPreferences) Q_EMIT preferencesChanged();
}

void ProviderList::addBuiltIn(Provider provider) {
    builtIn_.push_back(provider);
    std::erase_if(providers_, [&](const Provider& other) { return other.id == provider.id; });
    providers_.insert(providers_.begin() + static_cast<std::ptrdiff_t>(builtIn_.size()) - 1, std::move(provider));
    Q_EMIT changed();
}

bool ProviderList::isBuiltIn(const ProviderId& id) const {
    return std::any_of(builtIn_.begin(), builtIn_.end(), [&](const Provider& provider) { return provider.id == id; });
}

const Provider* ProviderList::find(const ProviderId& id) const {
    const auto found = std::find_if(providers_.begin(), providers_.end(), [&](const Provider& provider) { return provider.id == id; });
    return found == providers_.end() ? nullptr : &*found;
}

Status ProviderList::save(const Provider& provider) {
    GW_CHECK(file_.save(provider));
    reload();
    return {};
}

Status ProviderList::remove(const ProviderId& id) {
    GW_CHECK(file_.remove(id));
    reload();
    return {};
}

Status ProviderList::save(const sessions::Preferences& preferences) {
    GW_CHECK(file_.save(preferences));
    reload();
    return {};
}

} // namespace gw::ui
