#include "tests/ui/inspector/inspector_fixture.h"

#include "saml/base/base64.h"
#include "ui/widgets/widgets.h"

namespace gw::test {

InspectorScreen::InspectorScreen(bool configured)
    : clock(*UtcTime::parse("2026-11-23T14:05:00Z")),
      context{ui::Theme::of(nullptr),
              actions,
              window,
              captures,
              clock,
              random,
              [this]() -> const std::vector<sessions::Provider>& { return providers; },
              [this](const sessions::Provider&) -> QFuture<Result<sessions::Trust>> {
                  if (trustProblem) return readyFuture(Result<sessions::Trust>(fail(*trustProblem)));
                  sessions::Trust trust;
                  trust.provider = goodResponse().trust();
                  trust.decryptionKeys = decryptionKeys;
                  trust.keyProblems = keyProblems;
                  return readyFuture(Result<sessions::Trust>(std::move(trust)));
              },
              [this] { return awsOffset; }} {
    if (configured) {
        sessions::Provider provider;
        provider.id = sessions::ProviderId("northwind");
        provider.name = "Northwind SSO";
        providers.push_back(provider);
    }
    page = new ui::InspectorPage(context);
    window.addScreen({QStringLiteral("inspector"), QStringLiteral("Inspector"), QStringLiteral("inspector"), {}, page});
    ui::addInspectorActions(context, *page);
    window.setHeaderActions(QStringLiteral("inspector"), {QStringLiteral("inspector.paste"), QStringLiteral("inspector.open")});
    window.showScreen(QStringLiteral("inspector"));
    window.resize(1440, 900);
    window.show();
    (void)QTest::qWaitForWindowExposed(&window);
}

void InspectorScreen::open(const std::string& text, const QString& name) {
    ui::InputOrigin origin;
    origin.name = name;
    page->openText(Secret(std::string_view(text)), std::move(origin));
    settle();
}

void InspectorScreen::settle() {
    // Finding the issuer among the providers takes a second examination.
    for (int quiet = 0; quiet < 3;) {
        QTest::qWait(5);
        quiet = page->busy() ? 0 : quiet + 1;
    }
}

QStringList InspectorScreen::words(const char* name) {
    QStringList all;
    QWidget* top = part(name);
    if (top == nullptr) return all;
    if (const auto* text = qobject_cast<ui::Text*>(top)) all.append(text->text());
    for (const auto* text : top->findChildren<ui::Text*>()) all.append(text->text());
    for (const auto* code : top->findChildren<ui::CodeBlock*>()) all.append(code->code());
    return all;
}

QWidget* InspectorScreen::finding(const char* rule) {
    for (QWidget* widget : window.findChildren<QWidget*>())
        if (widget->isVisibleTo(&window) && widget->property("gw.rule").toString() == QLatin1String(rule)) return widget;
    return nullptr;
}

ResponseBuilder goodResponse() {
    ResponseBuilder builder(*UtcTime::parse(issued));
    builder.responseId = "_r81c";
    builder.assertionId = "_a7f3";
    builder.issuer = "https://sso.northwind-robotics.example/realms/nwr";
    builder.responseIssuer = builder.issuer;
    builder.nameId = "ines.halvorsen";
    builder.roleSessionName = "ines.halvorsen";
    builder.sessionDuration = "3600";
    builder.principalTags = {{"team", "payments"}};
    builder.roles = {ResponseBuilder::role("111122223333", "payments-readonly"), ResponseBuilder::role("222233334444", "payments-readonly"),
                     ResponseBuilder::role("777788889999", "payments-developer")};
    return builder;
}

std::string wrappedResponse() {
    std::string xml = goodResponse().xml();
    ResponseBuilder evil = goodResponse();
    evil.assertionId = "_evil";
    evil.nameId = "root.admin";
    evil.roleSessionName = "root.admin";
    evil.roles = {ResponseBuilder::role("111122223333", "payments-admin")};
    const std::string forged = evil.unsignedXml();
    const auto begin = forged.find("<saml:Assertion");
    const auto end = forged.find("</saml:Assertion>") + 17;
    xml.insert(xml.find("<saml:Assertion"), forged.substr(begin, end - begin));
    return encodeBase64(xml);
}

std::string tamperedResponse() {
    std::string xml = goodResponse().xml();
    xml.replace(xml.find("payments-readonly"), 17, "payments-admin123");
    return encodeBase64(xml);
}

} // namespace gw::test
