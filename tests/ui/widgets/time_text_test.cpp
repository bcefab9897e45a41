#include "tests/support/ui_application.h"
#include "ui/widgets/countdown_ring.h"
#include "ui/widgets/time_text.h"

using namespace gw;
using namespace gw::ui;
using sessions::TimeLeft;
using std::chrono::seconds;

class TimeTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void countdown_data() {
        QTest::addColumn<qint64>("left");
        QTest::addColumn<QString>("text");
        QTest::newRow("minutes") << qint64(3134) << QStringLiteral("52:14");
        QTest::newRow("hours") << qint64(3 * 3600 + 32 * 60 + 50) << QStringLiteral("3:32:50");
        QTest::newRow("one hour") << qint64(3600) << QStringLiteral("1:00:00");
        QTest::newRow("below an hour") << qint64(3599) << QStringLiteral("59:59");
        QTest::newRow("seconds") << qint64(42) << QStringLiteral("0:42");
        QTest::newRow("over") << qint64(0) << QStringLiteral("0:00");
        QTest::newRow("long over") << qint64(-90) << QStringLiteral("0:00");
        QTest::newRow("twelve hours") << qint64(43200) << QStringLiteral("12:00:00");
    }
    void countdown() {
        QFETCH(qint64, left);
        QTEST(countdownText(seconds(left)), "text");
    }

    void duration_data() {
        QTest::addColumn<qint64>("length");
        QTest::addColumn<QString>("text");
        QTest::newRow("minutes") << qint64(900) << QStringLiteral("15 min");
        QTest::newRow("hour") << qint64(3600) << QStringLiteral("1 h");
        QTest::newRow("both") << qint64(4800) << QStringLiteral("1 h 20 min");
        QTest::newRow("seconds") << qint64(42) << QStringLiteral("42 s");
        QTest::newRow("none") << qint64(0) << QStringLiteral("0 s");
        QTest::newRow("negative") << qint64(-5) << QStringLiteral("0 s");
    }
    void duration() {
        QFETCH(qint64, length);
        QTEST(durationText(seconds(length)), "text");
    }

    void age_data() {
        QTest::addColumn<QByteArray>("then");
        QTest::addColumn<QString>("text");
        QTest::newRow("now") << QByteArray("2026-11-24T14:06:40Z") << QStringLiteral("just now");
        QTest::newRow("ahead of us") << QByteArray("2026-11-24T14:09:00Z") << QStringLiteral("just now");
        QTest::newRow("minutes") << QByteArray("2026-11-24T13:45:00Z") << QStringLiteral("22 min ago");
        QTest::newRow("hours") << QByteArray("2026-11-24T11:20:00Z") << QStringLiteral("2 h 47 min ago");
        QTest::newRow("yesterday") << QByteArray("2026-11-23T23:50:00Z") << QStringLiteral("yesterday");
        QTest::newRow("this year") << QByteArray("2026-11-18T09:00:00Z") << QStringLiteral("18 Nov");
        QTest::newRow("another year") << QByteArray("2025-09-02T09:00:00Z") << QStringLiteral("2 Sept 2025");
    }
    void age() {
        QFETCH(QByteArray, then);
        QFETCH(QString, text);
        const UtcTime now = *UtcTime::parse("2026-11-24T14:07:19Z");
        const QString said = ageText(*UtcTime::parse(then.toStdString()), now);
        // CLDR's short name of September differs between Qt versions.
        QCOMPARE(QString(said).replace(QStringLiteral("Sept"), QStringLiteral("Sep")),
                 QString(text).replace(QStringLiteral("Sept"), QStringLiteral("Sep")));
    }

    void minutesAfterMidnightAreNotYesterday() {
        const UtcTime now = *UtcTime::parse("2026-11-24T00:10:00Z");
        QCOMPARE(ageText(*UtcTime::parse("2026-11-23T23:50:00Z"), now), QStringLiteral("20 min ago"));
    }

    void clock() { QCOMPARE(clockText(*UtcTime::parse("2026-11-24T14:59:59Z")), QStringLiteral("14:59")); }

    void steps_data() {
        QTest::addColumn<qint64>("left");
        QTest::addColumn<int>("step");
        QTest::newRow("plenty") << qint64(901) << int(TimeLeft::Plenty);
        QTest::newRow("fifteen minutes") << qint64(900) << int(TimeLeft::Soon);
        QTest::newRow("above five") << qint64(301) << int(TimeLeft::Soon);
        QTest::newRow("five minutes") << qint64(300) << int(TimeLeft::Near);
        QTest::newRow("above one") << qint64(61) << int(TimeLeft::Near);
        QTest::newRow("one minute") << qint64(60) << int(TimeLeft::Last);
        QTest::newRow("last second") << qint64(1) << int(TimeLeft::Last);
        QTest::newRow("over") << qint64(0) << int(TimeLeft::Over);
    }
    void steps() {
        QFETCH(qint64, left);
        QFETCH(int, step);
        QCOMPARE(int(timeLeftStep(seconds(left))), step);
    }

    // Every step is told apart without colour: as grey pictures no two are the same.
    void ringsDifferInGrey() {
        for (const int diameter : {28, 40}) {
            QList<QImage> pictures;
            for (const int left : {3000, 700, 250, 42, 0}) {
                CountdownRing ring(diameter, false);
                ring.set(seconds(left), seconds(left == 0 ? 0 : left * 2));
                ring.resize(ring.sizeHint());
                const QImage grey = ring.grab().toImage().convertToFormat(QImage::Format_Grayscale8);
                QVERIFY(!pictures.contains(grey));
                pictures.append(grey);
            }
        }
    }

    void ringSaysWhatItShows() {
        CountdownRing ring(40, true);
        ring.set(seconds(3134), seconds(3600));
        QCOMPARE(ring.accessibleName(), QStringLiteral("52:14 left"));
        ring.set(seconds(0), seconds(3600));
        QCOMPARE(ring.accessibleName(), QStringLiteral("Expired"));
    }
};

GW_UI_TEST_MAIN(TimeTextTest)
#include "time_text_test.moc"
