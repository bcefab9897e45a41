#include "app/practice/session_policy.h"

#include <gtest/gtest.h>

namespace gw::practice {
namespace {

struct Case {
    const char* policy;
    const char* said; // empty: taken
};

class SessionPolicy : public testing::TestWithParam<Case> {};

TEST_P(SessionPolicy, IsJudgedAsIamDoes) {
    const auto error = checkSessionPolicy(GetParam().policy);
    EXPECT_EQ(error ? error->message : std::string(), GetParam().said) << GetParam().policy;
    if (!error) return;
    EXPECT_EQ(error->code, "MalformedPolicyDocument");
    EXPECT_EQ(error->status, 400);
}

INSTANTIATE_TEST_SUITE_P(
    All, SessionPolicy,
    testing::Values(
        Case{R"({"Version":"2012-10-17"})", "Syntax errors in policy."},
        Case{R"({"Version":"2013-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})", "Syntax errors in policy."},
        Case{R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*"},"Note":1})", "Syntax errors in policy."},
        Case{R"({"Statement":{"Effect":"Allow","Action":"*","Action":"*","Resource":"*"}})", "Syntax errors in policy."},
        Case{R"({"Statement":[{"Effect":"allow","Action":"*","Resource":"*"}]})", "Syntax errors in policy."},
        Case{R"({"Statement":{"Effect":"Allow","Action":"*","NotAction":"s3:*","Resource":"*"}})", "Syntax errors in policy."},
        Case{R"({"Statement":{"Effect":"Allow","Action":[7],"Resource":"*"}})", "Syntax errors in policy."},
        Case{R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{}}}})", "Syntax errors in policy."},
        Case{R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}})", "Policy document should not specify a principal."},
        Case{R"({"Statement":{"Effect":"Allow","Resource":"*"}})", "Policy statement must contain actions."},
        Case{R"({"Statement":{"Effect":"Allow","Action":"s3:Get*"}})", "Policy statement must contain resources."},
        Case{R"({"Statement":{"Effect":"Allow","Action":"GetObject","Resource":"*"}})", "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."},
        Case{R"({"Statement":[]})", "Syntax errors in policy."}, Case{R"([])", "Syntax errors in policy."}, Case{"", "Syntax errors in policy."},
        Case{R"({"Statement":{"Effect":"Allow","Action":[],"Resource":"*"}})", "Syntax errors in policy."},
        Case{R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"my-bucket"}})",
             "The policy contains a resource that is neither in ARN format nor \"*\"."},
        Case{R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})", ""},
        Case{R"({"Version":"2012-10-17","Id":"x","Statement":[{"Sid":"a","Effect":"Deny","NotAction":["s3:*","iam:*"],"NotResource":["arn:aws:s3:::b/*"],
                 "Condition":{"DateLessThan":{"aws:CurrentTime":"2026-11-24T00:00:00Z"},"Bool":{"aws:SecureTransport":[true]}}}]})",
             ""}));

} // namespace
} // namespace gw::practice
