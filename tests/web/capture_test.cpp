// Every way in which providers are known to post a response, through the real engine, and what must not be taken for one.
#include "tests/support/web_fixture.h"
#include "ui/login/engine_flags.h"
#include "ui/login/login_browser.h"

#include <QSignalSpy>
#include <QTest>
#include <QWebEngineProfile>

using namespace gw;
using namespace gw::test;
using ui::LoginBrowser;
using ui::LoginError;
using ui::LoginProfile;

namespace {

const QByteArray hiddenField = "<input type=hidden name=SAMLResponse value='PAYLOAD'><input type=hidden name=RelayState value='relay &amp; state'>";

QByteArray form(const QByteArray& attributes, const QByteArray& more = {}) {
    return "<form method=post action='" + awsAcs + "' " + attributes + ">" + hiddenField + more + "</form>";
}

// Builds the form by script from a value that only the script holds.
QByteArray builtForm(const QByteArray& after, const QByteArray& target = {}) {
    return "<body><script>const f=document.createElement('form');f.method='post';f.action='" + awsAcs + "';" + target +
           "for(const [n,v] of [['SAMLResponse','PAYLOAD'],['RelayState','relay & state']]){const i=document.createElement('input');"
           "i.type='hidden';i.name=n;i.value=v;f.appendChild(i)}document.body.appendChild(f);" +
           after + "</script>";
}

struct Caught {
    std::shared_ptr<saml::CapturedResponse> response;
    std::vector<Error> errors;
};

class CaptureTest : public QObject {
    Q_OBJECT

private:
    std::shared_ptr<LoginProfile> profile_;
    std::unique_ptr<WebServer> provider_;

    // Runs a sign-in at `path` until it gives a response, fails, or `quiet` says that enough happened.
    Caught run(const QString& path, const std::function<bool()>& quiet = {}, std::vector<std::string> additionalAcs = {}) {
        auto request = loginRequest(provider_->url(path));
        request.acs = aws::AcsMatcher(std::move(additionalAcs));
        LoginBrowser browser(profile_, request);
        Caught caught;
        connect(&browser, &LoginBrowser::captured, this, [&](const auto& response) { caught.response = response; });
        connect(&browser, &LoginBrowser::failed, this, [&](const Error& error) { caught.errors.push_back(error); });
        browser.start();
        waitUntil([&] { return caught.response || !caught.errors.empty() || (quiet && quiet()); });
        if (caught.response) browser.blank();
        return caught;
    }

private Q_SLOTS:
    void initTestCase() {
        ui::prepareEngine(false);
        QVERIFY2(ui::engineUsable(), "run this through tests/web/run_web_test.sh");
        profile_ = LoginProfile::makePrivate({});
        provider_ = std::make_unique<WebServer>();
        awsDecoy().on("/other", "decoy");
    }

    // Without this, the empty decoy below would prove nothing.
    void theDecoyStandsWhereAwsWouldBe() {
        provider_->on("/control", "<img src='http://signin.aws.amazon.com/other'>");
        (void)run(QStringLiteral("/control"), [&] { return awsDecoy().countOf("/other") > 0; });
        QCOMPARE(awsDecoy().countOf("/other"), 1);
    }

    void takesEveryPageStyle_data() {
        QTest::addColumn<QByteArray>("html");
        QTest::addColumn<QByteArray>("policy");
        const auto row = [](const char* name, const QByteArray& html, const QByteArray& policy = {}) { QTest::newRow(name) << html << policy; };
        row("body onload", "<body onload='document.forms[0].submit()'>" + form(""));
        row("inline submit before the parser ends", "<body>" + form("") + "<script>document.forms[0].submit()</script><p>more");
        row("button clicked by script", "<body>" + form("", "<button id=go>Continue</button>") + "<script>document.getElementById('go').click()</script>");
        row("form built by script", builtForm("f.submit();"));
        row("form built and removed at once", builtForm("f.submit();f.remove();"));
        row("document.write", "<script>document.write(`" + form("id=w") + "`);document.getElementById('w').submit()</script>");
        row("strict content security policy", "<body>" + form("") + "<script nonce=abc>document.forms[0].submit()</script>",
            "default-src 'none'; script-src 'nonce-abc'; form-action *");
        row("multipart", "<body onload='document.forms[0].submit()'>" + form("enctype=multipart/form-data"));
        row("inputs named action, submit and method",
            "<body>" + form("", "<input name=action value=x><input name=submit value=y><input name=method value=get><input name=elements value=z>"
                                "<input name=getAttribute value=q>") +
                "<script>HTMLFormElement.prototype.submit.call(document.querySelector('form'))</script>");
        row("document properties hidden behind names",
            "<body><img name=forms><img name=querySelectorAll><form name=baseURI></form>" + form("id=real") +
                "<script>document.getElementById('real').submit()</script>");
        row("a new window", "<body>" + form("target=_blank") + "<script>document.forms[0].submit()</script>");
        row("a new window from a built form", builtForm("f.submit();f.remove();", "f.target='_blank';"));
        row("a frame of the same origin", "<iframe src='/inner?plain'></iframe>");
        row("a frame posting to the top", "<iframe src='/inner?top'></iframe>");
        row("answered with 307", "<body onload='document.forms[0].submit()'><form method=post action='/forward'>" + hiddenField + "</form>");
        row("two forms, one for AWS",
            "<body><form method=post action='/elsewhere'><input type=hidden name=SAMLResponse value=bait></form>" + form("id=real") +
                "<script>document.getElementById('real').submit()</script>");
        row("port 443 written out", QByteArray("<body onload='document.forms[0].submit()'>" + form("")).replace(awsAcs, "https://signin.aws.amazon.com:443/saml"));
        row("address by the button", "<body><form method=get action='/elsewhere'>" + hiddenField + "<button id=go formmethod=post formaction='" +
                                         awsAcs + "'>Go</button></form><script>document.getElementById('go').click()</script>");
        row("fields outside the form", "<body><form id=f method=post action='" + awsAcs + "'></form>" +
                                           QByteArray(hiddenField).replace("<input", "<input form=f") +
                                           "<script>document.getElementById('f').submit()</script>");
        row("regional endpoint",
            QByteArray("<body onload='document.forms[0].submit()'>" + form("")).replace("signin.aws", "eu-west-1.signin.aws"));
    }

