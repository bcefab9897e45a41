#include "models/policy/scope.h"

#include "models/policy/catalogue.h"

#include <algorithm>

namespace gw::policy {
namespace {

void addOnce(std::vector<const Key*>* keys, const Key& key) {
    if (keys == nullptr) return;
    const bool known = std::any_of(keys->begin(), keys->end(), [&](const Key* each) { return *each == key; });
    if (!known) keys->push_back(&key);
}

} // namespace

Scope::Found Scope::find(const Key& key) const {
    if (const Context::Entry* entry = context_->find(key)) {
        if (!entry->value || entry->value->values.empty()) return {};
        return {State::Present, &*entry->value, {}};
    }
    for (const DerivedKey& each : derived_) {
        if (!(*each.key == key)) continue;
        if (each.absent) return {};
        addOnce(used, *each.key);
        return {State::Present, nullptr, each.value};
    }
    if (closed_ || (catalogue_ != nullptr && !catalogue_->mayHave(action_, key.folded()))) return {};
    if (untold != nullptr && *untold == nullptr) *untold = &key;
    return {State::Untold, nullptr, {}};
}

} // namespace gw::policy
