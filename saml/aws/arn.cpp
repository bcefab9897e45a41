#include "saml/aws/arn.h"

#include "saml/base/ascii_classes.h"

#include <algorithm>
#include <array>
#include <utility>

namespace gw::aws {
namespace {

constexpr std::array<std::pair<Partition, std::string_view>, 8> partitions = {{{Partition::Aws, "aws"},
                                                                               {Partition::AwsCn, "aws-cn"},
                                                                               {Partition::AwsUsGov, "aws-us-gov"},
                                                                               {Partition::AwsEusc, "aws-eusc"},
                                                                               {Partition::AwsIso, "aws-iso"},
                                                                               {Partition::AwsIsoB, "aws-iso-b"},
                                                                               {Partition::AwsIsoE, "aws-iso-e"},
                                                                               {Partition::AwsIsoF, "aws-iso-f"}}};

constexpr std::size_t leastArn = 20;
constexpr std::size_t mostArn = 2048;

// IAM CreateRole: [\w+=,.@-]{1,64}, ASCII only.
bool isRoleName(std::string_view name) {
    return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
        return isAlphanumeric(c) || std::string_view("_+=,.@-").find(c) != std::string_view::npos;
    });
}

// IAM CreateSAMLProvider: [\w._-]{1,128}.
bool isProviderName(std::string_view name) {
    return !name.empty() && name.size() <= 128 &&
           std::all_of(name.begin(), name.end(), [](char c) { return isAlphanumeric(c) || c == '_' || c == '.' || c == '-'; });
}

// IAM: (/[\x21-\x7E]+/)|/, at most 512 characters.
bool isPath(std::string_view path) {
    return path.size() <= 512 && path.starts_with('/') && path.ends_with('/') &&
           std::all_of(path.begin(), path.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

std::string quoted(std::string_view text) {
    std::string out = "`";
    for (const char c : text.substr(0, 80)) out += c >= 0x20 && c < 0x7F ? c : '?';
    return out + "`";
}

struct IamArn {
    Partition partition = Partition::Aws;
    AccountId account;
    std::string_view resource; // after "role" or "saml-provider": "/PATH/NAME"
};

Result<IamArn> parseIam(std::string_view text, std::string_view kind, ArnError otherKind) {
    if (text.size() < leastArn || text.size() > mostArn) {
        if (!text.starts_with("arn:")) return fail(ArnError::NotAnArn, quoted(text));
        return fail(ArnError::BadLength, quoted(text));
    }
    std::array<std::string_view, 5> parts;
    std::string_view rest = text;
    for (std::string_view& part : parts) {
        const std::size_t colon = rest.find(':');
        if (colon == std::string_view::npos) return fail(ArnError::NotAnArn, quoted(text));
        part = rest.substr(0, colon);
        rest.remove_prefix(colon + 1);
    }
    if (parts[0] != "arn") return fail(ArnError::NotAnArn, quoted(text));
    IamArn arn;
    GW_TRY(arn.partition, parsePartition(parts[1]));
    if (parts[2] != "iam" || !parts[3].empty() || !rest.starts_with(kind)) return fail(otherKind, quoted(text));
    GW_TRY(arn.account, AccountId::parse(parts[4]));
    arn.resource = rest.substr(kind.size());
    if (!arn.resource.starts_with('/')) return fail(otherKind, quoted(text));
    return arn;
}

} // namespace

std::string_view partitionName(Partition partition) {
    for (const auto& [value, name] : partitions)
        if (value == partition) return name;
    return "aws";
}

Result<Partition> parsePartition(std::string_view name) {
    for (const auto& [value, known] : partitions)
        if (known == name) return value;
    return fail(ArnError::UnknownPartition, quoted(name));
}

Result<AccountId> AccountId::parse(std::string_view text) {
    if (text.size() != 12 || !std::all_of(text.begin(), text.end(), isDigit)) return fail(ArnError::BadAccount, quoted(text));
    AccountId account;
    account.digits_ = text;
    return account;
}

Result<RoleArn> RoleArn::parse(std::string_view text) {
    GW_TRY(const IamArn arn, parseIam(text, "role", ArnError::NotARole));
    const std::size_t slash = arn.resource.rfind('/');
    RoleArn role;
    role.path_ = arn.resource.substr(0, slash + 1);
    role.name_ = arn.resource.substr(slash + 1);
    if (!isRoleName(role.name_) || !isPath(role.path_)) return fail(ArnError::BadName, quoted(text));
    role.text_ = text;
    role.account_ = arn.account;
    role.partition_ = arn.partition;
    return role;
}

Result<SamlProviderArn> SamlProviderArn::parse(std::string_view text) {
    GW_TRY(const IamArn arn, parseIam(text, "saml-provider", ArnError::NotASamlProvider));
    SamlProviderArn provider;
    provider.name_ = arn.resource.substr(1);
    if (!isProviderName(provider.name_)) return fail(ArnError::BadName, quoted(text));
    provider.text_ = text;
    provider.account_ = arn.account;
    provider.partition_ = arn.partition;
    return provider;
}

} // namespace gw::aws
