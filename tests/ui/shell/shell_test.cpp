// The window as a person uses it: keys, palette, menus, toasts, banners. Also run at a scale factor of 1.5.
#include "tests/support/ui_accessibility.h"
#include "tests/support/ui_application.h"
#include "tests/support/ui_ink.h"
#include "ui/shell/banner_bar.h"
#include "ui/shell/main_window.h"
#include "ui/shell/rail.h"
#include "ui/shell/toasts.h"
#include "ui/widgets/widgets.h"

#include <QDialog>
#include <QEnterEvent>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QSignalSpy>
#include <QVBoxLayout>

using namespace gw;
using namespace gw::ui;
using namespace std::chrono_literals;

namespace {

struct Fixture {
    Fixture() : window(Theme::of(nullptr), actions) {
        const auto count = [this](const QString& id) { return [this, id] { ++ran[id]; }; };
        actions.add({QStringLiteral("test.lock"), QStringLiteral("Lock"), QStringLiteral("lock"), {}, QStringLiteral("Session"), {}, count(QStringLiteral("test.lock")), {}});
        actions.add({QStringLiteral("test.start"), QStringLiteral("Start a role"), QStringLiteral("add"), QKeySequence(Qt::CTRL | Qt::Key_N),
                     QStringLiteral("Session"), QStringLiteral("login"), count(QStringLiteral("test.start")), {}});
        actions.add({QStringLiteral("test.renew"), QStringLiteral("Renew all sessions"), QStringLiteral("renew"), QKeySequence(Qt::CTRL | Qt::Key_R),
                     QStringLiteral("Session"), {}, count(QStringLiteral("test.renew")),
                     [this] { return Availability{sessions > 0, QStringLiteral("No session is running")}; }});
        auto* page = new QWidget;
        auto* column = new QVBoxLayout(page);
        first = new QLineEdit(page);
        first->setObjectName(QStringLiteral("test.first"));
        first->setAccessibleName(QStringLiteral("First"));
        column->addWidget(first);
        window.addScreen({QStringLiteral("sessions"), QStringLiteral("Sessions"), QStringLiteral("sessions"), QKeySequence(Qt::CTRL | Qt::Key_1), page});
        window.addScreen({QStringLiteral("settings"), QStringLiteral("Settings"), QStringLiteral("settings"), QKeySequence(Qt::CTRL | Qt::Key_Comma), new QWidget});
        window.setHeaderActions(QStringLiteral("sessions"), {QStringLiteral("test.lock"), QStringLiteral("test.start")});
        window.setSubtitle(QStringLiteral("sessions"), QStringLiteral("4 live"));
        window.resize(1280, 800);
        window.show();
        active = QTest::qWaitForWindowActive(&window);
    }
    template <class T> T* find(const char* name) { return window.findChild<T*>(QString::fromLatin1(name)); }
    void key(int key, Qt::KeyboardModifiers modifiers = {}) {
        QWidget* focused = QApplication::focusWidget();
        QTest::keyClick(focused != nullptr ? focused : &window, Qt::Key(key), modifiers);
    }
    QLineEdit* openPalette() {
        key(Qt::Key_K, Qt::ControlModifier);
        return find<QLineEdit>("palette.search");
    }

