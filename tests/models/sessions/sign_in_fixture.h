// A sign-in with everything around it: a clock that stands, AWS as the test answers for it, responses of a test provider.
#pragma once

#include "models/sessions/signin/sign_in.h"
#include "tests/models/sessions/fakes.h"
#include "tests/support/fake_clock.h"
#include "tests/support/saml_response_builder.h"
#include "tests/support/sts_answers.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <string>
#include <vector>

namespace gw::sessions::test_sign_in {

using namespace std::chrono_literals;
using test::ResponseBuilder;
using Stage = SignIn::Stage;

inline const std::string account = "111122223333";

inline Provider provider() {
    Provider provider;
    provider.id = ProviderId("northwind");
    provider.name = "Northwind";
    provider.regions = {aws::Region("eu-west-1")};
    provider.accountAliases[aws::AccountId::parse(account).value()] = "payments";
    provider.environments = {{"payments", Environment::Prod}};
    return provider;
}

struct Fixture {
    test::FakeClock clock;
    test::CountingRandom random;
    test::FakeSecretStore secrets;
    test::FakeHttp http;
    cloud::StsClient sts{http, clock, {.calls = 1, .firstPause = 0ms}};
    SessionBook book{clock, random, secrets};
    saml::ReplayCache replay;
    QTemporaryDir folder;
    RoleMemory memory{std::filesystem::path(folder.path().toStdString()) / "roles.json", clock};
    ResponseBuilder builder{clock.now()};
    std::unique_ptr<SignIn> signIn;

    explicit Fixture(std::vector<std::string> roles = {"Admin", "Reader"}) {
        builder.roles.clear();
        for (const std::string& role : roles) builder.roles.push_back(ResponseBuilder::role(account, role));
        restart();
    }
    ~Fixture() { http.cancelAll(); }
    void restart(const Provider& with = provider()) {
        signIn = std::make_unique<SignIn>(with, builder.trust(), sts, book, replay, clock);
        signIn->setMemory(&memory);
    }
    bool reach(Stage stage) {
        return QTest::qWaitFor([&] { return signIn->stage() == stage; }, 10'000);
    }
    bool choosing() {
        signIn->accept(builder.captured());
        return reach(Stage::Choosing);
    }
    static RoleChoice choice(const std::string& role, const std::string& profile = "") {
        return {test::pair(role), std::nullopt, {}, ProfileName(profile)};
    }
    std::string body(std::size_t call) const { return std::string(http.calls[call]->request.body.reveal()); }
    std::size_t callFor(const std::string& role) const {
        for (std::size_t i = 0; i < http.calls.size(); ++i)
            if (body(i).find("role%2F" + role + "&") != std::string::npos || body(i).find("role%2F" + role) != std::string::npos) return i;
        return http.calls.size();
    }
};

using Outcomes = std::vector<ExchangeOutcome>;

// Keeps what `exchanged` said.
struct Heard {
    explicit Heard(SignIn& signIn) {
        QObject::connect(&signIn, &SignIn::exchanged, &signIn, [this](const Outcomes& outcomes) { all.push_back(outcomes); });
    }
    std::vector<Outcomes> all;
};


} // namespace gw::sessions::test_sign_in
