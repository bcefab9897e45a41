// Every way in which a provider's answer, or AWS's, can be bad, through the whole console: from the command line with the
// real gatewardenctl, and in the window as a person pastes it. Each must be said in words with a way on, and cost nothing.
#include "models/sessions/session_book.h"
#include "tests/app/console_run.h"
#include "tests/support/cpu_time.h"
#include "ui/sessions/role_list_view.h"

#include <QAbstractButton>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QTest>

using namespace gw;
using namespace gw::test;
using Response = practice::Misbehaviour::Response;
using Sts = practice::Misbehaviour::Sts;

Q_DECLARE_METATYPE(gw::practice::Misbehaviour::Response)
Q_DECLARE_METATYPE(gw::practice::Misbehaviour::Sts)

namespace {

const sessions::ProviderId provider("practice");
const std::string developer = "lena.fairweather";

void expectWords(const QString& said, const QStringList& wanted) {
    for (const QString& part : wanted)
        QVERIFY2(said.contains(QRegularExpression(part)), qPrintable(QStringLiteral("`%1` is not in: %2").arg(part, said)));
}

class BadResponseTest : public QObject {
    Q_OBJECT

public:
    explicit BadResponseTest(const Home& home) : home_(home) {}

private:
    const Home& home_;
    std::unique_ptr<app::Console> console_;
    QString profile_, role_, other_;
    QByteArray keys_;
    std::string config_;

    [[nodiscard]] practice::Practice& practice() { return *console_->practice(); }

    void misbehave(Response response, Sts sts = Sts::Good, std::chrono::seconds clock = std::chrono::seconds(0)) {
        practice::Misbehaviour how;
        how.response = response;
        how.sts = sts;
        how.clockOffset = clock;
        practice().misbehave(how);
    }

    [[nodiscard]] QByteArray response() { return responseFrom(practice(), developer); }

    [[nodiscard]] static Said ctl(QStringList arguments, const QByteArray& input = {}) {
        return run(built("gatewardenctl"), arguments << QStringLiteral("--practice"), input);
    }
    [[nodiscard]] static Said login(const QByteArray& body) {
        return ctl({QStringLiteral("login"), QStringLiteral("practice"), QStringLiteral("--paste")}, body);
    }

    // The session that was live before is served as before, and no file of the person's was touched.
    void nothingIsLost() {
        const Said credentials = run(built("gatewarden-credentials"), {QStringLiteral("--profile"), profile_, QStringLiteral("--practice")});
        QVERIFY2(credentials.exitCode == 0, qPrintable(credentials.errors));
        QCOMPARE(credentials.output.toUtf8(), keys_);
        QCOMPARE(home_.readConfig(true), config_);
    }

    void oneCanGoOn() {
        misbehave(Response::Good);
        const Said again = login(response());
        QVERIFY2(again.exitCode == 0, qPrintable(again.errors));
        QVERIFY(again.output.contains(role_));
    }

    // Pastes into the window; true where the page itself saw at once that this is nothing to use.
    bool paste(const QByteArray& body) {
        console_->coordinator().signIn(provider, ui::SignInCoordinator::Way::Paste);
        auto* text = qobject_cast<QPlainTextEdit*>(visible(QStringLiteral("paste.text")));
        if (text == nullptr) return false;
        text->setPlainText(QString::fromUtf8(body));
        auto* use = qobject_cast<QAbstractButton*>(visible(QStringLiteral("paste.use")));
        if (!use->isEnabled()) return true;
        click(use);
        return false;
    }

private Q_SLOTS:
    void initTestCase() {
        home_.writeConfig(true, "# kept as it is\nunknown = \"setting\"\n");
        config_ = home_.readConfig(true);
        console_ = std::make_unique<app::Console>(*qApp, true, GW_BINARY_DIR "/bin");
        const Status started = console_->start();
        QVERIFY2(started.has_value(), started ? "" : started.error().chain().c_str());
        QVERIFY(waitUntil([&] { return console_->practice() != nullptr; }));

        const Said in = login(response());
        QVERIFY2(in.exitCode == 0, qPrintable(in.errors));
        const auto found = QRegularExpression(QStringLiteral("arn:aws:iam::\\d+:role/\\S+")).globalMatch(in.output);
        QStringList roles;
        for (auto matches = found; matches.hasNext();) roles << matches.next().captured();
        QVERIFY(roles.size() >= 2);
        role_ = roles.at(0);
        other_ = roles.at(1);
        const Said used = ctl({QStringLiteral("use"), role_, QStringLiteral("--profile"), QStringLiteral("kept")});
        QVERIFY2(used.exitCode == 0, qPrintable(used.errors));
        profile_ = QStringLiteral("kept");
        keys_ = run(built("gatewarden-credentials"), {QStringLiteral("--profile"), profile_, QStringLiteral("--practice")}).output.toUtf8();
        QVERIFY(keys_.contains("SessionToken"));
    }

