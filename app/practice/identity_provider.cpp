#include "app/practice/identity_provider.h"

#include "app/practice/provider_keys.h"
#include "app/practice/random_text.h"
#include "app/practice/saml_response.h"
#include "saml/base/percent.h"
#include "saml/base/secret.h"

#include <algorithm>
#include <utility>

namespace gw::practice {

namespace {

constexpr std::string_view cookieName = "nwr_session";
constexpr std::string_view acs = "https://signin.aws.amazon.com/saml";
// SAML Bindings 3.5.3.
constexpr std::size_t maxRelayState = 80;

HttpResponse redirect(std::string location) {
    return {303, {{"Location", std::move(location)}, {"Cache-Control", "no-store"}}, {}, {}};
}

HttpResponse notAllowed(std::string methods) {
    return {405, {{"Allow", std::move(methods)}, {"Content-Type", "text/plain; charset=utf-8"}}, {}, {}};
}

std::string withRelayState(std::string path, std::string_view relayState) {
    return relayState.empty() ? path : path + "?RelayState=" + percentEncoded(relayState);
}

bool isRead(const HttpRequest& request) {
    return request.method == "GET" || request.method == "HEAD";
}

} // namespace

IdentityProvider::IdentityProvider(std::string origin, const Organisation& organisation, saml::SigningKey key,
                                   const Behaviour& behaviour, Random& random)
    : origin_(std::move(origin)), organisation_(organisation), key_(std::move(key)), behaviour_(behaviour), random_(random),
      pages_(organisation) {}

HttpResponse IdentityProvider::handle(const HttpRequest& request) {
    if (isRead(request) && request.path == "/style.css") return pages_.style();
    if (isRead(request) && (request.path == "/logo.svg" || request.path == "/favicon.ico")) return pages_.logo();
    HttpResponse response = route(request);
    response.delay = behaviour_.get().providerDelay;
    return response;
}

HttpResponse IdentityProvider::route(const HttpRequest& request) {
    if (request.path == "/saml/aws") return isRead(request) ? start(request) : notAllowed("GET, HEAD");
    if (request.path == "/saml/metadata") {
        if (!isRead(request)) return notAllowed("GET, HEAD");
        return {200,
                {{"Content-Type", "application/samlmetadata+xml"}, {"X-Content-Type-Options", "nosniff"}},
                makeMetadata(organisation_, key_.certificate, loginUrl()),
                {}};
    }
    if (request.path == "/login") {
        if (isRead(request)) return loginPage(request);
        return request.method == "POST" ? login(request) : notAllowed("GET, HEAD, POST");
    }
    if (request.path == "/logout") return request.method == "POST" ? logout(request) : notAllowed("POST");
    if (request.path == "/") return isRead(request) ? home(request) : notAllowed("GET, HEAD");
    return pages_.message(404, "Nothing here", "This address is not part of the practice provider.");
}

HttpResponse IdentityProvider::start(const HttpRequest& request) {
    const auto query = parseForm(request.query);
    if (!query) return pages_.message(400, "That address is damaged", "Its query cannot be read.");
    if (formValue(*query, "SAMLRequest"))
        return pages_.message(400, "This provider starts sign-ins itself",
                              "It takes no SAML requests. Open the sign-in URL without one.");
    const std::string relayState = formValue(*query, "RelayState").value_or("");
    if (relayState.size() > maxRelayState)
        return pages_.message(400, "That address is damaged", "RelayState is longer than 80 bytes.");
    const Session* session = sessionOf(request);
    if (session == nullptr) return redirect(withRelayState("/login", relayState));
    const auto value = response(*session);
    if (!value) return pages_.message(500, "The response could not be made", value.error().code().id());
    return pages_.handOver(*session->person, *value, relayState, acs, randomBase64(random_, 18));
}

Result<std::string> IdentityProvider::response(const Session& session) {
    const Misbehaviour how = behaviour_.get();
    const UtcTime now = behaviour_.now();
    if (how.response == Misbehaviour::Response::UnknownKey && !stranger_) {
        GW_TRY(auto key, makeStrangerKey(now));
        stranger_ = std::move(key);
    }
    return makeSamlResponse(
        {organisation_, *session.person, now, session.start, session.end, key_, stranger_ ? &*stranger_ : nullptr, how.response},
        random_);
}

HttpResponse IdentityProvider::loginPage(const HttpRequest& request) const {
    const auto query = parseForm(request.query);
    if (!query) return pages_.message(400, "That address is damaged", "Its query cannot be read.");
    LoginPage page;
    // Only names that the page itself offers are filled in: nobody else decides what stands in this form.
    if (const Person* person = organisation_.person(formValue(*query, "user").value_or(""))) page.userName = person->userName;
    page.relayState = formValue(*query, "RelayState").value_or("").substr(0, maxRelayState);
    return pages_.login(page);
}

bool IdentityProvider::fromOwnPage(const HttpRequest& request) const {
    // Browsers send Origin with every POST; clients without one are not driven by another site's page.
    return request.count("origin") == 0 || request.header("origin") == origin_;
}

HttpResponse IdentityProvider::login(const HttpRequest& request) {
    if (!fromOwnPage(request))
        return pages_.message(403, "That form came from elsewhere", "Sign in from this provider's own page.");
    const auto form = parseForm(request.body);
    if (!request.header("content-type").starts_with("application/x-www-form-urlencoded") || !form)
        return pages_.message(400, "That form cannot be read", "Go back and try again.");
    const std::string userName = formValue(*form, "username").value_or("");
    const Secret password(formValue(*form, "password").value_or(""));
    const std::string relayState = formValue(*form, "RelayState").value_or("").substr(0, maxRelayState);
    const Person* person = organisation_.person(userName);
    if (person == nullptr || !password.equals(person->password)) return pages_.login({userName.substr(0, 128), true, relayState});
    HttpResponse response = redirect(withRelayState("/saml/aws", relayState));
    response.headers.push_back(
        {"Set-Cookie", std::string(cookieName) + '=' + openSession(*person) + "; Path=/; HttpOnly; SameSite=Lax"});
    return response;
}

HttpResponse IdentityProvider::logout(const HttpRequest& request) {
    if (!fromOwnPage(request))
        return pages_.message(403, "That form came from elsewhere", "Sign out from this provider's own page.");
    if (const auto found = sessions_.find(request.cookie(cookieName)); found != sessions_.end()) sessions_.erase(found);
    HttpResponse response = redirect("/login");
    response.headers.push_back({"Set-Cookie", std::string(cookieName) + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"});
    return response;
}

HttpResponse IdentityProvider::home(const HttpRequest& request) const {
    const Session* session = sessionOf(request);
    return session == nullptr ? redirect("/login") : pages_.signedIn(*session->person);
}

const IdentityProvider::Session* IdentityProvider::sessionOf(const HttpRequest& request) const {
    const auto found = sessions_.find(request.cookie(cookieName));
    return found == sessions_.end() || found->second.end <= behaviour_.now() ? nullptr : &found->second;
}

std::string IdentityProvider::openSession(const Person& person) {
    const UtcTime now = behaviour_.now();
    std::erase_if(sessions_, [&](const auto& entry) { return entry.second.end <= now; });
    if (sessions_.size() >= maxSessions)
        sessions_.erase(std::ranges::min_element(sessions_, {}, [](const auto& entry) { return entry.second.start; }));
    std::string id = random_.hex(32);
    sessions_.emplace(id, Session{&person, now, now + sessionLength});
    return id;
}

} // namespace gw::practice
