// However the configuration is saved, it is noticed: in place, as some editors and bind mounts do, or by renaming.
#include "app/composition/config_watch.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace gw;

class ConfigWatchTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> folder_;

    [[nodiscard]] QString path(const char* name) const { return folder_->filePath(QLatin1String(name)); }
    static void inPlace(const QString& name, const QByteArray& text) {
        QFile file(name);
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.resize(0);
        file.write(text);
    }
    static void byRenaming(const QString& name, const QByteArray& text) {
        QSaveFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        QVERIFY(file.commit());
    }

private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    // Again and again: a watch ends with the file that it was on.
    void everyWayAndMoreThanOnce() {
        const QString name = path("config.toml");
        inPlace(name, "a");
        app::ConfigWatch watch(name.toStdString());
        QSignalSpy saved(&watch, &app::ConfigWatch::saved);
        for (const auto save : {inPlace, inPlace, byRenaming, inPlace, byRenaming, byRenaming, inPlace}) {
            saved.clear();
            save(name, "b = 1\n");
            QTRY_COMPARE(saved.size(), 1);
        }
    }

    void severalStepsAreOneSave() {
        const QString name = path("config.toml");
        inPlace(name, "a");
        app::ConfigWatch watch(name.toStdString());
        QSignalSpy saved(&watch, &app::ConfigWatch::saved);
        for (int i = 0; i < 5; ++i) {
            inPlace(name, QByteArray(100 + i, 'x'));
            QTest::qWait(20);
        }
        QTRY_COMPARE(saved.size(), 1);
        QTest::qWait(400);
        QCOMPARE(saved.size(), 1);
    }

    // A configuration that is kept among a person's other ones and linked to.
    void whatALinkLeadsTo() {
        QVERIFY(QDir().mkpath(path("dotfiles")) && QDir().mkpath(path("config")));
        const QString real = path("dotfiles/gatewarden.toml");
        inPlace(real, "a");
        QVERIFY(QFile::link(real, path("config/config.toml")));
        app::ConfigWatch watch(path("config/config.toml").toStdString());
        QSignalSpy saved(&watch, &app::ConfigWatch::saved);
        for (const auto save : {inPlace, byRenaming, inPlace}) {
            saved.clear();
            save(real, "b = 1\n");
            QTRY_COMPARE(saved.size(), 1);
        }
    }

    void aFileAndFolderThatComeLater() {
        app::ConfigWatch watch(path("later/gatewarden/config.toml").toStdString());
        QSignalSpy saved(&watch, &app::ConfigWatch::saved);
        QVERIFY(QDir().mkpath(path("later")));
        QTRY_VERIFY(!saved.isEmpty());
        QVERIFY(QDir().mkpath(path("later/gatewarden")));
        saved.clear();
        QTRY_VERIFY(!saved.isEmpty());
        saved.clear();
        inPlace(path("later/gatewarden/config.toml"), "a");
        QTRY_VERIFY(!saved.isEmpty());
        saved.clear();
        inPlace(path("later/gatewarden/config.toml"), "b");
        QTRY_COMPARE(saved.size(), 1);
    }
};

QTEST_GUILESS_MAIN(ConfigWatchTest)
#include "config_watch_test.moc"
