// Search as you type over the roles of a sign-in. Qt-free. The text of every role is folded once (case, accents, width);
// a key press then scans flat memory. Every word of the query must be found: as a prefix of a word, inside a word, or as
// letters in order (fuzzy), in role name, account alias, account id, environment or the ARN.
#pragma once

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
    void setEntries(std::vector<RoleEntry> entries);
    [[nodiscard]] const std::vector<RoleEntry>& entries() const { return entries_; }
    void setFavourite(std::uint32_t entry, bool favourite) { entries_[entry].favourite = favourite; }
    // Best first; with an empty query all, by environment, account and name. Favourites are the caller's to group.
    [[nodiscard]] std::vector<RoleHit> find(std::string_view query) const;
    // The known word closest to a query that found nothing; empty where nothing is near.
    [[nodiscard]] std::string nearest(std::string_view query) const;

private:
    std::vector<RoleEntry> entries_;
    std::vector<std::string> folded_;
    std::vector<std::vector<std::uint32_t>> origin_;
};

// Lower case without accents, for comparison only.
[[nodiscard]] std::string foldText(std::string_view utf8);

} // namespace gw::items
