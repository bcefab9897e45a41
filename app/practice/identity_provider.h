// The practice provider behind its HTTP server: sign in, stay signed in by a cookie, sign out, metadata.
#pragma once

#include "app/practice/behaviour.h"
#include "app/practice/http_message.h"
#include "app/practice/organisation.h"
#include "app/practice/pages.h"
#include "saml/dsig/signer.h"

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace gw::practice {

// GET  /saml/aws       the sign-in URL: the response for AWS, or on to /login
// GET  /login          the page; POST: user and password
// GET  /               who is signed in; POST /logout ends it
// GET  /saml/metadata
class IdentityProvider {
public:
    static constexpr std::chrono::hours sessionLength{12};
    static constexpr std::size_t maxSessions = 256;

    // `origin` is "http://127.0.0.1:PORT". All references outlive it. Used in one thread.
    IdentityProvider(std::string origin, const Organisation& organisation, saml::SigningKey key, const Behaviour& behaviour,
                     Random& random);

    [[nodiscard]] HttpResponse handle(const HttpRequest& request);
    [[nodiscard]] std::string loginUrl() const { return origin_ + "/saml/aws"; }
    [[nodiscard]] std::string metadataUrl() const { return origin_ + "/saml/metadata"; }

private:
    struct Session {
        const Person* person = nullptr;
        UtcTime start, end;
    };

    [[nodiscard]] HttpResponse route(const HttpRequest& request);
    [[nodiscard]] HttpResponse start(const HttpRequest& request);
    [[nodiscard]] HttpResponse loginPage(const HttpRequest& request) const;
    [[nodiscard]] HttpResponse login(const HttpRequest& request);
    [[nodiscard]] HttpResponse logout(const HttpRequest& request);
    [[nodiscard]] HttpResponse home(const HttpRequest& request) const;
    [[nodiscard]] bool fromOwnPage(const HttpRequest& request) const;
    [[nodiscard]] const Session* sessionOf(const HttpRequest& request) const;
    [[nodiscard]] std::string openSession(const Person& person);
    [[nodiscard]] Result<std::string> response(const Session& session);

    std::string origin_;
    const Organisation& organisation_;
    saml::SigningKey key_;
    std::optional<saml::SigningKey> stranger_;
    const Behaviour& behaviour_;
    Random& random_;
    Pages pages_;
    std::map<std::string, Session, std::less<>> sessions_;
};

} // namespace gw::practice
