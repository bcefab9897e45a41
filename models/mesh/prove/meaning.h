// What the map says about one request of IAM's kind: written from what the words of the map mean, not from how they are compiled.
#pragma once

#include "models/mesh/prove/proof.h"
#include "models/policy/context.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh {

// As an enforcer of IAM policies sees it.
struct Asked {
    std::string action;   // in lower case
    std::string resource; // an ARN
    const policy::Context* context = nullptr;
};

// Whether the use is about this action and resource at all, conditions and methods in the context aside.
[[nodiscard]] bool isAbout(const Use& use, const Asked& asked);
// All of it; who asks is not looked at.
[[nodiscard]] bool means(const Use& use, const Asked& asked);
[[nodiscard]] bool holds(const std::vector<EdgeCondition>& conditions, std::optional<UtcTime> expires, const policy::Context& context,
                         bool lattice);

// The exact uses and, with what the map accepts to lose at the target, the widest.
struct Meanings {
    Meanings(const Intent& intent, std::span<const Use* const> uses, Target target);
    struct One {
        const Use* use = nullptr;
        Use widest;
        bool leftOut = false;
    };
    std::vector<One> all;

    // Those that are about this action and resource; borrows this.
    [[nodiscard]] std::vector<const One*> about(const Asked& asked) const;
};

// Whether a target must allow, and whether it may.
struct Expected {
    bool must = false, may = false;
    const Use* by = nullptr; // that allows or denies
};
template <class Matches>
[[nodiscard]] Expected expected(std::span<const Meanings::One* const> meanings, Matches matches) {
    Expected result;
    bool mustDeny = false, mayDeny = false;
    for (const Meanings::One* one : meanings) {
        const bool exact = matches(*one->use);
        const bool wide = exact || matches(one->widest);
        if (!wide) continue;
        if (one->use->effect == Effect::Deny) {
            mustDeny = mustDeny || (exact && !one->leftOut);
            mayDeny = true;
        } else {
            result.must = result.must || (exact && !one->leftOut);
            result.may = true;
        }
        if (result.by == nullptr || one->use->effect == Effect::Deny) result.by = one->use;
    }
    result.must = result.must && !mayDeny;
    result.may = result.may && !mustDeny;
    return result;
}

} // namespace gw::mesh
