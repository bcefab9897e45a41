// From Sessions to the Inspector and back, over the composition's own wiring.
#include "tests/support/ui_application.h"
#include "tests/ui/sessions/screens_fixture.h"

#include "app/composition/inspector_wiring.h"
#include "ui/inspector/verdict_banner.h"

using namespace gw;
using namespace std::chrono_literals;
using test::Screens;

namespace {

struct Fixture {
    Screens screens;
    app::InspectorWiring wiring{*screens.context, *screens.coordinator};
    Fixture() { wiring.addScreen(); }

    bool signIn() {
        if (!screens.click(QStringLiteral("sessions.provider.northwind.go"))) return false;
        screens.capture();
        return true;
    }
};

} // namespace

class WiringTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRefusedResponseIsInspected() {
        Fixture f;
        f.screens.offer({"payments-readonly"});
        f.screens.builder->audienceRestrictions = {{"urn:other"}};
        QVERIFY(f.signIn());
        QTRY_VERIFY(f.screens.part(QStringLiteral("sessions.failure.inspect")) != nullptr);
        QVERIFY(f.screens.click(QStringLiteral("sessions.failure.inspect")));
        QTRY_COMPARE(f.screens.window->currentScreen(), QStringLiteral("inspector"));
        auto* verdict = f.screens.window->findChild<ui::VerdictBanner*>();
        QTRY_VERIFY(verdict->isVisible() && verdict->kind() == ui::VerdictKind::Bad);
        QVERIFY(f.wiring.page()->examined()->response()->trustConfigured);
        QCOMPARE(QString::fromStdString(f.wiring.page()->examined()->origin.provider.value()), QStringLiteral("northwind"));
        // It was addressed, which a pasted one is not.
        QVERIFY(!f.wiring.page()->examined()->origin.acs.empty());
    }

    void whatFailedOnTheWayHasNothingToInspect() {
        Fixture f;
        auto provider = Screens::provider();
        provider.certificatesPem.clear();
        provider.metadataFile = "/nowhere/metadata.xml";
        QVERIFY(f.screens.providers.save(provider).has_value());
        QVERIFY(f.screens.click(QStringLiteral("sessions.provider.northwind.go")));
        QTRY_VERIFY(f.screens.part<QWidget>(QStringLiteral("sessions.failure")) != nullptr);
        QVERIFY(f.screens.part(QStringLiteral("sessions.failure.inspect")) == nullptr);
    }

    void anEndedSessionTakesItsResponseAlong() {
        Fixture f;
        QVERIFY(f.screens.chooser({"payments-readonly", "fleet-operator"}));
        QCOMPARE(f.wiring.captures().captures().size(), std::size_t{1});
        const auto first = f.screens.live("payments-readonly", "pay", 30min);
        const auto other = f.screens.live("fleet-operator", "fleet", 30min);
        // A renewal replaces the first one; the response stays for the others.
        f.screens.book.end(first, sessions::EndReason::Replaced);
        QCOMPARE(f.wiring.captures().captures().size(), std::size_t{1});
        f.screens.book.end(other);
        QVERIFY(f.wiring.captures().captures().empty());
    }
};

GW_UI_TEST_MAIN(WiringTest)
#include "wiring_test.moc"
