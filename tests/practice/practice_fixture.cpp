#include "tests/practice/practice_fixture.h"

#include "models/store/files.h"

#include <filesystem>

namespace gw::test {

std::unique_ptr<PracticeFixture> PracticeFixture::start(Key key) {
    std::unique_ptr<PracticeFixture> fixture(new PracticeFixture);
    // Making a key is slow, and most tests do not care which one it is.
    static std::string shared;
    const std::filesystem::path path = std::filesystem::path(fixture->folder()) / "provider.pem";
    if (key == Key::Shared && !shared.empty() && !store::writeFileAtomically(path, shared)) return nullptr;
    auto started = practice::Practice::start(fixture->folder(), fixture->clock, fixture->random_);
    if (!started) return nullptr;
    fixture->practice_ = std::move(*started);
    fixture->provider_ = fixture->practice_->provider();
    if (key == Key::Shared && shared.empty()) shared = store::readFile(path).value_or("");
    return fixture;
}

std::string PracticeFixture::passwordOf(const std::string& userName) {
    return "practice-" + userName.substr(0, userName.find('.'));
}

LocalResponse PracticeFixture::signIn(LocalClient& client, const std::string& userName) const {
    const LocalResponse login = client.follow(provider_.loginUrl, client.get(provider_.loginUrl));
    if (login.status != 200) return login;
    return client.follow(provider_.loginUrl, client.post(originOf(provider_.loginUrl) + "/login",
                                                         {{"username", userName}, {"password", passwordOf(userName)}}));
}

std::string PracticeFixture::samlResponse(const std::string& userName) const {
    LocalClient client;
    return inputValue(signIn(client, userName).body, "SAMLResponse");
}

Result<saml::TrustedProvider> PracticeFixture::trust() const {
    LocalClient client;
    GW_TRY(const auto metadata, saml::parseMetadata(client.get(provider_.metadataUrl).body, clock.now(), provider_.entityId));
    return saml::TrustedProvider{metadata.entityId, metadata.signingKeys};
}

Result<saml::VerifiedAssertion> PracticeFixture::verify(const std::string& samlResponse) const {
    GW_TRY(const auto trusted, trust());
    saml::CapturedResponse captured;
    captured.base64 = Secret(std::string_view(samlResponse));
    captured.acs = "https://signin.aws.amazon.com/saml";
    captured.capturedAt = clock.now();
    return saml::AssertionVerifier().verify(captured, trusted, clock.now(), nullptr);
}

LocalResponse PracticeFixture::sts(const Fields& form) const {
    LocalClient client;
    return client.post(provider_.stsEndpoint + "/", form);
}

LocalResponse PracticeFixture::assumeRole(const std::string& roleArn, const std::string& samlResponse, const Fields& more) const {
    Fields form{{"Action", "AssumeRoleWithSAML"},
                {"Version", "2011-06-15"},
                {"RoleArn", roleArn},
                {"PrincipalArn", providerArnFor(roleArn)},
                {"SAMLAssertion", samlResponse}};
    // What a test gives takes the place of what stands there already.
    for (const auto& [name, value] : more) {
        std::erase_if(form, [&, key = name](const auto& field) { return field.first == key; });
        form.emplace_back(name, value);
    }
    return sts(form);
}

std::string elementText(const std::string& xml, const std::string& name) {
    const std::string open = '<' + name + '>';
    const auto begin = xml.find(open);
    const auto end = xml.find("</" + name + '>', begin);
    if (begin == std::string::npos || end == std::string::npos) return {};
    return decodeEntities(xml.substr(begin + open.size(), end - begin - open.size()));
}

std::string providerArnFor(const std::string& roleArn) {
    return roleArn.substr(0, roleArn.find(":role")) + ":saml-provider/NorthwindSSO";
}

} // namespace gw::test
