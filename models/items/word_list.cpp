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

void WordList::add(std::string_view text) {
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
                addWord(text.substr(part, end - part));
                part = end;
            }
        }
        if (part != begin) addWord(text.substr(part, end - part));
        addWord(text.substr(begin, end - begin));
        begin = end;
    }
}

void WordList::addWord(std::string_view word) {
    std::string folded = foldText(word);
    if (folded.size() < minLetters || folded.size() > maxLetters) return;
    words_.push_back({std::move(folded), std::string(word)});
}

void WordList::finish() {
    std::stable_sort(words_.begin(), words_.end(), [](const Word& a, const Word& b) { return a.folded < b.folded; });
    std::vector<Word> unique;
    for (Word& word : words_) {
        if (!unique.empty() && unique.back().folded == word.folded)
            ++unique.back().count;
        else
            unique.push_back(std::move(word));
    }
    words_ = std::move(unique);
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
    return found == nullptr ? std::string() : found->shown;
}

} // namespace gw::items
