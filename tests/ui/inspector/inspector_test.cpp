#include "tests/support/saml_encryption.h"
#include "tests/support/ui_accessibility.h"
#include "tests/support/ui_application.h"
#include "tests/support/ui_ink.h"
#include "tests/ui/inspector/inspector_fixture.h"

#include "saml/base/base64.h"
#include "ui/inspector/code_area.h"
#include "ui/inspector/structure_tree.h"
#include "ui/inspector/trust_picker.h"
#include "ui/inspector/verdict_banner.h"
#include "ui/shell/toasts.h"
#include "ui/widgets/widgets.h"

#include <QFile>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTreeView>

using namespace gw;
using namespace std::chrono_literals;
using test::goodResponse;
using test::InspectorScreen;
using ui::CodeArea;
using ui::VerdictKind;

namespace {

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
        // A signature that fits nothing but the key that came along is called good by nobody.
        const QStringList verifiers = screen.words("inspector.verifiers");
        if (rule == QLatin1String("unknown-key")) QVERIFY(verifiers.filter(QStringLiteral("is good")).isEmpty() && verifiers.filter(QStringLiteral("not trusted")).size() == 2);
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

    void aKeyThatCannotBeReadIsNamed_data() {
        QTest::addColumn<bool>("encrypted");
        QTest::newRow("not needed") << false;
        QTest::newRow("needed") << true;
    }
    void aKeyThatCannotBeReadIsNamed() {
        QFETCH(bool, encrypted);
        InspectorScreen screen;
        screen.keyProblems = {sessions::readDecryptionKey("/nowhere/decrypt.pem").error()};
        QSignalSpy told(&screen.window.toasts(), &ui::Toasts::shown);
        screen.open(encrypted ? encodeBase64(test::withEncryptedAssertion(goodResponse().xml())) : goodResponse().base64());
        QCOMPARE(kindOf(screen) == VerdictKind::Good, !encrypted);
        QVERIFY(told.contains({QStringLiteral("inspector.key")}));
        if (!encrypted) return;
        auto* row = qobject_cast<QAbstractButton*>(screen.finding("encrypted-assertion"));
        QVERIFY(row != nullptr);
        row->click();
        const QString findings = screen.words("inspector.findings").join(u'\n');
        QVERIFY2(findings.contains(QStringLiteral("/nowhere/decrypt.pem")), qPrintable(findings));
    }

    void metadataShowsKeysAndEndpoints() {
        InspectorScreen screen;
        screen.open(test::metadataXml("https://idp.example/metadata", {test::providerKey().certificate}), QStringLiteral("metadata.xml"));
        QVERIFY(screen.part("inspector.calendar.keys") != nullptr);
        QVERIFY(!screen.words("inspector.entity.0").filter(QStringLiteral("https://idp.example/metadata")).isEmpty());
        QVERIFY(!screen.words("inspector.entity.0").filter(QStringLiteral("https://idp.example/sso")).isEmpty());
        QVERIFY(!screen.actions.availability(QStringLiteral("inspector.compare")).available);
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
