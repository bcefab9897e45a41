// Policies by what they mean, so that what AWS or a person writes in another way is not taken for a change.
#pragma once

#include "saml/base/json.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh {

// A policy as it was found: its statements, and the members beside them ("Version", "Id").
struct PolicyParts {
    Json members = Json::object(); // without "Statement"
    std::vector<Json> statements;
    [[nodiscard]] std::string version() const;
};
// Nothing where the text is no policy. Takes it URL-encoded or quoted as well, as AWS's APIs give it.
[[nodiscard]] std::optional<PolicyParts> policyParts(std::string_view text);
[[nodiscard]] std::string sidIn(const Json& statement);

// The same text for statements that say the same: order and repetition in lists, one value or a list of it, case of actions and
// condition keys, an account or its root, "*" or {"AWS": "*"}, ArnEquals or ArnLike make no difference.
[[nodiscard]] std::string canonicalStatement(const Json& statement, bool withSid);
// Statements in any order, with their Sids; text that is no policy stays as it is.
[[nodiscard]] std::string canonicalPolicy(std::string_view text);
// Without white space.
[[nodiscard]] std::string compactJson(const Json& json);

} // namespace gw::mesh
