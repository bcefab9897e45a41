#include "models/sessions/providers/provider.h"

#include <gtest/gtest.h>

using namespace gw;
using namespace gw::sessions;

namespace {

struct PatternRow {
    const char* pattern;
    Environment expected;
};

class EnvironmentPattern : public testing::TestWithParam<PatternRow> {};

// Account 111122223333 is called "nwr-Prod-payments"; the role is PaymentsReadOnly.
TEST_P(EnvironmentPattern, Matches) {
    Provider provider;
    provider.accountAliases[*aws::AccountId::parse("111122223333")] = "nwr-Prod-payments";
    provider.environments = {{GetParam().pattern, Environment::Prod}};
    const auto role = *aws::RoleArn::parse("arn:aws:iam::111122223333:role/team/PaymentsReadOnly");
    EXPECT_EQ(provider.environmentOf(role), GetParam().expected) << GetParam().pattern;
}

INSTANTIATE_TEST_SUITE_P(Rows, EnvironmentPattern,
                         testing::Values(PatternRow{"*-prod-*", Environment::Prod}, PatternRow{"111122223333", Environment::Prod},
                                         PatternRow{"1111*", Environment::Prod}, PatternRow{"payments*only", Environment::Prod},
                                         PatternRow{"*", Environment::Prod}, PatternRow{"**", Environment::Prod},
                                         PatternRow{"NWR-PROD-PAYMENTS", Environment::Prod},
                                         PatternRow{"nwr-prod", Environment::None}, PatternRow{"prod", Environment::None},
                                         PatternRow{"*prod", Environment::None}, PatternRow{"", Environment::None},
                                         PatternRow{"team/*", Environment::None}, PatternRow{"*m*s*d*y", Environment::Prod},
                                         PatternRow{"*x*", Environment::None}));

TEST(Provider, TheFirstRuleThatMatchesDecides) {
    Provider provider;
    provider.environments = {{"*ReadOnly", Environment::Shared}, {"1111*", Environment::Prod}};
    EXPECT_EQ(provider.environmentOf(*aws::RoleArn::parse("arn:aws:iam::111122223333:role/XReadOnly")), Environment::Shared);
    EXPECT_EQ(provider.environmentOf(*aws::RoleArn::parse("arn:aws:iam::111122223333:role/Admin")), Environment::Prod);
    EXPECT_EQ(provider.environmentOf(*aws::RoleArn::parse("arn:aws:iam::999922223333:role/Admin")), Environment::None);
}

TEST(Provider, LongPatternsEndInTime) {
    Provider provider;
    std::string pattern;
    for (int i = 0; i < 500; ++i) pattern += "*a";
    provider.environments = {{pattern + "*b", Environment::Prod}};
    provider.accountAliases[*aws::AccountId::parse("111122223333")] = std::string(20'000, 'a');
    EXPECT_EQ(provider.environmentOf(*aws::RoleArn::parse("arn:aws:iam::111122223333:role/Admin")), Environment::None);
}

TEST(Provider, NamesFallBack) {
    Provider provider;
    const auto role = *aws::RoleArn::parse("arn:aws-cn:iam::111122223333:role/team/Admin");
    EXPECT_EQ(provider.roleLabel(role), "Admin");
    EXPECT_EQ(provider.accountAlias(role.account()), "");
    provider.roleAliases[role.value()] = "Administrator";
    EXPECT_EQ(provider.roleLabel(role), "Administrator");
    EXPECT_EQ(provider.defaultRegion().value(), "us-east-1");
    provider.partition = aws::Partition::AwsCn;
    EXPECT_EQ(provider.defaultRegion().value(), "cn-northwest-1");
    provider.regions = {aws::Region("cn-north-1"), aws::Region("cn-northwest-1")};
    EXPECT_EQ(provider.defaultRegion().value(), "cn-north-1");
}

TEST(Provider, EnvironmentNamesGoBothWays) {
    for (const auto environment :
         {Environment::None, Environment::Prod, Environment::Stage, Environment::Dev, Environment::Shared})
        EXPECT_EQ(parseEnvironment(environmentName(environment)), environment);
    EXPECT_FALSE(parseEnvironment("Prod"));
}

} // namespace
