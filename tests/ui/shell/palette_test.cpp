// The command palette, by keyboard.
#include "tests/ui/shell/shell_fixture.h"

#include <QListView>

using namespace gw;
using namespace gw::ui;
using Fixture = test::ShellFixture;

class PaletteTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { Theme::of(nullptr).setPreference(QStringLiteral("light")); }

    void paletteRunsByKeyboard() {
        Fixture f;
        f.first->setFocus();
        QLineEdit* search = f.openPalette();
        QTRY_VERIFY(search->isVisible() && search->hasFocus());
        QTest::keyClicks(search, QStringLiteral("login"));
        auto* list = f.find<QListView>("palette.list");
        QCOMPARE(list->currentIndex().data().toString(), QStringLiteral("Start a role"));
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(f.ran[QStringLiteral("test.start")], 1);
        QVERIFY(!search->isVisible());
        QTRY_VERIFY(f.first->hasFocus());
    }

    void paletteKeepsWhatCannotRun() {
        Fixture f;
        QLineEdit* search = f.openPalette();
        QTest::keyClicks(search, QStringLiteral("renew"));
        auto* list = f.find<QListView>("palette.list");
        QCOMPARE(list->currentIndex().data().toString(), QStringLiteral("Renew all sessions"));
        QCOMPARE(list->currentIndex().data(Qt::AccessibleDescriptionRole).toString(), QStringLiteral("No session is running"));
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(f.ran[QStringLiteral("test.renew")], 0);
        QVERIFY(search->isVisible());
        // Availability is asked anew at each opening.
        QTest::keyClick(search, Qt::Key_Escape);
        QVERIFY(!search->isVisible());
        f.sessions = 1;
        search = f.openPalette();
        QTest::keyClicks(search, QStringLiteral("renew"));
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(f.ran[QStringLiteral("test.renew")], 1);
    }

    void paletteMovesAndNarrows() {
        Fixture f;
        f.window.addPaletteSource([] {
            PaletteItem role;
            role.kind = QStringLiteral("Roles");
            role.id = QStringLiteral("role");
            role.title = QStringLiteral("payments-readonly");
            return std::vector<PaletteItem>{role};
        });
        QLineEdit* search = f.openPalette();
        auto* list = f.find<QListView>("palette.list");
        const QString top = list->currentIndex().data().toString();
        QTest::keyClick(search, Qt::Key_Down);
        QVERIFY(list->currentIndex().data().toString() != top);
        QTest::keyClick(search, Qt::Key_Up);
        QCOMPARE(list->currentIndex().data().toString(), top);
        // Around the end, over the heading.
        QTest::keyClick(search, Qt::Key_Up);
        QCOMPARE(list->currentIndex().data().toString(), QStringLiteral("payments-readonly"));
        QTest::keyClick(search, Qt::Key_Tab);
        QTest::keyClick(search, Qt::Key_Tab);
        QCOMPARE(list->model()->rowCount(), 2);
        QCOMPARE(list->currentIndex().data().toString(), QStringLiteral("payments-readonly"));
        QTest::keyClick(search, Qt::Key_Tab);
        QVERIFY(list->model()->rowCount() > 5);
        QVERIFY(search->hasFocus());
        f.key(Qt::Key_K, Qt::ControlModifier);
        QVERIFY(!search->isVisible());
    }

    void paletteClosesOnItsScrim() {
        Fixture f;
        QLineEdit* search = f.openPalette();
        QTest::mouseClick(f.find<QWidget>("palette"), Qt::LeftButton, {}, QPoint(5, 700));
        QVERIFY(!search->isVisible());
    }

    void everyActionIsInAMenuOrThePalette() {
        Fixture f;
        f.openPalette();
        const auto* model = f.find<QListView>("palette.list")->model();
        QStringList listed;
        for (int row = 0; row < model->rowCount(); ++row) listed.append(model->index(row, 0).data(Qt::UserRole + 2).toString());
        for (const ActionSpec& spec : f.actions.specs()) {
            QVERIFY2(listed.contains(spec.id) || spec.id == QLatin1String("shell.palette"), qPrintable(spec.id));
        }
    }
};

GW_UI_TEST_MAIN(PaletteTest)
#include "palette_test.moc"
