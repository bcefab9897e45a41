#include "models/items/table/text_column.h"

#include "models/items/fold.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <numeric>

namespace gw::items {

void TextColumn::add(std::string_view utf8) {
    utf8 = utf8.substr(0, utf8.find('\n'));
    // Neighbours are often alike: the roles of an account follow each other.
    if (!codes_.empty() && given(codes_.back()) == utf8) {
        codes_.push_back(codes_.back());
    } else {
        const std::size_t hash = std::hash<std::string_view>{}(utf8);
        const auto [from, to] = known_.equal_range(hash);
        const auto same = std::find_if(from, to, [&](const auto& each) { return given(each.second) == utf8; });
        if (same != to) {
            codes_.push_back(same->second);
        } else {
            const auto code = static_cast<std::uint32_t>(texts_.size());
            Text text{};
            text.given = static_cast<std::uint32_t>(given_.size());
            given_ += utf8;
            text.givenEnd = static_cast<std::uint32_t>(given_.size());
            text.begin = static_cast<std::uint32_t>(folded_.size());
            appendFolded(utf8, folded_, nullptr);
            text.end = static_cast<std::uint32_t>(folded_.size());
            folded_ += '\n';
            texts_.push_back(text);
            known_.emplace(hash, code);
            codes_.push_back(code);
        }
    }
    ++texts_[codes_.back()].count;
}

void TextColumn::endRow() {
    ends_.push_back(static_cast<std::uint32_t>(codes_.size()));
}

void TextColumn::finish() {
    known_.clear();
    std::vector<std::uint32_t> order(texts_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) { return folded(a) < folded(b); });
    for (std::uint32_t i = 0; i < order.size(); ++i)
        texts_[order[i]].rank = i > 0 && folded(order[i]) == folded(order[i - 1]) ? texts_[order[i - 1]].rank : i;
}

std::vector<std::uint8_t> TextColumn::holding(std::string_view needle, bool whole, const std::vector<std::uint8_t>* among) const {
    std::vector<std::uint8_t> hits(texts_.size(), 0);
    if (among != nullptr || whole) {
        for (std::uint32_t code = 0; code < texts_.size(); ++code)
            if (among == nullptr || (*among)[code] != 0)
                hits[code] = whole ? folded(code) == needle : folded(code).find(needle) != std::string_view::npos;
        return hits;
    }
    if (needle.empty()) return std::vector<std::uint8_t>(texts_.size(), 1);
    const char* const all = folded_.data();
    std::size_t at = 0, code = 0;
    while (at < folded_.size()) {
        const auto* found = static_cast<const char*>(memmem(all + at, folded_.size() - at, needle.data(), needle.size()));
        if (found == nullptr) break;
        const auto position = static_cast<std::uint32_t>(found - all);
        // Texts lie in the order of their numbers; most hits are near the one before.
        if (texts_[code].end < position) {
            std::size_t step = 1;
            while (code + step < texts_.size() && texts_[code + step].end < position) step *= 2;
            const auto begin = texts_.begin() + static_cast<std::ptrdiff_t>(code);
            const auto end = texts_.begin() + static_cast<std::ptrdiff_t>(std::min(code + step + 1, texts_.size()));
            code = static_cast<std::size_t>(
                std::partition_point(begin, end, [position](const Text& text) { return text.end < position; }) - texts_.begin());
        }
        hits[code] = 1;
        at = texts_[code].end + 1;
    }
    return hits;
}

} // namespace gw::items
