// `gatewardenctl use ROLE --policy FILE` from the command line to the practice STS, which judges policies as IAM does.
#include "models/sessions/session_book.h"
#include "saml/base/json.h"
#include "tests/app/console_run.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace gw;
using namespace gw::test;

namespace {

class SessionPolicyTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<app::Console> console_;
    QString role_;
    QTemporaryDir folder_;

    [[nodiscard]] static Said ctl(QStringList arguments, const QByteArray& input = {}) {
        return run(built("gatewardenctl"), arguments << QStringLiteral("--practice"), input);
    }
    [[nodiscard]] Said use(const QByteArray& policy) {
        QFile file(folder_.filePath(QStringLiteral("policy.json")));
        if (!file.open(QIODevice::WriteOnly) || file.write(policy) != policy.size()) return {};
        file.close();
        return ctl({QStringLiteral("use"), role_, QStringLiteral("--profile=narrow"), QStringLiteral("--policy"), file.fileName()});
    }

private Q_SLOTS:
    void initTestCase() {
        console_ = std::make_unique<app::Console>(*qApp, true, GW_BINARY_DIR "/bin");
        QVERIFY(console_->start().has_value());
        QVERIFY(waitUntil([&] { return console_->practice() != nullptr; }));
        const Said in = ctl({QStringLiteral("login"), QStringLiteral("practice"), QStringLiteral("--paste")},
                            responseFrom(*console_->practice(), "lena.fairweather"));
        QVERIFY2(in.exitCode == 0, qPrintable(in.errors));
        role_ = QRegularExpression(QStringLiteral("arn:aws:iam::\\d+:role/\\S+")).match(in.output).captured();
    }

    void narrowsTheSession() {
        const Said said = use("{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:Get*\", \"Resource\": \"*\"}\n}\n");
        QVERIFY2(said.exitCode == 0, qPrintable(said.errors));
        const std::string sent = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:Get*\",\"Resource\":\"*\"}}";
        QCOMPARE(console_->book().findByProfile(sessions::ProfileName("narrow"))->sessionPolicy, sent);
        const auto listed = parseJson(ctl({QStringLiteral("sessions"), QStringLiteral("--format=json")}).output.toStdString());
        QVERIFY(listed.has_value());
        QCOMPARE((*listed)["sessions"][0].value("session_policy", std::string()), sent);
    }

    void isRefusedInPlainWords_data() {
        QTest::addColumn<QByteArray>("policy");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("words");
        const QByteArray begin = "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:Get*\",\"Resource\":\"";
        QTest::newRow("no JSON") << QByteArray("{\"Statement\":") << 2 << QStringLiteral("not JSON");
        QTest::newRow("no statement") << QByteArray("{}") << 2 << QStringLiteral("no statement");
        QTest::newRow("too long") << QByteArray(begin + QByteArray(2048, 'x') + "\"}}") << 2 << QStringLiteral("too long");
        QTest::newRow("refused by STS") << QByteArray(begin + "my-bucket\"}}") << 1 << QStringLiteral("did not accept the session policy");
        QTest::newRow("a file that is too long") << QByteArray(20 << 10, ' ') << 2 << QStringLiteral("policy\\.json");
    }
    void isRefusedInPlainWords() {
        QFETCH(QByteArray, policy);
        const std::size_t before = console_->book().sessions().size();
        const Said said = use(policy);
        QTEST(said.exitCode, "exitCode");
        QFETCH(QString, words);
        QVERIFY2(said.errors.contains(QRegularExpression(words)), qPrintable(said.errors));
        QCOMPARE(console_->book().sessions().size(), before);
    }

    void cleanupTestCase() { console_.reset(); }
};

} // namespace

int main(int argc, char** argv) {
    return runConsoleTest(argc, argv, [](const Home&) { return std::make_unique<SessionPolicyTest>(); });
}

#include "session_policy_test.moc"
