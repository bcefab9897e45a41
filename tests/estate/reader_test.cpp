#include "models/estate/estate_reader.h"
#include "models/estate/question.h"

#include <gtest/gtest.h>

namespace gw::estate {
namespace {

TEST(Reader, TellsWhatARoleMayDoAndWhere) {
    EstateReader reader;
    reader.addText("get-account-authorization-details.json", R"({"RoleDetailList":[
 {"RoleName":"support","Arn":"arn:aws:iam::111122223333:role/team/support","Path":"/team/","RoleId":"AROAX",
  "AssumeRolePolicyDocument":"%7B%22Statement%22%3A%5B%5D%7D",
  "RolePolicyList":[{"PolicyName":"refunds","PolicyDocument":
   {"Version":"2012-10-17","Statement":[
    {"Effect":"Allow","Action":"execute-api:Invoke","Resource":"*"}]}}],
  "AttachedManagedPolicies":[]}]})");
    const auto estate = reader.finish();
    ASSERT_EQ(estate->roles().size(), 1U);
    const auto denial = policy::readDenial("User: arn:aws:sts::111122223333:assumed-role/support/alice is not authorized to perform: "
                                           "execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********3333:a1/prod/GET/x");
    ASSERT_TRUE(denial);
    const Question question = makeQuestion(*estate, *denial);
    EXPECT_EQ(question.request.resource, "arn:aws:execute-api:eu-west-1:111122223333:a1/prod/GET/x");
    const Conclusion conclusion = conclude(question, {});
    ASSERT_EQ(conclusion.explanation.answer.decisive.size(), 1U);
    const auto& decisive = conclusion.explanation.answer.decisive[0];
    const auto place = estate->placeOf(*decisive.policy, decisive.policy->document().statements()[0].value);
    ASSERT_TRUE(place);
    EXPECT_EQ(place->position, (policy::Position{6, 5}));
    EXPECT_EQ(place->pointer, "/RoleDetailList/0/RolePolicyList/0/PolicyDocument/Statement/0");
}

} // namespace
} // namespace gw::estate
