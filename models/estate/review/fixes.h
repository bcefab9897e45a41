// What mends a finding: for documents a JSON Patch, where one edit is sure to be right.
#pragma once

#include "models/estate/objects.h"
#include "models/estate/review/finding.h"

#include <string>
#include <string_view>
#include <vector>

namespace gw::estate::review {

struct Look;

// A finding in one document: where, in the document's own pointers, and what is seen at each place.
struct Spot {
    const Rule* rule = nullptr;
    const PolicyDocument* document = nullptr;
    std::vector<std::string> pointers;
    std::vector<std::string> seen; // as many as pointers, or none
    const Role* role = nullptr;    // whose trust policy it is; null: another document
};

// The advice for the rule, with a patch where there is one.
[[nodiscard]] Fix fixFor(const Look& look, const Spot& spot);

[[nodiscard]] Fix edit(std::string_view text, std::vector<Fact> facts = {});
[[nodiscard]] Fix plan(std::string_view text, std::vector<Fact> facts = {});
[[nodiscard]] Fix manual(std::string_view text, std::vector<Fact> facts = {});

// The one of `known` that a misspelt word was most likely meant to be; "" where none is near.
[[nodiscard]] std::string nearest(std::string_view word, const std::vector<std::string>& known);

} // namespace gw::estate::review
