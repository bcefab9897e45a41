// The pages of the practice provider: plain HTML and CSS from resources/practice, filled in here.
#pragma once

#include "app/practice/http_message.h"
#include "app/practice/organisation.h"

#include <string>
#include <string_view>

namespace gw::practice {

struct LoginPage {
    std::string userName; // already typed, or ""
    bool wrongPassword = false;
    std::string relayState;
};

class Pages {
public:
    explicit Pages(const Organisation& organisation);

    [[nodiscard]] HttpResponse login(const LoginPage& page) const;
    // Sends the response on to AWS by a form that submits itself; the script is allowed by `nonce` alone.
    [[nodiscard]] HttpResponse handOver(const Person& person, std::string_view samlResponse, std::string_view relayState,
                                        std::string_view acs, std::string_view nonce) const;
    [[nodiscard]] HttpResponse signedIn(const Person& person) const;
    [[nodiscard]] HttpResponse message(int status, std::string_view title, std::string_view text) const;
    [[nodiscard]] HttpResponse style() const;
    [[nodiscard]] HttpResponse logo() const;

private:
    [[nodiscard]] HttpResponse page(int status, std::string_view title, std::string_view body, std::string_view policy) const;
    [[nodiscard]] std::string peopleList() const;

    const Organisation& organisation_;
    std::string frame_, login_, handOver_, signedIn_, style_, logo_;
};

} // namespace gw::practice
