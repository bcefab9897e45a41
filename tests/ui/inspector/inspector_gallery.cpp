// Draws the Inspector with sample responses, light and dark, wide and narrow, into PNGs of the folder given. To be looked
// at, not compared.
#include "tests/support/ui_application.h"
#include "tests/ui/inspector/inspector_fixture.h"

using namespace gw;
using namespace std::chrono_literals;
using test::InspectorScreen;

namespace {

void dress(InspectorScreen& screen) {
    screen.window.setPerson(QStringLiteral("Tomas Quill"), QStringLiteral("Administrator"));
    screen.window.setStatus(QStringLiteral("secrets"), QStringLiteral("lock"), QStringLiteral("Credentials in the system's keychain"), false);
    screen.window.setStatus(QStringLiteral("time"), QStringLiteral("expiry"), QStringLiteral("14:07:19 UTC, clock +0.3 s"), true);
}

} // namespace

int main(int argc, char** argv) {
    test::fixWorld();
    QApplication application(argc, argv);
    ui::Theme theme(application);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    const QString only = argc > 2 ? QString::fromLocal8Bit(argv[2]) : QString();
    bool saved = true;
    for (const QString& scheme : {QStringLiteral("light"), QStringLiteral("dark")}) {
        theme.setPreference(scheme);
        const auto shoot = [&](const char* name, const auto& fill, QSize size = QSize(1440, 900)) {
            if (!only.isEmpty() && !QLatin1String(name).contains(only)) return;
            InspectorScreen screen;
            dress(screen);
            screen.window.resize(size);
            fill(screen);
            QTest::qWait(200);
            for (int round = 0; round < 8; ++round) QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
            saved = screen.window.grab().save(QStringLiteral("%1/%2-%3.png").arg(folder, QLatin1String(name), scheme)) && saved;
        };
        const auto good = [](InspectorScreen& screen) { screen.open(test::goodResponse().base64()); };
        const auto tab = [&](const char* id) {
            return [good, id](InspectorScreen& screen) {
                good(screen);
                screen.page->showTab(QString::fromLatin1(id));
            };
        };
        shoot("empty", [](InspectorScreen&) {});
        shoot("good", good);
        shoot("wrapped", [](InspectorScreen& screen) { screen.open(test::wrappedResponse(), QStringLiteral("incident-2207-response.b64")); });
        shoot("expired", [](InspectorScreen& screen) {
            screen.clock.set(*UtcTime::parse("2026-11-23T16:05:00Z"));
            screen.open(test::goodResponse().base64());
        });
        shoot("tampered", [](InspectorScreen& screen) { screen.open(test::tamperedResponse()); });
        shoot("stranger", [](InspectorScreen& screen) { screen.open(test::goodResponse().base64(test::strangerKey())); });
        shoot("unchecked", [](InspectorScreen& screen) {
            screen.providers.clear();
            screen.open(test::goodResponse().base64());
        });
        shoot("tree", tab("tree"));
        shoot("canonical", tab("canonical"));
        shoot("hex", tab("hex"));
        shoot("metadata", [](InspectorScreen& screen) {
            screen.open(test::metadataXml("https://sso.northwind-robotics.example/realms/nwr",
                                          {test::providerKey().certificate, test::strangerKey().certificate}),
                        QStringLiteral("metadata.xml"));
        });
        shoot("encrypted", [](InspectorScreen& screen) {
            auto builder = test::goodResponse();
            builder.encrypted = true;
            builder.sign = test::Sign::Nothing;
            screen.open(builder.base64());
        });
        shoot("ambiguous", [](InspectorScreen& screen) {
            const auto input = [](const std::string& value) { return "<input name=SAMLResponse value='" + value + "'>"; };
            auto other = test::goodResponse();
            other.roles.pop_back();
            screen.open("<form>" + input(test::goodResponse().base64()) + input(other.base64()) + "</form>", QStringLiteral("saved-page.html"));
        });
        shoot("failure", [](InspectorScreen& screen) { screen.open("this is not a response", QStringLiteral("notes.txt")); });
        shoot("evidence", [good](InspectorScreen& screen) {
            good(screen);
            screen.page->askToSave(ui::CopyKind::Evidence);
        });
        shoot("compare", [good](InspectorScreen& screen) {
            good(screen);
            auto other = test::goodResponse();
            other.roles.pop_back();
            other.sessionDuration = "7200";
            other.audienceRestrictions = {{"https://signin.aws.amazon.com/saml"}};
            ui::InputOrigin origin;
            origin.name = QStringLiteral("tuesday.b64");
            screen.page->compareWithText(Secret(other.base64()), origin);
            QTest::qWait(100);
        });
        shoot("find", [good](InspectorScreen& screen) {
            good(screen);
            screen.page->find();
            QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("role/"));
        });
        shoot("medium", good, QSize(1024, 720));
        shoot("narrow", [](InspectorScreen& screen) { screen.open(test::wrappedResponse()); }, QSize(700, 640));
        shoot("narrow-findings", [](InspectorScreen& screen) {
            screen.open(test::wrappedResponse());
            screen.page->showTab(QStringLiteral("findings"));
        }, QSize(700, 640));
    }
    return saved ? 0 : 1;
}
