#include "models/policy/denial_text.h"

#include <gtest/gtest.h>

#include <string>

namespace gw::policy {
namespace {

struct Pasted {
    std::string name, text, principal, action, resource;
    std::optional<Layer> layer;
    bool explicitDeny;
};

void PrintTo(const Pasted& pasted, std::ostream* out) {
    *out << pasted.name;
}

class Denials : public testing::TestWithParam<Pasted> {};

TEST_P(Denials, becomeTheQuestionThatWasAsked) {
    const Pasted& pasted = GetParam();
    const auto denial = readDenial(pasted.text);
    ASSERT_TRUE(denial) << denial.error().chain();
    EXPECT_EQ(denial->request.principal.text(), pasted.principal);
    EXPECT_EQ(denial->request.action, pasted.action);
    EXPECT_EQ(denial->request.resource, pasted.resource);
    EXPECT_EQ(denial->layer, pasted.layer);
    EXPECT_EQ(denial->explicitDeny, pasted.explicitDeny);
}

const std::string session = "arn:aws:sts::111122223333:assumed-role/payments/lena";

INSTANTIATE_TEST_SUITE_P(
    All, Denials,
    testing::Values(
        Pasted{"cli",
               "An error occurred (AccessDenied) when calling the GetObject operation: User: " + session +
                   " is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/k\" because no identity-based "
                   "policy allows the "
                   "s3:GetObject action",
               session, "s3:GetObject", "arn:aws:s3:::b/k", Layer::Identity, false},
        Pasted{"plain",
               "User: " + session +
                   " is not authorized to perform: lambda:InvokeFunction on resource: "
                   "arn:aws:lambda:eu-west-1:111122223333:function:refunds with an explicit deny in a service control policy",
               session, "lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:111122223333:function:refunds", Layer::Scp, true},
        Pasted{"lattice_network",
               "AccessDeniedException: User: anonymous is not authorized to perform: vpc-lattice-svcs:Invoke on resource: "
               "arn:aws:vpc-lattice:us-east-1:111122223333:service/svc-0b1f/parking because no network-based policy allows the "
               "vpc-lattice-svcs:Invoke action",
               "*", "vpc-lattice-svcs:Invoke", "arn:aws:vpc-lattice:us-east-1:111122223333:service/svc-0b1f/parking", Layer::Network, false},
        Pasted{"lattice_service",
               "User: " + session +
                   " is not authorized to perform: vpc-lattice-svcs:Invoke on resource: "
                   "arn:aws:vpc-lattice:us-east-1:111122223333:service/svc-0b1f/ because no service-based policy allows the "
                   "vpc-lattice-svcs:Invoke action",
               session, "vpc-lattice-svcs:Invoke", "arn:aws:vpc-lattice:us-east-1:111122223333:service/svc-0b1f/", Layer::Resource, false},
        Pasted{"no_resource",
               "User: " + session +
                   " is not authorized to perform: ec2:DescribeInstances because no permissions boundary allows the "
                   "ec2:DescribeInstances action.",
               session, "ec2:DescribeInstances", "*", Layer::Boundary, false},
        Pasted{"anonymous",
               "User: anonymous is not authorized to perform: execute-api:Invoke on resource: "
               "arn:aws:execute-api:eu-west-1:********3333:a/prod/GET/x",
               "*", "execute-api:Invoke", "arn:aws:execute-api:eu-west-1:********3333:a/prod/GET/x", std::nullopt, false},
        Pasted{"key_with_blanks", "User: " + session + " is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/a b.csv\" because",
               session, "s3:GetObject", "arn:aws:s3:::b/a b.csv", std::nullopt, false},
        Pasted{"inside_json", R"({"message":"User: )" + session + R"( is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/k\""})",
               session, "s3:GetObject", "arn:aws:s3:::b/k", std::nullopt, false},
        Pasted{"inside_markup", "&quot;User: " + session + " is not authorized to perform: s3:GetObject on resource: &quot;arn:aws:s3:::b/k&quot;",
               session, "s3:GetObject", "arn:aws:s3:::b/k", std::nullopt, false},
        Pasted{"role_by_its_name",
               "User: " + session + " is not authorized to perform: iam:GetRole on resource: role deployer because no identity-based policy allows the iam:GetRole action",
               session, "iam:GetRole", "arn:aws:iam::111122223333:role/deployer", Layer::Identity, false},
        Pasted{"instance_profile_by_its_name",
               "User: " + session + " is not authorized to perform: iam:GetInstanceProfile on resource: instance profile web", session,
               "iam:GetInstanceProfile", "arn:aws:iam::111122223333:instance-profile/web", std::nullopt, false},
        Pasted{"policies_by_their_path",
               "User: " + session + " is not authorized to perform: iam:ListPolicies on resource: policy path / because", session,
               "iam:ListPolicies", "arn:aws:iam::111122223333:policy/*", std::nullopt, false},
        Pasted{
            "decoded",
            R"({"allowed":false,"explicitDeny":true,"context":{"principal":{"id":"AROA:lena","arn":")" + session +
                R"("},"action":"ec2:RunInstances","resource":"arn:aws:ec2:eu-west-1:111122223333:instance/*","conditions":{"items":[{"key":"aws:Region","values":{"items":[{"value":"eu-west-1"}]}}]}}})",
            session, "ec2:RunInstances", "arn:aws:ec2:eu-west-1:111122223333:instance/*", std::nullopt, true}),
    [](const auto& each) { return each.param.name; });

TEST(DenialText, aDecodedMessageBringsItsContext) {
    const auto denial = readDenial(
        R"({"DecodedMessage":"{\"explicitDeny\":false,\"context\":{\"principal\":{\"arn\":\"arn:aws:iam::111122223333:user/bob\"},\"action\":\"s3:GetObject\",\"resource\":\"arn:aws:s3:::b/k\",\"conditions\":{\"items\":[{\"key\":\"aws:TagKeys\",\"values\":{\"items\":[{\"value\":\"a\"},{\"value\":\"b\"}]}}]}}}"})");
    ASSERT_TRUE(denial) << denial.error().chain();
    const auto* entry = denial->request.context.find(Key("aws:tagkeys"));
    ASSERT_NE(entry, nullptr);
    EXPECT_EQ(*entry->value, ContextValue::many({"a", "b"}));
}

TEST(DenialText, saysWhatItCannotRead) {
    EXPECT_TRUE(readDenial("").error().code().is(DenialError::NotADenial));
    EXPECT_TRUE(readDenial("User: x is not authorized to perform: s3:GetObject").error().code().is(DenialError::BadPrincipal));
    EXPECT_TRUE(readDenial("User: " + session + " is not authorized to perform: :: on resource: *").error().code().is(DenialError::NotADenial));
    EXPECT_TRUE(readDenial("User: " + session + " is not authorized to perform: s3:Get\x1b[31mObject").error().code().is(DenialError::NotADenial));
    EXPECT_TRUE(readDenial("User: " + session + " is not authorized to perform: s3:* on resource: *").error().code().is(DenialError::NotADenial));
    EXPECT_TRUE(readDenial("You are not authorized to perform this operation. Encoded authorization failure message: abc")
                    .error()
                    .code()
                    .is(DenialError::Encoded));
    EXPECT_TRUE(readDenial(std::string((1U << 20U) + 1, 'x')).error().code().is(DenialError::TooLarge));
    EXPECT_TRUE(readDenial("is not authorized to perform: s3:GetObject").error().code().is(DenialError::NotADenial));
}

} // namespace
} // namespace gw::policy
