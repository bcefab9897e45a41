#include "models/policy/context.h"

#include <algorithm>

namespace gw::policy {

Key::Key(std::string_view written) : written_(written), folded_(foldedAscii(written)) {
    // FNV-1a: the keys are few and short; equality compares the text as well.
    hash_ = 0xcbf29ce484222325ULL;
    for (const char each : folded_) hash_ = (hash_ ^ static_cast<unsigned char>(each)) * 0x100000001b3ULL;
}

namespace {

// So few are found sooner by looking at each.
constexpr std::size_t fewEntries = 32;

} // namespace

std::size_t Context::placeOf(const Key& key) const {
    std::size_t from = 0;
    if (!places_.empty()) {
        const auto known = places_.find(key.hash());
        if (known == places_.end()) return entries_.size();
        from = known->second;
    }
    const auto at = std::find_if(entries_.begin() + static_cast<std::ptrdiff_t>(from), entries_.end(),
                                 [&](const Entry& entry) { return entry.key == key; });
    return static_cast<std::size_t>(at - entries_.begin());
}

void Context::index() {
    places_.clear();
    if (entries_.size() <= fewEntries) return;
    for (std::size_t i = 0; i < entries_.size(); ++i) places_.emplace(entries_[i].key.hash(), i);
}

void Context::set(Key key, std::optional<ContextValue> value) {
    const std::size_t place = placeOf(key);
    if (place < entries_.size()) {
        entries_[place].value = std::move(value);
        return;
    }
    entries_.push_back({std::move(key), std::move(value)});
    if (places_.empty())
        index();
    else
        places_.emplace(entries_.back().key.hash(), place);
}

void Context::remove(const Key& key) {
    const std::size_t place = placeOf(key);
    if (place == entries_.size()) return;
    entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(place));
    index();
}

const Context::Entry* Context::find(const Key& key) const {
    const std::size_t place = placeOf(key);
    return place == entries_.size() ? nullptr : &entries_[place];
}

} // namespace gw::policy
