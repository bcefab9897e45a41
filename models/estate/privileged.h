// What leads to all permissions of an account once one may change it, run it or become it: its administrators, and the functions
// that run as one.
#pragma once

#include "models/estate/estate.h"
#include "models/policy/evaluator.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gw::estate {

class RoleAccess;

// Looked for once for each account and kind; all answers are ARNs. For one thread; borrows the estate.
class Privileged {
public:
    Privileged(const Estate& estate, const policy::WorldRules& world);
    ~Privileged();

    [[nodiscard]] const std::vector<std::string>& roles(const std::string& account);
    [[nodiscard]] const std::vector<std::string>& users(const std::string& account);
    [[nodiscard]] const std::vector<std::string>& groups(const std::string& account);
    [[nodiscard]] const std::vector<std::string>& functions(const std::string& account);
    // Roles that a service of a privilege path may take on.
    [[nodiscard]] const std::vector<std::string>& passed(const std::string& account, std::string_view service);
    [[nodiscard]] const std::vector<const Role*>& rolesOf(const std::string& account);

private:
    template <class T>
    using ByAccount = std::unordered_map<std::string, T>;
    RoleAccess& others();
    // Of the account's identities, each made ready for questions by `look`.
    template <class Identity, class Look>
    [[nodiscard]] const std::vector<std::string>& administrators(ByAccount<std::vector<std::string>>& known, const std::string& account,
                                                                 const std::vector<Identity>& all, Look look);

    const Estate& estate_;
    policy::WorldRules world_;
    std::unique_ptr<RoleAccess> others_;
    ByAccount<std::vector<const Role*>> all_; // filled once for all accounts
    ByAccount<std::vector<std::string>> roles_, users_, groups_, functions_;
    ByAccount<std::map<std::string_view, std::vector<std::string>>> passed_;
};

} // namespace gw::estate
