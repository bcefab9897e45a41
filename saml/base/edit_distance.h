// How many letters must be put in, taken out or changed to make one word of another (Levenshtein). For short words.
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string_view>
#include <vector>

namespace gw {

[[nodiscard]] inline std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t corner = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t best = std::min({row[j] + 1, row[j + 1] + 1, corner + (a[i] == b[j] ? 0U : 1U)});
            corner = row[j + 1];
            row[j + 1] = best;
        }
    }
    return row.back();
}

} // namespace gw
