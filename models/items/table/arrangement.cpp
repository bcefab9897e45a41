#include "models/items/table/arrangement.h"

#include <array>
#include <limits>
#include <numeric>

namespace gw::items {
namespace {

constexpr std::uint64_t lastOfAll = std::numeric_limits<std::uint64_t>::max();

// A number for each row that sorts as its value does.
std::vector<std::uint64_t> weights(const Table& table, std::size_t column, bool descending) {
    std::vector<std::uint64_t> out(table.rows(), lastOfAll);
    const auto put = [&](std::size_t row, std::uint64_t value) { out[row] = descending ? lastOfAll - 1 - value : value; };
    const Column& shape = table.columns()[column];
    switch (shape.kind) {
    case ColumnKind::Text: {
        const TextColumn& texts = table.texts(column);
        for (std::size_t row = 0; row < table.rows(); ++row)
            if (const auto codes = texts.of(row); !codes.empty()) put(row, texts.rank(codes.front()));
        break;
    }
    case ColumnKind::Choice:
        for (std::size_t row = 0; row < table.rows(); ++row)
            if (const auto choice = strongest(shape, table.choices(column)[row])) put(row, shape.weights.empty() ? *choice : shape.weights[*choice]);
        break;
    case ColumnKind::Number:
    case ColumnKind::Time:
    case ColumnKind::Duration:
        // Never is long ago.
        for (std::size_t row = 0; row < table.rows(); ++row)
            if (const std::int64_t value = table.values(column)[row]; value == neverValue)
                put(row, 0);
            else if (value != unknownValue)
                put(row, static_cast<std::uint64_t>(value < 0 ? 1 : value + 1));
        break;
    case ColumnKind::Outside:
        break;
    }
    return out;
}

// Stable: by sixteen bits at a time, those that are the same in all weights left out.
void sortBy(const std::vector<std::uint64_t>& weight, std::vector<std::uint32_t>& order) {
    std::uint64_t any = 0, all = lastOfAll;
    for (const std::uint64_t each : weight) {
        any |= each;
        all &= each;
    }
    std::vector<std::uint32_t> next(order.size());
    for (unsigned shift = 0; shift < 64; shift += 16) {
        if (((any ^ all) >> shift & 0xffffU) == 0) continue;
        std::vector<std::uint32_t> starts(0x10001, 0);
        for (const std::uint64_t each : weight) ++starts[(each >> shift & 0xffffU) + 1];
        std::partial_sum(starts.begin(), starts.end(), starts.begin());
        for (const std::uint32_t row : order) next[starts[weight[row] >> shift & 0xffffU]++] = row;
        order.swap(next);
    }
}

} // namespace

Arrangement::Arrangement(const Table& table, std::optional<std::size_t> group, const std::vector<SortKey>& keys) : order_(table.rows()) {
    std::iota(order_.begin(), order_.end(), 0U);
    for (auto key = keys.rbegin(); key != keys.rend(); ++key) sortBy(weights(table, key->column, key->descending), order_);
    if (!group) return;
    // The worst severity, the most privilege first; texts as in a dictionary.
    const auto weight = weights(table, *group, table.columns()[*group].kind == ColumnKind::Choice);
    sortBy(weight, order_);
    groupOf_.resize(order_.size());
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < order_.size(); ++i) {
        if (i > 0 && weight[order_[i]] != weight[order_[i - 1]]) ++number;
        groupOf_[i] = number;
    }
}

Shown Arrangement::pick(const RowSet& rows) const {
    Shown shown;
    shown.rows.reserve(rows.count());
    std::uint32_t before = std::numeric_limits<std::uint32_t>::max();
    for (std::size_t i = 0; i < order_.size(); ++i) {
        const std::uint32_t row = order_[i];
        if (!rows.has(row)) continue;
        if (!groupOf_.empty() && groupOf_[i] != before) {
            before = groupOf_[i];
            shown.groups.push_back({row, static_cast<std::uint32_t>(shown.rows.size()), 0});
        }
        shown.rows.push_back(row);
        if (!shown.groups.empty()) shown.groups.back().end = static_cast<std::uint32_t>(shown.rows.size());
    }
    return shown;
}

} // namespace gw::items
