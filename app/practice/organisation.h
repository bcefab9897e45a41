// The invented organisation: its accounts with their roles, and the people who sign in. Read from the embedded
// resources/practice/organisation.json.
#pragma once

#include "app/practice/practice.h"
#include "models/policy/compiled_policy.h"
#include "models/sessions/providers/provider.h"
#include "saml/aws/arn.h"
#include "saml/base/json.h"

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gw::practice {

struct Role {
    aws::RoleArn arn;
    std::string id;                        // "AROA" and 17 characters; the same at every start
    std::chrono::seconds maxSession{3600}; // 3,600 to 43,200
    policy::PolicyRef trust; // never null
};

struct Account {
    aws::AccountId id;
    std::string alias;
    sessions::Environment environment = sessions::Environment::None;
    bool hasProvider = true; // whether IAM of the account knows the organisation's provider
    std::vector<Role> roles;
};

struct Person {
    std::string userName;
    std::string password; // shown on the login page: the whole company is invented
    std::string name;
    std::string title; // what the person is here for, as the login page shows it
    std::chrono::seconds sessionDuration{3600};
    std::map<std::string, std::string> tags;
    std::vector<std::string> transitiveTags;
    std::vector<aws::RoleArn> roles; // in the order of the assertion; each exists
};

class Organisation {
public:
    // Refuses unknown keys, roles that do not exist and trust policies that IAM would not store. Fact on failure: "where"; of a
    // policy the cause says what is wrong with it.
    [[nodiscard]] static Result<Organisation> parse(std::string_view json);
    // The one that comes with the program.
    [[nodiscard]] static Result<Organisation> embedded();

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::string& ssoName() const { return ssoName_; }
    [[nodiscard]] const std::string& entityId() const { return entityId_; }
    [[nodiscard]] const std::vector<Account>& accounts() const { return accounts_; }
    [[nodiscard]] const std::vector<Person>& people() const { return people_; }

    [[nodiscard]] std::string providerArn(const aws::AccountId& account) const;
    // Null where there is none.
    [[nodiscard]] const Account* account(const aws::AccountId& id) const;
    [[nodiscard]] const Role* role(const aws::RoleArn& arn) const;
    [[nodiscard]] const Person* person(std::string_view userName) const;

private:
    [[nodiscard]] Status readAccount(const Json& json, const Json& policies, const std::string& where);
    [[nodiscard]] Result<Role> readRole(const Json& json, const aws::AccountId& account, const Json& policies,
                                        const std::string& where) const;
    [[nodiscard]] Status readPerson(const Json& json, const std::string& where);

    std::string name_, ssoName_, entityId_, providerName_;
    std::vector<Account> accounts_;
    std::vector<Person> people_;
};

} // namespace gw::practice
