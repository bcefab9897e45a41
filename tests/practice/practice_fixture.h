// A practice environment under a clock that the test moves, and the walk from the login page to a response.
#pragma once

#include "app/practice/practice.h"
#include "saml/metadata/entity_descriptor.h"
#include "saml/protocol/assertion_verifier.h"
#include "tests/practice/local_client.h"

#include <QTemporaryDir>

#include <atomic>
#include <memory>
#include <string>

namespace gw::test {

class MovableClock final : public Clock {
public:
    MovableClock() : milliseconds_(SystemClock().now().unixMilliseconds()) {}
    [[nodiscard]] UtcTime now() const override { return UtcTime::fromUnixMilliseconds(milliseconds_); }
    void advance(UtcTime::Duration by) { milliseconds_ += by.count(); }

private:
    std::atomic<std::int64_t> milliseconds_;
};

inline constexpr const char* developer = "lena.fairweather";
inline constexpr const char* approver = "dario.venn";
inline constexpr const char* administrator = "ines.halvorsen";

class PracticeFixture {
public:
    enum class Key { Shared, Fresh };
    // Nothing where it does not start. Shared: the same signing key for all tests of the process.
    [[nodiscard]] static std::unique_ptr<PracticeFixture> start(Key key = Key::Shared);

    [[nodiscard]] practice::Practice& practice() { return *practice_; }
    [[nodiscard]] const sessions::Provider& provider() const { return provider_; }
    [[nodiscard]] std::string folder() const { return folder_.path().toStdString(); }
    MovableClock clock;

    // "practice-" and the first name.
    [[nodiscard]] static std::string passwordOf(const std::string& userName);
    // From the sign-in URL through the login page to the page that posts to AWS.
    [[nodiscard]] LocalResponse signIn(LocalClient& client, const std::string& userName) const;
    // The value of the SAMLResponse field after signing in anew.
    [[nodiscard]] std::string samlResponse(const std::string& userName) const;

    // Whom the provider's own metadata says to trust.
    [[nodiscard]] Result<saml::TrustedProvider> trust() const;
    [[nodiscard]] Result<saml::VerifiedAssertion> verify(const std::string& samlResponse) const;

    // An unsigned call to the AWS endpoint.
    [[nodiscard]] LocalResponse sts(const Fields& form) const;
    [[nodiscard]] LocalResponse assumeRole(const std::string& roleArn, const std::string& samlResponse,
                                           const Fields& more = {}) const;

private:
    PracticeFixture() = default;
    QTemporaryDir folder_;
    SystemRandom random_;
    std::unique_ptr<practice::Practice> practice_;
    sessions::Provider provider_;
};

// Text of the first element of that name; "" where there is none. Enough for the flat answers of STS.
[[nodiscard]] std::string elementText(const std::string& xml, const std::string& name);
[[nodiscard]] std::string providerArnFor(const std::string& roleArn);

} // namespace gw::test
