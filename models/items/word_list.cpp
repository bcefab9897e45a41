#include "models/items/word_list.h"

#include "models/items/role_search.h"

#include <algorithm>
#include <array>

namespace gw::items {
namespace {

constexpr std::size_t minLetters = 3;
constexpr std::size_t maxLetters = 40;

bool wordByte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || byte >= 0x80;
}

bool lower(char c) {
    return c >= 'a' && c <= 'z';
}

bool upper(char c) {
    return c >= 'A' && c <= 'Z';
}

// Optimal string alignment distance; anything above `limit` comes back as limit + 1.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
    using Row = std::array<std::size_t, maxLetters + 1>;
    Row older{};
    Row previous{};
    Row current{};
    for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        current[0] = i;
        std::size_t least = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            current[j] = std::min({previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) current[j] = std::min(current[j], older[j - 2] + 1);
            least = std::min(least, current[j]);
        }
        if (least > limit) return limit + 1;
        older = previous;
        previous = current;
    }
    return std::min(previous[b.size()], limit + 1);
}

} // namespace

void WordList::clear() {
    words_.clear();
    spelled_.clear();
}

void WordList::add(std::string_view text, std::size_t count) {
    std::size_t begin = 0;
    while (begin < text.size()) {
        if (!wordByte(text[begin])) {
            ++begin;
            continue;
        }
        std::size_t end = begin;
        std::size_t part = begin;
        for (; end < text.size() && wordByte(text[end]); ++end) {
            if (end > begin && upper(text[end]) && lower(text[end - 1])) {
                addWord(text.substr(part, end - part), count);
                part = end;
            }
        }
        if (part != begin) addWord(text.substr(part, end - part), count);
        addWord(text.substr(begin, end - begin), count);
        begin = end;
    }
}

void WordList::addWord(std::string_view word, std::size_t count) {
    // Folding makes no word longer.
    if (word.size() >= minLetters) spelled_[word] += count;
}

void WordList::finish() {
    words_.reserve(spelled_.size());
    for (const auto& [shown, count] : spelled_) {
        std::string folded = foldText(shown);
        if (folded.size() >= minLetters && folded.size() <= maxLetters) words_.push_back({std::move(folded), shown, count});
    }
    spelled_.clear();
    std::sort(words_.begin(), words_.end(), [](const Word& a, const Word& b) {
        if (const int order = a.folded.compare(b.folded); order != 0) return order < 0;
        return a.count != b.count ? a.count > b.count : a.shown < b.shown;
    });
    std::size_t kept = 0;
    for (std::size_t i = 1; i < words_.size(); ++i) {
        if (words_[i].folded == words_[kept].folded)
            words_[kept].count += words_[i].count;
        else if (++kept != i)
            words_[kept] = std::move(words_[i]);
    }
    if (!words_.empty()) words_.resize(kept + 1);
}

std::string WordList::nearest(std::string_view folded) const {
    if (folded.size() < minLetters || folded.size() > maxLetters) return {};
    std::size_t best = folded.size() <= 4 ? 1 : 2;
    const Word* found = nullptr;
    for (const Word& word : words_) {
        const std::size_t lengths = word.folded.size() > folded.size() ? word.folded.size() - folded.size() : folded.size() - word.folded.size();
        if (lengths > best) continue;
        const std::size_t changes = distance(folded, word.folded, best);
        if (changes > best || (found != nullptr && changes == best && word.count <= found->count)) continue;
        best = changes;
        found = &word;
    }
    return found == nullptr ? std::string() : std::string(found->shown);
}

} // namespace gw::items
