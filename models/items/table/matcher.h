// Which rows of a table a filter keeps. What each term keeps is remembered, so that the next key press asks only for the term
// that changed, and where that only grew, only of the rows and texts that had it before.
#pragma once

#include "models/items/table/filter.h"
#include "models/items/table/table.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gw::items {

class Matcher {
public:
    // Of a column of kind Outside: the rows that have the value; null while that is not known yet, and the term then keeps
    // every row. Called again for each filter that asks.
    using Outside = std::function<const RowSet*(std::size_t column, const std::string& value)>;

    // Borrows the table.
    explicit Matcher(const Table& table, Outside outside = {});
    ~Matcher();
    Matcher(Matcher&&) noexcept;
    Matcher& operator=(Matcher&&) noexcept;

    // Until the next call. `filter` is parsed for the table's columns.
    [[nodiscard]] const RowSet& match(const Filter& filter);
    // Of the last match: an answer from outside is missing.
    [[nodiscard]] bool waits() const { return waits_; }

private:
    struct Known;
    using Hits = std::vector<std::uint8_t>; // one entry for each text of a column
    [[nodiscard]] std::shared_ptr<Known> rowsOf(const Term& term);
    void addWord(const Term& term, Known& known, const Known* narrower) const;
    void addTexts(const Term& term, Known& known, const Known* narrower) const;
    void addValues(const Term& term, RowSet& rows) const;
    // False: an answer is missing.
    [[nodiscard]] bool addOutside(const Term& term, RowSet& rows) const;
    [[nodiscard]] std::shared_ptr<Known> wider(const Term& term) const;

    const Table* table_;
    Outside outside_;
    std::vector<std::shared_ptr<Known>> known_; // the one used last at the end
    RowSet result_;
    bool waits_ = false;
};

} // namespace gw::items
