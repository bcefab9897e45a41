#include "models/items/folded_text.h"

#include "models/items/fold.h"

#include <algorithm>
#include <numeric>

namespace gw::items {
namespace {

std::uint64_t letterBit(char c) {
    if (c >= 'a' && c <= 'z') return std::uint64_t{1} << static_cast<unsigned>(c - 'a');
    if (c >= '0' && c <= '9') return std::uint64_t{1} << static_cast<unsigned>(26 + c - '0');
    if (c == '\n') return 0;
    return std::uint64_t{1} << (36U + (static_cast<unsigned char>(c) % 28U));
}

bool alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

bool wordStartsAt(std::string_view text, std::size_t at) {
    if (!alphanumeric(text[at])) return false;
    if (at == 0 || !alphanumeric(text[at - 1])) return true;
    return text[at] >= 'A' && text[at] <= 'Z' && text[at - 1] >= 'a' && text[at - 1] <= 'z';
}

} // namespace

std::uint64_t letterSet(std::string_view text) {
    std::uint64_t set = 0;
    for (const char c : text) set |= letterBit(c);
    return set;
}

void FoldedTexts::clear() {
    text_.clear();
    origin_.clear();
    wordStart_.clear();
}

void FoldedTexts::reserve(std::size_t bytes) {
    text_.reserve(bytes);
    origin_.reserve(bytes);
    wordStart_.reserve(bytes);
}

std::uint64_t FoldedTexts::add(std::string_view utf8) {
    const std::size_t begin = text_.size();
    appendFolded(utf8, text_, &origin_);
    const std::size_t end = text_.size();
    wordStart_.resize(end);
    for (std::size_t i = begin; i < end; ++i) {
        const bool firstByte = i == begin || origin_[i] != origin_[i - 1];
        wordStart_[i] = firstByte && wordStartsAt(utf8, origin_[i]) ? 1 : 0;
    }
    text_ += '\n';
    origin_.push_back(static_cast<std::uint32_t>(utf8.size()));
    wordStart_.push_back(0);
    return letterSet(std::string_view(text_).substr(begin, end - begin));
}

void FoldedTexts::copy(const FoldedTexts& from, std::uint32_t begin, std::uint32_t end) {
    text_.append(from.text_, begin, end - begin);
    origin_.insert(origin_.end(), from.origin_.begin() + begin, from.origin_.begin() + end);
    wordStart_.insert(wordStart_.end(), from.wordStart_.begin() + begin, from.wordStart_.begin() + end);
}

DistinctTexts::DistinctTexts(std::size_t expected) {
    of_.reserve(expected);
    known_.reserve(expected);
}

void DistinctTexts::add(std::string_view utf8) {
    // Neighbours are often alike: the roles of an account follow each other.
    std::uint32_t index = of_.empty() ? 0 : of_.back();
    if (of_.empty() || texts_[index].given != utf8) {
        const auto [place, fresh] = known_.try_emplace(utf8, static_cast<std::uint32_t>(texts_.size()));
        index = place->second;
        if (fresh) {
            Text text{utf8, folded_.size(), 0, 0, 0, 0};
            text.letters = folded_.add(utf8);
            text.end = folded_.size();
            texts_.push_back(text);
        }
    }
    ++texts_[index].count;
    of_.push_back(index);
}

std::string_view DistinctTexts::foldedText(std::uint32_t text) const {
    return folded_.text().substr(texts_[text].begin, texts_[text].end - texts_[text].begin - 1);
}

void DistinctTexts::rank() {
    std::vector<std::uint32_t> order(texts_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) { return foldedText(a) < foldedText(b); });
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        const bool alike = i > 0 && foldedText(order[i]) == foldedText(order[i - 1]);
        texts_[order[i]].rank = alike ? texts_[order[i - 1]].rank : i;
    }
}

} // namespace gw::items
