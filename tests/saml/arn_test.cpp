#include "saml/aws/arn.h"

#include <gtest/gtest.h>

namespace gw::aws {
namespace {

template <class T>
std::string codeOf(const Result<T>& result) {
    return result ? std::string("ok") : result.error().code().id();
}

TEST(RoleArn, TakesItApart) {
    const auto role = RoleArn::parse("arn:aws-us-gov:iam::123456789012:role/team/sub/Admin+=,.@-_9");
    ASSERT_TRUE(role);
    EXPECT_EQ(role->value(), "arn:aws-us-gov:iam::123456789012:role/team/sub/Admin+=,.@-_9");
    EXPECT_EQ(role->partition(), Partition::AwsUsGov);
    EXPECT_EQ(role->account().value(), "123456789012");
    EXPECT_EQ(role->path(), "/team/sub/");
    EXPECT_EQ(role->name(), "Admin+=,.@-_9");
    EXPECT_EQ(RoleArn::parse("arn:aws:iam::123456789012:role/Admin")->path(), "/");
    EXPECT_EQ(RoleArn::parse("arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_X_1")->name(),
              "AWSReservedSSO_X_1");
}

TEST(RoleArn, SaysWhatIsWrong) {
    const std::pair<std::string, std::string> vectors[] = {
        {"", "arn.not_an_arn"},
        {"hello", "arn.not_an_arn"},
        {"arn:aws:iam", "arn.bad_length"},
        {"arn:aws:iam::role/AdminAdminAdmin", "arn.not_an_arn"},
        {"ARN:aws:iam::123456789012:role/Admin", "arn.not_an_arn"},
        {"arn:aws-mars:iam::123456789012:role/Admin", "arn.unknown_partition"},
        {"arn:AWS:iam::123456789012:role/Admin", "arn.unknown_partition"},
        {"arn:aws:sts::123456789012:role/Admin", "arn.not_a_role"},
        {"arn:aws:iam:us-east-1:123456789012:role/Admin", "arn.not_a_role"},
        {"arn:aws:iam::123456789012:user/Admin", "arn.not_a_role"},
        {"arn:aws:iam::123456789012:Role/Admin", "arn.not_a_role"},
        {"arn:aws:iam::123456789012:roles/Admin", "arn.not_a_role"},
        {"arn:aws:iam::123456789012:role:Admin", "arn.not_a_role"},
        {"arn:aws:iam::12345678901:role/Admin", "arn.bad_account"},
        {"arn:aws:iam::1234567890123:role/Admin", "arn.bad_account"},
        {"arn:aws:iam::12345678901x:role/Admin", "arn.bad_account"},
        {"arn:aws:iam::\xD9\xA1\x32\x33\x34\x35\x36\x37\x38\x39\x30\x31:role/Admin", "arn.bad_account"},
        {"arn:aws:iam::123456789012:role/", "arn.bad_name"},
        {"arn:aws:iam::123456789012:role/a b", "arn.bad_name"},
        {"arn:aws:iam::123456789012:role/Adm\xC4\xB1n", "arn.bad_name"},
        {"arn:aws:iam::123456789012:role/Admin\n", "arn.bad_name"},
        {"arn:aws:iam::123456789012:role/pa th/Admin", "arn.bad_name"},
        {"arn:aws:iam::123456789012:role/" + std::string(65, 'a'), "arn.bad_name"},
        {"arn:aws:iam::123456789012:role/" + std::string(513, 'a') + "/b", "arn.bad_name"},
        {"arn:aws:iam::123456789012:role/" + std::string(2048, 'a'), "arn.bad_length"},
    };
    for (const auto& [text, code] : vectors) EXPECT_EQ(codeOf(RoleArn::parse(text)), code) << text;
}

TEST(RoleArn, ErrorTextIsFitForLogs) {
    const auto role = RoleArn::parse("arn:aws:iam::123456789012:role/\x1B[31m\xE2\x80\xAE");
    ASSERT_FALSE(role);
    for (const char c : role.error().detail()) EXPECT_TRUE(c >= 0x20 && c < 0x7F);
}

TEST(SamlProviderArn, TakesItApart) {
    const auto provider = SamlProviderArn::parse("arn:aws-cn:iam::123456789012:saml-provider/Okta_1.x-y");
    ASSERT_TRUE(provider);
    EXPECT_EQ(provider->name(), "Okta_1.x-y");
    EXPECT_EQ(provider->partition(), Partition::AwsCn);
    EXPECT_EQ(codeOf(SamlProviderArn::parse("arn:aws:iam::123456789012:role/Admin")), "arn.not_a_saml_provider");
    EXPECT_EQ(codeOf(SamlProviderArn::parse("arn:aws:iam::123456789012:saml-provider/a/b")), "arn.bad_name");
    EXPECT_EQ(codeOf(SamlProviderArn::parse("arn:aws:iam::123456789012:saml-provider/a+b")), "arn.bad_name");
    EXPECT_EQ(codeOf(SamlProviderArn::parse("arn:aws:iam::123456789012:saml-provider/" + std::string(129, 'a'))), "arn.bad_name");
}

TEST(Partition, NamesRoundTrip) {
    for (const char* name : {"aws", "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f"}) {
        const auto partition = parsePartition(name);
        ASSERT_TRUE(partition) << name;
        EXPECT_EQ(partitionName(*partition), name);
    }
    EXPECT_FALSE(parsePartition(""));
    EXPECT_FALSE(parsePartition("aws "));
}

TEST(RoleArn, ComparesByText) {
    const auto a = RoleArn::parse("arn:aws:iam::123456789012:role/A");
    const auto b = RoleArn::parse("arn:aws:iam::123456789012:role/B");
    EXPECT_LT(*a, *b);
    EXPECT_EQ(*a, *RoleArn::parse("arn:aws:iam::123456789012:role/A"));
}

} // namespace
} // namespace gw::aws
