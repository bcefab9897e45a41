#include "ui/shell/palette_search.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include "ui/shell/palette_list.h"

using namespace gw::ui;

namespace {

PaletteItem item(const char* kind, const char* title, const char* detail = "", const char* keywords = "", bool available = true) {
    PaletteItem made;
    made.kind = QString::fromUtf8(kind);
    made.id = made.title = QString::fromUtf8(title);
    made.detail = QString::fromUtf8(detail);
    made.keywords = QString::fromUtf8(keywords);
    if (!available) made.availability = {false, QStringLiteral("Not now")};
    return made;
}

std::vector<PaletteItem> sample() {
    return {item("Actions", "Prefer the regional sign-in address", "eu-west-1"),
            item("Actions", "Refresh the estate"),
            item("Actions", "Refund nothing", "", "", false),
            item("Actions", "Start a role", "", "session login"),
            item("Roles", "payments-readonly", "nwr-prod-payments 111122223333"),
            item("Roles", "Café-refund", "nwr-dev")};
}

QStringList titles(const std::vector<PaletteMatch>& matches, const std::vector<PaletteItem>& items) {
    QStringList result;
    for (const PaletteMatch& match : matches) result.append(items[match.item].title);
    return result;
}

} // namespace

class PaletteSearchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void finds_data() {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QStringList>("found");
        const auto row = [](const char* name, const QString& query, const char* kind, const QStringList& found) {
            QTest::newRow(name) << query << QString::fromLatin1(kind) << found;
        };
        // The start of a word comes first, what cannot run last in its kind.
        row("word starts first", QStringLiteral("ref"), "",
            {QStringLiteral("Refresh the estate"), QStringLiteral("Prefer the regional sign-in address"),
             QStringLiteral("Refund nothing"), QStringLiteral("Café-refund")});
        row("one kind", QStringLiteral("ref"), "Roles", {QStringLiteral("Café-refund")});
        row("case", QStringLiteral("REFRESH"), "", {QStringLiteral("Refresh the estate")});
        row("accents", QStringLiteral("cafe"), "", {QStringLiteral("Café-refund")});
        row("accents typed", QStringLiteral("café"), "", {QStringLiteral("Café-refund")});
        row("keywords", QStringLiteral("login"), "", {QStringLiteral("Start a role")});
        row("details", QStringLiteral("1111"), "", {QStringLiteral("payments-readonly")});
        row("all words", QStringLiteral("pay prod"), "", {QStringLiteral("payments-readonly")});
        row("all words, not any", QStringLiteral("pay estate"), "", {});
        row("letters in order", QStringLiteral("srl"), "", {QStringLiteral("Start a role")});
        row("nothing", QStringLiteral("qqq"), "", {});
        row("blanks", QStringLiteral("  refresh  "), "", {QStringLiteral("Refresh the estate")});
    }
    void finds() {
        QFETCH(QString, query);
        QFETCH(QString, kind);
        const auto items = sample();
        QTEST(titles(searchPalette(query, kind, items), items), "found");
    }

    void emptyFindsAll() {
        const auto items = sample();
        QCOMPARE(searchPalette(QString(), QString(), items).size(), items.size());
    }

    void positionsAreInTheTitle() {
        const auto match = matchItem(QStringLiteral("READ pay"), sample()[4]);
        QVERIFY(match.has_value());
        QCOMPARE(match->positions, (std::vector<qsizetype>{0, 1, 2, 9, 10, 11, 12}));
        const auto detailOnly = matchItem(QStringLiteral("1111"), sample()[4]);
        QVERIFY(detailOnly.has_value() && detailOnly->positions.empty());
    }

    void foldingKeepsTheLength() {
        for (const QString& text :
             {QStringLiteral("Café"), QStringLiteral("ÄÖÜß"), QStringLiteral("Ⅳ ﬁ Å"), QStringLiteral("")}) {
            QCOMPARE(foldForSearch(text).size(), text.size());
        }
    }

    void modelHasHeadings() {
        PaletteModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setItems(sample());
        model.search(QStringLiteral("ref"), QString());
        QCOMPARE(model.rowCount(), 6);
        QCOMPARE(model.found(), 4);
        QCOMPARE(model.total(), 6);
        QCOMPARE(model.kinds(), (QStringList{QStringLiteral("Actions"), QStringLiteral("Roles")}));
        QVERIFY(model.item(0) == nullptr);
        QCOMPARE(model.index(0).data().toString(), QStringLiteral("Actions"));
        QVERIFY(!(model.flags(model.index(0)) & Qt::ItemIsSelectable));
        QCOMPARE(model.item(1)->title, QStringLiteral("Refresh the estate"));
        QCOMPARE(model.index(3).data(Qt::AccessibleDescriptionRole).toString(), QStringLiteral("Not now"));
        model.search(QStringLiteral("qqq"), QString());
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(PaletteSearchTest)
#include "palette_search_test.moc"
