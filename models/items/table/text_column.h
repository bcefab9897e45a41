// The texts of a column: each different one is kept once, as given and folded, all of them one after the other. A needle is
// looked for in that one stretch of memory, and rows are then tested by the number of their text.
#pragma once

#include "models/items/table/row_set.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gw::items {

class TextColumn {
public:
    // Texts are cut before their first line feed, which separates them here.
    void add(std::string_view utf8);
    void endRow();
    // No more rows: brings the texts into their order, which sorting goes by.
    void finish();

    [[nodiscard]] std::size_t rows() const { return ends_.size(); }
    // The numbers of a row's texts.
    [[nodiscard]] std::span<const std::uint32_t> of(std::size_t row) const {
        const std::uint32_t begin = row == 0 ? 0 : ends_[row - 1];
        return {codes_.data() + begin, codes_.data() + ends_[row]};
    }
    [[nodiscard]] std::size_t distinct() const { return texts_.size(); }
    [[nodiscard]] std::string_view given(std::uint32_t code) const { return part(given_, texts_[code].given, texts_[code].givenEnd); }
    [[nodiscard]] std::string_view folded(std::uint32_t code) const { return part(folded_, texts_[code].begin, texts_[code].end); }
    [[nodiscard]] std::uint32_t count(std::uint32_t code) const { return texts_[code].count; }
    // In the order of the folded texts.
    [[nodiscard]] std::uint32_t rank(std::uint32_t code) const { return texts_[code].rank; }

    // One entry for each text: whether it holds `needle`, or with `whole` is it. `among`: those that may, or null for all.
    [[nodiscard]] std::vector<std::uint8_t> holding(std::string_view needle, bool whole, const std::vector<std::uint8_t>* among) const;

private:
    struct Text {
        std::uint32_t given, givenEnd, begin, end;
        std::uint32_t count = 0, rank = 0;
    };
    static std::string_view part(const std::string& all, std::uint32_t begin, std::uint32_t end) {
        return std::string_view(all).substr(begin, end - begin);
    }

    std::string given_, folded_;
    std::vector<Text> texts_;
    std::vector<std::uint32_t> codes_, ends_;
    // While rows are added: by the hash of the text, since the texts move as they grow.
    std::unordered_multimap<std::size_t, std::uint32_t> known_;
};

} // namespace gw::items