    void aBadResponseIsRefusedInWords_data() {
        QTest::addColumn<Response>("how");
        QTest::addColumn<int>("clock");
        QTest::addColumn<QByteArray>("instead");   // pasted in place of what the provider sends
        QTest::addColumn<bool>("atOnce");          // seen before anything is checked
        QTest::addColumn<QString>("title");
        QTest::addColumn<QStringList>("why");
        QTest::addColumn<QString>("step");
        const auto row = [](const char* name, Response how, const char* title, const QStringList& why, const char* step, int clock = 0) {
            QTest::newRow(name) << how << clock << QByteArray() << false << QString::fromUtf8(title) << why << QString::fromUtf8(step);
        };
        const auto text = [](const char* name, const QByteArray& instead, bool atOnce, const char* title, const QStringList& why, const char* step) {
            QTest::newRow(name) << Response::Good << 0 << instead << atOnce << QString::fromUtf8(title) << why << QString::fromUtf8(step);
        };
        const QString certificate = QStringLiteral("certificate [0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4} … of .*");
        row("truncated", Response::Truncated, "answer is not XML", {QStringLiteral("cut off")}, "Sign in again");
        row("oversized", Response::Oversized, "answer is too large", {QStringLiteral("1 MiB"), QStringLiteral("100,000")}, "fewer groups or roles");
        text("not base64", "SAMLResponse=%3Ch1%3EService+temporarily+unavailable%21%3C%2Fh1%3E", true, "damaged|not a SAML response|No SAML response",
             {}, "opy");
        text("not XML", "SAMLResponse=" + QByteArray("just some words, not a document").toBase64().toPercentEncoding(), true,
             "not XML|No SAML response", {}, "opy|Sign in");
        text("markup, but no response", "SAMLResponse=" + QByteArray("<html><body>Good morning</body></html>").toBase64().toPercentEncoding(), false,
             "not a SAML response|not XML", {}, "SAMLResponse|Sign in");
        text("nothing that is one", "good morning", true, "damaged|No SAML response", {}, "opy");
        row("doctype", Response::Doctype, "carries a DOCTYPE", {QStringLiteral("Nothing of it was read")}, "Sign in again");
        row("two assertions", Response::TwoAssertions, "assertion", {}, "provider's administrator|Sign in");
        row("wrong signature", Response::WrongSignature, "signature does not fit", {QStringLiteral("changed after the provider signed")}, "Sign in again");
        row("unknown key", Response::UnknownKey, "key that is not trusted",
            {QStringLiteral("Seen: ") + certificate, QStringLiteral("Trusted: ") + certificate}, "Compare the seen fingerprint");
        row("expired", Response::Expired, "assertion has expired", {QStringLiteral("was valid until .*clock says")}, "Sign in again");
        row("not yet valid", Response::NotYetValid, "not valid yet", {QStringLiteral("valid from .*clock says")}, "Set this computer's clock");
        row("this clock is behind", Response::Good, "not valid yet", {QStringLiteral("This computer's clock is (2 h|1 h 59 min) behind AWS")},
            "Set this computer's clock", 7200);
        row("this clock is ahead", Response::Good, "assertion has expired", {QStringLiteral("This computer's clock is 2 h( \\d+ min)? ahead of AWS")},
            "set this computer's clock", -7200);
        row("wrong audience", Response::WrongAudience, "meant for another service",
            {QStringLiteral("wiki.northwind-robotics.example"), QStringLiteral("urn:amazon:webservices")}, "login address");
        row("wrong recipient", Response::WrongRecipient, "another recipient", {QStringLiteral("signin.northwind-robotics.example")}, "ACS URL");
        row("no role attribute", Response::NoRoles, "role", {}, "administrator");
    }

