// What a change of policies does, as access and not as text: requests that are allowed after and were not before, and the
// other way round. Each is a witness: it was evaluated on both sides.
#pragma once

#include "models/policy/answer.h"
#include "models/policy/catalogue.h"

#include <cstddef>
#include <vector>

namespace gw::policy {

struct AccessChange {
    Request request; // with the context that makes it so
    Decision before = Decision::ImplicitlyDenied, after = Decision::ImplicitlyDenied;
};

struct AccessDiff {
    std::vector<AccessChange> gained, lost; // of each at most one for an action and a resource
    // False where there was more to try than the bound allows: then there may be more changes than these.
    bool exhaustive = true;
    std::size_t tried = 0;
};

struct DiffBounds {
    std::size_t trials = 200'000;
    std::size_t changes = 200;
};

// For one principal, whose resource account is its own unless the resources name another. Without a catalogue, an action with
// a wildcard is tried by an example.
[[nodiscard]] AccessDiff compareAccess(const PolicySet& before, const PolicySet& after, const Principal& principal,
                                       const Catalogue* catalogue, DiffBounds bounds = {});

// A text that both patterns match; nothing where there is none.
[[nodiscard]] std::optional<std::string> commonText(std::string_view one, std::string_view other);

} // namespace gw::policy
