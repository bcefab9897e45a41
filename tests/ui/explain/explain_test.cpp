// The Explain screen as a person uses it: fields, Enter, Try, facts, paste; every state; keyboard and names.
#include "tests/support/ui_accessibility.h"
#include "tests/support/ui_application.h"
#include "tests/support/ui_ink.h"
#include "tests/ui/explain/explain_fixture.h"

#include "ui/explain/answers_view.h"
#include "ui/estate/code_lines.h"
#include "ui/explain/pick_field.h"
#include "ui/shell/toasts.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QCompleter>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTreeView>

using namespace gw;
using policy::Decision;
using test::ExplainScreen;

class ExplainTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answers_data() {
        QTest::addColumn<QString>("principal");
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("resource");
        QTest::addColumn<int>("decision");
        QTest::addColumn<QString>("headline");
        QTest::addColumn<QStringList>("open"); // the layers that decide
        const auto invoke = QStringLiteral("execute-api:Invoke");
        const auto of = [](const char* text) { return QString::fromLatin1(text); };
        QTest::newRow("allowed") << of(test::support) << invoke << of(test::getRefund) << int(Decision::Allowed)
                                 << of("Allowed: refunds-read allows") << QStringList{of("identity")};
        QTest::newRow("implicit") << of(test::support) << invoke << of(test::postRefunds) << int(Decision::ImplicitlyDenied)
                                  << of("Denied: no policy allows execute-api:Invoke on POST /refunds")
                                  << QStringList{of("resource"), of("identity")};
        QTest::newRow("explicit") << of(test::support) << invoke << of(test::virginia) << int(Decision::ExplicitlyDenied)
                                  << of("Denied: stay-in-europe denies") << QStringList{of("scp")};
        QTest::newRow("depends") << of(test::auditor) << of("s3:GetObject") << of(test::statement) << int(Decision::Depends)
                                 << of("Depends on aws:") << QStringList{of("scp"), of("resource"), of("identity")};
    }
    void answers() {
        QFETCH(QString, principal);
        QFETCH(QString, action);
        QFETCH(QString, resource);
        QFETCH(int, decision);
        QFETCH(QString, headline);
        QFETCH(QStringList, open);
        ExplainScreen screen;
        screen.ask(principal.toLatin1().constData(), action.toLatin1().constData(), resource.toLatin1().constData());
        QVERIFY(screen.page->answer());
        QCOMPARE(int(screen.page->answer()->decision), decision);
        QVERIFY2(screen.words("explain.verdict.headline").startsWith(headline),
                 qPrintable(screen.words("explain.verdict.headline")));
        for (const char* layer : {"scp", "resource", "identity", "boundary"}) {
            auto* statement = screen.part(QStringLiteral("explain.layer.%1.statement.1").arg(QLatin1String(layer)));
            const bool isOpen = statement != nullptr && statement->isVisibleTo(&screen.window);
            QVERIFY2(isOpen == open.contains(QLatin1String(layer)), layer);
        }
        // AWS's own words where it is denied, and only there.
        const bool denied = decision == int(Decision::ImplicitlyDenied) || decision == int(Decision::ExplicitlyDenied);
        QCOMPARE(screen.part(QStringLiteral("explain.said"))->isVisibleTo(&screen.window), denied);
    }

    // Each answer's first fix, tried by its button, turns it; Esc leads back.
    void fixesTurnIt_data() { answers_data(); }
    void fixesTurnIt() {
        QFETCH(QString, principal);
        QFETCH(QString, action);
        QFETCH(QString, resource);
        QFETCH(int, decision);
        ExplainScreen screen;
        screen.ask(principal.toLatin1().constData(), action.toLatin1().constData(), resource.toLatin1().constData());
        const QString before = screen.words("explain.verdict.headline");
        screen.click(decision == int(Decision::Depends) ? "explain.witness.allowed.try" : "explain.edit.1.try");
        QVERIFY(screen.words("explain.try.title").startsWith(QStringLiteral("Trying")));
        const bool nowAllowed = screen.page->answer()->decision == Decision::Allowed;
        QCOMPARE(nowAllowed, decision != int(Decision::Allowed));
        QVERIFY(screen.words("explain.try.result").contains(QStringLiteral("was ")));
        QVERIFY(screen.part(QStringLiteral("explain.try.back"))->hasFocus());
        QTest::keyClick(screen.part(QStringLiteral("explain.try.back")), Qt::Key_Escape);
        screen.settle();
        QCOMPARE(screen.words("explain.verdict.headline"), before);
        QCOMPARE(screen.words("explain.try.title"), QString());
    }

    void nearestDenialOfWhatDepends() {
        ExplainScreen screen;
        screen.ask(test::auditor, "s3:GetObject", test::statement);
        screen.click("explain.witness.denied.try");
        QVERIFY(screen.page->answer()->decision != Decision::Allowed);
        QVERIFY(screen.page->answer()->decision != Decision::Depends);
        screen.click("explain.try.back");
        QCOMPARE(screen.page->answer()->decision, Decision::Depends);
    }

    // A fact is changed in its place, flipped by its menu, added, and put back.
    void factsAreTried() {
        ExplainScreen screen;
        screen.ask(test::support, "execute-api:Invoke", test::getRefund);
        auto* region = screen.part<QLineEdit>(QStringLiteral("explain.fact.aws:requestedregion"));
        QVERIFY(region);
        QCOMPARE(region->text(), QStringLiteral("eu-west-1"));
        region->setFocus();
        region->selectAll();
        QTest::keyClicks(region, QStringLiteral("us-east-1"));
        QTest::keyClick(region, Qt::Key_Return);
        screen.settle();
        QCOMPARE(screen.page->answer()->decision, Decision::ExplicitlyDenied);
        QVERIFY(screen.words("explain.try.title").contains(QStringLiteral("fact")));
        screen.click("explain.fact.aws:requestedregion.more");
        auto* restore = screen.page->findChild<QAction*>(QStringLiteral("explain.fact.restore"));
        QVERIFY(restore);
        restore->trigger();
        screen.settle();
        QCOMPARE(screen.page->answer()->decision, Decision::Allowed);
        QVERIFY(screen.page->answer()->trial.empty());

        screen.page->addFact();
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("aws:RequestedRegion"));
        auto* value = screen.part(QStringLiteral("explain.facts.value"));
        value->setFocus();
        QTest::keyClicks(value, QStringLiteral("ap-south-1"));
        QTest::keyClick(value, Qt::Key_Return);
        screen.settle();
        QCOMPARE(screen.page->answer()->decision, Decision::ExplicitlyDenied);
    }

    void factsSayWhatTheyDo() {
        ExplainScreen screen;
        screen.ask(test::auditor, "s3:GetObject", test::statement);
        const auto fact = [&](const char* key) {
            const auto& facts = screen.page->answer()->facts;
            return *std::find_if(facts.begin(), facts.end(), [&](const ui::UsedFact& each) { return each.key.folded() == key; });
        };
        QVERIFY(fact("aws:sourceip").matters);
        QCOMPARE(fact("aws:sourceip").state, ui::UsedFact::State::NotTold);
        QVERIFY(!fact("aws:principalorgid").matters);
        QCOMPARE(fact("aws:principalorgid").origin, ui::FactOrigin::Organization);
        QVERIFY(fact("aws:multifactorauthpresent").isBool);
        // One flip by the menu of a key that is true or false.
        screen.click("explain.witness.allowed.try");
        screen.click("explain.fact.aws:multifactorauthpresent.more");
        auto* flip = screen.page->findChild<QAction*>(QStringLiteral("explain.fact.flip"));
        QVERIFY(flip);
        flip->trigger();
        screen.settle();
        QVERIFY(screen.page->answer()->decision == Decision::ImplicitlyDenied);
    }

    void pastedErrorIsAsked() {
        ExplainScreen screen;
        screen.paste(QStringLiteral("botocore: An error occurred (AccessDeniedException) when calling: User: "
                                    "arn:aws:sts::111122223333:assumed-role/ledger-support/alice.marlow "
                                    "is not authorized to perform: execute-api:Invoke on resource: "
                                    "arn:aws:execute-api:eu-west-1:********3333:a1b2c3d4e5/prod/POST/refunds"));
        QCOMPARE(screen.words("explain.paste.status"), QStringLiteral("Recognised"));
        QVERIFY(screen.words("explain.principal").startsWith(QStringLiteral("ledger-support (alice.marlow)")));
        QVERIFY(screen.words("explain.resource").startsWith(QStringLiteral("POST /refunds")));
        QVERIFY(screen.page->answer());
        QCOMPARE(screen.page->answer()->decision, Decision::ImplicitlyDenied);
        QCOMPARE(QString::fromStdString(screen.page->answer()->request.resource), QString::fromLatin1(test::postRefunds));
    }

    void encodedErrorNamesTheCallThatDecodesIt() {
        ExplainScreen screen;
        screen.paste(QStringLiteral("You are not authorized to perform this operation. Encoded authorization failure message: "
                                    "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789"));
        QVERIFY(screen.words("explain.paste.status").startsWith(QStringLiteral("Encoded")));
        screen.click("explain.paste.command");
        QCOMPARE(QGuiApplication::clipboard()->text().section(QLatin1Char(' '), 0, 4),
                 QStringLiteral("aws sts decode-authorization-message --encoded-message AbCdEfGhIjKlMnOpQrStUvWxYz0123456789"));
        QVERIFY(!screen.page->answer());
    }

    void otherTextIsSaidToBeNone() {
        ExplainScreen screen;
        screen.paste(QStringLiteral("the quick brown fox"));
        QVERIFY(screen.words("explain.paste.status").contains(QStringLiteral("no denial")));
        QVERIFY(!screen.page->answer());
        screen.paste({});
        QVERIFY(!screen.words("explain.paste.status").contains(QStringLiteral("no denial")));
    }

    void wrongQuestionsAreSaidInPlace_data() {
        QTest::addColumn<QString>("principal");
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("resource");
        const auto row = [](const char* name, const char* who, const char* what, const char* where) {
            QTest::newRow(name) << QString::fromLatin1(who) << QString::fromLatin1(what) << QString::fromLatin1(where);
        };
        row("nobody", "", "s3:GetObject", "*");
        row("no principal", "alice", "s3:GetObject", "*");
        row("no action", test::support, "", "*");
        row("wildcard", test::support, "s3:*", "*");
        row("no service", test::support, "GetObject", "*");
        row("no ARN", test::support, "s3:GetObject", "bucket");
        row("every resource", test::support, "s3:GetObject", "*");
    }
    void wrongQuestionsAreSaidInPlace() {
        QFETCH(QString, principal);
        QFETCH(QString, action);
        QFETCH(QString, resource);
        ExplainScreen screen;
        screen.ask(principal.toLatin1().constData(), action.toLatin1().constData(), resource.toLatin1().constData());
        QVERIFY(!screen.words("explain.problem").isEmpty());
        QVERIFY(!screen.page->answer());
    }

    void statementOpensItsDocument() {
        ExplainScreen screen;
        screen.ask(test::support, "execute-api:Invoke", test::postRefunds);
        screen.click("explain.layer.resource.statement.1");
        auto* page = screen.part(QStringLiteral("explain.document"));
        QVERIFY(page && page->isVisibleTo(&screen.window));
        QCOMPARE(screen.words("explain.document.name"), QStringLiteral("payments-api"));
        auto* code = page->findChild<ui::CodeLines*>();
        QVERIFY(code->text().contains(QStringLiteral("payments-readonly")));
        QTRY_VERIFY(screen.part(QStringLiteral("explain.document.text"))->hasFocus());
        QTest::keyClick(screen.part(QStringLiteral("explain.document.text")), Qt::Key_Escape);
        QTRY_VERIFY(!screen.part(QStringLiteral("explain.document")) ||
                    !screen.part(QStringLiteral("explain.document"))->isVisible());
        QVERIFY(!screen.words("explain.verdict.headline").isEmpty());
    }

    void layersOpenAndCloseByKey() {
        ExplainScreen screen;
        screen.ask(test::support, "execute-api:Invoke", test::postRefunds);
        auto* header = screen.part(QStringLiteral("explain.layer.boundary"));
        QVERIFY(header);
        header->setFocus();
        QTest::keyClick(header, Qt::Key_Right);
        QVERIFY(screen.part(QStringLiteral("explain.layer.boundary.statement.1"))->isVisibleTo(&screen.window));
        QTest::keyClick(header, Qt::Key_Left);
        QVERIFY(!screen.part(QStringLiteral("explain.layer.boundary.statement.1"))->isVisibleTo(&screen.window));
    }

    void whoCanLeadsToThePath() {
        ExplainScreen screen;
        auto* modes = screen.part<ui::Segmented>(QStringLiteral("explain.mode"));
        QTest::mouseClick(modes, Qt::LeftButton, Qt::NoModifier, modes->itemRect(1).center());
        QVERIFY(!screen.part(QStringLiteral("explain.principal"))->isVisibleTo(&screen.window));
        screen.ask("", "execute-api:Invoke", test::postRefunds);
        auto* list = screen.part<QTreeView>(QStringLiteral("explain.answers"));
        QCOMPARE(list->model()->rowCount(), 1);
        QCOMPARE(list->model()->index(0, 0).data().toString(), QStringLiteral("payments-operator"));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::NoModifier,
                          list->visualRect(list->model()->index(0, 0)).center());
        screen.settle();
        QCOMPARE(screen.page->answer()->decision, Decision::Allowed);
        QVERIFY(screen.words("explain.principal").startsWith(QStringLiteral("payments-operator")));
    }

    void whatCanThey() {
        ExplainScreen screen;
        auto* modes = screen.part<ui::Segmented>(QStringLiteral("explain.mode"));
        QTest::mouseClick(modes, Qt::LeftButton, Qt::NoModifier, modes->itemRect(2).center());
        auto* field = screen.part<QLineEdit>(QStringLiteral("explain.principal"));
        field->setText(QString::fromLatin1(test::operatorRole));
        QTest::keyClick(field, Qt::Key_Return);
        screen.settle();
        auto* list = screen.part<QTreeView>(QStringLiteral("explain.answers"));
        QVERIFY(list->model()->rowCount() >= 1);
        QVERIFY(list->model()->index(0, ui::AnswerModel::Hangs).data().toString().contains(QLatin1Char(':')));
        // Not only what one usually does with a bucket, which is to list it.
        field->setText(QString::fromLatin1(test::auditor));
        QTest::keyClick(field, Qt::Key_Return);
        screen.settle();
        QString all;
        for (int row = 0; row < list->model()->rowCount(); ++row)
            all += list->model()->index(row, ui::AnswerModel::Hangs).data().toString() + QLatin1Char(' ');
        QVERIFY2(all.contains(QStringLiteral("s3:GetObject")), qPrintable(all));
    }

    void emptyScreenKeepsWhatWasPasted() {
        ExplainScreen screen(false);
        QVERIFY(screen.part(QStringLiteral("explain.empty.open"))->isVisibleTo(&screen.window));
        screen.paste(QStringLiteral("User: arn:aws:iam::111122223333:role/ledger-support is not authorized to perform: "
                                    "execute-api:Invoke on resource: %1")
                         .arg(QLatin1String(test::postRefunds)));
        QVERIFY(!screen.page->answer());
        screen.shelf.set(test::sampleEstate(), QStringLiteral("Northwind"));
        screen.settle();
        QVERIFY(screen.page->answer());
        QCOMPARE(screen.page->answer()->decision, Decision::ImplicitlyDenied);
    }

    void filesAreReadAndBadOnesNamed() {
        QTemporaryDir folder;
        for (const auto& [name, text] : test::sampleDumps()) {
            const QString path = folder.filePath(QString::fromStdString(name));
            QVERIFY(QDir().mkpath(QFileInfo(path).path()));
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text.data(), static_cast<qint64>(text.size()));
        }
        QFile bad(folder.filePath(QStringLiteral("nwr/broken.json")));
        QVERIFY(bad.open(QIODevice::WriteOnly));
        bad.write("{\n  \"Roles\": [\n");
        bad.close();
        ExplainScreen screen(false);
        screen.shelf.load({folder.path()});
        QVERIFY(screen.shelf.loading());
        screen.settle();
        QVERIFY(screen.shelf.estate());
        QVERIFY2(screen.words("explain.problems").contains(QStringLiteral("broken.json")),
                 qPrintable(screen.words("explain.problems")));
        screen.ask(test::support, "execute-api:Invoke", test::getRefund);
        QCOMPARE(screen.page->answer()->decision, Decision::Allowed);
        // What is gone is an error in place, and what was open stays.
        screen.shelf.load({folder.filePath(QStringLiteral("no-such-file.json"))});
        screen.settle();
        QVERIFY(screen.part(QStringLiteral("explain.failure"))->isVisibleTo(&screen.window));
        QVERIFY(screen.shelf.estate());
    }

    void readingIsCanceled() {
        QTemporaryDir folder;
        ExplainScreen screen(false);
        screen.shelf.load({folder.path()});
        screen.click("explain.cancel");
        QVERIFY(!screen.shelf.loading());
        QVERIFY(!screen.shelf.estate());
        QVERIFY(screen.part(QStringLiteral("explain.empty.open"))->isVisibleTo(&screen.window));
    }

    void answerIsCopiedAsText() {
        ExplainScreen screen;
        screen.ask(test::support, "execute-api:Invoke", test::postRefunds);
        screen.actions.action(QStringLiteral("explain.copy"))->trigger();
        const QString copied = QGuiApplication::clipboard()->text();
        for (const char* part : {"Denied: no policy allows", "Resource policy, payments-api: No statement allows",
                                 "What would change the answer:", "AWS would say:", "AWS itself was not asked."})
            QVERIFY2(copied.contains(QLatin1String(part)), qPrintable(copied));
    }

    void denialActionPutsTheKeyboardOnThePasteBox() {
        ExplainScreen screen;
        screen.actions.action(QStringLiteral("explain.denial"))->trigger();
        QVERIFY(screen.part(QStringLiteral("explain.paste"))->hasFocus());
    }

    void everythingHasANameAndNothingIsCut_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("wide") << QSize(1440, 900);
        QTest::newRow("medium") << QSize(1100, 720);
        QTest::newRow("smallest") << QSize(760, 520);
    }
    void everythingHasANameAndNothingIsCut() {
        QFETCH(QSize, size);
        ExplainScreen screen;
        screen.window.resize(size);
        const auto check = [&] {
            screen.settle();
            QCOMPARE(test::accessibilityProblems(screen.page), QStringList());
            QCOMPARE(test::clippedLabels(screen.page), QStringList());
        };
        check();
        screen.ask(test::support, "execute-api:Invoke", test::postRefunds);
        check();
        screen.ask(test::auditor, "s3:GetObject", test::statement);
        check();
        screen.page->addFact();
        check();
        screen.paste(QStringLiteral("Encoded authorization failure message: AbCdEfGhIjKlMnOpQrStUvWxYz0123456789"));
        check();
    }

    // Without any file: documents are pasted, the question is asked, and the layers are there.
    void pastedPoliciesAnswerAlone() {
        ExplainScreen screen(false);
        screen.ask("arn:aws:iam::111122223333:role/reader", "s3:GetObject", "arn:aws:s3:::logs/a");
        QVERIFY(screen.words("explain.problem").contains(QStringLiteral("paste a policy")));
        screen.click("explain.empty.policy");
        auto* editor = screen.part<QPlainTextEdit>(QStringLiteral("explain.policy.text"));
        QVERIFY(editor->hasFocus());
        auto* use = screen.part<QPushButton>(QStringLiteral("explain.policy.use"));
        QVERIFY(!use->isEnabled());
        // What is wrong is told by its place, and stays.
        const QString broken = QStringLiteral("{\"Version\":\"2012-10-17\",\n \"Statement\":[{\"Effect\":\"Allo\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}");
        editor->setPlainText(broken);
        screen.settle();
        QVERIFY2(screen.words("explain.policy.status").startsWith(QStringLiteral("Line 2, column 16: ")),
                 qPrintable(screen.words("explain.policy.status")));
        QVERIFY(!use->isEnabled());
        screen.click("explain.policy.close");
        screen.click("explain.policy.add");
        QCOMPARE(editor->toPlainText(), broken);
        editor->setPlainText(QString(broken).replace(QStringLiteral("Allo\""), QStringLiteral("Allow\"")));
        screen.settle();
        screen.click("explain.policy.use");
        screen.ask("arn:aws:iam::111122223333:role/reader", "s3:GetObject", "arn:aws:s3:::logs/a");
        QCOMPARE(screen.page->answer()->decision, Decision::Allowed);
        QCOMPARE(screen.words("explain.verdict.headline"), QStringLiteral("Allowed: pasted identity policy allows s3:GetObject"));
        QVERIFY(screen.words("explain.notes").contains(QStringLiteral("pasted")));
        // A service control policy of denials alone lets the rest pass.
        const auto paste = [&](int kind, const char* statement) {
            screen.click("explain.policy.add");
            editor->setPlainText(QStringLiteral("{\"Version\":\"2012-10-17\",\"Statement\":[%1]}").arg(QLatin1String(statement)));
            screen.settle();
            auto* kinds = screen.part<ui::Segmented>(QStringLiteral("explain.policy.kind"));
            if (kind >= 0) QTest::mouseClick(kinds, Qt::LeftButton, {}, kinds->itemRect(kind).center());
            screen.settle();
            screen.click("explain.policy.use");
        };
        paste(3, R"({"Effect":"Deny","Action":"s3:PutObject","Resource":"*"})");
        QCOMPARE(screen.page->answer()->decision, Decision::Allowed);
        // It is a layer, closed while it does not decide; opened it has what was pasted, and what allows beside it.
        screen.click("explain.layer.scp");
        QCOMPARE(screen.words("explain.layer.scp.statement.1"), QStringLiteral("FullAWSAccess, statement 1"));
        QCOMPARE(screen.words("explain.layer.scp.statement.2"), QStringLiteral("pasted SCP, statement 1"));
        screen.ask("arn:aws:iam::111122223333:role/reader", "s3:PutObject", "arn:aws:s3:::logs/a");
        QCOMPARE(screen.page->answer()->decision, Decision::ExplicitlyDenied);
        QCOMPARE(screen.words("explain.verdict.headline"), QStringLiteral("Denied: pasted SCP denies s3:PutObject"));
        QCOMPARE(screen.words("explain.layer.scp.statement.1"), QStringLiteral("pasted SCP, statement 1"));
        // What is removed comes back to its place by Undo.
        screen.click("explain.policy.2");
        QCOMPARE(screen.part<QPlainTextEdit>(QStringLiteral("explain.policy.text"))->toPlainText(),
                 QStringLiteral("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"s3:PutObject\",\"Resource\":\"*\"}]}"));
        screen.click("explain.policy.remove");
        QCOMPARE(screen.page->answer()->decision, Decision::Allowed);
        QVERIFY(screen.part(QStringLiteral("explain.policy.2")) == nullptr);
        screen.click("toast.explain.policy.removed.action");
        QCOMPARE(screen.page->answer()->decision, Decision::ExplicitlyDenied);
        QCOMPARE(screen.words("explain.policy.2"), QStringLiteral("pasted SCP"));
        // A resource's policy is known by its principals, and in another account both must allow.
        paste(-1, R"({"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:*","Resource":"*"})");
        QCOMPARE(screen.words("explain.policy.3"), QStringLiteral("pasted resource policy"));
        screen.ask("arn:aws:iam::111122223333:role/reader", "s3:GetObject", "arn:aws:s3:::logs/a");
        QCOMPARE(screen.page->answer()->decision, Decision::Allowed);
        QCOMPARE(screen.words("explain.layer.resource.statement.1"), QStringLiteral("pasted resource policy, statement 1"));
    }

    void policyBoxHasNamesAndIsNotCut_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("wide") << QSize(1440, 900);
        QTest::newRow("medium") << QSize(1100, 720);
        QTest::newRow("low") << QSize(760, 640);
        QTest::newRow("smallest") << QSize(760, 520);
    }
    void policyBoxHasNamesAndIsNotCut() {
        QFETCH(QSize, size);
        ExplainScreen screen(false);
        screen.window.resize(size);
        const auto check = [&] {
            screen.settle();
            QCOMPARE(test::accessibilityProblems(screen.page), QStringList());
            const QStringList clipped = test::clippedLabels(screen.page);
            QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(QLatin1String("; "))));
        };
        auto* editor = screen.part<QPlainTextEdit>(QStringLiteral("explain.policy.text"));
        for (const char* text : {"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allo\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}",
                                 "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}"}) {
            screen.actions.action(QStringLiteral("explain.policy"))->trigger();
            check();
            editor->setPlainText(QLatin1String(text));
            check();
        }
        for (int i = 0; i < 4; ++i) {
            screen.click("explain.policy.use");
            check();
            screen.actions.action(QStringLiteral("explain.policy"))->trigger();
            editor->setPlainText(QStringLiteral("{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}"));
            check();
        }
        screen.click("explain.policy.close");
        screen.click("explain.policy.3");
        check();
    }

    // In a low window the answer comes back when the policy is used.
    void answerMakesRoomForAPolicy() {
        ExplainScreen screen;
        screen.window.resize(760, 520);
        screen.ask(test::support, "execute-api:Invoke", test::postRefunds);
        QVERIFY(screen.part(QStringLiteral("explain.verdict.headline"))->isVisibleTo(&screen.window));
        screen.actions.action(QStringLiteral("explain.policy"))->trigger();
        screen.settle();
        QVERIFY(!screen.part(QStringLiteral("explain.verdict.headline"))->isVisibleTo(&screen.window));
        QVERIFY(screen.part(QStringLiteral("explain.policy.text"))->hasFocus());
        screen.window.resize(1440, 900);
        screen.settle();
        QVERIFY(screen.part(QStringLiteral("explain.verdict.headline"))->isVisibleTo(&screen.window));
        screen.window.resize(760, 520);
        screen.settle();
        screen.click("explain.policy.close");
        QVERIFY(screen.part(QStringLiteral("explain.verdict.headline"))->isVisibleTo(&screen.window));
        // And when something else is asked, with what was written still there.
        screen.actions.action(QStringLiteral("explain.policy"))->trigger();
        screen.part<QPlainTextEdit>(QStringLiteral("explain.policy.text"))->setPlainText(QStringLiteral("{"));
        screen.settle();
        screen.ask(test::support, "execute-api:Invoke", test::getRefund);
        QVERIFY(screen.part(QStringLiteral("explain.verdict.headline"))->isVisibleTo(&screen.window));
        screen.actions.action(QStringLiteral("explain.policy"))->trigger();
        QCOMPARE(screen.part<QPlainTextEdit>(QStringLiteral("explain.policy.text"))->toPlainText(), QStringLiteral("{"));
    }

    void pastedPoliciesCountBesideTheFiles() {
        ExplainScreen screen;
        screen.ask(test::support, "execute-api:Invoke", test::postRefunds);
        QCOMPARE(screen.page->answer()->decision, Decision::ImplicitlyDenied);
        screen.actions.action(QStringLiteral("explain.policy"))->trigger();
        screen.part<QPlainTextEdit>(QStringLiteral("explain.policy.text"))
            ->setPlainText(QStringLiteral(
                R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"*"}})"));
        screen.settle();
        screen.click("explain.policy.use");
        QCOMPARE(screen.page->answer()->decision, Decision::Allowed);
    }

    // An offered estate is read when the screen is seen, and not before.
    void offeredFilesAreReadWhenTheyAreNeeded() {
        test::FakeClock clock;
        ui::EstateShelf shelf;
        std::atomic<int> reads = 0;
        shelf.offer(
            [&reads] {
                ++reads;
                return test::sampleEstate();
            },
            QStringLiteral("Northwind Robotics"));
        QTest::qWait(20);
        QCOMPARE(reads.load(), 0);
        shelf.need();
        shelf.need();
        QTRY_VERIFY(shelf.estate());
        QCOMPARE(reads.load(), 1);
        shelf.need();
        QCOMPARE(reads.load(), 1);
        QCOMPARE(shelf.name(), QStringLiteral("Northwind Robotics"));
    }

    // What is typed narrows the list to what holds it; what is picked stands for its ARN, and what the list does not hold can
    // be put there.
    void listsNarrowToWhatIsTyped() {
        auto items = std::make_shared<std::vector<ui::PickItem>>();
        for (int i = 0; i < 100'000; ++i)
            items->push_back({QStringLiteral("role-%1, Payments").arg(i), QStringLiteral("arn:aws:iam::111122223333:role/role-%1").arg(i), QStringLiteral("role")});
        ui::PickField field(QStringLiteral("Principal"), QStringLiteral("role"));
        field.setObjectName(QStringLiteral("field"));
        field.setItems(items);
        field.resize(300, field.height());
        field.show();
        QVERIFY(QTest::qWaitForWindowExposed(&field));
        auto* popup = field.completer()->popup();
        field.openList();
        QVERIFY(field.listOpen());
        QCOMPARE(popup->model()->rowCount(), 100'000);
        popup->hide();
        QTest::keyClicks(&field, QStringLiteral("ROLE-4217"));
        QVERIFY(field.listOpen());
        QCOMPARE(popup->model()->rowCount(), 11); // itself, and 42170 to 42179
        QTest::keyClick(popup, Qt::Key_Down);
        QSignalSpy picked(&field, &ui::PickField::picked);
        QTest::keyClick(popup, Qt::Key_Return);
        QTRY_COMPARE(picked.size(), 1);
        QCOMPARE(field.text(), QStringLiteral("role-4217, Payments"));
        QCOMPARE(field.value(), QStringLiteral("arn:aws:iam::111122223333:role/role-4217"));
        field.setValue(QStringLiteral("arn:aws:iam::111122223333:role/role-99999"));
        QCOMPARE(field.text(), QStringLiteral("role-99999, Payments"));
        field.setValue(QStringLiteral("group-1"), QStringLiteral("Payments-Ops"));
        QCOMPARE(field.text(), QStringLiteral("Payments-Ops"));
        QCOMPARE(field.value(), QStringLiteral("group-1"));
        QTest::keyClicks(&field, QStringLiteral("x"));
        QCOMPARE(popup->model()->rowCount(), 0);
        QVERIFY(!field.listOpen());
        QCOMPARE(field.value(), QStringLiteral("xPayments-Ops"));
    }

    // The newest question is the one that is answered.
    void olderAnswersAreDropped() {
        ExplainScreen screen;
        screen.page->ask(QString::fromLatin1(test::support), QStringLiteral("execute-api:Invoke"),
                         QString::fromLatin1(test::getRefund));
        screen.page->ask(QString::fromLatin1(test::support), QStringLiteral("execute-api:Invoke"),
                         QString::fromLatin1(test::postRefunds));
        screen.settle();
        QCOMPARE(screen.page->answer()->decision, Decision::ImplicitlyDenied);
    }
};

GW_UI_TEST_MAIN(ExplainTest)
#include "explain_test.moc"