    void aBadResponseIsRefusedInWords() {
        QFETCH(Response, how);
        QFETCH(int, clock);
        QFETCH(QByteArray, instead);
        QFETCH(bool, atOnce);
        QFETCH(QString, title);
        QFETCH(QStringList, why);
        QFETCH(QString, step);
        misbehave(how, Sts::Good, std::chrono::seconds(clock));

        // From the command line: one line on standard error, and nothing on standard output.
        const Said said = login(instead.isEmpty() ? response() : instead);
        QCOMPARE(said.exitCode, 1);
        QCOMPARE(said.output, QString());
        expectWords(said.errors, {title});
        QVERIFY2(said.errors.trimmed().count(u'\n') == 0, qPrintable(said.errors));

        // Where it came as far as a sign-in, the window shows why in place.
        if (QWidget* failure = visible(QStringLiteral("sessions.failure")); failure != nullptr) {
            expectWords(words(failure), QStringList{title, step} + why);
            click(visible(QStringLiteral("sessions.failure.dismiss")));
            QVERIFY(waitUntil([] { return visible(QStringLiteral("sessions.failure")) == nullptr; }));
        } else {
            QVERIFY(!instead.isEmpty());
        }
        if (clock != 0) {
            // The banner of the practice environment is less serious.
            expectWords(words(visible(QStringLiteral("banner"))), {QStringLiteral("clock is .* (behind|ahead of) AWS")});
        }

        // As a person pastes it: what was pasted stays, marked, with the reason below it.
        const QByteArray body = instead.isEmpty() ? response() : instead;
        const CpuTimer timer;
        const bool seenAtOnce = paste(body);
        QCOMPARE(seenAtOnce, atOnce);
        QWidget* page = visible(QStringLiteral("paste"));
        QVERIFY(page != nullptr);
        QVERIFY(waitUntil([&] { return words(page).contains(QRegularExpression(title)); }));
        // Half a megabyte is one line without a blank, and must not hold the window up.
        QVERIFY2(timer.elapsed() < std::chrono::seconds(2), std::to_string(timer.elapsed().count()).c_str());
        expectWords(words(page), atOnce ? QStringList{title, step} : QStringList{title, step} + why);
        auto* kept = qobject_cast<QPlainTextEdit*>(visible(QStringLiteral("paste.text")));
        QCOMPARE(kept->toPlainText().toUtf8(), body);

        // On the same page the right one is taken next.
        misbehave(Response::Good);
        QVERIFY(!paste(response()));
        QVERIFY(waitUntil([] { return visible(QStringLiteral("chooser.list")) != nullptr; }));
        console_->coordinator().cancel(provider);
        QVERIFY(waitUntil([] { return visible(QStringLiteral("chooser.list")) == nullptr; }));
        nothingIsLost();
        oneCanGoOn();
    }

    // The others can still be used, and the person learns that one is missing.
    void aMalformedRolePairCostsOnlyItself() {
        misbehave(Response::MalformedRole);
        const Said said = login(response());
        QVERIFY2(said.exitCode == 0, qPrintable(said.errors));
        QVERIFY(said.output.contains(role_));
        QVERIFY(said.output.contains(other_));
        console_->coordinator().chooseRoles(provider);
        QVERIFY(waitUntil([] { return visible(QStringLiteral("chooser")) != nullptr; }));
        expectWords(words(visible(QStringLiteral("chooser"))), {QStringLiteral("1 value of the Role attribute cannot be used")});
        console_->coordinator().cancel(provider);
        nothingIsLost();
        oneCanGoOn();
    }

    void awsRefusesInWords_data() {
        QTest::addColumn<Sts>("how");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("step");
        QTest::newRow("access denied") << Sts::AccessDenied << QStringLiteral("AWS does not let this person take the role")
                                       << QStringLiteral("whoever looks after the account");
        QTest::newRow("region disabled") << Sts::RegionDisabled << QStringLiteral("region is switched off") << QStringLiteral("another region");
        QTest::newRow("garbage") << Sts::Garbage << QStringLiteral("answer of AWS could not be read") << QStringLiteral("proxy");
        QTest::newRow("throttled") << Sts::Throttled << QStringLiteral("asked too often") << QStringLiteral("Try again in a minute");
        QTest::newRow("server error") << Sts::ServerError << QStringLiteral("AWS has a fault") << QStringLiteral("Try again");
    }

    void awsRefusesInWords() {
        QFETCH(Sts, how);
        QFETCH(QString, title);
        QFETCH(QString, step);
        misbehave(Response::Good);
        QVERIFY(login(response()).exitCode == 0);
        misbehave(Response::Good, how);
        const Said said = ctl({QStringLiteral("use"), other_, QStringLiteral("--profile"), QStringLiteral("other")});
        QCOMPARE(said.exitCode, 1);
        expectWords(said.errors, {title, step});

        // In the chooser, where the person stays with the choice that was made.
        console_->coordinator().chooseRoles(provider);
        QVERIFY(waitUntil([] { return visible(QStringLiteral("chooser.start")) != nullptr; }));
        click(visible(QStringLiteral("chooser.start")));
        // Its lines come into view with the layout's next round.
        QVERIFY(waitUntil([&] { return words(visible(QStringLiteral("chooser.details.error"))).contains(step); }));
        expectWords(words(visible(QStringLiteral("chooser.details.error"))), {title, step});
        QVERIFY(visible(QStringLiteral("chooser.start"))->isEnabled());
        nothingIsLost();

        // The same assertion is still good once AWS is.
        misbehave(Response::Good);
        const Said used = ctl({QStringLiteral("use"), other_, QStringLiteral("--profile"), QStringLiteral("other")});
        QVERIFY2(used.exitCode == 0, qPrintable(used.errors));
        QVERIFY(ctl({QStringLiteral("end"), QStringLiteral("other")}).exitCode == 0);
        console_->coordinator().cancel(provider);
        nothingIsLost();
    }

    void cleanupTestCase() { console_.reset(); }
};

} // namespace

int main(int argc, char** argv) {
    return runConsoleTest(argc, argv, [](const Home& home) { return std::make_unique<BadResponseTest>(home); });
}

#include "bad_response_test.moc"
