// Requests of `iam eval` that are none: each is refused by what is wrong with it, and told by its id.
#include "models/policy/case.h"

#include <gtest/gtest.h>

namespace gw::policy {
namespace {

struct RefusedRequest {
    const char* name;
    const char* members; // of the line, in place of those that are right
    CaseError code;
};

void PrintTo(const RefusedRequest& request, std::ostream* out) {
    *out << request.name;
}

class RefusedRequests : public testing::TestWithParam<RefusedRequest> {};

TEST_P(RefusedRequests, areToldByWhatIsWrongWithThem) {
    const auto tree = SourceTree::parse(GetParam().members);
    ASSERT_TRUE(tree) << tree.error().chain();
    PolicyCache cache;
    Case one;
    const Status read = readCase(tree->root(), cache, *tree, one);
    ASSERT_FALSE(read);
    EXPECT_TRUE(read.error().code().is(GetParam().code)) << read.error().chain();
    EXPECT_EQ(one.id, "x");
}

INSTANTIATE_TEST_SUITE_P(
    All, RefusedRequests,
    testing::Values(
        RefusedRequest{"schema", R"({"id":"x","schema":"gw-iam-case/2","request":{"principal":"*","action":"s3:GetObject","resource":"*"}})",
                       CaseError::BadSchema},
        RefusedRequest{"everybody", R"({"id":"x","request":{"principal":"arn:aws:iam::111122223333:role/*","action":"s3:GetObject","resource":"*"}})",
                       CaseError::BadPrincipal},
        RefusedRequest{"two_words", R"({"id":"x","request":{"principal":"arn:aws:iam::111122223333:user/a b","action":"s3:GetObject","resource":"*"}})",
                       CaseError::BadPrincipal},
        RefusedRequest{"escape", R"({"id":"x","request":{"principal":"arn:aws:iam::111122223333:user/\u001b[31m","action":"s3:GetObject","resource":"*"}})",
                       CaseError::BadPrincipal},
        RefusedRequest{"all_actions", R"({"id":"x","request":{"principal":"*","action":"s3:*","resource":"*"}})", CaseError::BadAction},
        RefusedRequest{"no_service", R"({"id":"x","request":{"principal":"*","action":":GetObject","resource":"*"}})", CaseError::BadAction},
        RefusedRequest{"two_colons", R"({"id":"x","request":{"principal":"*","action":"s3:Get:Object","resource":"*"}})", CaseError::BadAction},
        RefusedRequest{"a_bucket_s_name", R"({"id":"x","request":{"principal":"*","action":"s3:GetObject","resource":"bucket"}})",
                       CaseError::BadResource},
        RefusedRequest{"a_short_arn", R"({"id":"x","request":{"principal":"*","action":"s3:GetObject","resource":"arn:aws:s3"}})",
                       CaseError::BadResource},
        RefusedRequest{"no_account", R"({"id":"x","request":{"principal":"*","action":"s3:GetObject","resource":"*","resource_account":"prod"}})",
                       CaseError::BadAccount},
        RefusedRequest{"accounts_by_name", R"({"id":"x","request":{"principal":"*","action":"s3:GetObject","resource":"*"},"accounts":{"prod":{}}})",
                       CaseError::BadAccount},
        RefusedRequest{"accounts_in_a_list", R"({"id":"x","request":{"principal":"*","action":"s3:GetObject","resource":"*"},"accounts":[]})",
                       CaseError::WrongType},
        RefusedRequest{"more_of_an_account", R"({"id":"x","request":{"principal":"*","action":"s3:GetObject","resource":"*"},"accounts":{"111122223333":{"ou":"r-1"}}})",
                       CaseError::UnknownKey},
        RefusedRequest{"scps_twice", R"({"id":"x","request":{"principal":"111122223333","action":"s3:GetObject","resource":"*"},"scp":[[]],"accounts":{"111122223333":{"scp":[[]]}}})",
                       CaseError::SaidTwice},
        RefusedRequest{"rcps_twice", R"({"id":"x","request":{"principal":"*","action":"s3:GetObject","resource":"*","resource_account":"111122223333"},"rcp":[[]],"accounts":{"111122223333":{"rcp":[[]]}}})",
                       CaseError::SaidTwice},
        RefusedRequest{"a_role_that_asked_for_a_session", R"({"id":"x","request":{"principal":"arn:aws:sts::111122223333:federated-user/a","action":"s3:GetObject","resource":"*"},"facts":{"federated_by":"arn:aws:iam::111122223333:role/r"}})",
                       CaseError::BadPrincipal},
        RefusedRequest{"a_user_of_another_account", R"({"id":"x","request":{"principal":"arn:aws:sts::111122223333:federated-user/a","action":"s3:GetObject","resource":"*"},"facts":{"federated_by":"arn:aws:iam::444455556666:user/u"}})",
                       CaseError::BadPrincipal},
        RefusedRequest{"a_user_behind_a_role", R"({"id":"x","request":{"principal":"arn:aws:iam::111122223333:role/r","action":"s3:GetObject","resource":"*"},"facts":{"federated_by":"arn:aws:iam::111122223333:user/u"}})",
                       CaseError::BadPrincipal},
        RefusedRequest{"an_authorizer_by_name", R"({"id":"x","request":{"principal":"*","action":"execute-api:Invoke","resource":"*"},"facts":{"lambda_authorizer":"mine"}})",
                       CaseError::BadAccount},
        RefusedRequest{"an_authorizer_that_is_true", R"({"id":"x","request":{"principal":"*","action":"execute-api:Invoke","resource":"*"},"facts":{"lambda_authorizer":true}})",
                       CaseError::WrongType},
        RefusedRequest{"facts_in_words", R"({"id":"x","request":{"principal":"*","action":"s3:GetObject","resource":"*"},"facts":{"anonymous":"yes"}})",
                       CaseError::WrongType}),
    [](const auto& each) { return std::string(each.param.name); });

} // namespace
} // namespace gw::policy
