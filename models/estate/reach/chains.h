// Who may take on which role by sts:AssumeRole: roles and users of the estate, and whoever a trust policy lets in besides.
#pragma once

#include "models/estate/reach/outcome.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace gw::estate {

struct Assumption {
    policy::ActorId from{}, to{};
    Outcome outcome;
};

// Borrows the population. Edges are made when they are asked for, and kept.
class Chains {
public:
    Chains(const Population& population, const policy::WorldRules& world) : population_(population), world_(world) {}

    [[nodiscard]] const std::vector<Assumption>& into(policy::ActorId role);
    [[nodiscard]] const std::vector<Assumption>& outOf(policy::ActorId from);
    // How many pairs were evaluated so far.
    [[nodiscard]] std::size_t evaluated() const { return evaluated_; }

private:
    void consider(policy::ActorId from, const Subject& role, policy::ActorId to, std::vector<Assumption>& into);
    void indexTrusts();

    const Population& population_;
    const policy::WorldRules& world_;
    std::unordered_map<std::uint32_t, std::vector<Assumption>> into_, outOf_;
    // Roles whose trust policy holds the digits of an account, or a "*".
    std::unordered_map<std::string, std::vector<policy::ActorId>> trusting_;
    std::vector<policy::ActorId> trustingAny_;
    bool indexed_ = false;
    std::size_t evaluated_ = 0;
};

} // namespace gw::estate
