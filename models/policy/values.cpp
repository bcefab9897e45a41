#include "models/policy/values.h"

#include "models/policy/context.h"
#include "saml/base/ascii_classes.h"

#include <algorithm>
#include <chrono>

#include <arpa/inet.h>

namespace gw::policy {
namespace {

// `count` digits at the beginning, taken off.
std::optional<int> takeDigits(std::string_view& text, std::size_t count) {
    if (text.size() < count || !std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(count), isDigit))
        return std::nullopt;
    int value = 0;
    for (const char each : text.substr(0, count)) value = value * 10 + (each - '0');
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char each) {
    if (text.empty() || text.front() != each) return false;
    text.remove_prefix(1);
    return true;
}

// Offset from UTC in minutes; the rest of the text must be it.
std::optional<int> readOffset(std::string_view text) {
    if (text.empty() || text == "Z" || text == "z") return 0;
    const bool behind = text.front() == '-';
    if (!behind && text.front() != '+') return std::nullopt;
    text.remove_prefix(1);
    const auto hours = takeDigits(text, 2);
    take(text, ':');
    const auto minutes = takeDigits(text, 2);
    if (!hours || !minutes || !text.empty() || *hours > 23 || *minutes > 59) return std::nullopt;
    const int offset = *hours * 60 + *minutes;
    return behind ? -offset : offset;
}

} // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
    Decimal result;
    if (take(text, '-'))
        result.negative_ = true;
    else
        take(text, '+');
    const std::size_t point = text.find('.');
    std::string_view whole = text.substr(0, point);
    std::string_view fraction = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    if (whole.empty() || (point != std::string_view::npos && fraction.empty())) return std::nullopt;
    if (!std::all_of(whole.begin(), whole.end(), isDigit) || !std::all_of(fraction.begin(), fraction.end(), isDigit))
        return std::nullopt;
    while (!whole.empty() && whole.front() == '0') whole.remove_prefix(1);
    while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
    result.whole_ = whole;
    result.fraction_ = fraction;
    if (whole.empty() && fraction.empty()) result.negative_ = false;
    return result;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
    if (a.negative_ != b.negative_) return a.negative_ ? std::strong_ordering::less : std::strong_ordering::greater;
    auto order = a.whole_.size() <=> b.whole_.size();
    if (order == 0) order = a.whole_ <=> b.whole_;
    if (order == 0) order = a.fraction_ <=> b.fraction_;
    return a.negative_ ? 0 <=> order : order;
}

std::optional<std::int64_t> parseDate(std::string_view text) {
    if (const std::string_view digits = text.substr(text.substr(0, 1) == "-" ? 1 : 0);
        !digits.empty() && digits.size() <= 15 && digits.size() != 4 && std::all_of(digits.begin(), digits.end(), isDigit)) {
        std::int64_t seconds = 0;
        for (const char each : digits) seconds = seconds * 10 + (each - '0');
        return (digits.size() == text.size() ? seconds : -seconds) * 1000;
    }
    const auto year = takeDigits(text, 4);
    if (!year) return std::nullopt;
    int month = 1, day = 1, hour = 0, minute = 0, second = 0, milliseconds = 0, offset = 0;
    const auto number = [&](int& into, int least, int most) {
        const auto value = takeDigits(text, 2);
        if (!value || *value < least || *value > most) return false;
        into = *value;
        return true;
    };
    if (take(text, '-')) {
        if (!number(month, 1, 12)) return std::nullopt;
        if (take(text, '-') && !number(day, 1, 31)) return std::nullopt;
    }
    if (take(text, 'T') || take(text, 't')) {
        if (!number(hour, 0, 23) || !take(text, ':') || !number(minute, 0, 59)) return std::nullopt;
        if (take(text, ':')) {
            if (!number(second, 0, 59)) return std::nullopt;
            if (take(text, '.')) {
                int weight = 100;
                if (text.empty() || !isDigit(text.front())) return std::nullopt;
                for (; !text.empty() && isDigit(text.front()); text.remove_prefix(1), weight /= 10)
                    milliseconds += (text.front() - '0') * weight;
            }
        }
        const auto zone = readOffset(text);
        if (!zone) return std::nullopt;
        offset = *zone;
    } else if (!text.empty()) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return std::nullopt;
    const auto days = std::chrono::sys_days(date).time_since_epoch().count();
    return ((static_cast<std::int64_t>(days) * 24 + hour) * 60 + minute - offset) * 60'000 + std::int64_t{second} * 1000 +
           milliseconds;
}

std::optional<bool> parseBool(std::string_view text) {
    const std::string folded = foldedAscii(text);
    if (folded == "true") return true;
    if (folded == "false") return false;
    return std::nullopt;
}

std::optional<Network> Network::parse(std::string_view text) {
    Network network;
    const std::size_t slash = text.find('/');
    const std::string address(text.substr(0, slash));
    if (address.find('\0') != std::string::npos) return std::nullopt;
    network.v6_ = address.find(':') != std::string::npos;
    if (inet_pton(network.v6_ ? AF_INET6 : AF_INET, address.c_str(), network.octets_.data()) != 1) return std::nullopt;
    const int full = network.v6_ ? 128 : 32;
    network.bits_ = full;
    if (slash != std::string_view::npos) {
        std::string_view length = text.substr(slash + 1);
        const auto bits = length.size() > 3 ? std::nullopt : takeDigits(length, length.size());
        if (!bits || slash + 1 == text.size() || *bits > full) return std::nullopt;
        network.bits_ = *bits;
    }
    for (int bit = network.bits_; bit < full; ++bit)
        network.octets_[static_cast<std::size_t>(bit / 8)] &=
            static_cast<unsigned char>(~(0x80U >> static_cast<unsigned>(bit % 8)));
    return network;
}

bool Network::holds(const Network& other) const {
    if (v6_ != other.v6_ || other.bits_ < bits_) return false;
    for (int bit = 0; bit < bits_; ++bit) {
        const auto mask = 0x80U >> static_cast<unsigned>(bit % 8);
        const auto at = static_cast<std::size_t>(bit / 8);
        if ((octets_[at] & mask) != (other.octets_[at] & mask)) return false;
    }
    return true;
}

std::string Network::key(int bits) const {
    const auto size = static_cast<std::size_t>((bits + 7) / 8);
    std::string text{static_cast<char>(v6_ ? '6' : '4'), static_cast<char>(bits)};
    text.append(reinterpret_cast<const char*>(octets_.data()), size);
    if (bits % 8 != 0) text.back() = static_cast<char>(static_cast<unsigned char>(text.back()) & (0xFF00U >> static_cast<unsigned>(bits % 8)));
    return text;
}

std::string Network::lastAddress() const {
    Network last = *this;
    for (int bit = bits_; bit < (v6_ ? 128 : 32); ++bit)
        last.octets_[static_cast<std::size_t>(bit / 8)] |= static_cast<unsigned char>(0x80U >> static_cast<unsigned>(bit % 8));
    return last.firstAddress();
}

std::string Network::firstAddress() const {
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(v6_ ? AF_INET6 : AF_INET, octets_.data(), text.data(), text.size());
    return text.data();
}

} // namespace gw::policy
