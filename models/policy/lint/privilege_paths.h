// Ways from some permissions to all of them, for whoever asks them of policies of their own.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace gw::policy::lint {

// An empty action asks for nothing. ARNs are of privilegeAccount, and name what only a grant to all of the kind reaches.
struct PrivilegeAsk {
    std::string_view action, resource;
};
inline constexpr std::string_view privilegeAccount = "111122223333";

struct PrivilegePath {
    std::string_view name; // "iam:PassRole + lambda:CreateFunction + lambda:InvokeFunction"
    std::array<PrivilegeAsk, 3> asks; // all of them open it
};

[[nodiscard]] std::span<const PrivilegePath> privilegePaths();

} // namespace gw::policy::lint
