// The whole console with two real providers configured: a person signs in at each in the sign-in window and finds exactly
// their roles in the chooser. No call to AWS is made: nothing is started.
#include "app/composition/console.h"
#include "tests/interop/captured_case.h"
#include "tests/interop/peer_process.h"
#include "tests/interop/provider_page.h"
#include "ui/sessions/role_list_view.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QWebEngineView>

#include <algorithm>
#include <set>

using namespace gw;
using namespace gw::interop;

namespace {

std::string providerToml(const QString& id, const PeerProcess& peer) {
    return "[[provider]]\nid = \"" + id.toStdString() + "\"\nname = \"" + id.toStdString() + "\"\nkind = \"" + id.toStdString() + "\"\nlogin_url = \"" +
           peer.value(QStringLiteral("LOGIN_URL")).toStdString() + "\"\nmetadata_url = \"" + peer.value(QStringLiteral("METADATA_URL")).toStdString() + "\"\n";
}

template <class Widget>
Widget* shown(const QString& name) {
    const auto windows = QApplication::topLevelWidgets();
    for (QWidget* window : windows) {
        if (!window->isVisible()) continue;
        if (auto* self = qobject_cast<Widget*>(window); self != nullptr && self->objectName() == name) return self;
        const auto found = window->findChildren<Widget*>(name);
        for (Widget* widget : found)
            if (widget->isVisible()) return widget;
    }
    return nullptr;
}

std::size_t roleLines(const ui::RoleListView& list) {
    std::size_t count = 0;
    for (int line = 0; line < list.lineCount(); ++line) count += list.isHeader(line) ? 0 : 1;
    return count;
}

} // namespace

class ConsoleTest : public QObject {
    Q_OBJECT

public:
    explicit ConsoleTest(QString home) : home_(std::move(home)) {}

private:
    QString home_;
    std::unique_ptr<PeerProcess> simplesamlphp_, keycloak_;
    std::unique_ptr<app::Console> console_;

private Q_SLOTS:
    void initTestCase() {
        simplesamlphp_ = std::make_unique<PeerProcess>(QStringLiteral("simplesamlphp.sh"));
        keycloak_ = std::make_unique<PeerProcess>(QStringLiteral("keycloak.sh"));
        QTRY_VERIFY_WITH_TIMEOUT(simplesamlphp_->ready() || simplesamlphp_->ended(), 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(keycloak_->ready() || keycloak_->ended(), 300'000);
        QVERIFY(!simplesamlphp_->ended() && !keycloak_->ended());

        QVERIFY(QDir().mkpath(home_ + QStringLiteral("/config/gatewarden")));
        QFile config(home_ + QStringLiteral("/config/gatewarden/config.toml"));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        config.write(QByteArray::fromStdString(providerToml(QStringLiteral("simplesamlphp"), *simplesamlphp_) +
                                               providerToml(QStringLiteral("keycloak"), *keycloak_)));
        config.close();

        console_ = std::make_unique<app::Console>(*qApp, false, GW_BINARY_DIR "/bin");
        const Status started = console_->start();
        QVERIFY2(started.has_value(), started ? "" : started.error().chain().c_str());
        QTRY_VERIFY(console_->window().isVisible());
    }

    void thePersonsRolesAreShown_data() {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("search");
        QTest::addColumn<int>("found");
        QTest::newRow("simplesamlphp") << QStringLiteral("simplesamlphp") << QStringLiteral("developer") << QStringLiteral("readonly") << 1;
        QTest::newRow("keycloak") << QStringLiteral("keycloak") << QStringLiteral("admin") << QStringLiteral("777788889999") << 1;
    }
    void thePersonsRolesAreShown() {
        QFETCH(QString, provider);
        QFETCH(QString, user);
        QFETCH(QString, search);
        QFETCH(int, found);
        console_->coordinator().signIn(sessions::ProviderId(provider.toStdString()));
        QTRY_VERIFY_WITH_TIMEOUT(shown<QWidget>(QStringLiteral("login.window")) != nullptr, 30'000);
        QCOMPARE(signInAt(shown<QWidget>(QStringLiteral("login.window"))->findChild<QWebEngineView*>(), user, user + QStringLiteral("-pass")), QString());

        QTRY_VERIFY_WITH_TIMEOUT(shown<ui::RoleListView>(QStringLiteral("chooser.list")) != nullptr, 30'000);
        auto* const list = shown<ui::RoleListView>(QStringLiteral("chooser.list"));
        const Person expected = person(user.toStdString());
        std::set<std::string> names;
        for (const ui::RoleRow& row : list->rows()) {
            QString digits = row.account;
            digits.remove(QRegularExpression(QStringLiteral("[^0-9]")));
            names.insert((digits + QLatin1Char('/') + row.label).toStdString());
        }
        std::set<std::string> expectedNames;
        for (const std::string& role : expected.roles) {
            const auto arn = aws::RoleArn::parse(role);
            QVERIFY(arn.has_value());
            expectedNames.insert(arn->account().value() + "/" + arn->name());
        }
        QCOMPARE(names, expectedNames);
        QCOMPARE(roleLines(*list), expected.roles.size());

        auto* const field = shown<QWidget>(QStringLiteral("chooser.search"));
        QVERIFY(field != nullptr);
        QWidget* const input = field->focusProxy() != nullptr ? field->focusProxy() : field;
        QTest::keyClicks(input, search);
        QTRY_COMPARE(roleLines(*list), static_cast<std::size_t>(found));

        // Away with both, so that the next sign-in starts from the Sessions screen.
        console_->coordinator().cancel(sessions::ProviderId(provider.toStdString()));
        QTRY_VERIFY(shown<QWidget>(QStringLiteral("login.window")) == nullptr);
    }

    void cleanupTestCase() {
        console_.reset();
        keycloak_.reset();
        simplesamlphp_.reset();
    }
};

int main(int argc, char** argv) {
    // Everything the console reads or writes lies in one folder of this test's own.
    QTemporaryDir home;
    const auto lead = [&home](const char* variable, const char* name) { qputenv(variable, home.filePath(QString::fromLatin1(name)).toLocal8Bit()); };
    lead("XDG_CONFIG_HOME", "config");
    lead("XDG_DATA_HOME", "data");
    lead("XDG_CACHE_HOME", "cache");
    lead("XDG_STATE_HOME", "state");
    lead("XDG_RUNTIME_DIR", "run");
    lead("AWS_CONFIG_FILE", "aws-config");
    lead("AWS_SHARED_CREDENTIALS_FILE", "aws-credentials");
    QDir(home.path()).mkdir(QStringLiteral("run"));
    QFile::setPermissions(home.filePath(QStringLiteral("run")), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + home.filePath(QStringLiteral("run/no-bus")).toLocal8Bit());

    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("gatewarden"));
    QGuiApplication::setQuitOnLastWindowClosed(false);
    ConsoleTest test(home.path());
    // From inside the event loop, so that the engine hears of the end as it does in the program.
    int status = 1;
    QTimer::singleShot(0, &application, [&] {
        status = QTest::qExec(&test, argc, argv);
        QCoreApplication::quit();
    });
    QApplication::exec();
    return status;
}

#include "console_test.moc"
