// The real AWS CLI signs with credentials of the practice STS and is understood: our check of SigV4 against a client
// that nobody here wrote.
#include "tests/practice/practice_fixture.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using gw::test::elementText;
using gw::test::PracticeFixture;
using namespace std::chrono_literals;

class AwsCliTest : public QObject {
    Q_OBJECT

private:
    struct Run {
        int exitCode = -1;
        QByteArray out, err;
    };

    std::unique_ptr<PracticeFixture> fixture_;
    QTemporaryDir home_;
    QString aws_;

    [[nodiscard]] Run run(const QStringList& arguments, const QStringList& variables) const {
        QProcess process;
        process.setEnvironment(QStringList{QStringLiteral("PATH=/usr/bin:/bin"), QStringLiteral("HOME=") + home_.path(),
                                           QStringLiteral("AWS_PAGER="), QStringLiteral("AWS_DEFAULT_REGION=eu-west-1"),
                                           QStringLiteral("AWS_EC2_METADATA_DISABLED=true")} +
                               variables);
        process.start(aws_,
                      QStringList{QStringLiteral("--endpoint-url"), QString::fromStdString(fixture_->practice().awsEndpoint()),
                                  QStringLiteral("--output"), QStringLiteral("json"), QStringLiteral("sts")} +
                          arguments);
        if (!process.waitForFinished(60'000)) return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

private Q_SLOTS:
    void initTestCase() {
        // Debian's, where there are several: the others may be wrappers that need their own home.
        aws_ = QStandardPaths::findExecutable(QStringLiteral("aws"), {QStringLiteral("/usr/bin")});
        if (aws_.isEmpty()) aws_ = QStandardPaths::findExecutable(QStringLiteral("aws"));
        QVERIFY2(!aws_.isEmpty(), "the package awscli is not installed");
        fixture_ = PracticeFixture::start();
        QVERIFY(fixture_);
    }

    void takesTheRoundTrip() {
        const QString role = QStringLiteral("arn:aws:iam::777788889999:role/team/payments/payments-developer");
        const Run assumed =
            run({QStringLiteral("assume-role-with-saml"), QStringLiteral("--role-arn"), role, QStringLiteral("--principal-arn"),
                 QString::fromStdString(gw::test::providerArnFor(role.toStdString())), QStringLiteral("--saml-assertion"),
                 QString::fromStdString(fixture_->samlResponse(gw::test::developer))},
                {});
        QVERIFY2(assumed.exitCode == 0, assumed.err.constData());
        const QJsonObject credentials =
            QJsonDocument::fromJson(assumed.out).object().value(QStringLiteral("Credentials")).toObject();
        const QStringList variables{
            QStringLiteral("AWS_ACCESS_KEY_ID=") + credentials.value(QStringLiteral("AccessKeyId")).toString(),
            QStringLiteral("AWS_SECRET_ACCESS_KEY=") + credentials.value(QStringLiteral("SecretAccessKey")).toString(),
            QStringLiteral("AWS_SESSION_TOKEN=") + credentials.value(QStringLiteral("SessionToken")).toString()};

        const Run identity = run({QStringLiteral("get-caller-identity")}, variables);
        QVERIFY2(identity.exitCode == 0, identity.err.constData());
        const QJsonObject caller = QJsonDocument::fromJson(identity.out).object();
        QCOMPARE(caller.value(QStringLiteral("Arn")).toString(),
                 QStringLiteral("arn:aws:sts::777788889999:assumed-role/payments-developer/lena.fairweather"));
        QCOMPARE(caller.value(QStringLiteral("Account")).toString(), QStringLiteral("777788889999"));

        QStringList wrong = variables;
        wrong[1] += u'x';
        const Run refused = run({QStringLiteral("get-caller-identity")}, wrong);
        QVERIFY(refused.exitCode != 0);
        QVERIFY2(refused.err.contains(
                     "(SignatureDoesNotMatch) when calling the GetCallerIdentity operation: The request signature we calculated"),
                 refused.err.constData());
    }

    void readsTheErrors() {
        const Run run_ =
            run({QStringLiteral("assume-role-with-saml"), QStringLiteral("--role-arn"),
                 QStringLiteral("arn:aws:iam::111122223333:role/payments-readonly"), QStringLiteral("--principal-arn"),
                 QStringLiteral("arn:aws:iam::111122223333:saml-provider/NorthwindSSO"), QStringLiteral("--duration-seconds"),
                 QStringLiteral("43200"), QStringLiteral("--saml-assertion"),
                 QString::fromStdString(fixture_->samlResponse(gw::test::developer))},
                {});
        QVERIFY(run_.exitCode != 0);
        QVERIFY2(run_.err.contains(
                     "(ValidationError) when calling the AssumeRoleWithSAML operation: The requested DurationSeconds exceeds the "
                     "MaxSessionDuration set for this role."),
                 run_.err.constData());
    }
};

QTEST_GUILESS_MAIN(AwsCliTest)
#include "aws_cli_test.moc"
