#include "tests/support/saml_encryption.h"
#include "tests/support/ui_accessibility.h"
#include "tests/support/ui_application.h"
#include "tests/support/ui_ink.h"
#include "tests/ui/inspector/inspector_fixture.h"

#include "saml/base/base64.h"
#include "saml/base/json.h"
#include "ui/inspector/code_area.h"
#include "ui/inspector/save_sheet.h"
#include "ui/inspector/structure_tree.h"
#include "ui/inspector/trust_picker.h"
#include "ui/inspector/verdict_banner.h"
#include "ui/widgets/widgets.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QFile>
#include <QMenu>
#include <QMimeData>
#include <QScrollArea>
#include <QTemporaryDir>
#include <QTreeView>
#include <QTreeWidget>

using namespace gw;
using namespace std::chrono_literals;
using test::goodResponse;
using test::InspectorScreen;
using ui::CodeArea;
using ui::VerdictKind;

namespace {

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

VerdictKind kindOf(InspectorScreen& screen) { return screen.part<ui::VerdictBanner>("inspector.verdict")->kind(); }

QString title(InspectorScreen& screen) { return screen.part<ui::Text>("inspector.verdict.title")->text(); }
QString sentence(InspectorScreen& screen) { return screen.part<ui::Text>("inspector.verdict.sentence")->text(); }

} // namespace

class InspectorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingYet() {
        InspectorScreen screen;
        QVERIFY(screen.part("inspector.empty.open")->isVisible());
        QVERIFY(!screen.actions.availability(QStringLiteral("inspector.find")).available);
        QVERIFY(screen.actions.availability(QStringLiteral("inspector.open")).available);
        const QStringList problems = test::accessibilityProblems(screen.page);
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(QLatin1Char('\n'))));
    }

    void aGoodResponseIsAcceptedByTheProviderThatItNames() {
        InspectorScreen screen;
        screen.open(goodResponse().base64());
        QCOMPARE(screen.part<ui::TrustPicker>("inspector.trust")->currentText(), QStringLiteral("Northwind SSO"));
        QVERIFY2(kindOf(screen) == VerdictKind::Good, qPrintable(title(screen)));
        QVERIFY(sentence(screen).contains(QStringLiteral("3 role")));
        QVERIFY(sentence(screen).contains(QStringLiteral("ines.halvorsen")));
        const QStringList verifiers = screen.words("inspector.verifiers");
        QVERIFY(verifiers.contains(QStringLiteral("xmlsec1")));
        QVERIFY(verifiers.contains(QStringLiteral("OpenSSL")));
        QVERIFY(verifiers.filter(QStringLiteral("is good")).size() >= 2);
        QVERIFY(!screen.words("inspector.aws").filter(QStringLiteral("payments-developer")).isEmpty());
        QVERIFY(!screen.words("inspector.trust-policy").filter(QStringLiteral("sts:TagSession")).isEmpty());
        const QStringList problems = test::accessibilityProblems(screen.page);
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(QLatin1Char('\n'))));
    }

    void nobodysWordIsNotCalledVerified() {
        InspectorScreen screen(false);
        screen.open(goodResponse().base64());
        QVERIFY(kindOf(screen) == VerdictKind::Undecided);
        QVERIFY(screen.part<ui::Text>("inspector.signed")->text().startsWith(QStringLiteral("consistent")));
        const auto* area = screen.part<CodeArea>("inspector.coverage");
        for (const auto& run : area->source()->shading().runs()) QVERIFY(run.shade != ui::Shade::Signed);
    }

    void whatIsWrongIsNamed_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("rule");
        QTest::newRow("expired") << QStringLiteral("expired") << QStringLiteral("expired");
        QTest::newRow("content changed") << QStringLiteral("tampered") << QStringLiteral("signature-invalid");
        QTest::newRow("another key") << QStringLiteral("stranger") << QStringLiteral("unknown-key");
        QTest::newRow("audience") << QStringLiteral("audience") << QStringLiteral("wrong-audience");
        QTest::newRow("not signed") << QStringLiteral("unsigned") << QStringLiteral("not-signed");
        QTest::newRow("wrapped") << QStringLiteral("wrapped") << QStringLiteral("several-assertions");
    }
    void whatIsWrongIsNamed() {
        QFETCH(QString, what);
        QFETCH(QString, rule);
        InspectorScreen screen;
        auto builder = goodResponse();
        std::string text;
        if (what == QLatin1String("expired")) screen.clock.advance(2h);
        if (what == QLatin1String("audience")) builder.audienceRestrictions = {{"urn:other"}};
        if (what == QLatin1String("unsigned")) builder.sign = test::Sign::Nothing;
        text = builder.base64(what == QLatin1String("stranger") ? test::strangerKey() : test::providerKey());
        if (what == QLatin1String("tampered")) text = test::tamperedResponse();
        if (what == QLatin1String("wrapped")) text = test::wrappedResponse();
        screen.open(text);
        QVERIFY(kindOf(screen) == VerdictKind::Bad);
        QVERIFY2(screen.finding(rule.toLatin1().constData()) != nullptr, qPrintable(title(screen)));
    }

    void anAttackIsSaidInLinesThatCanBeSeen() {
        InspectorScreen screen;
        screen.open(test::wrappedResponse());
        QVERIFY2(sentence(screen).contains(QStringLiteral("payments-admin from line")), qPrintable(sentence(screen)));
        QVERIFY2(sentence(screen).contains(QStringLiteral("signature wrapping")), qPrintable(sentence(screen)));
        auto* area = screen.part<CodeArea>("inspector.coverage");
        int hostile = 0, fine = 0;
        for (int row = 0; row < area->rowCount(); ++row) {
            const QString words = area->rowText(row);
            if (words.contains(QStringLiteral("payments-admin"))) {
                QVERIFY2(words.contains(QStringLiteral("posing as a claim")), qPrintable(words));
                ++hostile;
            }
            if (words.contains(QStringLiteral("payments-developer"))) {
                QVERIFY2(!words.contains(QStringLiteral("posing")), qPrintable(words));
                ++fine;
            }
        }
        QCOMPARE(hostile, 1);
        QCOMPARE(fine, 1);
    }

    void aFindingOpensAndLeadsToItsPlace() {
        InspectorScreen screen;
        auto builder = goodResponse();
        builder.audienceRestrictions = {{"urn:other"}};
        screen.open(builder.base64());
        auto* row = qobject_cast<QAbstractButton*>(screen.finding("wrong-audience"));
        QVERIFY(row != nullptr);
        row->setFocus();
        QTest::keyClick(row, Qt::Key_Space);
        QVERIFY(row->isChecked());
        auto* area = screen.part<CodeArea>("inspector.coverage");
        const auto chosen = area->selection();
        QVERIFY2(area->source()->textOf(chosen).contains(QStringLiteral("urn:other")), qPrintable(area->source()->textOf(chosen)));
    }

    void structureAndTextGoTogether() {
        InspectorScreen screen;
        screen.open(goodResponse().base64());
        auto* tree = screen.part<ui::StructureTree>("inspector.structure");
        auto* area = screen.part<CodeArea>("inspector.coverage");
        const QModelIndex role = tree->model()->match(tree->model()->index(0, 0), Qt::DisplayRole, QStringLiteral("Role, 3 value"), 1,
                                                      Qt::MatchStartsWith | Qt::MatchRecursive).value(0);
        QVERIFY(role.isValid());
        tree->setCurrentIndex(role);
        QVERIFY(area->source()->textOf(area->selection()).contains(QStringLiteral("payments-developer")));
        area->setCaret(static_cast<std::uint32_t>(std::string(area->source()->bytes()).find("NameID")));
        QCOMPARE(tree->currentIndex().data().toString(), QStringLiteral("Subject"));
    }

    void tabsByKeyboardAndCanonicalDigests() {
        InspectorScreen screen;
        screen.open(goodResponse().base64());
        QTest::keyClick(screen.part("inspector.coverage"), Qt::Key_3, Qt::AltModifier);
        QTRY_VERIFY(screen.part("inspector.canonical.octets")->isVisible());
        const QString stated = screen.part<ui::Text>("inspector.canonical.stated")->text();
        QVERIFY(stated.size() > 20);
        QCOMPARE(screen.part<ui::Text>("inspector.canonical.computed")->text(), stated);
        QTest::keyClick(screen.part("inspector.canonical.octets"), Qt::Key_4, Qt::AltModifier);
        QTRY_VERIFY(screen.part("inspector.hex")->isVisible());
        QTest::keyClick(screen.part("inspector.hex"), Qt::Key_2, Qt::AltModifier);
        QTRY_VERIFY(screen.part("inspector.nodes")->isVisible());
        auto* nodes = screen.part<QTreeView>("inspector.nodes");
        QCOMPARE(nodes->model()->index(0, 0).data().toString(), QStringLiteral("samlp:Response"));
        Q_EMIT nodes->activated(nodes->model()->index(0, 0));
        QVERIFY(screen.part("inspector.coverage")->isVisible());
    }

    void aDigestThatDiffersIsShownAsSuch() {
        InspectorScreen screen;
        screen.open(test::tamperedResponse());
        screen.page->showTab(QStringLiteral("canonical"));
        QVERIFY(screen.part<ui::Text>("inspector.canonical.computed")->text() != screen.part<ui::Text>("inspector.canonical.stated")->text());
    }

    void findByKeyboard() {
        InspectorScreen screen;
        screen.open(goodResponse().base64());
        screen.part("inspector.coverage")->setFocus();
        QTest::keyClick(screen.part("inspector.coverage"), Qt::Key_F, Qt::ControlModifier);
        auto* field = screen.part<QLineEdit>("inspector.find");
        QTRY_VERIFY(field->hasFocus());
        QTest::keyClicks(field, QStringLiteral("payments-readonly"));
        auto* area = screen.part<CodeArea>("inspector.coverage");
        QCOMPARE(area->matchCount(), std::size_t{2});
        QCOMPARE(area->matchNumber(), std::size_t{1});
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(area->matchNumber(), std::size_t{2});
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(area->hasFocus());
        QCOMPARE(area->matchCount(), std::size_t{0});
    }

    void trustAndPolicyExamineAgain() {
        InspectorScreen screen;
        screen.open(goodResponse().base64());
        auto* picker = screen.part<ui::TrustPicker>("inspector.trust");
        picker->setFocus();
        QTest::keyClick(picker, Qt::Key_Home);
        screen.settle();
        QVERIFY(kindOf(screen) == VerdictKind::Undecided);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("idp.xml"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        const std::string metadata = test::metadataXml(goodResponse().issuer, {test::strangerKey().certificate});
        file.write(metadata.data(), static_cast<qint64>(metadata.size()));
        file.close();
        picker->chooseFile(path);
        screen.settle();
        QCOMPARE(picker->currentText(), QStringLiteral("idp.xml"));
        QVERIFY(kindOf(screen) == VerdictKind::Bad);
        QVERIFY(screen.finding("unknown-key") != nullptr);
        // What is no metadata leaves nobody trusted and says so.
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("neither");
        file.close();
        picker->chooseFile(path);
        screen.settle();
        QVERIFY(kindOf(screen) != VerdictKind::Good);
    }

    void trustThatCannotBeLoadedIsSaid() {
        InspectorScreen screen;
        screen.trustProblem = Error(sessions::TrustError::NothingToTrust);
        screen.open(goodResponse().base64());
        QVERIFY(kindOf(screen) == VerdictKind::Undecided);
    }

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

    void theSessionsLengthIsThatOfASignInHere() {
        InspectorScreen screen;
        auto response = goodResponse();
        response.sessionDuration.reset();
        screen.open(response.base64());
        QVERIFY(!screen.words("inspector.session").filter(QStringLiteral("Decided by AWS's default")).isEmpty());
        screen.providers.front().duration = 30min;
        screen.part<ui::TrustPicker>("inspector.trust")->chooseProvider(sessions::ProviderId("northwind"));
        screen.settle();
        QVERIFY2(!screen.words("inspector.session").filter(QStringLiteral("Decided by what is asked for")).isEmpty(),
                 qPrintable(screen.words("inspector.session").join(u'\n')));
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

    void anEncryptedResponseIsOpenedByTheProvidersKey() {
        InspectorScreen screen;
        const std::string encrypted = encodeBase64(test::withEncryptedAssertion(goodResponse().xml()));
        screen.open(encrypted);
        QVERIFY(kindOf(screen) != VerdictKind::Good);
        QVERIFY(!screen.words("inspector.encryption").filter(QStringLiteral("cannot be read here")).isEmpty());
        screen.decryptionKeys = {test::decryptionKey()};
        screen.part<ui::TrustPicker>("inspector.trust")->chooseProvider(sessions::ProviderId("northwind"));
        screen.settle();
        QVERIFY2(kindOf(screen) == VerdictKind::Good, qPrintable(screen.words("inspector.verdict").join(u'\n')));
        QVERIFY(!screen.words("inspector.encryption").filter(QStringLiteral("Opened with")).isEmpty());
        QVERIFY(!screen.words("inspector.aws").filter(QStringLiteral("payments-readonly in 111122223333")).isEmpty());
        QVERIFY(!screen.words("inspector.trust-policy").filter(QStringLiteral("sts:TagSession")).isEmpty());
        QVERIFY(!screen.words("inspector.verifiers").filter(QStringLiteral("inside the encrypted assertion is good")).isEmpty());
        QVERIFY(screen.words("inspector.keys").filter(QStringLiteral("Nothing is signed")).isEmpty());
    }

    void metadataShowsKeysAndEndpoints() {
        InspectorScreen screen;
        screen.open(test::metadataXml("https://idp.example/metadata", {test::providerKey().certificate}), QStringLiteral("metadata.xml"));
        QVERIFY(screen.part("inspector.calendar.keys") != nullptr);
        QVERIFY(!screen.words("inspector.entity.0").filter(QStringLiteral("https://idp.example/metadata")).isEmpty());
        QVERIFY(!screen.words("inspector.entity.0").filter(QStringLiteral("https://idp.example/sso")).isEmpty());
        QVERIFY(!screen.actions.availability(QStringLiteral("inspector.compare")).available);
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

    void nothingIsCutOffInNarrowWindows_data() {
        QTest::addColumn<QSize>("size");
        for (const QSize size : {QSize(1440, 900), QSize(1024, 700), QSize(760, 600)}) QTest::addRow("%d", size.width()) << size;
    }
    void nothingIsCutOffInNarrowWindows() {
        QFETCH(QSize, size);
        InspectorScreen screen;
        screen.window.resize(size);
        screen.open(test::wrappedResponse());
        QTest::qWait(20);
        QCOMPARE(test::clippedLabels(screen.page), QStringList());
        auto* side = screen.part<QScrollArea>("inspector.side");
        QStringList wide;
        for (QWidget* part : side->widget()->findChildren<QWidget*>())
            if (part->isVisible() && part->mapTo(side->widget(), QPoint(part->width(), 0)).x() > side->viewport()->width() + 1)
                wide.append(QStringLiteral("%1 \"%2\" needs %3").arg(QLatin1String(part->metaObject()->className()), part->property("text").toString())
                                .arg(part->minimumSizeHint().width()));
        QVERIFY2(wide.isEmpty(), qPrintable(wide.join(QLatin1Char('\n'))));
        auto* tabs = screen.part<ui::Segmented>("inspector.tabs");
        QVERIFY(tabs->width() >= tabs->minimumSizeHint().width());
        QVERIFY(tabs->geometry().right() <= tabs->parentWidget()->width());
    }
};

GW_UI_TEST_MAIN(InspectorTest)
#include "inspector_test.moc"
