#include "app/practice/pages.h"

#include "app/practice/resource.h"
#include "saml/base/markup.h"

#include <initializer_list>
#include <utility>

namespace gw::practice {

namespace {

constexpr std::string_view ownFormsOnly = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
                                          "frame-ancestors 'none'; base-uri 'none'";

using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// Replaces {{name}} once from left to right, so that a value can never be taken for a placeholder. Values are markup.
std::string fill(std::string_view text, Values values) {
    std::string out;
    while (true) {
        const auto open = text.find("{{");
        const auto close = open == std::string_view::npos ? open : text.find("}}", open);
        if (close == std::string_view::npos) return out.append(text);
        out.append(text.substr(0, open));
        const std::string_view name = text.substr(open + 2, close - open - 2);
        for (const auto& [key, value] : values) {
            if (key == name) out.append(value);
        }
        text.remove_prefix(close + 2);
    }
}

HttpResponse file(const std::string& content, std::string type) {
    return {200,
            {{"Content-Type", std::move(type)}, {"X-Content-Type-Options", "nosniff"}, {"Cache-Control", "max-age=300"}},
            content,
            {}};
}

std::string relayField(std::string_view relayState) {
    if (relayState.empty()) return {};
    return R"(<input type="hidden" name="RelayState" value=")" + escapedMarkup(relayState) + "\">";
}

} // namespace

Pages::Pages(const Organisation& organisation)
    : organisation_(organisation), frame_(resource("frame.html")), login_(resource("login.html")),
      handOver_(resource("hand-over.html")), signedIn_(resource("signed-in.html")), style_(resource("style.css")),
      logo_(resource("logo.svg")) {}

HttpResponse Pages::page(int status, std::string_view title, std::string_view body, std::string_view policy) const {
    HttpResponse response;
    response.status = status;
    response.headers = {{"Content-Type", "text/html; charset=utf-8"},
                        {"Content-Security-Policy", std::string(policy)},
                        {"Cache-Control", "no-store"},
                        {"Referrer-Policy", "same-origin"},
                        {"X-Content-Type-Options", "nosniff"}};
    response.body =
        fill(frame_, {{"title", escapedMarkup(title)}, {"organisation", escapedMarkup(organisation_.name())}, {"body", body}});
    return response;
}

std::string Pages::peopleList() const {
    std::string out;
    for (const Person& person : organisation_.people()) {
        out += R"(<li><a class="who" href="/login?user=)" + escapedMarkup(person.userName) + R"("><span class="name">)" +
               escapedMarkup(person.name) + R"(</span><span class="role">)" + escapedMarkup(person.title) +
               R"(</span></a><dl><dt>User name</dt><dd>)" + escapedMarkup(person.userName) + "</dd><dt>Password</dt><dd>" +
               escapedMarkup(person.password) + "</dd></dl></li>";
    }
    return out;
}

HttpResponse Pages::login(const LoginPage& page_) const {
    static constexpr std::string_view alert =
        R"(<p class="alert" id="sign-in-error" role="alert"><strong>That did not match.</strong> Check the user name and the password.</p>)";
    const std::string invalid = page_.wrongPassword ? R"(aria-invalid="true" aria-describedby="sign-in-error")" : "";
    const bool knowsUser = !page_.userName.empty();
    const std::string body = fill(login_, {{"alert", page_.wrongPassword ? alert : std::string_view()},
                                           {"invalid", invalid},
                                           {"user", escapedMarkup(page_.userName)},
                                           {"focus-user", knowsUser ? "" : "autofocus"},
                                           {"focus-password", knowsUser ? "autofocus" : ""},
                                           {"relay", relayField(page_.relayState)},
                                           {"people", peopleList()}});
    // A screen reader says the title first.
    return page(200, page_.wrongPassword ? "Error: sign in" : "Sign in", body, ownFormsOnly);
}

HttpResponse Pages::handOver(const Person& person, std::string_view samlResponse, std::string_view relayState,
                             std::string_view acs, std::string_view nonce) const {
    const std::string body = fill(handOver_, {{"name", escapedMarkup(person.name)},
                                              {"acs", escapedMarkup(acs)},
                                              {"response", escapedMarkup(samlResponse)},
                                              {"relay", relayField(relayState)},
                                              {"nonce", escapedMarkup(nonce)}});
    const std::string policy = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'nonce-" + std::string(nonce) +
                               "'; form-action " + std::string(acs) + "; frame-ancestors 'none'; base-uri 'none'";
    return page(200, "Signing in to AWS", body, policy);
}

HttpResponse Pages::signedIn(const Person& person) const {
    const std::string body = fill(signedIn_, {{"name", escapedMarkup(person.name)}, {"role", escapedMarkup(person.title)}});
    return page(200, "Signed in", body, ownFormsOnly);
}

HttpResponse Pages::message(int status, std::string_view title, std::string_view text) const {
    const std::string body = R"(<main class="card"><h1>)" + escapedMarkup(title) + "</h1><p>" + escapedMarkup(text) +
                             R"(</p><p><a class="button quiet" href="/saml/aws">Sign in</a></p></main>)";
    return page(status, title, body, ownFormsOnly);
}

HttpResponse Pages::style() const {
    return file(style_, "text/css; charset=utf-8");
}

HttpResponse Pages::logo() const {
    return file(logo_, "image/svg+xml");
}

} // namespace gw::practice
