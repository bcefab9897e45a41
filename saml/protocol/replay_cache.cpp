#include "saml/protocol/replay_cache.h"

#include "saml/dsig/sha256_hex.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace gw::saml {
namespace {

constexpr std::size_t hashLength = 64;

// Issuer and ID may hold any character, so their lengths separate them.
std::string keyOf(std::string_view issuer, std::string_view assertionId) {
    return sha256Hex(std::to_string(issuer.size()) + ":" + std::string(issuer) + std::string(assertionId));
}

bool isHash(std::string_view text) {
    return text.size() == hashLength &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

} // namespace

bool ReplayCache::insert(std::string_view issuer, std::string_view assertionId, UtcTime until, UtcTime now) {
    std::string key = keyOf(issuer, assertionId);
    const auto known = until_.find(key);
    if (known != until_.end() && known->second > now) return false;
    if (known == until_.end() && until_.size() >= capacity_) forget(now);
    until_.insert_or_assign(std::move(key), until);
    return true;
}

std::string ReplayCache::serialize() const {
    std::string text;
    for (const auto& [key, until] : until_) text += key + " " + std::to_string(until.unixMilliseconds()) + "\n";
    return text;
}

void ReplayCache::restore(std::string_view text, UtcTime now) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.size() < hashLength + 2 || line[hashLength] != ' ' || !isHash(line.substr(0, hashLength))) continue;
        const std::string_view number = line.substr(hashLength + 1);
        std::int64_t milliseconds = 0;
        const auto [rest, problem] = std::from_chars(number.data(), number.data() + number.size(), milliseconds);
        if (problem != std::errc() || rest != number.data() + number.size()) continue;
        const UtcTime until = UtcTime::fromUnixMilliseconds(milliseconds);
        if (until > now && until_.size() < capacity_) until_.emplace(line.substr(0, hashLength), until);
    }
}

// What is over, or else the eighth that is over first: going through all of them for each that comes would add up.
void ReplayCache::forget(UtcTime now) {
    std::erase_if(until_, [now](const auto& entry) { return entry.second <= now; });
    if (until_.size() < capacity_ || until_.empty()) return;
    std::vector<UtcTime> limits;
    limits.reserve(until_.size());
    for (const auto& [key, until] : until_) limits.push_back(until);
    std::size_t left = std::max<std::size_t>(limits.size() / 8, 1);
    const auto last = limits.begin() + static_cast<std::ptrdiff_t>(left) - 1;
    std::nth_element(limits.begin(), last, limits.end());
    left -= std::erase_if(until_, [&](const auto& entry) { return entry.second < *last; });
    std::erase_if(until_, [&](const auto& entry) { return left > 0 && entry.second == *last && left-- > 0; });
}

} // namespace gw::saml
