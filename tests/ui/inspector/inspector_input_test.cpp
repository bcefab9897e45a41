#include "tests/support/ui_application.h"
#include "tests/ui/inspector/inspector_fixture.h"

#include "saml/base/json.h"
#include "ui/inspector/save_sheet.h"
#include "ui/inspector/verdict_banner.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QFile>
#include <QMenu>
#include <QMimeData>
#include <QTemporaryDir>
#include <QTreeView>
#include <QTreeWidget>

using namespace gw;
using test::goodResponse;
using test::InspectorScreen;
using ui::VerdictKind;

namespace {

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

VerdictKind kindOf(InspectorScreen& screen) { return screen.part<ui::VerdictBanner>("inspector.verdict")->kind(); }

} // namespace

class InspectorInputTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsNoMessageFailsInPlace() {
        InspectorScreen screen;
        screen.open("not a response at all", QStringLiteral("notes.txt"));
        QVERIFY(screen.part("inspector.failure")->isVisible());
        QVERIFY(screen.part("inspector.failure")->accessibleName().contains(QStringLiteral("notes.txt")));
        screen.open("");
        QVERIFY(screen.part("inspector.failure")->isVisible());
        screen.open(goodResponse().base64());
        QVERIFY(screen.part("inspector.coverage")->isVisible());
    }

    void aNewerInputWins() {
        InspectorScreen screen;
        ui::InputOrigin first, second;
        first.name = QStringLiteral("first");
        second.name = QStringLiteral("second");
        screen.page->openText(Secret(goodResponse().base64()), first);
        screen.page->openText(Secret(test::wrappedResponse()), second);
        screen.settle();
        QCOMPARE(screen.page->examined()->origin.name, QStringLiteral("second"));
        QVERIFY(kindOf(screen) == VerdictKind::Bad);
    }

    void pasteDropAndCaptures() {
        InspectorScreen screen;
        QGuiApplication::clipboard()->setText(QString::fromStdString(goodResponse().base64()));
        screen.actions.refresh();
        QTest::keyClick(&screen.window, Qt::Key_V, Qt::ControlModifier);
        screen.settle();
        QVERIFY(kindOf(screen) == VerdictKind::Good);

        QCOMPARE(screen.page->examined()->origin.name, QStringLiteral("Pasted"));
        QMimeData data;
        data.setText(QString::fromStdString(test::wrappedResponse()));
        QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(screen.page, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(screen.page, &drop);
        screen.settle();
        QCOMPARE(screen.page->examined()->origin.name, QStringLiteral("Dropped text"));
        QVERIFY(kindOf(screen) == VerdictKind::Bad);

        QVERIFY(!screen.part("inspector.captured")->isEnabled());
        screen.captures.add(sessions::ProviderId("northwind"), QStringLiteral("Northwind SSO"), goodResponse().captured());
        QVERIFY(screen.part("inspector.captured")->isEnabled());
        QVERIFY(screen.page->openCaptureOf(sessions::ProviderId("northwind")));
        screen.settle();
        QVERIFY(kindOf(screen) == VerdictKind::Good);
        QVERIFY(!screen.page->openCaptureOf(sessions::ProviderId("other")));
    }

    void theShelfIsBoundedAndWiped() {
        ui::CaptureShelf shelf;
        for (int i = 0; i < 20; ++i) shelf.add(sessions::ProviderId(i % 2 ? "odd" : "even"), {}, goodResponse().captured());
        QCOMPARE(shelf.captures().size(), ui::CaptureShelf::most);
        QCOMPARE(shelf.captures().front().number, quint64{20});
        shelf.wipe(sessions::ProviderId("odd"));
        QCOMPARE(shelf.captures().size(), ui::CaptureShelf::most / 2);
        QVERIFY(shelf.newestOf(sessions::ProviderId("odd")) == nullptr);
        saml::CapturedResponse large = goodResponse().captured();
        large.base64 = Secret(std::string(ui::CaptureShelf::mostOctets, 'A'));
        shelf.add(sessions::ProviderId("odd"), {}, large);
        QCOMPARE(shelf.captures().size(), std::size_t{1});
    }

    void aWipedCaptureLeavesTheScreen() {
        const sessions::ProviderId northwind("northwind"), other("other");
        InspectorScreen screen;
        screen.captures.add(northwind, QStringLiteral("Northwind SSO"), goodResponse().captured());
        screen.captures.add(other, QStringLiteral("Other"), goodResponse().captured());
        QVERIFY(screen.page->openCaptureOf(northwind));
        screen.settle();
        for (const char* tab : {"tree", "canonical", "hex", "coverage"}) screen.page->showTab(QString::fromLatin1(tab));
        screen.page->askToSave(ui::CopyKind::Evidence);
        const std::weak_ptr<const ui::Examined> watched = screen.page->examined();
        QVERIFY(!watched.expired());
        // Another one's end changes nothing here.
        screen.captures.wipe(other);
        QVERIFY(screen.page->examined() && !screen.part("inspector.wiped")->isVisible());
        screen.captures.wipe(northwind);
        QVERIFY(!screen.page->examined());
        QVERIFY(screen.part("inspector.wiped")->isVisible());
        QVERIFY(!screen.part("inspector.save.go")->isVisible());
        // Nothing of the screen holds it: neither the four views nor what was asked to be saved.
        QTRY_VERIFY(watched.expired());
        QVERIFY(screen.words("inspector.verdict").filter(QStringLiteral("ines")).isEmpty());
        QVERIFY(screen.part<QTreeView>("inspector.nodes")->model()->rowCount() == 0);
        QVERIFY(screen.part<QTreeView>("inspector.structure")->model()->rowCount() == 0);
        // And on from there.
        screen.open(goodResponse().base64());
        QVERIFY(screen.page->examined() && kindOf(screen) == VerdictKind::Good);
        // What did not come from the shelf is the person's own.
        screen.captures.add(northwind, QStringLiteral("Northwind SSO"), goodResponse().captured());
        screen.captures.wipe(northwind);
        QVERIFY(screen.page->examined());
    }

    void aCaptureThatIsCrowdedOutLeavesToo() {
        InspectorScreen screen;
        screen.captures.add(sessions::ProviderId("northwind"), QStringLiteral("Northwind SSO"), goodResponse().captured());
        QVERIFY(screen.page->openCaptureOf(sessions::ProviderId("northwind")));
        screen.settle();
        for (std::size_t i = 0; i < ui::CaptureShelf::most; ++i) {
            QVERIFY(screen.page->examined());
            screen.captures.add(sessions::ProviderId("other"), QStringLiteral("Other"), goodResponse().captured());
        }
        QVERIFY(!screen.page->examined());
        QVERIFY(screen.part("inspector.wiped")->isVisible());
    }

    void wipedWhileItIsExamined() {
        InspectorScreen screen;
        screen.captures.add(sessions::ProviderId("northwind"), QStringLiteral("Northwind SSO"), goodResponse().captured());
        QVERIFY(screen.page->openCaptureOf(sessions::ProviderId("northwind")));
        screen.captures.wipe(sessions::ProviderId("northwind"));
        screen.settle();
        QVERIFY(!screen.page->examined());
        QVERIFY(screen.part("inspector.wiped")->isVisible());
    }

    void capturedResponsesAreCompared() {
        const sessions::ProviderId northwind("northwind"), other("other");
        InspectorScreen screen;
        auto second = goodResponse();
        second.sessionDuration = "7200";
        screen.captures.add(other, QStringLiteral("Other"), second.captured());
        screen.captures.add(northwind, QStringLiteral("Northwind SSO"), goodResponse().captured());
        QVERIFY(screen.page->openCaptureOf(northwind));
        screen.settle();
        screen.actions.action(QStringLiteral("inspector.compare"))->trigger();
        auto* menu = screen.part<QMenu>("inspector.compare.menu");
        QTRY_VERIFY(menu && menu->isVisible());
        // The one that is shown is not offered.
        QVERIFY(menu->findChild<QAction*>(QStringLiteral("inspector.compare.capture.2")) == nullptr);
        auto* choice = menu->findChild<QAction*>(QStringLiteral("inspector.compare.capture.1"));
        QVERIFY(choice && menu->findChild<QAction*>(QStringLiteral("inspector.compare.file")));
        choice->trigger();
        menu->close();
        auto* table = screen.part<QTreeWidget>("inspector.compare.table");
        QTRY_VERIFY(table->isVisible());
        QVERIFY(table->topLevelItemCount() > 0);
        QVERIFY(table->headerItem()->text(2).startsWith(QStringLiteral("Other, captured")));
        // The comparison holds what both said: it goes with either.
        screen.captures.wipe(other);
        QVERIFY(!table->isVisible());
        QCOMPARE(table->topLevelItemCount(), 0);
        QVERIFY(screen.page->examined());
    }

    void anotherRequestsAnswerIsSaidHereToo() {
        InspectorScreen screen;
        auto captured = goodResponse().captured();
        captured.requestId = "_asked";
        screen.captures.add(sessions::ProviderId("northwind"), QStringLiteral("Northwind SSO"), captured);
        QVERIFY(screen.page->openCaptureOf(sessions::ProviderId("northwind")));
        screen.settle();
        QVERIFY(kindOf(screen) == VerdictKind::Bad);
        QVERIFY(screen.finding("wrong-in-response-to") != nullptr);
    }

    void twoValuesOfOneFieldAreBothThere() {
        auto other = goodResponse();
        other.sessionDuration = "7200";
        InspectorScreen screen;
        screen.open("<form><input name=SAMLResponse value='" + goodResponse().base64() + "'><input name=SAMLResponse value='" + other.base64() +
                    "'></form>");
        auto* choice = screen.part<QComboBox>("inspector.message");
        QVERIFY(choice->isVisible());
        QCOMPARE(choice->count(), 2);
        for (const auto& number : {QStringLiteral("number 1"), QStringLiteral("number 2")}) {
            QVERIFY(kindOf(screen) == VerdictKind::Bad);
            QVERIFY(screen.finding("ambiguous-form") != nullptr);
            QVERIFY(screen.words("inspector.findings").join(u' ').contains(number));
            choice->setFocus();
            QTest::keyClick(choice, Qt::Key_Down);
            screen.settle();
        }
    }

    void twoResponsesAreCompared() {
        InspectorScreen screen;
        screen.open(goodResponse().base64());
        auto other = goodResponse();
        other.sessionDuration = "7200";
        ui::InputOrigin origin;
        origin.name = QStringLiteral("tuesday.b64");
        screen.page->compareWithText(Secret(other.base64()), origin);
        auto* table = screen.part<QTreeWidget>("inspector.compare.table");
        QTRY_VERIFY(table->isVisible());
        QVERIFY(table->topLevelItemCount() > 0);
        QCOMPARE(table->headerItem()->text(2), QStringLiteral("tuesday.b64"));
    }

    void copiesAreForOneselfAndHoldWhatTheySay() {
        QTemporaryDir folder;
        InspectorScreen screen;
        screen.open(goodResponse().base64());
        const auto save = [&](ui::CopyKind kind, const QString& name, bool original = false) {
            screen.page->askToSave(kind);
            if (original) screen.part<QCheckBox>("inspector.save.original")->click();
            const QString path = folder.filePath(name);
            screen.page->findChild<ui::SaveSheet*>()->save(path);
            [&] { QTRY_VERIFY(QFile::exists(path)); }();
            return path;
        };
        const QString redacted = save(ui::CopyKind::Redacted, QStringLiteral("redacted.xml"));
        QCOMPARE(QFile::permissions(redacted) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther), QFile::Permissions());
        QVERIFY(!contentOf(redacted).contains("ines.halvorsen"));
        QVERIFY(!contentOf(redacted).contains("111122223333"));
        const QString evidence = save(ui::CopyKind::Evidence, QStringLiteral("evidence.json"));
        QVERIFY(!contentOf(evidence).contains("ines.halvorsen"));
        QVERIFY(contentOf(evidence).contains("\"contains_original\": false"));
        QVERIFY(parseJson(contentOf(evidence).toStdString()).has_value());
        QCOMPARE(QFile::permissions(evidence) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        const QString whole = save(ui::CopyKind::Evidence, QStringLiteral("whole.json"), true);
        QVERIFY(contentOf(whole).contains("ines.halvorsen"));
        const QString anew = save(ui::CopyKind::Resigned, QStringLiteral("anew.xml"));
        QVERIFY(contentOf(anew).contains("ines.halvorsen"));
        QTRY_VERIFY(QFile::exists(folder.filePath(QStringLiteral("anew.pem"))));
        screen.open(contentOf(anew).toStdString(), QStringLiteral("anew.xml"));
        QVERIFY(screen.finding("unknown-key") != nullptr);
    }
};

GW_UI_TEST_MAIN(InspectorInputTest)
#include "inspector_input_test.moc"
