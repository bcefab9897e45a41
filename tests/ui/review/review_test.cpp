// The Review screen as a person uses it: filter, chips, rows by keyboard and mouse, findings, saved views; its states and names.
#include "tests/support/ui_accessibility.h"
#include "tests/support/ui_application.h"
#include "tests/ui/review/review_fixture.h"
#include "ui/review/review_words.h"

#include <QAccessible>
#include <QClipboard>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTabBar>
#include <QTemporaryDir>

using namespace gw;
using test::ReviewScreen;

class ReviewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsEveryWayIntoEveryRole() {
        ReviewScreen screen;
        QVERIFY(screen.page->review());
        QVERIFY(screen.roles().contains(QStringLiteral("ledger-support")));
        QVERIFY(screen.roles().contains(QStringLiteral("billing-viewr"))); // which does not exist
        QCOMPARE(screen.words("review.mapping.count"), QStringLiteral("%1 rows").arg(screen.page->review()->mappings.size()));
        QVERIFY(screen.part<QTabBar>(QStringLiteral("review.tabs"))->tabText(0).startsWith(QStringLiteral("Mapping")));
    }

    void saysWhoInFewWords_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("who");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, estate::GranteeKind kind, const char* who, const char* words) {
            QTest::newRow(name) << int(kind) << QString::fromUtf8(who) << QString::fromUtf8(words);
        };
        using estate::GranteeKind;
        row("group", GranteeKind::Group, "Support-Tier2", "Support-Tier2");
        row("claim", GranteeKind::Claim, "saml:sub = lena", "saml:sub = lena");
        row("provider", GranteeKind::Provider, "arn:aws:iam::111122223333:saml-provider/NorthwindSSO", "all from NorthwindSSO");
        row("role", GranteeKind::Account, "arn:aws:iam::111122223333:role/team/payments-hotfix", "payments-hotfix");
        row("account", GranteeKind::Account, "arn:aws:iam::121212343434:root", "account 121212343434");
        row("bare account", GranteeKind::Account, "121212343434", "account 121212343434");
        row("anyone", GranteeKind::Anyone, "*", "any AWS account");
    }
    void saysWhoInFewWords() {
        QFETCH(int, kind);
        QFETCH(QString, who);
        estate::Mapping mapping;
        mapping.kind = static_cast<estate::GranteeKind>(kind);
        mapping.who = who.toStdString();
        QTEST(ui::granteeName(mapping), "words");
    }

    void filtersAsOneTypes() {
        ReviewScreen screen;
        screen.type(QStringLiteral("group:support"));
        QCOMPARE(screen.roles(), QStringList{QStringLiteral("ledger-support")});
        QVERIFY(screen.words("review.mapping.count").startsWith(QStringLiteral("1 of ")));
        // Enter makes a chip of it and leads to the rows.
        auto* field = screen.part<QLineEdit>(QStringLiteral("review.mapping.filter"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(field->text().isEmpty());
        QCOMPARE(screen.roles().size(), 1);
        QVERIFY(screen.part(QStringLiteral("review.mapping.rows"))->hasFocus());
        // The chip's cross takes it away again.
        auto* chip = screen.part(QStringLiteral("review.mapping.chip.1"));
        QVERIFY(chip);
        QTest::mouseClick(chip, Qt::LeftButton, {}, QPoint(chip->width() - 8, chip->height() / 2));
        QCOMPARE(screen.roles().size(), static_cast<qsizetype>(screen.page->review()->mappings.size()));
    }

    void aWrongFilterSaysWhatIsWrongAndLosesNothing() {
        ReviewScreen screen;
        screen.type(QStringLiteral("group:support"));
        screen.type(QStringLiteral("group:support enw:prod"));
        QVERIFY(screen.words("review.mapping.filter-problem").contains(QStringLiteral("enw")));
        QVERIFY(screen.words("review.mapping.filter-problem").contains(QStringLiteral("env")));
        QCOMPARE(screen.roles(), QStringList{QStringLiteral("ledger-support")});
        QCOMPARE(screen.part<QLineEdit>(QStringLiteral("review.mapping.filter"))->text(), QStringLiteral("group:support enw:prod"));
        screen.type(QStringLiteral("group:support env:prod"));
        QCOMPARE(screen.words("review.mapping.filter-problem"), QString());
    }

    void escapeClosesTheListBeforeItEmptiesTheFilter() {
        ReviewScreen screen;
        auto* field = screen.part<QLineEdit>(QStringLiteral("review.mapping.filter"));
        field->setFocus();
        QTest::keyClicks(field, QStringLiteral("gro"));
        const auto list = [] {
            QWidget* popup = QApplication::activePopupWidget();
            return popup != nullptr && popup->objectName() == QLatin1String("review.mapping.filter.list") ? popup : nullptr;
        };
        QTRY_VERIFY(list() != nullptr);
        QTest::keyClick(list(), Qt::Key_Escape);
        QVERIFY(list() == nullptr);
        QCOMPARE(field->text(), QStringLiteral("gro"));
        QTest::keyClick(field, Qt::Key_Escape);
        QCOMPARE(field->text(), QString());
    }

    void nothingMatchesOffersAllRows() {
        ReviewScreen screen;
        screen.type(QStringLiteral("zzzz"));
        QVERIFY(screen.part(QStringLiteral("review.mapping.nothing"))->isVisibleTo(&screen.window));
        screen.click("review.mapping.clear");
        QVERIFY(screen.part(QStringLiteral("review.mapping.rows"))->isVisibleTo(&screen.window));
    }

    void asksWhoCan() {
        ReviewScreen screen;
        screen.type(QStringLiteral("can:ecs:RunTask"));
        QStringList found = screen.roles();
        found.sort();
        QCOMPARE(found, (QStringList{QStringLiteral("fleet-deploy"), QStringLiteral("fleet-operator"), QStringLiteral("payments-admin")}));
    }

    void sortsByTheHeader() {
        ReviewScreen screen;
        auto& view = screen.page->table().view();
        const auto head = [&] { return view.headRect(QStringLiteral("people")).center(); };
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, head());
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, head());
        QCOMPARE(screen.roles().front(), QStringLiteral("ledger-support"));
        screen.page->table().groupBy(QStringLiteral("group"));
        QVERIFY(!view.shownRows().groups.empty());
        QVERIFY(!view.rowOf(0)); // a group's line
        view.setFocus();
        view.setCurrentLine(0);
        const int lines = view.lineCount();
        QTest::keyClick(&view, Qt::Key_Left);
        QVERIFY(view.lineCount() < lines);
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.lineCount(), lines);
    }

    void walksByKeyboard() {
        ReviewScreen screen;
        auto& view = screen.page->table().view();
        view.setFocus();
        const auto first = view.current();
        QTest::keyClick(&view, Qt::Key_J);
        QVERIFY(view.current() != first);
        QTest::keyClick(&view, Qt::Key_K);
        QCOMPARE(view.current(), first);
        QTest::keyClick(&view, Qt::Key_Slash);
        QVERIFY(screen.part(QStringLiteral("review.mapping.filter"))->hasFocus());
        screen.type(QStringLiteral("role:=ledger-support"));
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_Return);
        QVERIFY(screen.part(QStringLiteral("review.finding.1.head"))->hasFocus());
        QTest::keyClick(screen.part(QStringLiteral("review.finding.1.head")), Qt::Key_Escape);
        QVERIFY(view.hasFocus());
    }

    void aFindingShowsWhatItMeansAndItsFix() {
        ReviewScreen screen;
        screen.type(QStringLiteral("role:=ledger-support rule:audience"));
        QCOMPARE(screen.roles().size(), 1);
        QCOMPARE(screen.words("review.panel.who"), QStringLiteral("Support-Tier2"));
        QCOMPARE(screen.words("review.panel.role"), QStringLiteral("ledger-support"));
        QVERIFY(screen.words("review.finding.1.rule").startsWith(QStringLiteral("trust-saml-no-audience")));
        QVERIFY(!screen.words("review.finding.1.detail").isEmpty());
        QVERIFY(!screen.words("review.finding.1.fix").isEmpty());
        screen.click("review.finding.1.copy");
        QVERIFY(!QApplication::clipboard()->text().isEmpty());
        screen.click("review.finding.1.explain");
        QCOMPARE(screen.explained, QStringList{QStringLiteral("arn:aws:iam::111122223333:role/ledger-support")});
    }

    void suppressesInPlaceAndTakesItBack() {
        ReviewScreen screen;
        screen.rules = "[limits]\nstale_days = 90\n";
        screen.type(QStringLiteral("role:=ledger-support rule:audience"));
        QCOMPARE(screen.roles().size(), 1);
        screen.click("review.finding.1.suppress");
        auto* reason = screen.part<QLineEdit>(QStringLiteral("review.finding.1.reason"));
        QVERIFY(reason->hasFocus());
        QVERIFY(!screen.part(QStringLiteral("review.finding.1.suppress-now"))->isEnabled());
        QTest::keyClicks(reason, QStringLiteral("split \"planned\", PLAT-77"));
        screen.click("review.finding.1.suppress-now");
        QVERIFY(screen.rules.startsWith("[limits]\nstale_days = 90\n"));
        const auto settings = estate::review::Settings::parse(screen.rules.toStdString());
        QVERIFY(settings);
        QCOMPARE(settings->accepted.size(), 1U);
        QCOMPARE(settings->accepted.front().rule, std::string("trust-saml-no-audience"));
        QCOMPARE(settings->accepted.front().reason, std::string("split \"planned\", PLAT-77"));
        QCOMPARE(screen.roles().size(), 0); // the filter asks for a rule that is quiet now
        auto* undo = screen.part<QAbstractButton>(QStringLiteral("toast.review.suppressed.action"));
        QVERIFY(undo);
        QTest::mouseClick(undo, Qt::LeftButton);
        screen.settle();
        QCOMPARE(screen.rules, QByteArray("[limits]\nstale_days = 90\n"));
        QCOMPARE(screen.roles().size(), 1);
    }

    void findingsHaveATableOfTheirOwn() {
        ReviewScreen screen;
        screen.page->showTab(ui::ReviewPage::Findings);
        screen.settle();
        QCOMPARE(screen.page->table().shown().rows.size(), screen.page->review()->review.findings.size());
        screen.click("review.severity.high");
        const auto& review = screen.page->review()->review;
        QCOMPARE(screen.page->table().shown().rows.size(), review.counts[static_cast<std::size_t>(policy::lint::Severity::High)]);
    }

    void copiesAndExportsWhatIsShown() {
        ReviewScreen screen;
        screen.type(QStringLiteral("role:=ledger-support"));
        screen.page->copyRow();
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("Support-Tier2\tledger-support")));
        const QByteArray csv = *exportBytes(screen.page->exported(), ui::ExportFormat::Csv);
        QCOMPARE(csv.count('\n'), 2);
        QVERIFY(csv.contains("Support-Tier2,ledger-support,prod"));
        const QJsonArray rows = QJsonDocument::fromJson(*exportBytes(screen.page->exported(), ui::ExportFormat::Json)).array();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().toObject().value(QStringLiteral("people")).toInt(), 118);
    }

    void savesEveryFormat_data() {
        QTest::addColumn<int>("format");
        QTest::addColumn<QByteArray>("begin");
        const auto row = [](ui::ExportFormat format, const char* begin) { QTest::newRow(qPrintable(ui::exportEnding(format))) << int(format) << QByteArray(begin); };
        row(ui::ExportFormat::Csv, "finding,group,role");
        row(ui::ExportFormat::Xlsx, "PK\x03\x04");
        row(ui::ExportFormat::Json, "[\n{\"finding\":");
        row(ui::ExportFormat::Html, "<!doctype html>");
        row(ui::ExportFormat::Sarif, "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\"");
    }
    void savesEveryFormat() {
        QFETCH(int, format);
        QFETCH(QByteArray, begin);
        const auto as = static_cast<ui::ExportFormat>(format);
        ReviewScreen screen;
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("review.") + ui::exportEnding(as).toUpper());
        QCOMPARE(ui::exportFormatOf(path), std::optional(as));
        QCOMPARE(saveExport(screen.page->exported(), as, path), QString());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.read(begin.size()), begin);
        QVERIFY(!saveExport(screen.page->exported(), as, folder.filePath(QStringLiteral("nowhere/review"))).isEmpty());
        // Nothing is reviewed: nothing to give.
        ReviewScreen empty(false);
        QVERIFY(!exportBytes(empty.page->exported(), as));
    }

    void severalRowsAreChosenTogether() {
        ReviewScreen screen;
        auto& view = screen.page->table().view();
        view.setFocus();
        view.setCurrentLine(0);
        QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
        screen.settle();
        const auto& shown = view.shownRows().rows;
        QCOMPARE(view.selection(), (std::vector<std::uint32_t>{shown[0], shown[1], shown[2]}));
        QCOMPARE(screen.words("review.mapping.count"), QStringLiteral("3 of %1 rows chosen").arg(shown.size()));
        QCOMPARE(screen.words("review.panel.who"), QStringLiteral("3 row(s) chosen"));
        // Backwards the range shrinks.
        QTest::keyClick(&view, Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(view.selectedCount(), std::size_t{2});
        // One by one, past some.
        QTest::keyClick(&view, Qt::Key_Down, Qt::ControlModifier);
        QTest::keyClick(&view, Qt::Key_Down, Qt::ControlModifier);
        QTest::keyClick(&view, Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(view.selection(), (std::vector<std::uint32_t>{shown[0], shown[1], shown[3]}));
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text().count(QLatin1Char('\n')), 2);
        QCOMPARE(exportBytes(screen.page->exported(), ui::ExportFormat::Csv)->count('\n'), 4);
        QTest::keyClick(&view, Qt::Key_Escape);
        QCOMPARE(view.selectedCount(), std::size_t{1});
        QCOMPARE(screen.page->exported().rows.size(), shown.size());
        QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(view.selectedCount(), shown.size());
        // A row that a filter leaves out is chosen no more.
        screen.type(QStringLiteral("env:prod group:support"));
        QCOMPARE(view.selectedCount(), std::size_t{1});
        QCOMPARE(screen.page->exported().rows.size(), std::size_t{1});
    }

    void rowsAreChosenWithTheMouse() {
        ReviewScreen screen;
        auto& view = screen.page->table().view();
        const auto press = [&](int line, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::mouseClick(view.viewport(), Qt::LeftButton, modifiers, view.lineRect(line).center()); };
        press(1);
        press(3, Qt::ShiftModifier);
        press(6, Qt::ControlModifier);
        press(2, Qt::ControlModifier);
        const auto& shown = view.shownRows().rows;
        QCOMPARE(view.selection(), (std::vector<std::uint32_t>{shown[1], shown[3], shown[6]}));
        QAccessibleInterface* table = QAccessible::queryAccessibleInterface(&view);
        QVERIFY(table->state().multiSelectable);
        QVERIFY(table->child(3)->state().selected);
        QVERIFY(!table->child(2)->state().selected);
        screen.settle();
        screen.click("review.panel.attest");
        QCOMPARE(screen.words("review.attest.title"), QStringLiteral("Attest 3 rows"));
        press(4);
        QCOMPARE(view.selection(), (std::vector<std::uint32_t>{shown[4]}));
    }

    void manyRowsAreCopiedBitByBit() {
        ReviewScreen screen;
        screen.shelf.set(test::reviewSample(70), QStringLiteral("large"));
        screen.settle();
        auto& page = screen.page->table();
        page.view().selectAll();
        QVERIFY(page.view().selectedCount() > 600);
        page.copySelection();
        QVERIFY(page.copying());
        QVERIFY(QTest::qWaitFor([&] { return !page.copying(); }));
        QCOMPARE(QApplication::clipboard()->text().count(QLatin1Char('\n')) + 1, static_cast<qsizetype>(page.view().selectedCount()));
    }

    void theFindingThatIsSoughtIsOpen() {
        ReviewScreen screen;
        screen.type(QStringLiteral("role:=ledger-support"));
        QVERIFY(screen.page->review()->mapping.findings.of(*screen.page->table().view().current()).size() > 1);
        const QString worst = screen.words("review.finding.1.rule");
        const auto all = screen.page->review()->mapping.findings.of(*screen.page->table().view().current());
        const std::string last(screen.page->review()->review.findings[all.back()].rule->id);
        QVERIFY(!worst.startsWith(QString::fromStdString(last)));
        screen.type(QStringLiteral("role:=ledger-support rule:") + QString::fromStdString(last));
        QVERIFY(screen.words("review.finding.1.detail").isEmpty());
        QVERIFY(!screen.words(qPrintable(QStringLiteral("review.finding.%1.detail").arg(all.size()))).isEmpty());
    }

    void theFixIsWholeInItsPlace() {
        ReviewScreen screen;
        screen.type(QStringLiteral("role:=ledger-support"));
        auto* diff = screen.part(QStringLiteral("review.finding.1.diff"));
        QVERIFY(diff && diff->isVisibleTo(&screen.window));
        // Addresses are longer than a line of the panel: they go on in the next.
        QVERIFY(diff->heightForWidth(diff->width()) > diff->heightForWidth(4000));
        QCOMPARE(diff->height(), diff->heightForWidth(diff->width()));
    }

    void namesAndTitlesAreWholeInANarrowPanel() {
        ReviewScreen screen;
        screen.window.resize(760, 520);
        screen.settle();
        for (const char* name : {"review.panel.who", "review.panel.role"}) {
            const auto* text = screen.part<ui::Text>(QLatin1String(name));
            QVERIFY2(text != nullptr && text->width() >= text->sizeHint().width(), name);
        }
        auto* head = screen.part(QStringLiteral("review.finding.1.head"));
        QVERIFY(head != nullptr);
        QCOMPARE(head->height(), head->heightForWidth(head->width()));
        QVERIFY(head->heightForWidth(120) > head->heightForWidth(900));
    }

    void theKeyboardWaitsForTheRows() {
        ReviewScreen screen(false);
        screen.window.activateWindow();
        auto* open = screen.part(QStringLiteral("review.empty.open"));
        open->setFocus();
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("get-account-authorization-details.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"RoleDetailList": [{"RoleName": "reader", "Arn": "arn:aws:iam::111122223333:role/reader", "Path": "/", "AssumeRolePolicyDocument": )"
                   R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "sts:AssumeRole"}]}}]})");
        file.close();
        screen.shelf.load({file.fileName()});
        screen.settle();
        QVERIFY(screen.page->review());
        QVERIFY(screen.page->table().view().hasFocus());
    }

    void reachIsAskedFromTheRow() {
        ReviewScreen screen;
        screen.type(QStringLiteral("role:=ledger-support"));
        screen.click("review.panel.who-can");
        QCOMPARE(screen.asked, QStringList{QStringLiteral("who sts:AssumeRole arn:aws:iam::111122223333:role/ledger-support")});
        screen.actions.action(QStringLiteral("review.explain"))->trigger();
        QCOMPARE(screen.explained, QStringList{QStringLiteral("arn:aws:iam::111122223333:role/ledger-support")});
    }

    void aViewIsNamedInPlace() {
        ReviewScreen screen;
        screen.type(QStringLiteral("group:support"));
        screen.page->saveView();
        auto* name = screen.part<QLineEdit>(QStringLiteral("review.mapping.view-name"));
        QVERIFY(name->hasFocus());
        QTest::keyClicks(name, QStringLiteral("Support"));
        QTest::keyClick(name, Qt::Key_Escape);
        QVERIFY(!name->isVisible());
        QVERIFY(screen.views.isEmpty());
        screen.page->saveView();
        QVERIFY(!screen.part(QStringLiteral("review.mapping.view-save"))->isEnabled());
        QTest::keyClicks(name, QStringLiteral("Support"));
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(!name->isVisible());
        QVERIFY(screen.page->table().view().hasFocus());
        QCOMPARE(ui::SavedViews::fromJson(screen.views).all().size(), std::size_t{1});
        QCOMPARE(ui::SavedViews::fromJson(screen.views).all().front().state.filter, QStringLiteral("group:support"));
        screen.page->saveView();
        QTest::keyClicks(name, QStringLiteral("Support"));
        QVERIFY(!screen.words("review.mapping.view-note").isEmpty());
    }

    void viewsAreKept() {
        ui::SavedViews views;
        const ui::TableState state{QStringLiteral("env:prod \"two words\""), QStringLiteral("role"), QStringLiteral("people"), true, {QStringLiteral("owner")}};
        views.put({QStringLiteral("review.mapping"), QStringLiteral("Prod"), state});
        const auto again = ui::SavedViews::fromJson(views.toJson());
        QCOMPARE(again.all().size(), 1U);
        QVERIFY(again.all().front() == views.all().front());
        QVERIFY(ui::SavedViews::fromJson("no json").all().empty());
        QVERIFY(ui::SavedViews::fromJson("[1, {\"name\": \"x\"}]").all().empty());
        ReviewScreen screen;
        screen.page->table().setState({QStringLiteral("group:support"), {}, QStringLiteral("people"), true, {QStringLiteral("people")}});
        QCOMPARE(screen.roles().size(), 1);
        QCOMPARE(screen.page->table().state().filter, QStringLiteral("group:support"));
        QVERIFY(screen.page->table().view().headRect(QStringLiteral("people")).isEmpty());
    }

    void emptyAndWithoutTheFile() {
        ReviewScreen screen(false);
        QVERIFY(screen.part(QStringLiteral("review.empty"))->isVisibleTo(&screen.window));
        screen.shelf.load({QStringLiteral("/nowhere/at/all.json")});
        screen.settle();
        QVERIFY(screen.part(QStringLiteral("review.failure"))->isVisibleTo(&screen.window));
        screen.shelf.set(test::reviewSample(), QStringLiteral("again"));
        screen.settle();
        QVERIFY(screen.page->review());
    }

    void everythingHasANameForReaders() {
        ReviewScreen screen;
        QCOMPARE(test::accessibilityProblems(screen.page).join(QLatin1Char('\n')), QString());
        auto* reader = QAccessible::queryAccessibleInterface(&screen.page->table().view());
        QVERIFY(reader);
        QCOMPARE(reader->childCount(), screen.page->table().view().lineCount());
        QVERIFY(reader->child(0)->text(QAccessible::Name).contains(QStringLiteral("Role ")));
    }
};

GW_UI_TEST_MAIN(ReviewTest)
#include "review_test.moc"
