// Attesting rows as a person does it: from the panel, by keyboard, several at once, taken back; what the table says of it; and what
// becomes of what was written where the store cannot be used.
#include "tests/support/ui_application.h"
#include "tests/ui/review/review_fixture.h"

#include "models/store/attestation_store.h"

#include <QFile>
#include <QPlainTextEdit>

using namespace gw;
using test::ReviewScreen;

namespace {

QString attestedCell(ReviewScreen& screen, const char* role) {
    auto& view = screen.page->table().view();
    for (int line = 0; line < view.lineCount(); ++line) {
        const auto row = view.rowOf(line);
        if (!row || screen.page->review()->mapping.table.text(items::columnOf(items::MappingColumn::Role), *row) != role) continue;
        for (const auto& each : view.viewColumns())
            if (each.id == QLatin1String("attested")) return view.cellWords(*row, each);
    }
    return QStringLiteral("no such row");
}

void clickSegment(ReviewScreen& screen, const char* name, int item) {
    auto* choice = screen.part<ui::Segmented>(QLatin1String(name));
    QVERIFY(choice && choice->isVisibleTo(&screen.window));
    QTest::mouseClick(choice, Qt::LeftButton, {}, choice->itemRect(item).center());
}

void write(ReviewScreen& screen, const char* name, const QString& text) {
    auto* field = screen.part(QLatin1String(name));
    QVERIFY(field && field->isVisibleTo(&screen.window));
    field->setFocus();
    QTest::keyClicks(field, text);
}

} // namespace

class AttestTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRowIsAttestedWithItsReasonAndTakenBack() {
        ReviewScreen screen;
        screen.type(QStringLiteral("role:=robot-console"));
        QCOMPARE(attestedCell(screen, "robot-console"), QStringLiteral("never"));
        QCOMPARE(screen.words("review.attest.last"), QStringLiteral("Never attested"));
        QVERIFY(!screen.part(QStringLiteral("review.attest.say"))->isEnabled());
        clickSegment(screen, "review.attest.verdict", 0);
        QVERIFY(!screen.part(QStringLiteral("review.attest.say"))->isEnabled());
        write(screen, "review.attest.reason", QStringLiteral("the night shift needs it"));
        screen.click("review.attest.say");
        QCOMPARE(attestedCell(screen, "robot-console"), QStringLiteral("today"));
        QVERIFY(screen.words("review.attest.last").contains(QStringLiteral("the night shift needs it")));
        screen.type(QStringLiteral("attested:<1d"));
        QCOMPARE(screen.roles(), QStringList{QStringLiteral("robot-console")});
        QVERIFY(screen.page->review()->attested.contains("arn:aws:iam::111122223333:role/robot-console"));
        auto* undo = screen.part<QAbstractButton>(QStringLiteral("toast.review.attested.action"));
        QVERIFY(undo);
        QTest::mouseClick(undo, Qt::LeftButton);
        screen.settle();
        QCOMPARE(screen.roles(), QStringList{});
        screen.type(QStringLiteral("attested:never role:=robot-console"));
        QCOMPARE(screen.roles(), QStringList{QStringLiteral("robot-console")});
    }

    void theToastLeavesTheFormFree() {
        ReviewScreen screen;
        screen.type(QStringLiteral("role:=robot-console"));
        clickSegment(screen, "review.attest.verdict", 0);
        write(screen, "review.attest.reason", QStringLiteral("the night shift needs it"));
        screen.click("review.attest.say");
        const auto* toast = screen.part(QStringLiteral("toast.review.attested"));
        QVERIFY(toast);
        const auto* form = screen.part(QStringLiteral("review.attest.reason"));
        QTRY_VERIFY(!toast->geometry().adjusted(20, 20, -20, -20).intersects(QRect(form->mapTo(&screen.window, QPoint()), form->size())));
    }

    void theKeyboardDoesAllOfIt() {
        ReviewScreen screen;
        screen.type(QStringLiteral("role:=fleet-deploy"));
        screen.page->table().view().setFocus();
        QTest::keyClick(&screen.window, Qt::Key_T, Qt::ControlModifier);
        auto* reason = screen.part<QPlainTextEdit>(QStringLiteral("review.attest.reason"));
        QVERIFY(reason->hasFocus());
        auto* choice = screen.part(QStringLiteral("review.attest.verdict"));
        choice->setFocus();
        QTest::keyClick(choice, Qt::Key_End); // Remove
        write(screen, "review.attest.reason", QStringLiteral("contract ended"));
        QTest::keyClick(reason, Qt::Key_Return, Qt::ControlModifier);
        screen.settle();
        QCOMPARE(attestedCell(screen, "fleet-deploy"), QStringLiteral("to be removed"));
        // It is not right, so it is not attested.
        screen.type(QStringLiteral("role:=fleet-deploy attested:never"));
        QCOMPARE(screen.roles().size(), 1);
        QVERIFY(!screen.page->review()->attested.contains("arn:aws:iam::111122223333:role/fleet-deploy"));
        QTest::keyClick(screen.part(QStringLiteral("review.attest.reason")), Qt::Key_Escape);
        QVERIFY(screen.page->table().view().hasFocus());
    }

    void changeAsksForTheChange() {
        ReviewScreen screen;
        screen.type(QStringLiteral("role:=payments-hotfix"));
        clickSegment(screen, "review.attest.verdict", 1);
        write(screen, "review.attest.reason", QStringLiteral("too wide"));
        QVERIFY(!screen.part(QStringLiteral("review.attest.say"))->isEnabled());
        write(screen, "review.attest.change", QStringLiteral("one function only"));
        screen.click("review.attest.say");
        QCOMPARE(attestedCell(screen, "payments-hotfix"), QStringLiteral("to be changed"));
    }

    void allRowsThatAreShownAtOnce() {
        ReviewScreen screen;
        screen.type(QStringLiteral("group:payments"));
        const auto shown = screen.roles().size();
        QVERIFY(shown > 1);
        screen.actions.action(QStringLiteral("review.attest-shown"))->trigger();
        QCOMPARE(screen.words("review.attest.title"), QStringLiteral("Attest %1 rows").arg(shown));
        clickSegment(screen, "review.attest.verdict", 0);
        write(screen, "review.attest.reason", QStringLiteral("looked at together"));
        screen.click("review.attest.say");
        screen.type(QStringLiteral("attested:<1d"));
        QCOMPARE(screen.roles().size(), shown);
        QTest::mouseClick(screen.part<QAbstractButton>(QStringLiteral("toast.review.attested.action")), Qt::LeftButton);
        screen.settle();
        QCOMPARE(screen.roles().size(), 0);
    }

    void overdueIsSaidAndIsAFinding() {
        ReviewScreen screen;
        screen.type(QStringLiteral("role:=robot-console"));
        clickSegment(screen, "review.attest.verdict", 0);
        write(screen, "review.attest.reason", QStringLiteral("needed"));
        screen.click("review.attest.say");
        screen.clock.advance(std::chrono::hours(24 * 101));
        screen.shelf.set(test::reviewSample(), QStringLiteral("later"));
        screen.settle();
        QCOMPARE(attestedCell(screen, "robot-console"), QStringLiteral("overdue 9 d"));
        screen.type(QStringLiteral("rule:=review-overdue role:=robot-console"));
        QCOMPARE(screen.roles(), QStringList{QStringLiteral("robot-console")});
        screen.type(QStringLiteral("attested:overdue role:=robot-console"));
        QCOMPARE(screen.roles().size(), 1);
    }

    void anotherStartKnowsIt() {
        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath(QStringLiteral("store.db")).toStdString();
        {
            ReviewScreen screen(true, file);
            screen.type(QStringLiteral("role:=robot-console"));
            clickSegment(screen, "review.attest.verdict", 0);
            write(screen, "review.attest.reason", QStringLiteral("needed"));
            screen.click("review.attest.say");
        }
        ReviewScreen screen(true, file);
        QCOMPARE(attestedCell(screen, "robot-console"), QStringLiteral("today"));
        screen.type(QStringLiteral("attested:<1d"));
        QTRY_COMPARE(screen.roles().size(), 1);
    }

    // What is written stays while the rows are walked, reviewed again, and while the store cannot be used.
    void whatIsWrittenIsNotLost() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("store.db"));
        QFile text(path);
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write(QByteArray(8192, 'x'));
        text.close();
        ReviewScreen screen(true, path.toStdString());
        QCOMPARE(attestedCell(screen, "robot-console"), QString());
        screen.type(QStringLiteral("role:=robot-console"));
        clickSegment(screen, "review.attest.verdict", 0);
        write(screen, "review.attest.reason", QStringLiteral("needed"));
        screen.click("review.attest.say");
        QVERIFY(!screen.words("review.attest.problem").isEmpty());
        QCOMPARE(screen.part<QPlainTextEdit>(QStringLiteral("review.attest.reason"))->toPlainText(), QStringLiteral("needed"));
        screen.type(QStringLiteral("role:=fleet-deploy"));
        QCOMPARE(screen.part<QPlainTextEdit>(QStringLiteral("review.attest.reason"))->toPlainText(), QString());
        screen.type(QStringLiteral("role:=robot-console"));
        QCOMPARE(screen.part<QPlainTextEdit>(QStringLiteral("review.attest.reason"))->toPlainText(), QStringLiteral("needed"));
        QVERIFY(text.open(QIODevice::ReadOnly));
        QCOMPARE(text.readAll(), QByteArray(8192, 'x'));
        text.close();
        // Somebody puts it right.
        QVERIFY(QFile::remove(path));
        screen.click("review.attest.say");
        QCOMPARE(attestedCell(screen, "robot-console"), QStringLiteral("today"));
    }

    void textFitsAtEverySize() {
        ReviewScreen screen;
        screen.type(QStringLiteral("role:=robot-console"));
        clickSegment(screen, "review.attest.verdict", 1);
        screen.settle();
        for (const QSize size : {QSize(1440, 900), QSize(760, 520)}) {
            screen.window.resize(size);
            screen.settle();
            auto* section = screen.part(QStringLiteral("review.attest"));
            QVERIFY(section->width() >= section->minimumSizeHint().width());
            for (const auto* each : section->findChildren<QAbstractButton*>()) QVERIFY2(each->width() >= each->minimumSizeHint().width(), qPrintable(each->objectName()));
        }
    }
};

GW_UI_TEST_MAIN(AttestTest)
#include "review_attest_test.moc"
