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

// The same for one request: what of its context that is not told makes the difference. `world` tells both sides the same.
[[nodiscard]] AccessDiff compareRequest(const PolicySet& before, const PolicySet& after, const Request& request,
                                        const WorldRules& world, DiffBounds bounds = {});

// One side of a subset test.
struct Reach {
    Principal principal;
    PolicySet policies;
    Facts facts;
};

struct SubsetAnswer {
    // Allowed to the first and not to the second; nothing where none was found.
    std::optional<AccessChange> witness; // `before` is what the second gets
    // Whether no witness means that there is none. False where bounds were hit, and where the policies combine patterns in ways
    // of which only examples are tried: wildcards on both sides of a denial, a NotResource, a boundary or an organisation's
    // policy for some resources, "?" beside "*", or wildcards in actions of a service that the catalogue does not know.
    bool exhaustive = true;
    std::size_t tried = 0;
    [[nodiscard]] bool holds() const { return !witness; }
};

// Whether everything that the first may do, the second may do, too. Resources whose ARN names no account belong to the first's.
[[nodiscard]] SubsetAnswer isSubset(const Reach& first, const Reach& second, const Catalogue* catalogue, DiffBounds bounds = {});

// A text that both patterns match; nothing where there is none.
[[nodiscard]] std::optional<std::string> commonText(std::string_view one, std::string_view other);

} // namespace gw::policy
