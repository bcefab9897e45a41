// Search as you type over the roles of a sign-in. Qt-free. The text of every role is folded once (case, accents, width);
// a key press then scans flat memory. Every word of the query must be found: as a prefix of a word, inside a word, or as
// letters in order (fuzzy), in role name, account alias, account id, environment or the ARN.
#pragma once

#include "models/items/fold.h"
#include "models/items/folded_text.h"
#include "models/items/word_list.h"
#include "models/sessions/providers/provider.h"
#include "saml/aws/claims.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gw::items {

struct RoleEntry {
    aws::RolePair pair;
    std::string label;               // as shown
    std::string accountAlias;
    sessions::Environment environment = sessions::Environment::None;
    bool favourite = false;
    std::int64_t lastUsed = 0;       // Unix seconds; 0 for never
};

// Byte positions in `label` and `accountAlias` of the letters that matched, for underlining.
struct Span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

struct RoleHit {
    std::uint32_t entry = 0;         // index into entries()
    std::int32_t score = 0;
    std::vector<Span> labelSpans;
    std::vector<Span> aliasSpans;
};

class RoleSearch {
public:
    RoleSearch() = default;
    // The words point into the entries, which only a move leaves where they are.
    RoleSearch(RoleSearch&&) = default;
    RoleSearch& operator=(RoleSearch&&) = default;
    void setEntries(std::vector<RoleEntry> entries);
    [[nodiscard]] const std::vector<RoleEntry>& entries() const { return entries_; }
    void setFavourite(std::uint32_t entry, bool favourite) { entries_[entry].favourite = favourite; }
    // Best first; with an empty query all, by environment, account and name. Favourites are the caller's to group.
    [[nodiscard]] std::vector<RoleHit> find(std::string_view query) const;
    // The known word closest to a query that found nothing; empty where nothing is near.
    [[nodiscard]] std::string nearest(std::string_view query) const;

private:
    // One role's folded text: label, alias, account, environment, and path with name where the label does not say it; each
    // ended by a line feed. Positions in texts_.
    struct Row {
        std::uint32_t entry, label, alias, account, environment, path, end;
        std::uint32_t arn, arnEnd;   // in arns_
        std::uint64_t letters;       // which letters and digits occur: most rows fall out by this alone
    };
    struct Match;
    void reserveRows(const DistinctTexts& labels, const DistinctTexts& aliases);
    void addRow(std::uint32_t entry, const DistinctTexts& labels, const DistinctTexts& aliases);
    [[nodiscard]] bool matches(const Row& row, std::string_view word, std::uint64_t letters, Match& best) const;
    [[nodiscard]] bool matchesInside(const Row& row, std::string_view word, Match& best) const;
    [[nodiscard]] bool matchesFuzzily(const Row& row, std::string_view word, Match& best) const;
    [[nodiscard]] bool anyRowMatches(std::string_view word) const;
    void addSpan(const Row& row, std::uint32_t begin, std::uint32_t end, RoleHit& hit) const;

    std::vector<RoleEntry> entries_;
    std::vector<Row> rows_;               // in the order of an empty query
    FoldedTexts texts_;
    std::string arns_;
    WordList words_;
};

} // namespace gw::items
