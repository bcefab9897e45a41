// Roles as people write them: an ARN, a pair with the provider, a name beside an account, or inside the name of a group.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gw::estate {

struct NamedRole {
    std::string role, provider; // ARNs; the latter empty where nothing tells
};

// "arn:…:role/R", "arn:…:role/R,arn:…:saml-provider/P" in either order, "123456789012:R", "123456789012/R".
[[nodiscard]] std::optional<NamedRole> namedRole(std::string_view text, std::string_view account = {});

// What the rules that Okta and ADFS are set up with make of a group's name (Okta, "Connect to AWS through groups":
// "aws#alias#role#123456789012"; AWS Security Blog on ADFS: "AWS-123456789012-role").
[[nodiscard]] std::optional<NamedRole> roleInGroupName(std::string_view group);

} // namespace gw::estate