    ActionTable actions;
    MainWindow window;
    QLineEdit* first = nullptr;
    QHash<QString, int> ran;
    int sessions = 0;
    bool active = false;
};

Toast toast(const QString& id, std::function<void()> action = {}) {
    return {id, ToastKind::Good, QStringLiteral("Session started"), QStringLiteral("payments-readonly until 15:07"), action ? QStringLiteral("Open console") : QString(), action};
}

Banner banner(const QString& id, BannerKind kind) { return {id, kind, QStringLiteral("info"), id, QStringLiteral("text"), QStringLiteral("Why"), {}}; }

} // namespace

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

    void tableAsksAgain() {
        ActionTable table;
        bool may = false;
        QAction* made = table.add({QStringLiteral("a"), QStringLiteral("A"), {}, {}, {}, {}, {}, [&may] { return Availability{may, QStringLiteral("Not yet")}; }});
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
        const auto within = [](const QWidget* pane) {
            return pane->isAncestorOf(QApplication::focusWidget());
        };
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

    void mostSeriousBannerIsShown() {
        Fixture f;
        auto* bar = f.find<BannerBar>("banner");
        QVERIFY(!bar->isVisible());
        f.window.showBanner(banner(QStringLiteral("practice"), BannerKind::Practice));
        QVERIFY(bar->isVisible());
        QCOMPARE(bar->shown(), QStringLiteral("practice"));
        f.window.showBanner(banner(QStringLiteral("chain"), BannerKind::Error));
        f.window.showBanner(banner(QStringLiteral("keychain"), BannerKind::Warning));
        QCOMPARE(bar->shown(), QStringLiteral("chain"));
        f.window.hideBanner(QStringLiteral("chain"));
        QCOMPARE(bar->shown(), QStringLiteral("keychain"));
        f.window.hideBanner(QStringLiteral("keychain"));
        QCOMPARE(bar->shown(), QStringLiteral("practice"));
        f.window.hideBanner(QStringLiteral("practice"));
        QVERIFY(!bar->isVisible());
    }

    void bannerLinkRuns() {
        Fixture f;
        int runs = 0;
        Banner with = banner(QStringLiteral("practice"), BannerKind::Practice);
        with.link = [&] {
            ++runs;
            f.window.hideBanner(QStringLiteral("practice"));
        };
        f.window.showBanner(with);
        QTest::mouseClick(f.find<LinkLabel>("banner.link"), Qt::LeftButton);
        QCOMPARE(runs, 1);
    }

    void toastLeavesByItself() {
        Fixture f;
        f.window.toasts().setLifetime(60ms);
        QSignalSpy gone(&f.window.toasts(), &Toasts::gone);
        f.window.showToast(toast(QStringLiteral("a")));
        QVERIFY(f.find<QWidget>("toast.a")->isVisible());
        QTRY_COMPARE(gone.count(), 1);
        QCOMPARE(gone.first().first().toString(), QStringLiteral("a"));
        QTRY_VERIFY(f.find<QWidget>("toast.a") == nullptr);
    }

    void toastStaysWhileHovered() {
        Fixture f;
        f.window.toasts().setLifetime(60ms);
        QSignalSpy gone(&f.window.toasts(), &Toasts::gone);
        f.window.showToast(toast(QStringLiteral("kept")));
        f.window.showToast(toast(QStringLiteral("other")));
        auto* kept = f.find<QWidget>("toast.kept");
        QEnterEvent enter(QPointF(30, 30), QPointF(30, 30), QPointF(30, 30));
        QApplication::sendEvent(kept, &enter);
        QTRY_COMPARE(gone.count(), 1);
        QCOMPARE(gone.first().first().toString(), QStringLiteral("other"));
        QVERIFY(!gone.wait(200));
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(kept, &leave);
        QTRY_COMPARE(gone.count(), 2);
    }

    void toastStaysWhileFocused() {
        Fixture f;
        f.window.toasts().setLifetime(60ms);
        QSignalSpy gone(&f.window.toasts(), &Toasts::gone);
        f.window.showToast(toast(QStringLiteral("a"), [] {}));
        f.find<Button>("toast.a.action")->setFocus();
        QVERIFY(!gone.wait(200));
        f.first->setFocus();
        QTRY_COMPARE(gone.count(), 1);
    }

    void toastActionRunsOnce() {
        Fixture f;
        int runs = 0;
        f.window.showToast(toast(QStringLiteral("a"), [&runs] { ++runs; }));
        QTest::mouseClick(f.find<Button>("toast.a.action"), Qt::LeftButton);
        QCOMPARE(runs, 1);
        QTRY_VERIFY(f.find<QWidget>("toast.a") == nullptr);
    }

    void toastClosesOnEscape() {
        Fixture f;
        f.window.showToast(toast(QStringLiteral("a")));
        auto* close = f.find<IconButton>("toast.a.close");
        close->setFocus();
        QTest::keyClick(close, Qt::Key_Escape);
        QTRY_VERIFY(f.find<QWidget>("toast.a") == nullptr);
    }

    void atMostThreeToasts() {
        Fixture f;
        QSignalSpy gone(&f.window.toasts(), &Toasts::gone);
        for (const char* id : {"a", "b", "c", "d"}) f.window.showToast(toast(QString::fromLatin1(id)));
        QCOMPARE(gone.count(), 1);
        QCOMPARE(gone.first().first().toString(), QStringLiteral("a"));
        f.window.showToast(toast(QStringLiteral("c")));
        QCOMPARE(gone.last().first().toString(), QStringLiteral("c"));
        QTRY_COMPARE(f.window.findChildren<ToastCard*>().size(), 3);
        QList<QRect> places;
        for (const auto* card : f.window.findChildren<ToastCard*>()) {
            QVERIFY(f.window.rect().contains(card->geometry().center()));
            places.append(card->geometry().adjusted(20, 20, -20, -20));
        }
        for (const QRect& one : places) {
            for (const QRect& other : places) QVERIFY(one == other || !one.intersects(other));
        }
    }

    void toastsFollowTheCorner() {
        Fixture f;
        f.window.showToast(toast(QStringLiteral("a")));
        f.window.resize(1000, 600);
        const auto* card = f.find<QWidget>("toast.a");
        QTRY_VERIFY(card->geometry().right() <= 1010 && card->geometry().bottom() <= 600);
        QCOMPARE(test::clippedLabels(f.find<QWidget>("toast.a")), QStringList());
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
