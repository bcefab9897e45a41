#include "models/policy/pattern.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <vector>

namespace gw::policy {
namespace {

// No octet of UTF-8 text has these values.
constexpr char anyRun = '\xFF', anyOne = '\xFE';
constexpr std::string_view octetsOfWildcards("\xFF\xFE", 2);
// A piece with "?" in it that is longer is looked for at all places at once.
constexpr std::size_t longPiece = 32;

std::size_t characterLength(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0xC0U ? 1 : lead < 0xE0U ? 2 : lead < 0xF0U ? 3 : 4;
    return std::min(length, text.size() - at);
}

// How much of `text` from `at` the piece takes, or npos.
std::size_t pieceAt(std::string_view piece, std::string_view text, std::size_t at) {
    const std::size_t begin = at;
    for (const char each : piece) {
        if (at >= text.size()) return std::string_view::npos;
        if (each == anyOne)
            at += characterLength(text, at);
        else if (each == text[at])
            ++at;
        else
            return std::string_view::npos;
    }
    return at - begin;
}

// Where a long piece with "?" in it is next: all places of it at once, one bit for each (Baeza-Yates and Gonnet, "A new
// approach to text searching", 1992), a character at a time.
std::size_t endOfLong(std::string_view piece, std::string_view text, std::size_t from) {
    std::map<std::string_view, std::vector<std::uint64_t>> masks; // of the characters of the piece, each with every "?"
    std::size_t count = 0;
    for (std::size_t at = 0; at < piece.size(); ++count) at += piece[at] == anyOne ? 1 : characterLength(piece, at);
    const std::size_t words = (count + 63) / 64;
    std::vector<std::uint64_t> any(words), state(words);
    std::size_t place = 0;
    for (std::size_t at = 0; at < piece.size(); ++place) {
        const std::size_t length = piece[at] == anyOne ? 1 : characterLength(piece, at);
        auto& mask = piece[at] == anyOne ? any : masks.try_emplace(piece.substr(at, length), words).first->second;
        mask[place / 64] |= std::uint64_t{1} << place % 64;
        at += length;
    }
    for (auto& [character, mask] : masks)
        for (std::size_t i = 0; i < words; ++i) mask[i] |= any[i];
    for (std::size_t at = from; at < text.size();) {
        const std::size_t length = characterLength(text, at);
        const auto known = masks.find(text.substr(at, length));
        const auto& mask = known == masks.end() ? any : known->second;
        at += length;
        std::uint64_t carry = 1;
        for (std::size_t i = 0; i < words; ++i) {
            const std::uint64_t next = state[i] >> 63U;
            state[i] = (state[i] << 1U | carry) & mask[i];
            carry = next;
        }
        if ((state[words - 1] >> (count - 1) % 64 & 1U) != 0) return at;
    }
    return std::string_view::npos;
}

// Where the piece is next, as its end; npos where it is not.
std::size_t endOfNext(std::string_view piece, std::string_view text, std::size_t from) {
    if (piece.find(anyOne) == std::string_view::npos) {
        const void* found = memmem(text.data() + from, text.size() - from, piece.data(), piece.size());
        if (found == nullptr) return std::string_view::npos;
        return static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) + piece.size();
    }
    if (piece.size() > longPiece) return endOfLong(piece, text, from);
    for (std::size_t at = from; at < text.size(); at += characterLength(text, at))
        if (const std::size_t length = pieceAt(piece, text, at); length != std::string_view::npos) return at + length;
    return std::string_view::npos;
}

// Whether the text ends with the piece, not before `from`.
bool endsWith(std::string_view piece, std::string_view text, std::size_t from) {
    std::size_t at = text.size();
    for (std::size_t left = piece.size(); left > 0; --left) {
        if (at <= from) return false;
        --at;
        if (piece[left - 1] == anyOne)
            while (at > from && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
        else if (piece[left - 1] != text[at])
            return false;
    }
    return true;
}

struct Written {
    std::string_view key;
    std::optional<std::string> otherwise;
    std::size_t length = 0;
};

// "${key}" or "${key, 'default'}" at the beginning of `text`.
std::optional<Written> variableAt(std::string_view text) {
    const std::size_t close = text.find('}');
    if (text.substr(0, 2) != "${" || close == std::string_view::npos) return std::nullopt;
    Written written{text.substr(2, close - 2), std::nullopt, close + 1};
    if (const std::size_t comma = written.key.find(','); comma != std::string_view::npos) {
        // The default stands in apostrophes and may hold the closing brace.
        const std::size_t open = text.find_first_not_of(' ', 2 + comma + 1);
        if (open == std::string_view::npos || text[open] != '\'') return std::nullopt;
        const std::size_t end = text.find('\'', open + 1);
        if (end == std::string_view::npos || text.substr(end + 1, 1) != "}") return std::nullopt;
        written = {text.substr(2, comma), std::string(text.substr(open + 1, end - open - 1)), end + 2};
    }
    while (!written.key.empty() && written.key.front() == ' ') written.key.remove_prefix(1);
    while (!written.key.empty() && written.key.back() == ' ') written.key.remove_suffix(1);
    return written.key.empty() ? std::nullopt : std::optional(written);
}

} // namespace

Pattern::Pattern(std::string_view text, PatternRules rules) : foldCase_(rules.foldCase) {
    everything_ = rules.wildcards && text == "*";
    // Most texts are what they say, from end to end or as far as their last word.
    const auto* special = std::find_if(text.begin(), text.end(), [&](char each) {
        return (rules.wildcards && (each == '*' || each == '?')) || (rules.variables && each == '$');
    });
    const auto plain = static_cast<std::size_t>(special - text.begin());
    if (plain < text.size()) text_.reserve(text.size());
    text_.assign(text, 0, plain);
    for (std::size_t at = plain; at < text.size();) {
        if (rules.variables && text[at] == '$') {
            if (const auto written = variableAt(text.substr(at))) {
                if (written->key == "*" || written->key == "?" || written->key == "$")
                    text_ += written->key;
                else
                    variables_.push_back({text_.size(), Key(written->key), written->otherwise});
                at += written->length;
                continue;
            }
        }
        if (rules.wildcards && (text[at] == '*' || text[at] == '?')) {
            literal_ = false;
            // Two runs side by side say no more than one.
            if (text[at] == '?')
                text_ += anyOne;
            else if (text_.empty() || text_.back() != anyRun || (!variables_.empty() && variables_.back().at == text_.size()))
                text_ += anyRun;
        } else {
            text_ += text[at];
        }
        ++at;
    }
    if (foldCase_) text_ = foldedAscii(text_);
    if (!variables_.empty()) literal_ = false;
}

Truth Pattern::expand(const Scope& scope, std::size_t length, std::string& into) const {
    Truth known = Truth::True;
    // Every octet of it but the wildcards has its place in the text.
    const std::size_t most = into.size() + text_.size() + length;
    std::size_t from = 0;
    for (const Variable& variable : variables_) {
        into.append(text_, from, variable.at - from);
        from = variable.at;
        const Scope::Found found = scope.find(variable.key);
        if (found.state == Scope::State::Untold)
            known &= Truth::Unknown;
        else if (found.state == Scope::State::Present && found.isSingle() &&
                 found.at(0).find_first_of(octetsOfWildcards) != std::string_view::npos)
            known = Truth::False; // no text, and it must not become a wildcard
        else if (found.state == Scope::State::Present && found.isSingle())
            into += foldCase_ ? foldedAscii(found.at(0)) : std::string(found.at(0));
        else if (variable.otherwise)
            into += foldCase_ ? foldedAscii(*variable.otherwise) : *variable.otherwise;
        else
            known &= Truth::False;
        if (into.size() > most) return Truth::False;
    }
    into.append(text_, from);
    return known;
}

std::string_view Pattern::literalPrefix() const {
    if (literal_) return text_;
    const std::string_view text = text_;
    const std::size_t end = std::min(text.find_first_of(octetsOfWildcards), variables_.empty() ? text.size() : variables_[0].at);
    return text.substr(0, end);
}

Truth Pattern::matches(std::string_view text, const Scope& scope) const {
    if (everything_) return Truth::True;
    std::string folded;
    if (foldCase_) text = folded = foldedAscii(text);
    if (literal_) return truth(text == text_);
    if (variables_.empty()) return truth(globMatches(text_, text));
    std::string glob;
    const Truth known = expand(scope, text.size(), glob);
    if (known != Truth::True) return known;
    return truth(globMatches(glob, text));
}

std::size_t Pattern::weight() const {
    if (literal_ || everything_) return 0;
    std::size_t longest = 0, begin = 0;
    for (const std::string_view text = text_; begin <= text.size();) {
        const std::size_t end = std::min(text.find(anyRun, begin), text.size());
        const std::string_view piece = text.substr(begin, end - begin);
        if (piece.size() > longest && piece.find(anyOne) != std::string_view::npos) longest = piece.size();
        begin = end + 1;
    }
    return 1 + std::min(longest, longPiece) + longest / 64;
}

Example Pattern::example(std::string_view run, const Scope& scope, std::string& into) const {
    constexpr std::size_t most = std::size_t{64} << 10U;
    std::string glob;
    std::size_t from = 0;
    for (const Variable& variable : variables_) {
        glob.append(text_, from, variable.at - from);
        from = variable.at;
        const Scope::Found found = scope.find(variable.key);
        if (found.state == Scope::State::Untold)
            glob += 'v';
        else if (found.state == Scope::State::Present && found.isSingle())
            glob += found.at(0);
        else if (variable.otherwise)
            glob += *variable.otherwise;
        else
            return Example::None;
        if (glob.size() > most) return Example::TooLong;
    }
    glob.append(text_, from);
    if (glob.size() > most) return Example::TooLong;
    const std::size_t begin = into.size();
    for (const char each : glob) {
        if (each == anyRun)
            into += run;
        else
            into += each == anyOne ? 'x' : each;
        if (into.size() - begin > most) return Example::TooLong;
    }
    return Example::Found;
}

std::optional<std::string> Pattern::example(std::string_view run, const Scope& scope) const {
    std::string text;
    return example(run, scope, text) == Example::Found ? std::optional(std::move(text)) : std::nullopt;
}

bool Pattern::captures(const Key& key, std::string_view text, std::vector<std::string>& into) const {
    constexpr std::size_t maxCaptures = 64;
    std::string folded;
    if (foldCase_) text = folded = foldedAscii(text);
    const std::string_view written = text_;
    const std::size_t most = into.size() + maxCaptures;
    for (std::size_t i = 0; i < variables_.size(); ++i) {
        if (!(variables_[i].key == key)) continue;
        const std::size_t at = variables_[i].at;
        const std::size_t begin = i == 0 ? 0 : variables_[i - 1].at;
        const std::size_t end = i + 1 == variables_.size() ? written.size() : variables_[i + 1].at;
        std::string_view before = written.substr(begin, at - begin), behind = written.substr(at, end - at);
        bool fromStart = i == 0, toEnd = i + 1 == variables_.size();
        if (const std::size_t wild = before.find_last_of(octetsOfWildcards); wild != std::string_view::npos) {
            before.remove_prefix(wild + 1);
            fromStart = false;
        }
        if (const std::size_t wild = behind.find_first_of(octetsOfWildcards); wild != std::string_view::npos) {
            behind = behind.substr(0, wild);
            toEnd = false;
        }
        for (std::size_t start = text.find(before); start != std::string_view::npos; start = text.find(before, start + 1)) {
            if (fromStart && start != 0) break;
            const std::size_t first = start + before.size();
            for (std::size_t last = text.find(behind, first); last != std::string_view::npos; last = text.find(behind, last + 1)) {
                if (toEnd && last + behind.size() != text.size()) continue;
                if (into.size() == most) return false;
                into.emplace_back(text.substr(first, last - first));
            }
        }
    }
    return true;
}

bool globMatches(std::string_view glob, std::string_view text) {
    std::size_t star = glob.find(anyRun);
    if (star == std::string_view::npos) return pieceAt(glob, text, 0) == text.size();
    std::size_t at = pieceAt(glob.substr(0, star), text, 0);
    if (at == std::string_view::npos) return false;
    // The leftmost place for each piece leaves the most room for the rest.
    for (;;) {
        const std::size_t begin = star + 1;
        star = glob.find(anyRun, begin);
        if (star == std::string_view::npos) return endsWith(glob.substr(begin), text, at);
        if (star == begin) continue;
        at = endOfNext(glob.substr(begin, star - begin), text, at);
        if (at == std::string_view::npos) return false;
    }
}

} // namespace gw::policy
