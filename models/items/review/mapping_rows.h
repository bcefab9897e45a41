// The mapping table of the Review screen: a row for each way into a role, with what the review found about it. Qt-free.
#pragma once

#include "models/estate/mapping.h"
#include "models/estate/review/review.h"
#include "models/items/table/table.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace gw::items {

// The columns, in this order.
enum class MappingColumn : std::uint8_t {
    Finding,   // the severities of what was found, suppressed ones left out
    Who,       // "group"
    Kind,
    Provider,
    Role,
    Account,   // its name, then its id
    Env,
    Privilege,
    Services,
    Routes,
    MeshServices,
    Tasks,
    Functions,
    Roles,
    Condition,
    Longest,
    LastUsed,
    Attested, // when the row was attested last; what is not to stay as it is was not
    People,
    Rule,
    Owner,
    Can,
    count
};
[[nodiscard]] constexpr std::size_t columnOf(MappingColumn column) { return static_cast<std::size_t>(column); }

// The findings of each row, by their place in the review: the worst first.
class RowFindings {
public:
    [[nodiscard]] std::span<const std::uint32_t> of(std::size_t row) const {
        const std::uint32_t begin = row == 0 ? 0 : ends_[row - 1];
        return {all_.data() + begin, all_.data() + ends_[row]};
    }
    void add(std::uint32_t finding) { all_.push_back(finding); }
    void endRow() { ends_.push_back(static_cast<std::uint32_t>(all_.size())); }

private:
    std::vector<std::uint32_t> all_, ends_;
};

struct MappingTable {
    Table table;
    RowFindings findings;
};

[[nodiscard]] std::vector<Column> mappingColumns();
// Of a column of severities: what will not work at all is told apart, and counts more than what is merely of medium severity.
[[nodiscard]] std::vector<std::uint8_t> severityWeights();

// A row for each mapping, in their order. A finding belongs to the rows of the role that it is about, of the group that it
// is about, and of the provider where it is about no role. `attested`: of each mapping, in Unix seconds or neverValue; where it
// is empty nothing is known of any.
[[nodiscard]] MappingTable makeMappingTable(const estate::Estate& estate, const std::vector<estate::Mapping>& mappings,
                                            const std::vector<estate::review::Finding>& findings, std::span<const std::int64_t> attested = {});

// The last part of an ARN's resource: "payments-admin". Of anything else all of it.
[[nodiscard]] std::string_view shortName(std::string_view arn);
// The account of an ARN; empty where it names none.
[[nodiscard]] std::string_view accountIn(std::string_view arn);
// Into a column with many values: the name, then all of the ARN where that is more.
void addNameAndId(Table& table, std::size_t column, std::string_view arn);
// The account's name, where the estate knows one, then its id.
void addAccountOf(Table& table, std::size_t column, const estate::Estate& estate, std::string_view id);

} // namespace gw::items
