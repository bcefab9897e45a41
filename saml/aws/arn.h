// The ARNs that a SAML sign-in deals with, parsed once, and the partition they belong to.
// Shapes: AWS IAM User Guide, "IAM identifiers"; the limits are those of STS AssumeRoleWithSAML (20 to 2048 characters).
#pragma once

#include "saml/base/result.h"
#include "saml/base/strong.h"

#include <compare>
#include <string>
#include <string_view>

namespace gw::aws {

#define GW_ARN_ERRORS(X) \
    X(NotAnArn, "not_an_arn") \
    X(UnknownPartition, "unknown_partition") \
    X(NotARole, "not_a_role") \
    X(NotASamlProvider, "not_a_saml_provider") \
    X(BadAccount, "bad_account") \
    X(BadName, "bad_name") \
    X(BadLength, "bad_length")
GW_ERROR_ENUM(ArnError, "arn", GW_ARN_ERRORS);

enum class Partition { Aws, AwsCn, AwsUsGov, AwsEusc, AwsIso, AwsIsoB, AwsIsoE, AwsIsoF };

// "aws", "aws-cn", …
[[nodiscard]] std::string_view partitionName(Partition partition);
[[nodiscard]] Result<Partition> parsePartition(std::string_view name);

// Twelve digits.
class AccountId {
public:
    AccountId() = default;
    [[nodiscard]] static Result<AccountId> parse(std::string_view text);
    [[nodiscard]] const std::string& value() const { return digits_; }
    friend auto operator<=>(const AccountId&, const AccountId&) = default;

private:
    std::string digits_;
};

using Region = StrongString<struct RegionTag>;

// arn:PARTITION:iam::ACCOUNT:role/PATH/NAME
class RoleArn {
public:
    RoleArn() = default;
    [[nodiscard]] static Result<RoleArn> parse(std::string_view text);
    [[nodiscard]] const std::string& value() const { return text_; }
    [[nodiscard]] Partition partition() const { return partition_; }
    [[nodiscard]] const AccountId& account() const { return account_; }
    // Without its path.
    [[nodiscard]] const std::string& name() const { return name_; }
    // "/" or "/team/sub/".
    [[nodiscard]] const std::string& path() const { return path_; }
    friend auto operator<=>(const RoleArn& a, const RoleArn& b) { return a.text_ <=> b.text_; }
    friend bool operator==(const RoleArn& a, const RoleArn& b) { return a.text_ == b.text_; }

private:
    std::string text_, name_, path_ = "/";
    AccountId account_;
    Partition partition_ = Partition::Aws;
};

// arn:PARTITION:iam::ACCOUNT:saml-provider/NAME; STS calls it PrincipalArn.
class SamlProviderArn {
public:
    SamlProviderArn() = default;
    [[nodiscard]] static Result<SamlProviderArn> parse(std::string_view text);
    [[nodiscard]] const std::string& value() const { return text_; }
    [[nodiscard]] Partition partition() const { return partition_; }
    [[nodiscard]] const AccountId& account() const { return account_; }
    [[nodiscard]] const std::string& name() const { return name_; }
    friend auto operator<=>(const SamlProviderArn& a, const SamlProviderArn& b) { return a.text_ <=> b.text_; }
    friend bool operator==(const SamlProviderArn& a, const SamlProviderArn& b) { return a.text_ == b.text_; }

private:
    std::string text_, name_;
    AccountId account_;
    Partition partition_ = Partition::Aws;
};

} // namespace gw::aws
