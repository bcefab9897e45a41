// Why an answer is what it is: every layer with its statements, how near each came and on what it failed.
#pragma once

#include "models/policy/answer.h"

#include <optional>
#include <string>
#include <vector>

namespace gw::policy {

struct ConditionReport {
    std::string op, key;                          // as written
    std::vector<std::string> expected;            // as written
    std::optional<std::vector<std::string>> seen; // nothing: absent, or not told
    bool derived = false;                         // the value followed from the request
    Truth holds = Truth::False;
};

struct StatementReport {
    StatementRef ref;
    bool action = false;
    bool principal = false;
    Truth resource = Truth::False;
    std::vector<ConditionReport> conditions;
    Truth applies = Truth::False;
    // How many of action, principal, resource and each condition fail or are unknown.
    [[nodiscard]] std::size_t failures() const;
};

// What a layer says as a whole.
enum class LayerVoice { Silent, Allows, Denies, Depends };

struct LayerReport {
    Layer layer = Layer::Identity;
    std::size_t level = 0; // of SCPs and RCPs, from the root
    bool binds = true;     // false: it is there, and has no say in this request
    LayerVoice voice = LayerVoice::Silent;
    std::vector<StatementReport> statements; // the nearest first; those of other services only where nothing is near
};

struct Explanation {
    Answer answer;
    std::vector<LayerReport> layers; // in the order of Layer
};

[[nodiscard]] Explanation explain(const Request& request, const WorldRules& world, const PolicySet& policies);

// One statement against one request.
[[nodiscard]] StatementReport report(const StatementRef& ref, RequestView& request, bool hasBoundary);

} // namespace gw::policy
