#include "models/policy/principal.h"

#include "models/policy/arn_pattern.h"
#include "models/policy/unknown_place.h"
#include "saml/base/ascii_classes.h"

#include <algorithm>

namespace gw::policy {
namespace {

bool takePrefix(std::string_view& text, std::string_view prefix) {
    if (text.substr(0, prefix.size()) != prefix) return false;
    text.remove_prefix(prefix.size());
    return !text.empty();
}

std::string lastName(std::string_view path) {
    return std::string(path.substr(path.rfind('/') + 1));
}

bool isHexadecimal(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char each) { return isDigit(each) || (each >= 'a' && each <= 'f'); });
}

} // namespace

bool isAccountId(std::string_view text) {
    return text.size() == 12 && std::all_of(text.begin(), text.end(), isDigit);
}

std::optional<Principal> Principal::parse(std::string_view text) {
    Principal principal;
    principal.text_ = text;
    principal.partition_ = "aws";
    if (text == "*") return principal;
    if (isAccountId(text) || text == unknownAccount) {
        principal.kind_ = PrincipalKind::Root;
        principal.account_ = text;
        principal.arn_ = "arn:aws:iam::" + principal.account_ + ":root";
        return principal;
    }
    const auto parts = ArnParts::split(text);
    if (!parts) {
        if (text.size() == 64 && isHexadecimal(text))
            principal.kind_ = PrincipalKind::CanonicalUser;
        else if (text.find(".amazonaws.com") != std::string_view::npos || text.find(".amazon.com") != std::string_view::npos) {
            principal.kind_ = text.substr(0, 4) == "www." || text.substr(0, 8) == "cognito-" ? PrincipalKind::WebIdentity
                                                                                             : PrincipalKind::Service;
        } else if (text.find('.') != std::string_view::npos && text.find_first_of(" *?") == std::string_view::npos) {
            principal.kind_ = PrincipalKind::WebIdentity;
        } else {
            return std::nullopt;
        }
        return principal;
    }
    principal.partition_ = parts->partition;
    principal.account_ = parts->account;
    principal.arn_ = text;
    if ((!isAccountId(parts->account) && parts->account != unknownAccount) || !parts->region.empty()) return std::nullopt;
    std::string_view resource = parts->resource;
    if (parts->service == "iam") {
        if (resource == "root") {
            principal.kind_ = PrincipalKind::Root;
        } else if (takePrefix(resource, "user/")) {
            principal.kind_ = PrincipalKind::User;
            principal.name_ = lastName(resource);
        } else if (takePrefix(resource, "role/")) {
            principal.kind_ = PrincipalKind::Role;
            principal.name_ = lastName(resource);
            principal.serviceLinked_ = resource.substr(0, 17) == "aws-service-role/";
        } else if (takePrefix(resource, "saml-provider/")) {
            principal.kind_ = PrincipalKind::SamlProvider;
            principal.name_ = resource;
        } else if (takePrefix(resource, "oidc-provider/")) {
            principal.kind_ = PrincipalKind::WebIdentity;
            principal.name_ = resource;
        } else {
            return std::nullopt;
        }
        return principal.kind_ == PrincipalKind::Root || !principal.name_.empty() ? std::optional(principal) : std::nullopt;
    }
    if (parts->service != "sts") return std::nullopt;
    if (takePrefix(resource, "assumed-role/")) {
        const std::size_t slash = resource.find('/');
        if (slash == std::string_view::npos || slash == 0 || slash + 1 == resource.size()) return std::nullopt;
        principal.kind_ = PrincipalKind::RoleSession;
        principal.name_ = resource.substr(0, slash);
        principal.session_ = resource.substr(slash + 1);
        principal.arn_ = "arn:" + principal.partition_ + ":iam::" + principal.account_ + ":role/" + principal.name_;
        principal.serviceLinked_ = principal.name_.rfind("AWSServiceRoleFor", 0) == 0;
        return principal;
    }
    if (!takePrefix(resource, "federated-user/")) return std::nullopt;
    principal.kind_ = PrincipalKind::FederatedUser;
    principal.name_ = resource;
    return principal;
}

NamedPrincipal::NamedPrincipal(Type type, std::string_view text) : type_(type), text_(text) {
    if (type_ == Type::Aws && text == "*") type_ = Type::Everyone;
    if (type_ == Type::Aws || type_ == Type::Federated) parsed_ = Principal::parse(text);
}

Naming NamedPrincipal::names(const Principal& caller) const {
    const auto exactly = [](bool same) { return same ? Naming::Session : Naming::None; };
    switch (type_) {
    case Type::Everyone:
        return Naming::Everyone;
    case Type::Service:
        return exactly(caller.kind() == PrincipalKind::Service && caller.text() == text_);
    case Type::CanonicalUser:
        return exactly(caller.kind() == PrincipalKind::CanonicalUser && caller.text() == text_);
    case Type::Federated:
        if (!caller.isFederatedCaller()) return Naming::None;
        // An OIDC provider is known by its host and by the ARN that holds the host.
        return exactly(caller.text() == text_ || (caller.kind() == PrincipalKind::WebIdentity && parsed_ &&
                                                  (parsed_->name() == caller.text() || caller.name() == text_)));
    case Type::Unknown:
        return Naming::None;
    case Type::Aws:
        break;
    }
    if (!parsed_ || caller.account() != parsed_->account() || caller.isFederatedCaller() ||
        caller.kind() == PrincipalKind::Anonymous)
        return Naming::None;
    switch (parsed_->kind()) {
    case PrincipalKind::Root:
        return caller.kind() == PrincipalKind::Root ? Naming::Session : Naming::Account;
    case PrincipalKind::User:
        if (caller.kind() == PrincipalKind::FederatedUser)
            return caller.federatedBy() == parsed_->text() ? Naming::Entity : Naming::None;
        return caller.kind() == PrincipalKind::User && caller.text() == parsed_->text() ? Naming::Entity : Naming::None;
    case PrincipalKind::Role:
        // The ARN of a session does not carry the role's path.
        if (caller.kind() == PrincipalKind::RoleSession) return caller.name() == parsed_->name() ? Naming::Entity : Naming::None;
        return caller.kind() == PrincipalKind::Role && caller.text() == parsed_->text() ? Naming::Entity : Naming::None;
    case PrincipalKind::RoleSession:
    case PrincipalKind::FederatedUser:
        return exactly(caller.text() == parsed_->text());
    default:
        return Naming::None;
    }
}

} // namespace gw::policy
