// What the palette offers of the organisation: which questions, about what, and that choosing one asks it.
#include "tests/support/ui_application.h"
#include "tests/ui/review/review_fixture.h"

#include "models/estate/estate_parts.h"
#include "ui/review/reach_suggestions.h"

#include <QListView>

using namespace gw;
using test::ReviewScreen;

namespace {

std::shared_ptr<const estate::Estate> withRoute(int routes = 1) {
    estate::EstateParts parts;
    for (int i = 0; i < routes; ++i) {
        estate::Resource route;
        route.kind = estate::ResourceKind::Route;
        route.name = i == 0 ? "POST /refunds" : "GET /refunds/" + std::to_string(i);
        route.account = "111122223333";
        route.api = "a1b2c3d4e5";
        route.stage = "prod";
        route.arn = "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/" + std::string(i == 0 ? "POST" : "GET") + "/refunds" + (i == 0 ? "" : "/" + std::to_string(i));
        parts.resources.push_back(route);
    }
    estate::Resource stage;
    stage.kind = estate::ResourceKind::Stage;
    stage.name = "refunds-stage";
    stage.arn = "arn:aws:apigateway:eu-west-1::/restapis/a1b2c3d4e5/stages/refunds-stage";
    parts.resources.push_back(stage);
    estate::Role role;
    role.name = "refund-worker";
    role.account = "111122223333";
    role.arn = "arn:aws:iam::111122223333:role/refund-worker";
    parts.roles.push_back(role);
    estate::Assignment assignment;
    assignment.group = "Refund Team";
    assignment.role = role.arn;
    parts.assignments.push_back(assignment);
    return std::make_shared<const estate::Estate>(std::move(parts));
}

QStringList titles(const ui::ReachIndex& index, const char* query, std::size_t most = 12) {
    QStringList all;
    for (const auto& each : index.find(QString::fromUtf8(query), most)) all.append(each.title);
    return all;
}

} // namespace

class ReachSuggestionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void offersWhatTheQueryAsks_data() {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QStringList>("offered");
        const QString call = QStringLiteral("Who can call POST /refunds?"), what = QStringLiteral("What can refund-worker do?"), take = QStringLiteral("Who can take refund-worker?"),
                      group = QStringLiteral("What can Refund Team do?");
        QTest::newRow("who") << QByteArray("who can POST /refunds?") << QStringList{call};
        QTest::newRow("who, in other words") << QByteArray("who may call post refunds") << QStringList{call};
        QTest::newRow("who, of a role") << QByteArray("who can take refund-w") << QStringList{take};
        QTest::newRow("what, of a role") << QByteArray("what can refund-worker do") << QStringList{what};
        QTest::newRow("what, of a group") << QByteArray("what can the group refund team") << QStringList{group};
        QTest::newRow("neither") << QByteArray("refund") << QStringList{group, what, take, call};
        QTest::newRow("by the account") << QByteArray("who can 111122223333 refunds") << QStringList{call};
        QTest::newRow("the question alone") << QByteArray("who can") << QStringList{};
        QTest::newRow("one letter") << QByteArray("who can r") << QStringList{};
        QTest::newRow("nothing of that name") << QByteArray("who can payments") << QStringList{};
        QTest::newRow("over the end of a name") << QByteArray("teamgroup") << QStringList{};
    }
    void offersWhatTheQueryAsks() {
        QFETCH(QByteArray, query);
        QTEST(titles(ui::ReachIndex(*withRoute()), query.constData()), "offered");
    }

    void givesFewAndTheBestFirst() {
        const ui::ReachIndex index(*withRoute(300));
        const QStringList some = titles(index, "who can get /refunds/299", 5);
        QCOMPARE(some, QStringList{QStringLiteral("Who can call GET /refunds/299?")});
        QCOMPARE(titles(index, "who can get refunds", 5).size(), 5);
    }

    void theEstatesNamesAreQuicklySearched() {
        const ui::ReachIndex index(*withRoute(20'000));
        QCOMPARE(titles(index, "refund-worker nowhere").size(), 0);
        QCOMPARE(titles(index, "what can refund-worker").size(), 1);
    }

    void isChosenByKeyboard() {
        ReviewScreen screen;
        screen.window.activateWindow();
        screen.window.setFocus();
        const auto ask = [&](const char* query) {
            screen.window.openPalette();
            auto* search = screen.part<QLineEdit>(QStringLiteral("palette.search"));
            // The names are read on a worker.
            QVERIFY(QTest::qWaitFor([&] { return !screen.page->reachItems(QStringLiteral("payments")).empty(); }));
            QTest::keyClicks(search, QString::fromUtf8(query));
            QTest::keyClick(search, Qt::Key_Return);
            QVERIFY(!search->isVisible());
        };
        ask("what can payments-operator do");
        QCOMPARE(screen.explained, QStringList{QStringLiteral("arn:aws:iam::111122223333:role/payments-operator")});
        ask("who can take payments-operator");
        QCOMPARE(screen.asked, QStringList{QStringLiteral("who sts:AssumeRole arn:aws:iam::111122223333:role/payments-operator")});
        screen.page->showTab(ui::ReviewPage::Calendar);
        ask("what can payments-ops");
        screen.settle();
        QCOMPARE(screen.roles(), QStringList{QStringLiteral("payments-operator")});
        QVERIFY(screen.part(QStringLiteral("review.mapping.rows"))->isVisible());
        QVERIFY(screen.part(QStringLiteral("review.mapping.rows"))->hasFocus());
    }

    void anotherOrganisationHasOtherNames() {
        ReviewScreen screen;
        QVERIFY(QTest::qWaitFor([&] { return !screen.page->reachItems(QStringLiteral("payments")).empty(); }));
        screen.shelf.set(withRoute(), QStringLiteral("other"));
        QVERIFY(screen.page->reachItems(QStringLiteral("payments")).empty());
        QVERIFY(QTest::qWaitFor([&] { return !screen.page->reachItems(QStringLiteral("refund")).empty(); }));
        QVERIFY(screen.page->reachItems(QStringLiteral("payments")).empty());
    }
};

GW_UI_TEST_MAIN(ReachSuggestionsTest)
#include "reach_suggestions_test.moc"