    void takesEveryPageStyle() {
        QFETCH(QByteArray, html);
        QFETCH(QByteArray, policy);
        const auto payload = randomPayload();
        const auto filled = [payload](QByteArray text) { return text.replace("PAYLOAD", payload); };
        provider_->on("/login", [&](const WebRequest&) {
            auto answer = page(filled(html));
            if (!policy.isEmpty()) answer.headers.append({"Content-Security-Policy", policy});
            return answer;
        });
        provider_->on("/inner", [&](const WebRequest& request) {
            return page(filled("<body onload='document.forms[0].submit()'>" + form(request.query == "top" ? "target=_top" : "")));
        });
        provider_->on("/forward", [](const WebRequest&) { return redirect(307, awsAcs); });
        const int before = awsDecoy().connections();
        const auto caught = run(QStringLiteral("/login"));
        QVERIFY2(caught.response, caught.errors.empty() ? "nothing" : caught.errors.front().chain().c_str());
        QVERIFY(caught.response->base64.equals(std::string_view(payload.constData(), static_cast<std::size_t>(payload.size()))));
        QCOMPARE(caught.response->relayState, std::string("relay & state"));
        QVERIFY(caught.response->acs == "https://signin.aws.amazon.com/saml" || caught.response->acs == "https://eu-west-1.signin.aws.amazon.com/saml");
        QCOMPARE(caught.response->source, saml::CaptureSource::EmbeddedView);
        QVERIFY(caught.response->capturedAt.unixSeconds() > 0);
        QCOMPARE(awsDecoy().connections(), before);
    }

    void leavesTheRestAlone_data() {
        QTest::addColumn<QByteArray>("html");
        // What AcsMatcher does not know goes out as any other page would; what it knows but is no post is stopped.
        QTest::addColumn<bool>("stopped");
        const auto posting = [](const QByteArray& action) {
            return QByteArray("<body onload='document.forms[0].submit()'>" + form("")).replace(awsAcs, action);
        };
        QTest::newRow("a GET form") << QByteArray(posting(awsAcs)).replace("method=post", "method=get") << true;
        QTest::newRow("a link") << QByteArray("<body>" + form("") + "<a id=a href='" + awsAcs + "'>AWS</a><script>document.getElementById('a').click()</script>") << true;
        QTest::newRow("an address set by script") << QByteArray("<script>location.href='" + awsAcs + "'</script>") << true;
        QTest::newRow("a redirect of a GET") << QByteArray("<body>" + form("") + "<script>location.href='/away'</script>") << true;
        QTest::newRow("a host that ends otherwise") << posting("https://signin.aws.amazon.com.evil.test/saml") << false;
        QTest::newRow("the host in the query") << posting("https://evil.test/?signin.aws.amazon.com/saml") << false;
        QTest::newRow("another path") << posting("https://signin.aws.amazon.com/samlfoo") << false;
        QTest::newRow("a user in front") << posting("https://user@signin.aws.amazon.com/saml") << false;
        QTest::newRow("the host as a user") << posting("https://signin.aws.amazon.com@evil.test/saml") << false;
        QTest::newRow("another port") << posting("https://signin.aws.amazon.com:8443/saml") << false;
        QTest::newRow("plain http") << posting("http://signin.aws.amazon.com/saml") << false;
    }

