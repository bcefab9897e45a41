// Banners and toasts: which is shown, for how long, where.
#include "tests/support/ui_ink.h"
#include "tests/ui/shell/shell_fixture.h"
#include "ui/shell/banner_bar.h"
#include "ui/shell/toasts.h"
#include "ui/widgets/widgets.h"

#include <QEnterEvent>
#include <QSignalSpy>

using namespace gw;
using namespace gw::ui;
using namespace std::chrono_literals;
using test::banner;
using test::toast;
using Fixture = test::ShellFixture;

class NoticesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { Theme::of(nullptr).setPreference(QStringLiteral("light")); }

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

    void toastsStandAboveAFoot() {
        Fixture f;
        auto* foot = new QWidget(f.first->parentWidget());
        foot->setProperty(Toasts::footProperty, true);
        foot->setGeometry(0, 560, 1000, 60);
        foot->hide();
        f.window.showToast(toast(QStringLiteral("a")));
        const auto* card = f.find<QWidget>("toast.a");
        const auto lies = [&] { return card->geometry().adjusted(20, 20, -20, -20).intersects(QRect(foot->mapTo(&f.window, QPoint()), foot->size())); };
        const QRect before = card->geometry();
        foot->setGeometry(700, before.bottom() - 100, 300, 60);
        foot->show();
        QTRY_VERIFY(card->geometry().bottom() < before.bottom());
        QVERIFY(!lies());
        foot->move(700, before.bottom() - 160);
        QTRY_VERIFY(!lies());
        foot->hide();
        QTRY_COMPARE(card->geometry(), before);
        // At the left it is not in the way.
        foot->setGeometry(0, before.bottom() - 100, 300, 60);
        foot->show();
        QTest::qWait(0);
        QCOMPARE(card->geometry(), before);
    }

    void toastsFollowTheCorner() {
        Fixture f;
        f.window.showToast(toast(QStringLiteral("a")));
        f.window.resize(1000, 600);
        const auto* card = f.find<QWidget>("toast.a");
        QTRY_VERIFY(card->geometry().right() <= 1010 && card->geometry().bottom() <= 600);
        QCOMPARE(test::clippedLabels(f.find<QWidget>("toast.a")), QStringList());
    }
};

GW_UI_TEST_MAIN(NoticesTest)
#include "notices_test.moc"
