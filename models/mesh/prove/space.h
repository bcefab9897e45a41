// The questions that can make a difference: of every dimension of a request the values that the map or the artefacts name, what
// lies next to them, and one that nobody names.
#pragma once

#include "models/mesh/prove/meaning.h"
#include "models/policy/compiled_policy.h"

#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh {

// Paths that tell a pattern from its neighbours: deeper, shallower, longer, with and without a last slash.
void addPathsAround(const PathPattern& pattern, std::set<std::string>& into);

// For one key of the context; a value that is not there means that the request does not have the key.
struct Dimension {
    policy::Key key;
    std::vector<std::optional<policy::ContextValue>> values;
};

class Space {
public:
    void add(const Use& use);
    void add(const policy::CompiledPolicy& policy);

    // In lower case; each once.
    [[nodiscard]] const std::set<std::string>& actions() const { return actions_; }
    [[nodiscard]] const std::set<std::string>& resources() const { return resources_; }
    // Whether a request for the action can be about the resource at all.
    [[nodiscard]] static bool fit(std::string_view action, std::string_view resource);

private:
    void addResource(std::string_view pattern);
    std::set<std::string> actions_, resources_;
};

// Of whatever has a say in this request: uses that are about it, and statements that cover it.
class Contexts {
public:
    void add(const Use& use);
    void add(const std::vector<EdgeCondition>& conditions, std::optional<UtcTime> expires, bool lattice);
    void add(const policy::CompiledStatement& statement);
    void add(std::string_view key, std::string_view value);

    // Calls `each` with every combination; with one dimension at a time besides what is met, and false returned, where there are
    // more than `most`.
    [[nodiscard]] bool forEach(std::size_t most, const std::function<void(const policy::Context&)>& each) const;

private:
    Dimension& dimension(std::string_view key);
    void addValue(Dimension& to, std::string value);
    void addCondition(const policy::Condition& condition);
    std::vector<Dimension> dimensions_;
};

} // namespace gw::mesh
