// Ways from some permissions to all of them, for whoever asks them of policies of their own.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gw::policy::lint {

class Witnesses;

// An empty action asks for nothing. ARNs are of privilegeAccount, and name what only a grant to all of the kind reaches.
struct PrivilegeAsk {
    std::string_view action, resource;
};
inline constexpr std::string_view privilegeAccount = "111122223333";

struct PrivilegePath {
    std::string_view name; // "iam:PassRole + lambda:CreateFunction + lambda:InvokeFunction"
    std::array<PrivilegeAsk, 3> asks; // all of them open it
    std::string_view service{};       // to which a role is passed; empty: none is
};

[[nodiscard]] std::span<const PrivilegePath> privilegePaths();
// What whoever may do everything may do; all of them.
[[nodiscard]] std::span<const PrivilegeAsk> administratorAsks();
// The resource of an ask in another account than privilegeAccount.
[[nodiscard]] std::string inAccount(std::string_view resource, std::string_view account);
// Of an identity policy: by one of its statements, or by all together, whatever the caller's circumstances.
[[nodiscard]] bool isAdministrator(Witnesses& witnesses, std::optional<std::size_t> statement);

} // namespace gw::policy::lint
