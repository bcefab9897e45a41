// The map's statements in a document that others write in as well: found by the edge ids in their Sids, put beside what is not
// the map's.
#pragma once

#include "models/mesh/compile/compilation.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh {

// What a change does to access, counted in statements that say something new; a new name alone counts nowhere.
struct StatementChanges {
    std::size_t allows = 0, denies = 0;               // new
    std::size_t allowsGone = 0, deniesGone = 0;       // no longer there
    bool toAnyone = false;                            // a new one allows everybody
    [[nodiscard]] bool grants() const { return allows > 0 || deniesGone > 0; }
    [[nodiscard]] bool narrows() const { return denies > 0 || allowsGone > 0; }
};

struct MergedPolicy {
    std::string text;             // compact JSON; empty: no statement is left
    bool changed = false;
    std::size_t foreign = 0;      // statements that are not the map's, and stay
    std::vector<EdgeId> edges;    // in what is there now or will be
    StatementChanges changes;
};

// Why they cannot be put together.
enum class MergeTrouble : std::uint8_t {
    Unreadable, // what is there is no policy
    Version     // an older version of the language, in which variables of the others' statements mean something else
};

// `now` and `wanted` may be empty: no document. A statement that says what a wanted one says, by another name, becomes the map's.
struct Merging {
    std::optional<MergedPolicy> merged;
    MergeTrouble trouble = MergeTrouble::Unreadable;
};
[[nodiscard]] Merging mergePolicies(std::string_view now, std::string_view wanted);

// Whether a statement of the document is the map's.
[[nodiscard]] bool holdsEdges(std::string_view document);

// A trust policy must hold a statement. This one lets nobody in, and is the map's: of a role that no edge leads to any more.
[[nodiscard]] std::string nobodyTrust();

} // namespace gw::mesh
