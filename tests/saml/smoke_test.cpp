#include "saml/aws/claims.h"
#include "tests/support/fake_clock.h"
#include "tests/support/saml_response_builder.h"
#include <gtest/gtest.h>
using namespace gw;
TEST(Smoke, Verify) {
  test::FakeClock clock;
  for (auto s : {test::Sign::Response, test::Sign::Assertion, test::Sign::Both}) {
  test::ResponseBuilder b(clock.now());
  b.sign = s;
  saml::AssertionVerifier v;
  auto r = v.verify(b.captured(), b.trust(), clock.now(), nullptr);
  ASSERT_TRUE(r) << r.error().chain() << b.xml();
  auto c = aws::readClaims(*r);
  EXPECT_EQ(c.roles.size(), 3u);
  for (auto& w : r->warnings()) printf("%s\n", w.c_str());
  }
}
