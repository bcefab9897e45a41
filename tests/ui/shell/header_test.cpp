// The header with tabs: what gives way where it is narrow, and that the keyboard still reaches all of it. Also run at a scale
// factor of 1.5.
#include "tests/ui/shell/shell_fixture.h"
#include "ui/shell/header_tabs.h"

#include <QMenu>

using namespace gw;
using namespace gw::ui;
using Fixture = test::ShellFixture;

namespace {

struct Tabs : Fixture {
    Tabs() {
        tabs = new HeaderTabs(QStringLiteral("test.tabs"));
        const char* const titles[] = {"Mapping", "Findings", "Drift", "Unused", "Calendar", "Campaigns"};
        for (int i = 0; i < 6; ++i) tabs->setTab(i, QString::fromLatin1(titles[i]), QString::number(i * 37));
        window.setHeaderTabs(QStringLiteral("sessions"), tabs);
        wide(1440);
    }
    void wide(int width) {
        window.resize(width, 600);
        for (int round = 0; round < 8; ++round) {
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
            QCoreApplication::processEvents();
        }
    }
    [[nodiscard]] int shown() const {
        int count = 0;
        for (int i = 0; i < tabs->count(); ++i) count += tabs->isTabVisible(i) ? 1 : 0;
        return count;
    }
    [[nodiscard]] bool allInside() const {
        for (int i = 0; i < tabs->count(); ++i)
            if (tabs->isTabVisible(i) && !tabs->rect().contains(tabs->tabRect(i))) return false;
        return tabs->geometry().right() < tabs->parentWidget()->width();
    }
    HeaderTabs* tabs = nullptr;
};

} // namespace

class HeaderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { Theme::of(nullptr).setPreference(QStringLiteral("light")); }

    void allOfItWhereThereIsRoom() {
        Tabs f;
        QCOMPARE(f.shown(), 6);
        QVERIFY(f.allInside());
        QCOMPARE(f.tabs->tabText(1), QStringLiteral("Findings\t37"));
        QVERIFY(!f.find<QWidget>("test.tabs.more")->isVisible());
        QCOMPARE(f.find<QWidget>("shell.palette-field")->width(), 236);
    }

    void givesWayBitByBit() {
        Tabs f;
        f.tabs->setCurrentIndex(5);
        int before = 6;
        for (int width = 1440; width >= 760; width -= 20) {
            f.wide(width);
            QVERIFY2(f.allInside(), qPrintable(QString::number(width)));
            QVERIFY(f.tabs->isTabVisible(5));
            // The rail collapses on the way, which gives room again.
            if (width != 980) QVERIFY2(f.shown() <= before, qPrintable(QString::number(width)));
            before = f.shown();
            QCOMPARE(f.find<QWidget>("test.tabs.more")->isVisible(), before < 6);
            // Names stay whole; their counts are in the tooltip where they are not shown.
            QVERIFY(f.tabs->tabText(0).startsWith(QStringLiteral("Mapping")));
            QVERIFY(f.tabs->tabText(1).contains(QLatin1Char('\t')) || f.tabs->tabToolTip(1) == QStringLiteral("Findings: 37"));
        }
    }

    void theMenuAndTheArrowsReachWhatIsNotShown() {
        Tabs f;
        // Longer names than there is room for, in any language.
        for (int i = 0; i < 6; ++i) f.tabs->setTab(i, QStringLiteral("A rather long name %1").arg(i), QStringLiteral("1,204"));
        f.wide(760);
        QVERIFY(f.shown() < 6);
        QVERIFY(f.allInside());
        QVERIFY(f.tabs->isTabVisible(0));
        f.tabs->setFocus();
        for (int i = 1; i < 6; ++i) {
            QTest::keyClick(f.tabs, Qt::Key_Right);
            QCOMPARE(f.tabs->currentIndex(), i);
            QVERIFY(f.tabs->isTabVisible(i));
            QVERIFY(f.allInside());
        }
        QTest::keyClick(f.tabs, Qt::Key_Right);
        QCOMPARE(f.tabs->currentIndex(), 5);
        QTest::keyClick(f.tabs, Qt::Key_Home);
        QCOMPARE(f.tabs->currentIndex(), 0);
        auto* more = f.find<QToolButton>("test.tabs.more");
        QVERIFY(f.tabs->rect().contains(more->geometry()));
        QVERIFY(!more->accessibleName().isEmpty());
        QTest::keyClick(f.tabs, Qt::Key_Tab);
        QTRY_VERIFY(more->hasFocus());
        QTest::keyClick(more, Qt::Key_Space);
        auto* menu = f.find<QMenu>("test.tabs.menu");
        QVERIFY(menu != nullptr && menu->isVisible());
        QCOMPARE(menu->actions().size(), 6 - f.shown());
        QTest::keyClick(menu, Qt::Key_Up);
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(f.tabs->currentIndex(), 5);
        QVERIFY(f.tabs->isTabVisible(5));
    }

    void thePalettesButtonKeepsItsKeyAndItsName() {
        Tabs f;
        f.wide(760);
        auto* button = f.find<QAbstractButton>("shell.palette-field");
        QVERIFY(button->width() < 120);
        QVERIFY(button->toolTip().contains(QStringLiteral("Ctrl")));
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(f.find<QLineEdit>("palette.search")->isVisible());
        f.key(Qt::Key_Escape);
        // A screen without tabs has it whole again.
        f.window.showScreen(QStringLiteral("settings"));
        f.wide(760);
        QVERIFY(button->width() >= 120);
    }
};

GW_UI_TEST_MAIN(HeaderTest)
#include "header_test.moc"
