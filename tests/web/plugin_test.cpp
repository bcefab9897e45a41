// The plugin as the program loads it, and how long a person waits for the page.
#include "tests/support/web_fixture.h"

#include <QElapsedTimer>
#include <QPluginLoader>
#include <QTest>
#include <QWidget>

#include <algorithm>

using namespace gw;
using namespace gw::test;

namespace {

class PluginTest : public QObject {
    Q_OBJECT

private:
    QPluginLoader loader_{QStringLiteral(GW_LOGIN_PLUGIN)};
    ui::LoginPlugin* plugin_ = nullptr;

private Q_SLOTS:
    void initTestCase() {
        QElapsedTimer timer;
        timer.start();
        loader_.setLoadHints(QLibrary::PreventUnloadHint);
        plugin_ = qobject_cast<ui::LoginPlugin*>(loader_.instance());
        QVERIFY2(plugin_ != nullptr, qPrintable(loader_.errorString()));
        qInfo("plugin loaded in %lld ms", timer.elapsed());
        QVERIFY(plugin_->engine().startsWith(QLatin1String("Chromium ")));
        QVERIFY(plugin_->engine().section(QLatin1Char(' '), 1).toInt() >= 102);
        timer.restart();
        plugin_->warmUp();
        qInfo("warm-up took %lld ms of this thread", timer.elapsed());
        QTest::qWait(1000);
    }

    void theViewIsReadyInTime() {
        WebServer provider;
        provider.on("/login", "<title>ready</title><form><input name=user></form>");
        std::vector<qint64> taken;
        for (int i = 0; i < 5; ++i) {
            const int before = provider.countOf("/login");
            QElapsedTimer timer;
            timer.start();
            auto session = plugin_->open(loginRequest(provider.url(QStringLiteral("/login"))), theme(), nullptr);
            session->start();
            auto* view = session->window()->findChild<QWidget*>(QStringLiteral("login.view"));
            QVERIFY(view != nullptr);
            QVERIFY(waitUntil([&] { return view->property("title").toString() == QLatin1String("ready"); }));
            taken.push_back(timer.elapsed());
            QCOMPARE(provider.countOf("/login"), before + 1);
            QVERIFY(waitUntil([&] { return session->window()->isVisible(); }));
        }
        for (const auto each : taken) qInfo("open and start to a loaded page: %lld ms", each);
        std::sort(taken.begin(), taken.end());
        // The budget is 500 ms on a machine that does nothing else, which tests cannot count on; five times that is a fault.
        QVERIFY(taken.at(2) < 2500);
    }

    // Codes must be told apart across the border between program and plugin, each of which has its own copy of them.
    void errorsKeepTheirIdentity() {
        auto session = plugin_->open(loginRequest(QUrl(QStringLiteral("http://login.example.test/"))), theme(), nullptr);
        std::vector<Error> errors;
        connect(session.get(), &ui::LoginSession::failed, this, [&](const Error& error) { errors.push_back(error); });
        session->start();
        QVERIFY(waitUntil([&] { return !errors.empty(); }));
        QCOMPARE(errors.front().code().id(), std::string("login.unsafe_address"));
        QVERIFY(errors.front().code().is(ui::LoginError::UnsafeAddress));
    }
};

} // namespace

GW_WEB_TEST_MAIN(PluginTest)
#include "plugin_test.moc"