    void leavesTheRestAlone() {
        QFETCH(QByteArray, html);
        QFETCH(bool, stopped);
        provider_->on("/login", QByteArray(html).replace("PAYLOAD", randomPayload()));
        provider_->on("/away", [](const WebRequest&) { return redirect(302, awsAcs); });
        const int before = awsDecoy().connections();
        const auto caught = run(QStringLiteral("/login"));
        QVERIFY(!caught.response);
        QVERIFY(!caught.errors.empty());
        const auto& error = caught.errors.front();
        if (stopped) {
            QVERIFY2(error.code().is(LoginError::CaptureLost), error.chain().c_str());
            QCOMPARE(awsDecoy().connections(), before);
        } else {
            QVERIFY2(error.code().is(LoginError::ProviderUnreachable) || error.code().is(LoginError::UnsafeAddress), error.chain().c_str());
        }
    }

    // The engine hands a fetch's body over from Qt 6.7 on; before, it is stopped and said to be lost.
    void stopsAPostByScript_data() {
        QTest::addColumn<QByteArray>("call");
        QTest::newRow("fetch") << QByteArray("fetch('" + awsAcs + "',{method:'POST',mode:'no-cors',body:new URLSearchParams({SAMLResponse:'PAYLOAD'})})");
        QTest::newRow("beacon") << QByteArray("navigator.sendBeacon('" + awsAcs + "',new URLSearchParams({SAMLResponse:'PAYLOAD'}))");
        QTest::newRow("XMLHttpRequest") << QByteArray("const x=new XMLHttpRequest;x.open('POST','" + awsAcs + "');x.send(new URLSearchParams({SAMLResponse:'PAYLOAD'}))");
    }

    void stopsAPostByScript() {
        QFETCH(QByteArray, call);
        const auto payload = randomPayload();
        provider_->on("/login", QByteArray("<script>" + call + "</script>").replace("PAYLOAD", payload));
        const int before = awsDecoy().connections();
        const auto caught = run(QStringLiteral("/login"));
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
        QVERIFY(caught.response);
        QVERIFY(caught.response->base64.equals(std::string_view(payload.constData(), static_cast<std::size_t>(payload.size()))));
#else
        QVERIFY(!caught.response);
        QVERIFY(!caught.errors.empty());
        QVERIFY(caught.errors.front().code().is(LoginError::CaptureLost));
        QCOMPARE(std::string(caught.errors.front().fact("reason")), std::string("by_script"));
#endif
        QCOMPARE(awsDecoy().connections(), before);
    }

    void takesAnAddedAcs() {
        const auto payload = randomPayload();
        const std::string own = "http://127.0.0.1:" + std::to_string(provider_->port()) + "/acs";
        provider_->on("/login", QByteArray("<body onload='document.forms[0].submit()'>" + form("")).replace(awsAcs, QByteArray::fromStdString(own)).replace("PAYLOAD", payload));
        const auto caught = run(QStringLiteral("/login"), {}, {own});
        QVERIFY(caught.response);
        QCOMPARE(caught.response->acs, own);
        QCOMPARE(provider_->countOf("/acs"), 0);
    }

    void refusesWhatIsTooLarge() {
        provider_->on("/login", QByteArray("<body onload='document.forms[0].submit()'>" + form("")).replace("PAYLOAD", QByteArray(static_cast<qsizetype>(saml::maxFormValue) + 1, 'A')));
        const auto caught = run(QStringLiteral("/login"));
        QVERIFY(!caught.response);
        QVERIFY(!caught.errors.empty());
        QVERIFY2(caught.errors.front().code().is(saml::CaptureError::TooLarge), caught.errors.front().chain().c_str());
    }

    void theFirstCaptureWins() {
        const auto payload = randomPayload();
        provider_->on("/login", QByteArray("<body>" + form("id=f") + "<script>const f=document.getElementById('f');f.submit();"
                                           "setInterval(()=>{f.elements[0].value='second';f.submit()},5)</script>").replace("PAYLOAD", payload));
        auto request = loginRequest(provider_->url(QStringLiteral("/login")));
        LoginBrowser browser(profile_, request);
        QSignalSpy captured(&browser, &LoginBrowser::captured);
        connect(&browser, &LoginBrowser::captured, this, [&] { browser.blank(); });
        browser.start();
        QTRY_COMPARE(captured.count(), 1);
        QTRY_COMPARE(browser.mainPage()->url(), QUrl(QStringLiteral("about:blank")));
        QCOMPARE(captured.count(), 1);
    }

    void aPageCannotReachTheCollector() {
        provider_->on("/login", "<script>document.title=typeof gatewardenCollector</script>");
        auto request = loginRequest(provider_->url(QStringLiteral("/login")));
        LoginBrowser browser(profile_, request);
        browser.start();
        QTRY_COMPARE(browser.mainPage()->title(), QStringLiteral("undefined"));
    }
};

} // namespace

GW_WEB_TEST_MAIN(CaptureTest)
#include "capture_test.moc"
