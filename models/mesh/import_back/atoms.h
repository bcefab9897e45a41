// Statements of policies taken apart: one caller, one action, one resource each, with the conditions in the map's words.
#pragma once

#include "models/mesh/compile/compilation.h"
#include "models/mesh/compile/iam_conditions.h"
#include "saml/base/json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh {

struct Terms {
    std::vector<EdgeCondition> when;
    std::optional<UtcTime> expires;
    // What other keys of an edge or of what it is about say.
    std::vector<std::string> methods;
    std::uint16_t port = 0;
    std::string cluster;
    bool passed = false, urlAuth = false, viaUrl = false;
    [[nodiscard]] std::string key(bool special = true) const; // the same for the same; without what stands below `methods`
};

struct Atom {
    bool deny = false;
    std::string principal; // as Caller has it; empty: the role that the policy belongs to
    std::string action, resource;
    Terms terms;
    std::optional<std::vector<EdgeCondition>>
        plain;   // all conditions as keys of IAM; nothing: an edge has no words for one of them
    std::string sid; // of the statement; may be empty
    EdgeId edge;     // empty: no Sid tells
    bool taken = false;
    [[nodiscard]] std::string key() const;
};

// What of a policy no edge can say.
struct Unsaid {
    std::string object; // whose policy
    std::string sid;    // of the statement; may be empty
    std::string what;   // "condition", "not-action", "half", …
    std::string seen;
    bool deny = false; // so that the map may say more than the policies do
};

// Of policies of identities and of resources.
[[nodiscard]] std::vector<Atom> atomsOf(const Artefact& artefact, std::vector<Unsaid>& unsaid);

using Tests = std::vector<PolicyStatement::Test>;
// Of a statement, as they are written. Values that are no texts are written as JSON.
[[nodiscard]] Tests testsIn(const Json& statement);
// Why no edge can have the statement's condition, as Unsaid says it; empty: nothing speaks against it yet. Policy variables are
// letters to a map, and tests without a value hold for nobody or for everybody.
[[nodiscard]] std::string_view unsayable(const Json& statement);
[[nodiscard]] bool hasVariable(std::string_view text);
// As JSON, for people.
[[nodiscard]] std::string conditionIn(const Json& statement);
// The same for tests that say the same.
[[nodiscard]] std::string textOf(const Tests& tests);
// Nothing where the map has no word for one of them, or would write it in another way.
[[nodiscard]] std::optional<Terms> termsOf(const Tests& tests, ConditionPlace place);

} // namespace gw::mesh
