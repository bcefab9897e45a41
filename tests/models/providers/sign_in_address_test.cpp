#include "models/sessions/providers/sign_in_address.h"

#include <gtest/gtest.h>

using namespace gw;
using namespace gw::sessions;

namespace {

Provider asking() {
    Provider provider;
    provider.loginUrl = "https://id.example/start";
    provider.requestsSignIn = true;
    return provider;
}

Trust trustWith(saml::Binding binding) {
    Trust trust;
    trust.singleSignOn = {{saml::Binding::HttpPost, "https://id.example/post"}, {binding, "https://id.example/sso"}};
    return trust;
}

const UtcTime now = UtcTime::fromUnixSeconds(1'795'521'600);

TEST(SignInAddress, AsksOnAwssBehalf) {
    SystemRandom random;
    const auto first = signInAddress(asking(), trustWith(saml::Binding::HttpRedirect), now, random);
    EXPECT_TRUE(first.url.starts_with("https://id.example/sso?SAMLRequest=")) << first.url;
    ASSERT_TRUE(first.requestId.has_value());
    const auto second = signInAddress(asking(), trustWith(saml::Binding::HttpRedirect), now, random);
    EXPECT_NE(first.requestId, second.requestId);
    EXPECT_NE(first.url, second.url);
}

TEST(SignInAddress, AsksForEveryPartition) {
    SystemRandom random;
    for (const auto partition : {aws::Partition::Aws, aws::Partition::AwsCn, aws::Partition::AwsUsGov}) {
        Provider provider = asking();
        provider.partition = partition;
        EXPECT_TRUE(signInAddress(provider, trustWith(saml::Binding::HttpRedirect), now, random).requestId.has_value());
    }
}

TEST(SignInAddress, OpensTheLoginPageWhereAskingIsNotPossible) {
    SystemRandom random;
    const auto isLoginPage = [&](const Provider& provider, const Trust& trust) {
        const auto address = signInAddress(provider, trust, now, random);
        return address.url == "https://id.example/start" && !address.requestId;
    };
    Provider quiet = asking();
    quiet.requestsSignIn = false;
    EXPECT_TRUE(isLoginPage(quiet, trustWith(saml::Binding::HttpRedirect)));
    EXPECT_TRUE(isLoginPage(asking(), trustWith(saml::Binding::Other)));
    EXPECT_TRUE(isLoginPage(asking(), Trust()));
    Trust strict = trustWith(saml::Binding::HttpRedirect);
    strict.wantsSignedRequests = true;
    EXPECT_TRUE(isLoginPage(asking(), strict));
    Trust odd = trustWith(saml::Binding::HttpRedirect);
    odd.singleSignOn[1].location = "http://id.example/sso";
    EXPECT_TRUE(isLoginPage(asking(), odd));
}

} // namespace
