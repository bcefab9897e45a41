#include "tests/ui/sessions/screens_fixture.h"

#include "tests/support/sts_answers.h"
#include "ui/style/theme.h"

#include <QLabel>
#include <QUrlQuery>

namespace gw::test {

using sessions::ProviderId;

QFuture<Result<cloud::HttpResponse>> FakeSts::send(cloud::HttpRequest request) {
    cloud::HttpResponse response;
    response.headers = {{"content-type", "text/xml"}};
    response.date = clock_.now();
    if (request.method == cloud::HttpRequest::Method::Get) {
        const auto page = pages.find(request.url);
        response.status = page == pages.end() ? 404 : 200;
        if (page != pages.end()) response.body = Secret(std::string_view(page->second));
        return ready(Result<cloud::HttpResponse>(std::move(response)));
    }
    ++calls;
    const QUrlQuery form(QString::fromUtf8(request.body.reveal().data(), static_cast<qsizetype>(request.body.size())));
    const QString arn = form.queryItemValue(QStringLiteral("RoleArn"), QUrl::FullyDecoded);
    const std::string role = arn.section(QLatin1Char('/'), -1).toStdString();
    const std::string account = arn.section(QLatin1Char(':'), 4, 4).toStdString();
    const auto refused = refusals.find(role);
    const QString duration = form.queryItemValue(QStringLiteral("DurationSeconds"));
    const auto granted = duration.isEmpty() ? life : std::chrono::seconds(duration.toInt());
    response.status = refused == refusals.end() ? 200 : 403;
    response.body = Secret(refused == refusals.end() ? stsGives({"ASIAIOSFODNN7EXAMPLE", clock_.now() + granted, role, account, "ines.halvorsen"})
                                                     : stsRefuses(refused->second.first, refused->second.second));
    return ready(Result<cloud::HttpResponse>(std::move(response)));
}

std::filesystem::path Screens::path(const char* name) const { return std::filesystem::path(folder.path().toStdString()) / name; }

sessions::Provider Screens::provider() {
    sessions::Provider provider;
    provider.id = ProviderId("northwind");
    provider.name = "Northwind SSO";
    provider.kind = "keycloak";
    provider.loginUrl = "https://sso.northwind-robotics.example/realms/nwr/protocol/saml/clients/aws";
    provider.certificatesPem = {providerKey().certificatePem()};
    provider.entityId = "https://idp.example/metadata";
    provider.regions = {aws::Region("eu-west-1")};
    const auto alias = [&](const char* account, const char* name) { provider.accountAliases[aws::AccountId::parse(account).value()] = name; };
    alias("111122223333", "nwr-prod-payments");
    alias("222233334444", "nwr-stage-payments");
    alias("444455556666", "nwr-stage-fleet");
    alias("666677778888", "nwr-shared-partners");
    alias("777788889999", "nwr-dev-payments");
    provider.environments = {{"*-prod-*", sessions::Environment::Prod},
                             {"*-stage-*", sessions::Environment::Stage},
                             {"*-dev-*", sessions::Environment::Dev},
                             {"*-shared-*", sessions::Environment::Shared}};
    return provider;
}

Screens::Screens(bool withProvider)
    : file(path("config.toml")), providers(file), memory(path("roles.json"), clock), trust(http, clock, path("cache")) {
    if (withProvider && !providers.save(provider())) qFatal("the provider could not be saved");
    window = std::make_unique<ui::MainWindow>(ui::Theme::of(nullptr), actions);
    context = std::unique_ptr<ui::SessionsContext>(new ui::SessionsContext{
        ui::Theme::of(nullptr), actions, *window, providers, book, memory, trust, http, sts, replay, clock, random, browser,
        [this]() -> Result<ui::LoginPlugin*> { return &login; },
        {"/usr/bin/gatewarden-credentials", path("browser"), path("data"), {path("aws/config"), path("aws/credentials")}},
        false, {}, [this] { ++practiceStarted; }});
    coordinator = std::make_unique<ui::SignInCoordinator>(*context);
    ui::addSessionActions(*context, *coordinator);
    page = new ui::SessionsPage(*context, *coordinator);
    window->addScreen({QStringLiteral("sessions"), QStringLiteral("Sessions"), QStringLiteral("sessions"), QKeySequence(), page});
    window->setHeaderActions(QStringLiteral("sessions"), {QStringLiteral("sessions.sign-in")});
    window->resize(1440, 900);
    window->show();
    window->activateWindow();
    if (!QTest::qWaitForWindowActive(window.get())) qFatal("the window does not become active");
    offer({"payments-readonly", "ledger-support"});
}

Screens::~Screens() {
    coordinator.reset();
    window.reset();
}

void Screens::offer(const std::vector<std::string>& roles) {
    builder = std::make_unique<ResponseBuilder>(clock.now());
    builder->responseId = "_resp" + std::to_string(++responses);
    builder->assertionId = "_assert" + std::to_string(responses);
    builder->roleSessionName = "ines.halvorsen";
    builder->roles.clear();
    for (const std::string& role : roles) {
        const auto slash = role.find('/');
        builder->roles.push_back(slash == std::string::npos ? ResponseBuilder::role("111122223333", role)
                                                            : ResponseBuilder::role(role.substr(0, slash), role.substr(slash + 1)));
    }
}

void Screens::capture() {
    if (!login.current) qFatal("no sign-in window is open");
    Q_EMIT login.current->captured(std::make_shared<saml::CapturedResponse>(builder->captured()));
}

bool Screens::click(const QString& name) {
    // A button that was just put into a layout shows, and gets its size, a round of the event loop later.
    const auto ready = [&] { return part(name) != nullptr && part(name)->height() >= part(name)->minimumSizeHint().height(); };
    if (!QTest::qWaitFor(ready, 2000)) return false;
    auto* button = part(name);
    if (!button->isEnabled()) return false;
    QTest::mouseClick(button, Qt::LeftButton);
    return true;
}

QString Screens::shownErrors() {
    QStringList words;
    if (auto* failure = part<QWidget>(QStringLiteral("sessions.failure")))
        for (const auto* label : failure->findChildren<QLabel*>()) words << label->text();
    return words.join(u'\n');
}

bool Screens::chooser(const std::vector<std::string>& roles) {
    offer(roles);
    if (!click(QStringLiteral("sessions.provider.northwind.go"))) return false;
    capture();
    return QTest::qWaitFor([this] { return part<QWidget>(QStringLiteral("chooser")) != nullptr; }, 10'000);
}

sessions::SessionId Screens::live(const std::string& role, const std::string& profile, std::chrono::seconds left, std::chrono::seconds total,
                                  const std::string& account) {
    const auto chosen = pair(role, account);
    auto held = session(chosen, profile, clock.now() - (total - left), total);
    const sessions::Provider known = provider();
    held.accountAlias = known.accountAlias(chosen.role.account());
    held.environment = known.environmentOf(chosen.role);
    held.accessKeyId = "ASIAIOSFODNN7EXAMPLE";
    held.roleSessionName = "ines.halvorsen";
    held.sourceIdentity = "ines.halvorsen";
    held.tags = {{"team", "payments"}, {"cost", "4410"}};
    held.asked = total;
    const auto added = book.add(held, credentials(held.expiration));
    if (!added) qFatal("the session was not taken: %s", added.error().chain().c_str());
    return *added;
}

void Screens::pass(std::chrono::seconds time) {
    clock.advance(time);
    book.refresh();
    Q_EMIT book.ticked();
    Q_EMIT coordinator->ticked();
    QCoreApplication::processEvents();
}

} // namespace gw::test
