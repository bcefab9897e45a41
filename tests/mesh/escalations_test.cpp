// Ways around the map: each from the very permissions that open it, and closed where one of them is missing.
#include "models/estate/estate_reader.h"
#include "models/mesh/escalation/escalations.h"
#include "models/mesh/map/reader.h"

#include <gtest/gtest.h>

namespace gw::mesh {
namespace {

constexpr std::string_view map = R"(version = 1
[[role]]
id = "dev"
arn = "arn:aws:iam::111122223333:role/dev"
[[role]]
id = "ops"
arn = "arn:aws:iam::111122223333:role/ops"
[[edge]]
id = "E1"
who = "ops"
may = ["s3:GetObject"]
on = ["arn:aws:s3:::ledger/*"]
[[edge]]
id = "E2"
effect = "deny"
who = "dev"
may = ["s3:GetObject"]
on = ["arn:aws:s3:::ledger/*"]
[[edge]]
id = "E3"
who = "dev"
may = ["s3:GetObject"]
on = ["arn:aws:s3:::public/*"]
)";

// get-account-authorization-details with two roles; `dev` may do these actions, `ops` is taken by ECS and Lambda.
std::string details(const std::string& actions) {
    const std::string trust =
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":["ecs-tasks.amazonaws.com","lambda.amazonaws.com"]},"Action":"sts:AssumeRole"}})";
    const auto role = [&](const std::string& name, const std::string& policy) {
        return R"({"Path":"/","RoleName":")" + name + R"(","RoleId":"AROA)" + name +
               R"(","Arn":"arn:aws:iam::111122223333:role/)" + name + R"(","AssumeRolePolicyDocument":)" + trust +
               R"(,"RolePolicyList":[{"PolicyName":"own","PolicyDocument":)" + policy +
               R"(}],"AttachedManagedPolicies":[],"Tags":[]})";
    };
    return R"({"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[)" +
           role("dev",
                R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[)" + actions + R"(],"Resource":"*"}]})") +
           "," +
           role(
               "ops",
               R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::ledger/*"}]})") +
           R"(],"Policies":[]})";
}

std::string told(const std::string& actions) {
    estate::EstateReader reader;
    reader.addText("get-account-authorization-details.json", details(actions));
    reader.addText(
        "get-function-pay.json",
        R"({"Configuration":{"FunctionName":"pay","FunctionArn":"arn:aws:lambda:eu-west-1:111122223333:function:pay","Role":"arn:aws:iam::111122223333:role/ops"}})");
    const auto estate = reader.finish();
    const auto reading = readMap(map);
    const Intent intent = resolve(reading->map, estate.get(), std::nullopt);
    std::string out;
    for (const MapEscalation& each : escalationsOf(reading->map, intent, *estate, std::nullopt)) {
        out += each.from.substr(each.from.rfind('/') + 1) + " > " +
               (each.to.empty() ? "administrator" : each.to.substr(each.to.rfind('/') + 1)) + " by " + each.way;
        for (const EdgeId& edge : each.gains) out += " +" + edge.value();
        for (const EdgeId& edge : each.around) out += " around " + edge.value();
        out += "; ";
    }
    return out;
}

TEST(Escalations, AreOpenWithAllOfTheirPermissionsOnly) {
    EXPECT_EQ(told(R"("s3:ListBucket")"), "");
    EXPECT_EQ(told(R"("iam:PassRole","ecs:RunTask")"), "");
    // Any role can be passed, an administrator's as well.
    EXPECT_EQ(told(R"("iam:PassRole","ecs:RegisterTaskDefinition","ecs:RunTask")"),
              "dev > administrator by iam:PassRole + ecs:RegisterTaskDefinition + ecs:RunTask +E1 around E2; "
              "dev > ops by iam:PassRole + ecs:RegisterTaskDefinition + ecs:RunTask +E1 around E2; ");
    EXPECT_EQ(told(R"("lambda:UpdateFunctionCode")").find("dev > ops by lambda:UpdateFunctionCode +E1 around E2; ") !=
                  std::string::npos,
              true)
        << told(R"("lambda:UpdateFunctionCode")");
    EXPECT_EQ(told(R"("iam:UpdateAssumeRolePolicy")").find("dev > ops by iam:UpdateAssumeRolePolicy") != std::string::npos, true);
    EXPECT_EQ(told(R"("iam:PutRolePolicy")").find("dev > administrator by iam:PutRolePolicy +E1 around E2; ") !=
                  std::string::npos,
              true)
        << told(R"("iam:PutRolePolicy")");
    // Whoever may do everything needs no way.
    EXPECT_EQ(told(R"("*")"), "");
}

} // namespace
} // namespace gw::mesh
