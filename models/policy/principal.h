// Who asks, and whom a policy names (IAM User Guide, "AWS JSON policy elements: Principal").
#pragma once

#include "models/policy/truth.h"
#include "saml/base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace gw::policy {

enum class PrincipalKind {
    Anonymous, // "*": no credentials
    Root,      // the account's root user, or the account as such
    User,
    Role, // a role that is not assumed by a named session
    RoleSession,
    FederatedUser, // by GetFederationToken
    SamlProvider,  // calls AssumeRoleWithSAML
    WebIdentity,   // an OIDC provider
    Service,
    CanonicalUser,
};

// Twelve digits.
[[nodiscard]] bool isAccountId(std::string_view text);

// The principal of a request.
class Principal {
public:
    // An ARN of IAM or STS, a service ("lambda.amazonaws.com"), an OIDC host, twelve digits, or "*". Nothing where it is
    // none of them.
    [[nodiscard]] static std::optional<Principal> parse(std::string_view text);

    [[nodiscard]] PrincipalKind kind() const { return kind_; }
    [[nodiscard]] const std::string& text() const { return text_; }
    // Empty where there is none.
    [[nodiscard]] const std::string& account() const { return account_; }
    [[nodiscard]] const std::string& partition() const { return partition_; }
    // Of a user, role or federated user: without its path.
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::string& sessionName() const { return session_; }
    // What aws:PrincipalArn says: of a role session the role's ARN, as far as it is known.
    [[nodiscard]] const std::string& principalArn() const { return arn_; }
    // Of a federated user's session: the ARN of the user that asked for it; empty where it is not told. A policy that names that
    // user names the session, within its limits (IAM User Guide, "Policy evaluation logic").
    [[nodiscard]] const std::string& federatedBy() const { return federatedBy_; }
    void setFederatedBy(std::string user) { federatedBy_ = std::move(user); }
    [[nodiscard]] bool isServiceLinkedRole() const { return serviceLinked_; }
    [[nodiscard]] bool isFederatedCaller() const {
        return kind_ == PrincipalKind::SamlProvider || kind_ == PrincipalKind::WebIdentity;
    }
    // Whether it has credentials of an account, so that its organisation's policies apply.
    [[nodiscard]] bool belongsToAccount() const {
        return kind_ == PrincipalKind::Root || kind_ == PrincipalKind::User || kind_ == PrincipalKind::Role ||
               kind_ == PrincipalKind::RoleSession || kind_ == PrincipalKind::FederatedUser;
    }

private:
    PrincipalKind kind_ = PrincipalKind::Anonymous;
    std::string text_, partition_, account_, name_, session_, arn_, federatedBy_;
    bool serviceLinked_ = false;
};

// How a policy's entry names the caller, from the weakest to the strongest. It matters in the caller's own account, where
// implicit denials of other policies bind some of them and not others.
enum class Naming {
    None,
    Account, // by its account: a delegation, not a grant
    Entity,  // the user or the role
    Everyone,
    Session, // the very session
};

// One entry of a Principal or NotPrincipal element.
class NamedPrincipal {
public:
    enum class Type { Everyone, Aws, Service, Federated, CanonicalUser, Unknown };

    NamedPrincipal(Type type, std::string_view text);
    [[nodiscard]] Naming names(const Principal& caller) const;
    [[nodiscard]] Type type() const { return type_; }
    [[nodiscard]] const std::string& text() const { return text_; }
    // Of an entry that names an account, user, role or session.
    [[nodiscard]] const std::optional<Principal>& parsed() const { return parsed_; }

private:
    Type type_;
    std::string text_;
    std::optional<Principal> parsed_;
};

} // namespace gw::policy
