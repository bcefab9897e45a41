// Pictures of the sign-in window in its states, light and dark, written to the build folder for people to look at, with
// what can be told without an eye: nothing is cut off, everything that takes input has a name.
#include "tests/support/login_run.h"
#include "ui/login/notice_bar.h"
#include "ui/style/theme.h"

#include <QAccessible>
#include <QDir>
#include <QLabel>
#include <QTest>
#include <QWebEngineView>

using namespace gw;
using namespace gw::test;

namespace {

const QByteArray providerPage = R"html(<!doctype html><title>ready</title><meta charset=utf-8><style>
body{margin:0;background:#f3efe7;font:14px "Noto Sans",sans-serif;color:#1d1d1b;display:flex;min-height:100vh;align-items:center;justify-content:center}
main{background:#fff;border:1px solid #d9d3c5;padding:36px;width:300px}
b.mark{display:inline-flex;width:40px;height:40px;border-radius:20px;background:#2d4a39;color:#fff;align-items:center;justify-content:center;font-size:20px}
h1{font-size:20px;margin:16px 0 4px}p{margin:0 0 20px;color:#55524a}label{display:block;margin:12px 0 4px;color:#55524a}
input{box-sizing:border-box;width:100%;padding:9px;border:1px solid #a39c8a;font:inherit}
button{width:100%;margin-top:20px;padding:11px;background:#2d4a39;color:#fff;border:0;font:inherit;font-weight:600}
button+button{margin-top:12px;background:#fff;color:#1d1d1b;border:1px solid #a39c8a;font-weight:400}
</style><main><b class=mark>N</b><h1>Northwind Robotics</h1><p>Sign in with your company account</p>
<label>User name</label><input name=user value="ines.halvorsen"><label>Password</label><input type=password value=0123456789>
<button>Continue</button><button>Use a security key</button></main>)html";

class LookTest : public QObject {
    Q_OBJECT

private:
    ui::EmbeddedLoginPlugin plugin_;
    WebServer provider_;
    QString folder_;

    void save(LoginRun& run, const QString& scheme, const QString& name) {
        QTest::qWait(150);
        // The web view paints in its own time and is not part of a grab off screen, so the screen is asked.
        const auto ratio = QString::number(run.window()->devicePixelRatioF());
        run.window()->raise();
        QTest::qWait(150);
        const auto picture = run.window()->screen()->grabWindow(run.window()->winId());
        QVERIFY(picture.save(QStringLiteral("%1/sign-in-%2-%3-%4x.png").arg(folder_, name, scheme, ratio)));
    }

    static QStringList unnamed(QWidget* window) {
        QStringList found;
        const auto widgets = window->findChildren<QWidget*>();
        for (auto* widget : widgets) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || qobject_cast<QWebEngineView*>(widget->parentWidget()) != nullptr) continue;
            const auto* interface = QAccessible::queryAccessibleInterface(widget);
            if (interface == nullptr || interface->text(QAccessible::Name).isEmpty() || widget->objectName().isEmpty())
                found.append(QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') + widget->objectName());
        }
        return found;
    }

    static QStringList cut(QWidget* window) {
        QStringList found;
        const auto labels = window->findChildren<QLabel*>();
        for (auto* label : labels) {
            if (!label->isVisible() || label->text().isEmpty() || label->wordWrap()) continue;
            if (label->width() < label->fontMetrics().horizontalAdvance(label->text())) found.append(label->text());
        }
        return found;
    }

private Q_SLOTS:
    void initTestCase() {
        folder_ = QStringLiteral(GW_BINARY_DIR "/look");
        QVERIFY(QDir().mkpath(folder_));
        provider_.on("/realms/nwr/protocol/saml", providerPage);
    }

    void states_data() {
        QTest::addColumn<QString>("scheme");
        QTest::newRow("light") << QStringLiteral("light");
        QTest::newRow("dark") << QStringLiteral("dark");
    }

    void states() {
        QFETCH(QString, scheme);
        theme().setPreference(scheme);
        provider_.on("/post", "<body onload='document.forms[0].submit()'><form method=post action='" + awsAcs +
                                  "'><input type=hidden name=SAMLResponse value=cmVzcG9uc2U=></form>");
        provider_.on("/secret", [](const WebRequest&) { return WebResponse{401, "no", {{"WWW-Authenticate", "Basic realm=\"Staff only\""}}, false}; });
        {
            LoginRun run(plugin_, loginRequest(provider_.url(QStringLiteral("/realms/nwr/protocol/saml"))));
            run.start();
            QVERIFY(waitUntil([&] { return run.page()->title() == QLatin1String("ready") && !run.page()->isLoading(); }));
            save(run, scheme, QStringLiteral("page"));
            QCOMPARE(unnamed(run.window()), QStringList());
            QCOMPARE(cut(run.window()), QStringList());
            run.script(QStringLiteral("alert('Your password ends in three days. Change it at the service desk, or at the next sign-in, when you will be asked.')"));
            QTRY_VERIFY(run.window()->notices().isVisible());
            QTest::keyClick(run.window(), Qt::Key_F, Qt::ControlModifier);
            save(run, scheme, QStringLiteral("notice"));
            QCOMPARE(unnamed(run.window()), QStringList());
            run.window()->resize(run.window()->minimumSize());
            QTest::qWait(50);
            save(run, scheme, QStringLiteral("small"));
            QCOMPARE(cut(run.window()), QStringList());
        }
        {
            WebServer gone;
            const auto url = gone.url(QStringLiteral("/login"));
            gone.goAway();
            LoginRun run(plugin_, loginRequest(url));
            run.start();
            QVERIFY(waitUntil([&] { return !run.errors.empty(); }));
            save(run, scheme, QStringLiteral("unreachable"));
            QCOMPARE(unnamed(run.window()), QStringList());
            QCOMPARE(cut(run.window()), QStringList());
        }
        {
            WebServer encrypted(WebServer::Transport::SelfSigned);
            LoginRun run(plugin_, loginRequest(encrypted.url(QStringLiteral("/login"))));
            run.start();
            QVERIFY(waitUntil([&] { return !run.errors.empty(); }));
            save(run, scheme, QStringLiteral("certificate"));
        }
        {
            LoginRun run(plugin_, loginRequest(provider_.url(QStringLiteral("/secret"))));
            run.start();
            QVERIFY(waitUntil([&] { return run.shown() == QLatin1String("credentials"); }));
            save(run, scheme, QStringLiteral("password"));
            QCOMPARE(unnamed(run.window()), QStringList());
            QCOMPARE(cut(run.window()), QStringList());
        }
        {
            provider_.on("/refused", "<title>ready</title><p>Opening Okta Verify<script>setTimeout(()=>{location.href='com-okta-authenticator:/x'},20)</script>");
            LoginRun run(plugin_, loginRequest(provider_.url(QStringLiteral("/refused"))));
            run.start();
            QVERIFY(waitUntil([&] { return !run.errors.empty(); }));
            save(run, scheme, QStringLiteral("refused"));
            QCOMPARE(cut(run.window()), QStringList());
        }
        {
            LoginRun run(plugin_, loginRequest(provider_.url(QStringLiteral("/post"))));
            run.start();
            QVERIFY(waitUntil([&] { return !run.responses.empty(); }));
            save(run, scheme, QStringLiteral("captured"));
            run.session().showStep(4, QStringLiteral("The signature is by a key that the provider's metadata does not name"));
            save(run, scheme, QStringLiteral("failed"));
            QCOMPARE(unnamed(run.window()), QStringList());
        }
    }
};

} // namespace

GW_WEB_TEST_MAIN(LookTest)
#include "look_test.moc"
