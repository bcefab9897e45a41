// What AWS would answer (IAM User Guide, "Policy evaluation logic"): Allowed, denied by which layers, or depends on keys
// that were not told.
#pragma once

#include "models/policy/compiled_policy.h"
#include "models/policy/request.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::policy {

// In the order in which AWS looks at explicit denials. Network: the auth policy of a VPC Lattice service network, beside that of
// the service, which is its Resource.
enum class Layer : std::uint8_t { Scp, Rcp, Endpoint, Network, Resource, Trust, Identity, Boundary, Session };

// "scp", …, as on the command line.
[[nodiscard]] std::string_view layerName(Layer layer);

class LayerSet {
public:
    void add(Layer layer) { bits_ |= bit(layer); }
    [[nodiscard]] bool has(Layer layer) const { return (bits_ & bit(layer)) != 0; }
    [[nodiscard]] bool empty() const { return bits_ == 0; }
    friend LayerSet operator|(LayerSet a, LayerSet b) { return LayerSet(static_cast<std::uint16_t>(a.bits_ | b.bits_)); }
    friend bool operator==(LayerSet, LayerSet) = default;
    LayerSet() = default;

private:
    explicit LayerSet(std::uint16_t bits) : bits_(bits) {}
    [[nodiscard]] static std::uint16_t bit(Layer layer) { return static_cast<std::uint16_t>(1U << static_cast<unsigned>(layer)); }
    std::uint16_t bits_ = 0;
};

// All that decides. An empty optional means that there is no such policy at all, which is not the same as an empty list.
struct PolicySet {
    std::vector<PolicyRef> identity;
    std::vector<PolicyRef> session; // empty: the session was made without one
    std::optional<PolicyRef> boundary;
    std::optional<PolicyRef> resource;                           // or the role's trust policy
    std::optional<std::vector<std::vector<PolicyRef>>> scp, rcp; // levels from the root down
    std::vector<PolicyRef> endpoint;
    std::optional<PolicyRef> network; // of the VPC Lattice service network that the call comes through
};

enum class Decision { Allowed, ImplicitlyDenied, ExplicitlyDenied, Depends };
[[nodiscard]] std::string_view decisionName(Decision decision);

// The quick answer.
struct Verdict {
    Decision decision = Decision::ImplicitlyDenied;
    LayerSet blockedBy; // of a denial: which layers deny, or do not allow what must be allowed there
    // The action that it is about, where a call needs several (sts:TagSession beside sts:AssumeRoleWithSAML).
    std::string_view action;
};

// Which layers have a say in a request at all.
struct Binding {
    LayerSet binds;
    bool trust = false; // the resource's policy is a role's trust policy
    bool key = false;   // the resource is a KMS key, whose policy must allow
};
[[nodiscard]] Binding bindingOf(const RequestView& request, const PolicySet& policies);
[[nodiscard]] Binding bindingOf(const RequestView& request, const PolicySet& policies, bool hasResourcePolicy);

// In a closed world, and whenever nothing unknown matters, the verdict is final. Depends here means only that unknown keys
// were met; answer() finds out whether they matter.
[[nodiscard]] Verdict decide(RequestView& request, const PolicySet& policies);
// The same with another resource policy than the set's; null: none. For one resource and many callers.
[[nodiscard]] Verdict decide(RequestView& request, const PolicySet& policies, const CompiledPolicy* resource);

// The actions that a call is authorized for, in lower case: AssumeRole… needs sts:TagSession where it passes tags and
// sts:SetSourceIdentity where it sets one (IAM User Guide, "Troubleshoot SAML federation").
[[nodiscard]] std::vector<std::string_view> requiredActions(const RequestView& request);

} // namespace gw::policy
