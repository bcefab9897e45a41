// The window as a person uses it: keys, menus, panes, pages. Also run at a scale factor of 1.5.
#include "tests/support/ui_accessibility.h"
#include "tests/support/ui_ink.h"
#include "tests/ui/shell/shell_fixture.h"
#include "ui/shell/rail.h"
#include "ui/shell/toasts.h"
#include "ui/widgets/widgets.h"

#include <QDialog>
#include <QMenu>
#include <QMenuBar>
#include <QShortcut>
#include <QSignalSpy>

using namespace gw;
using namespace gw::ui;
using test::banner;
using test::toast;
using Fixture = test::ShellFixture;

class ShellTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { Theme::of(nullptr).setPreference(QStringLiteral("light")); }

    void tableKeepsTheFirst() {
        ActionTable table;
        int runs = 0;
        QAction* made = table.add({QStringLiteral("a"), QStringLiteral("A"), {}, {}, {}, {}, [&runs] { ++runs; }, {}});
        QCOMPARE(table.add({QStringLiteral("a"), QStringLiteral("B"), {}, {}, {}, {}, {}, {}}), made);
        QCOMPARE(table.specs().size(), std::size_t(1));
        made->trigger();
        QCOMPARE(runs, 1);
        QVERIFY(table.action(QStringLiteral("b")) == nullptr);
        QVERIFY(!table.availability(QStringLiteral("b")).available);
    }

    void altAloneOpensTheMenuAndAltWithAKeyDoesNot() {
        Fixture f;
        QVERIFY(f.active);
        QTest::keyPress(&f.window, Qt::Key_Alt);
        QTest::keyRelease(&f.window, Qt::Key_Alt);
        QVERIFY(f.window.menuBar()->isVisible());
        f.actions.action(QStringLiteral("shell.menu-bar"))->trigger();
        QVERIFY(!f.window.menuBar()->isVisible());
        const QShortcut taken(QKeySequence(Qt::ALT | Qt::Key_D), &f.window);
        QTest::keyPress(&f.window, Qt::Key_Alt);
        QTest::keyPress(&f.window, Qt::Key_D, Qt::AltModifier);
        QTest::keyRelease(&f.window, Qt::Key_D, Qt::AltModifier);
        QTest::keyRelease(&f.window, Qt::Key_Alt);
        QVERIFY(!f.window.menuBar()->isVisible());
    }

    void tabGoesFromTheRailOverTheHeaderToTheScreen() {
        Fixture f;
        QVERIFY(f.active);
        f.find<QWidget>("rail.menu")->setFocus(Qt::TabFocusReason);
        QStringList stops;
        for (int i = 0; i < 5; ++i) {
            f.key(Qt::Key_Tab);
            stops << QApplication::focusWidget()->objectName();
        }
        QCOMPARE(stops, QStringList({QStringLiteral("rail.sessions"), QStringLiteral("shell.palette-field"), QStringLiteral("header.test.lock"),
                                     QStringLiteral("header.test.start"), QStringLiteral("test.first")}));
    }

    void toastsLeaveThePagesFootFree() {
        Fixture f;
        f.window.showToast(toast(QStringLiteral("a")));
        const auto lowest = [&] {
            int bottom = 0;
            for (const QWidget* card : f.window.findChildren<ui::ToastCard*>()) bottom = std::max(bottom, card->geometry().bottom());
            return bottom;
        };
        const int before = lowest();
        f.window.pushPage(new QWidget, QStringLiteral("Choose roles"), {});
        QCOMPARE(lowest(), before - 56);
        f.window.popPage();
        QCOMPARE(lowest(), before);
    }

    void tableAsksAgain() {
        ActionTable table;
        bool may = false;
        QAction* made = table.add({QStringLiteral("a"), QStringLiteral("A"), {}, {}, {}, {}, {}, [&may] {
                                       return Availability{may, QStringLiteral("Not yet")};
                                   }});
        QVERIFY(!made->isEnabled());
        QCOMPARE(made->toolTip(), QStringLiteral("Not yet"));
        may = true;
        QSignalSpy changed(&table, &ActionTable::changed);
        table.refresh();
        QVERIFY(made->isEnabled());
        QCOMPARE(changed.count(), 1);
    }

    void shortcutsWorkWithoutMenus() {
        Fixture f;
        QVERIFY(f.active);
        QVERIFY(!f.window.menuBar()->isVisible());
        f.key(Qt::Key_N, Qt::ControlModifier);
        QCOMPARE(f.ran[QStringLiteral("test.start")], 1);
        f.key(Qt::Key_Comma, Qt::ControlModifier);
        QCOMPARE(f.window.currentScreen(), QStringLiteral("settings"));
        f.key(Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(f.window.currentScreen(), QStringLiteral("sessions"));
    }

    void unavailableDoesNotRun() {
        Fixture f;
        f.key(Qt::Key_R, Qt::ControlModifier);
        QCOMPARE(f.ran[QStringLiteral("test.renew")], 0);
        f.sessions = 1;
        f.actions.refresh();
        f.key(Qt::Key_R, Qt::ControlModifier);
        QCOMPARE(f.ran[QStringLiteral("test.renew")], 1);
    }

    void nothingHasTheRingAtFirst() {
        Fixture f;
        QVERIFY(f.window.findChild<QWidget*>(QStringLiteral("focus-ring")) == nullptr);
    }

    void headerButtonsFollowTheirActions() {
        Fixture f;
        auto* start = f.find<Button>("header.test.start");
        QVERIFY(start != nullptr && start->isVisible());
        QTest::mouseClick(start, Qt::LeftButton);
        QCOMPARE(f.ran[QStringLiteral("test.start")], 1);
        f.window.setHeaderActions(QStringLiteral("sessions"), {QStringLiteral("test.renew")});
        auto* renew = f.find<Button>("header.test.renew");
        QVERIFY(!renew->isEnabled());
        QCOMPARE(renew->toolTip(), QStringLiteral("No session is running"));
        f.sessions = 1;
        f.actions.refresh();
        QVERIFY(renew->isEnabled());
        f.window.showScreen(QStringLiteral("settings"));
        QTRY_VERIFY(f.find<Button>("header.test.renew") == nullptr);
    }

    void pagesLeadBackOnEscape() {
        Fixture f;
        f.first->setFocus();
        int backs = 0;
        auto* page = new QWidget;
        auto* inside = new QLineEdit(page);
        QPointer<QWidget> alive(page);
        f.window.pushPage(page, QStringLiteral("Choose roles"), [&] {
            ++backs;
            f.window.popPage();
        });
        QVERIFY(page->isVisible());
        QVERIFY(f.find<Button>("header.back")->isVisible());
        QCOMPARE(f.find<LinkLabel>("header.parent")->text(), QStringLiteral("Sessions"));
        inside->setFocus();
        f.key(Qt::Key_Escape);
        QCOMPARE(backs, 1);
        QTRY_VERIFY(!alive);
        QVERIFY(!f.find<Button>("header.back")->isVisible());
        QTRY_VERIFY(f.first->hasFocus());
        // Without a page Esc does nothing.
        f.key(Qt::Key_Escape);
        QCOMPARE(backs, 1);
        QVERIFY(f.window.isVisible());
    }

    void aSecondPageReplacesTheFirst() {
        Fixture f;
        QPointer<QWidget> one(new QWidget);
        auto* two = new QWidget;
        f.window.pushPage(one, QStringLiteral("One"), {});
        f.window.pushPage(two, QStringLiteral("Two"), {});
        QTRY_VERIFY(!one);
        QVERIFY(two->isVisible());
        f.window.showScreen(QStringLiteral("settings"));
        QCOMPARE(f.window.currentScreen(), QStringLiteral("settings"));
        QVERIFY(!f.find<Button>("header.back")->isVisible());
    }

    void f6GoesAround() {
        Fixture f;
        f.first->setFocus();
        const auto within = [](const QWidget* pane) { return pane->isAncestorOf(QApplication::focusWidget()); };
        f.key(Qt::Key_F6);
        QVERIFY(within(f.find<QWidget>("header")));
        f.key(Qt::Key_F6);
        QVERIFY(within(f.find<QWidget>("rail")));
        QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("rail.sessions"));
        f.key(Qt::Key_F6);
        QVERIFY(f.first->hasFocus());
        f.key(Qt::Key_F6, Qt::ShiftModifier);
        QVERIFY(within(f.find<QWidget>("rail")));
    }

    void f6KnowsAScreensPanes() {
        Fixture f;
        auto* page = new QWidget;
        auto* row = new QHBoxLayout(page);
        QList<QLineEdit*> fields;
        for (int i = 0; i < 2; ++i) {
            auto* pane = new QWidget(page);
            pane->setProperty(MainWindow::paneProperty, true);
            fields.append(new QLineEdit(pane));
            row->addWidget(pane);
        }
        f.window.pushPage(page, QStringLiteral("Two panes"), {});
        fields[0]->setFocus();
        f.key(Qt::Key_F6);
        QVERIFY(fields[1]->hasFocus());
    }

    void railByKeyboard() {
        Fixture f;
        auto* sessions = f.find<RailItem>("rail.sessions");
        auto* settings = f.find<RailItem>("rail.settings");
        sessions->setFocus();
        QSignalSpy changed(&f.window, &MainWindow::screenChanged);
        QTest::keyClick(sessions, Qt::Key_Down);
        QVERIFY(settings->hasFocus());
        QCOMPARE(f.window.currentScreen(), QStringLiteral("sessions"));
        QTest::keyClick(settings, Qt::Key_Return);
        QCOMPARE(f.window.currentScreen(), QStringLiteral("settings"));
        QCOMPARE(changed.count(), 1);
        QVERIFY(settings->isChecked() && !sessions->isChecked());
        QVERIFY(settings->y() > sessions->y() + 300);
        f.window.setBadge(QStringLiteral("sessions"), 4);
        QCOMPARE(sessions->accessibleName(), QStringLiteral("Sessions, 4"));
    }

    void railNarrows() {
        Fixture f;
        auto* rail = f.find<Rail>("rail");
        QCOMPARE(rail->width(), size::rail);
        f.key(Qt::Key_B, Qt::ControlModifier);
        QCOMPARE(rail->width(), size::railCollapsed);
        f.key(Qt::Key_B, Qt::ControlModifier);
        QCOMPARE(rail->width(), size::rail);
        f.window.resize(900, 700);
        QTRY_COMPARE(rail->width(), size::railCollapsed);
        QCOMPARE(f.find<RailItem>("rail.sessions")->accessibleName(), QStringLiteral("Sessions"));
    }

    void menuBarShowsOnF10() {
        Fixture f;
        f.key(Qt::Key_F10);
        QVERIFY(f.window.menuBar()->isVisible());
        QStringList titles;
        for (const QAction* action : f.window.menuBar()->actions()) titles.append(action->text());
        QCOMPARE(titles, (QStringList{QStringLiteral("Session"), QStringLiteral("View"), QStringLiteral("Help")}));
        const auto held = f.window.menuBar()->actions().first()->menu()->actions();
        QVERIFY(held.contains(f.actions.action(QStringLiteral("test.start"))));
        f.actions.action(QStringLiteral("shell.menu-bar"))->trigger();
        QVERIFY(!f.window.menuBar()->isVisible());
    }

    void menuButtonOpensTheMenu() {
        Fixture f;
        QTest::mouseClick(f.find<IconButton>("rail.menu"), Qt::LeftButton);
        auto* menu = f.find<QMenu>("shell.menu");
        QTRY_VERIFY(menu != nullptr && menu->isVisible());
        QCOMPARE(menu->actions().size(), 3);
        menu->close();
    }

    void shortcutsAreListed() {
        Fixture f;
        f.key(Qt::Key_Slash, Qt::ControlModifier);
        auto* keys = f.find<QDialog>("shortcuts");
        QTRY_VERIFY(keys != nullptr && keys->isVisible());
        QVERIFY(!keys->isModal());
        QStringList texts;
        for (const auto* text : keys->findChildren<Text*>()) texts.append(text->text());
        QVERIFY(texts.contains(QStringLiteral("Start a role")));
        QVERIFY(!texts.contains(QStringLiteral("Lock")));
        QCOMPARE(test::clippedLabels(keys), QStringList());
        keys->close();
    }

    void statusComesAndGoes() {
        Fixture f;
        f.window.setStatus(QStringLiteral("agent"), QStringLiteral("process"), QStringLiteral("Agent serving 3 profiles"), true);
        QCOMPARE(f.find<QWidget>("status.agent")->accessibleName(), QStringLiteral("Agent serving 3 profiles"));
        f.window.setStatus(QStringLiteral("agent"), QStringLiteral("process"), QStringLiteral("Agent idle"), true);
        QCOMPARE(f.window.findChildren<QWidget*>(QStringLiteral("status.agent")).size(), 1);
        f.window.setStatus(QStringLiteral("agent"), {}, {}, true);
        QVERIFY(f.find<QWidget>("status.agent") == nullptr);
    }

    void layoutSurvives() {
        QByteArray kept;
        {
            Fixture f;
            f.window.setRailCollapsed(true);
            kept = f.window.saveLayout();
        }
        Fixture f;
        QVERIFY(f.window.restoreLayout(kept));
        QCOMPARE(f.find<Rail>("rail")->width(), size::railCollapsed);
        QVERIFY(!f.window.restoreLayout(QByteArray()));
        QVERIFY(!f.window.restoreLayout(QByteArray("garbage that is long enough to be read")));
        QVERIFY(!f.window.restoreLayout(kept.left(10)));
    }

    void closingIsAnnounced() {
        Fixture f;
        QSignalSpy wanted(&f.window, &MainWindow::closeRequested);
        f.window.close();
        QCOMPARE(wanted.count(), 1);
    }

    void followsTheTheme() {
        Fixture f;
        f.window.showBanner(banner(QStringLiteral("practice"), BannerKind::Practice));
        const QImage light = f.window.grab().toImage();
        Theme::of(nullptr).setPreference(QStringLiteral("dark"));
        const QImage dark = f.window.grab().toImage();
        QVERIFY(light != dark);
        const auto at = [&dark](int x, int y) { return dark.pixelColor((QPointF(x, y) * dark.devicePixelRatio()).toPoint()); };
        QCOMPARE(at(640, 600), Theme::of(nullptr).color(Color::BgSurface));
        QCOMPARE(at(100, 500), Theme::of(nullptr).color(Color::BgWindow));
        QCOMPARE(at(700, 4), Theme::of(nullptr).color(Color::DependsTint));
    }

    void nothingIsClipped_data() {
        QTest::addColumn<QSize>("windowSize");
        QTest::newRow("usual") << QSize(1440, 900);
        QTest::newRow("small") << QSize(900, 600);
    }
    void nothingIsClipped() {
        QFETCH(QSize, windowSize);
        Fixture f;
        f.window.setPerson(QStringLiteral("Ines Halvorsen"), QStringLiteral("Developer, approver"));
        f.window.setStatus(QStringLiteral("agent"), QStringLiteral("process"), QStringLiteral("Agent serving 3 profiles"), true);
        f.window.showBanner(banner(QStringLiteral("practice"), BannerKind::Practice));
        f.window.resize(windowSize);
        QTRY_COMPARE(f.window.size(), windowSize);
        QTest::qWait(0);
        QCOMPARE(test::clippedLabels(&f.window).join(QLatin1Char('\n')), QString());
        f.window.pushPage(new QWidget, QStringLiteral("Choose roles"), {});
        f.openPalette();
        QTest::qWait(0);
        QCOMPARE(test::clippedLabels(&f.window).join(QLatin1Char('\n')), QString());
    }

    void namesForScreenReaders() {
        Fixture f;
        f.window.showBanner(banner(QStringLiteral("practice"), BannerKind::Practice));
        f.window.showToast(toast(QStringLiteral("a"), [] {}));
        f.window.setRailCollapsed(true);
        f.openPalette();
        QCOMPARE(test::accessibilityProblems(&f.window).join(QLatin1Char('\n')), QString());
    }
};

GW_UI_TEST_MAIN(ShellTest)
#include "shell_test.moc"
