// A set of rows, one bit each.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace gw::items {

class RowSet {
public:
    explicit RowSet(std::size_t rows = 0, bool all = false) : words_((rows + 63) / 64, all ? ~std::uint64_t{0} : 0), rows_(rows) { trim(); }

    void add(std::size_t row) { words_[row / 64] |= std::uint64_t{1} << (row % 64); }
    void remove(std::size_t row) { words_[row / 64] &= ~(std::uint64_t{1} << (row % 64)); }
    [[nodiscard]] bool has(std::size_t row) const { return (words_[row / 64] >> (row % 64) & 1U) != 0; }
    [[nodiscard]] std::size_t rows() const { return rows_; }
    [[nodiscard]] std::size_t count() const {
        std::size_t all = 0;
        for (const std::uint64_t word : words_) all += static_cast<std::size_t>(std::popcount(word));
        return all;
    }
    // Of the same number of rows.
    RowSet& operator&=(const RowSet& other) {
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
        return *this;
    }
    void invert() {
        for (std::uint64_t& word : words_) word = ~word;
        trim();
    }
    template <class Each>
    void forEach(Each each) const {
        for (std::size_t i = 0; i < words_.size(); ++i)
            for (std::uint64_t left = words_[i]; left != 0; left &= left - 1)
                each(i * 64 + static_cast<std::size_t>(std::countr_zero(left)));
    }

private:
    void trim() {
        if (rows_ % 64 != 0) words_.back() &= (std::uint64_t{1} << (rows_ % 64)) - 1;
    }
    std::vector<std::uint64_t> words_;
    std::size_t rows_;
};

} // namespace gw::items
