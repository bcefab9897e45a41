// Edits that may turn an answer; nothing here is tried yet.
#pragma once

#include "models/policy/edits.h"

#include <cstddef>
#include <string>
#include <vector>

namespace gw::policy {

// More would tell nobody anything, and a policy may have ten thousand statements.
inline constexpr std::size_t maxCandidatesOfLayer = 64, maxCandidates = 256;

struct EditCandidates {
    std::vector<Edit> edits;
    bool exhaustive = true; // false: the statements that came less near were left out
};

[[nodiscard]] EditCandidates editCandidates(const Request& request, const PolicySet& policies, const Explanation& explanation);

// "/Statement/3", or "/Statement" where there is only one and no list.
[[nodiscard]] std::string statementPointer(const CompiledPolicy& policy, std::size_t statement);

// Makes the edit in a document; a pointer that leads nowhere changes nothing.
void applyPointer(Json& document, const Edit& edit);

} // namespace gw::policy
