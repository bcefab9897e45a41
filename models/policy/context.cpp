#include "models/policy/context.h"

#include <algorithm>

namespace gw::policy {

std::string foldedAscii(std::string_view text) {
    std::string folded(text);
    for (char& each : folded)
        if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
    return folded;
}

Key::Key(std::string_view written) : written_(written), folded_(foldedAscii(written)) {
    // FNV-1a: the keys are few and short; equality compares the text as well.
    hash_ = 0xcbf29ce484222325ULL;
    for (const char each : folded_) hash_ = (hash_ ^ static_cast<unsigned char>(each)) * 0x100000001b3ULL;
}

void Context::set(Key key, std::optional<ContextValue> value) {
    const auto known = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.key == key; });
    if (known != entries_.end())
        known->value = std::move(value);
    else
        entries_.push_back({std::move(key), std::move(value)});
}

void Context::remove(const Key& key) {
    std::erase_if(entries_, [&](const Entry& entry) { return entry.key == key; });
}

const Context::Entry* Context::find(const Key& key) const {
    for (const Entry& entry : entries_)
        if (entry.key == key) return &entry;
    return nullptr;
}

} // namespace gw::policy
