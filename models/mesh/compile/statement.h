// Statements of IAM's policy language on their way into a document, and the document's text.
#pragma once

#include "models/mesh/map/map.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh {

struct PolicyStatement {
    std::vector<EdgeId> edges; // in its Sid; empty: `sid`
    std::string sid;
    bool deny = false;
    // "AWS", "Service", "Federated" or "*"; empty: a policy of an identity, which names none.
    std::string principalType;
    std::vector<std::string> principals;
    std::vector<std::string> actions, resources; // the latter empty in trust policies
    struct Test {
        std::string op, key;
        std::vector<std::string> values;
        friend auto operator<=>(const Test&, const Test&) = default;
    };
    std::vector<Test> tests; // in order of operator and key, each pair once
};

// Each once, in the order in which they come.
void addEdge(std::vector<EdgeId>& edges, const EdgeId& edge);

// Statements that differ in one list only (principals, actions or resources) become one, as long as that says the same; edges are
// put together. Order is that of the first of each.
[[nodiscard]] std::vector<PolicyStatement> merged(std::vector<PolicyStatement> statements);
// Only those that are equal in everything but their edges; and of one edge those that differ in their resources only.
[[nodiscard]] std::vector<PolicyStatement> unrepeated(std::vector<PolicyStatement> statements);

enum class Layout {
    Lines, // for people and version control
    Compact // for APIs that take no line breaks, such as VPC Lattice's
};
// With a Sid for each, distinct within the document.
[[nodiscard]] std::string documentText(const std::vector<PolicyStatement>& statements, Layout layout);
// As quotas count: IAM User Guide, "IAM and AWS STS quotas": white space does not.
[[nodiscard]] std::size_t countedSize(std::string_view document);

} // namespace gw::mesh
