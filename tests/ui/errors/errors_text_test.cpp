#include "tests/ui/errors/all_domains.h"

#include "ui/errors/error_entry.h"
#include "ui/errors/render.h"
#include "ui/errors_text.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

#include <set>

namespace gw {

using ui::explain;

namespace {

QString id(const Code& code) { return QString::fromStdString(code.id()); }

Error certificateError() {
    return Error(saml::VerifyError::UnknownKey)
        .with("seen", "4fa219c0aa55bb66cc77dd88ee99ff00112233445566778899aabbccddeeff00 `CN=new key`")
        .with("trusted", "3fa9c1d277e005b40011223344556677889900aabbccddeeff00112233445566 `CN=sso.northwind.example`");
}

} // namespace

class ErrorsTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void everyCodeHasText() {
        for (const Code& code : test::allCodes()) QVERIFY2(ui::hasText(code), qPrintable(QStringLiteral("no text for ") + id(code)));
    }

    // The list in all_domains.h is complete: every GW_ERROR_ENUM of the source is in it.
    void everyDomainIsListed() {
        std::set<QString> listed;
        for (const Code& code : test::allCodes()) listed.insert(id(code).section(u'.', 0, 0));
        static const QRegularExpression declared(QStringLiteral("^GW_ERROR_ENUM\\(\\w+, \"(\\w+)\""), QRegularExpression::MultilineOption);
        int found = 0;
        for (const auto* folder : {"saml", "models", "ui", "app"}) {
            QDirIterator files(QStringLiteral(GW_SOURCE_DIR "/") + QLatin1String(folder), {QStringLiteral("*.h")}, QDir::Files,
                               QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                auto matches = declared.globalMatch(QString::fromUtf8(file.readAll()));
                while (matches.hasNext()) {
                    const QString domain = matches.next().captured(1);
                    ++found;
                    QVERIFY2(listed.contains(domain), qPrintable(domain + QStringLiteral(" of ") + file.fileName()));
                }
            }
        }
        QVERIFY(found > 20);
    }

    void noTextWithoutACode() {
        std::set<std::string> known;
        for (const Code& code : test::allCodes()) known.insert(code.id());
        for (const auto table : {ui::errors::samlTexts(), ui::errors::documentTexts(), ui::errors::cloudTexts(), ui::errors::awsTexts(), ui::errors::storeTexts(), ui::errors::loginTexts()})
            for (const auto& entry : table) QVERIFY2(known.contains(std::string(entry.id)), entry.id.data());
    }

    // The look's rules for words, and nothing of the templates left over, with and without facts.
    void textsKeepTheRules() {
        static const QRegularExpression forbidden(QStringLiteral("!|\\boops\\b|\\bplease\\b|are you sure|[{}\\[\\]|]"),
                                                  QRegularExpression::CaseInsensitiveOption);
        for (const Code& code : test::allCodes()) {
            Error bare(code);
            Error rich(code);
            for (const char* fact : {"seen", "expected", "where", "value", "path", "reason", "host", "profile", "key", "provider", "role"})
                rich = std::move(rich).with(fact, "something");
            for (const char* fact : {"line", "column", "offset", "port", "maximum", "skew_seconds", "count", "size"})
                rich = std::move(rich).with(fact, "12");
            for (const char* fact : {"instant", "now", "server_time"}) rich = std::move(rich).with(fact, "2026-11-24T14:07:19Z");
            rich = std::move(rich).because(Error(cloud::NetError::Dns).with("host", "sso.example"));
            for (const Error* error : {&bare, &rich}) {
                const auto text = explain(*error);
                const QString all = text.title + u'\n' + text.why + u'\n' + text.whatToDo.join(u'\n');
                const auto match = forbidden.match(all);
                QVERIFY2(!match.hasMatch(), qPrintable(id(code) + QStringLiteral(": ") + match.captured() + QStringLiteral(" in ") + all));
                QVERIFY2(!text.title.isEmpty() && !text.title.endsWith(u'.') && text.title.size() <= 90, qPrintable(id(code) + text.title));
                QVERIFY2(text.title[0].isUpper() || !text.title[0].isLetter() || text.title.startsWith(u"something") ||
                             text.title.startsWith(u"saml"),
                         qPrintable(text.title));
                QVERIFY2(!text.why.isEmpty() && (!text.why[0].isLower() || text.why.startsWith(u"something") || text.why.startsWith(u"sso.example")), qPrintable(id(code) + QStringLiteral(": ") + text.why));
                QVERIFY2(!text.whatToDo.isEmpty(), qPrintable(id(code)));
                // A point may stand alone in a list of allowed characters only.
                QVERIFY2(!all.contains(QStringLiteral("  ")) && !QString(all).remove(QStringLiteral(" . @")).contains(QStringLiteral(" .")) &&
                             !all.contains(QStringLiteral("..")),
                         qPrintable(id(code) + QStringLiteral(": ") + all));
            }
        }
    }

    void unknownKeySaysWhichCertificates() {
        const auto text = explain(certificateError());
        QVERIFY(text.why.contains(QStringLiteral("4fa2 19c0 aa55 bb66 … of CN=new key")));
        QVERIFY(text.why.contains(QStringLiteral("3fa9 c1d2 77e0 05b4 … of CN=sso.northwind.example")));
        QVERIFY(text.details.contains(QStringLiteral("4fa219c0aa55bb66cc77dd88ee99ff00112233445566778899aabbccddeeff00")));
    }

    void wrongClockIsComparedWithAws() {
        const auto behind = explain(Error(cloud::StsError::ExpiredToken).with("server_time", "2026-11-24T14:07:19Z").with("clock_offset", "252"));
        QVERIFY2(behind.why.contains(QStringLiteral("This computer's clock is 4 min 12 s behind AWS.")), qPrintable(behind.why));
        const auto ahead = explain(Error(cloud::StsError::ExpiredToken).with("clock_offset", "-7200"));
        QVERIFY(ahead.why.contains(QStringLiteral("2 h ahead of AWS")));
        const auto fine = explain(Error(cloud::StsError::ExpiredToken).with("clock_offset", "2"));
        QVERIFY(!fine.why.contains(QStringLiteral("clock is")));
    }

    void expiredSaysByHowMuch() {
        const auto text = explain(Error(saml::VerifyError::Expired)
                                      .with("instant", "2026-11-24T14:00:00Z")
                                      .with("now", "2026-11-24T14:10:30Z")
                                      .with("offset", "630"));
        QVERIFY2(text.why.contains(QStringLiteral("10 min 30 s later")), qPrintable(text.why));
    }

    void awsWordsStandBelow() {
        const auto text = explain(Error(cloud::StsError::InvalidIdentityToken)
                                      .with("code", "InvalidIdentityToken")
                                      .with("message", "Response signature invalid")
                                      .with("request_id", "5f0c-e1")
                                      .with("endpoint", "sts.eu-west-1.amazonaws.com"));
        QCOMPARE(text.details, QStringLiteral("InvalidIdentityToken: Response signature invalid\nsts.eu-west-1.amazonaws.com, request 5f0c-e1"));
    }

    void causeIsTold() {
        const auto text = explain(Error(sessions::ConfigError::NotWritable)
                                      .with("path", "/home/ines/.config/gatewarden/config.toml")
                                      .because(Error(store::FileError::DiskFull).with("path", "/home/ines/.config/gatewarden/config.toml")));
        QVERIFY2(text.why.contains(QStringLiteral("The disk is full")), qPrintable(text.why));
        QCOMPARE(text.whatToDo.value(0), QStringLiteral("Free some space, then try again."));
    }

    void badInputReadsClearly_data() {
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, const Error& error, const char* words) {
            const auto text = explain(error);
            QTest::newRow(name) << text.title + QStringLiteral(". ") + text.why + u' ' + text.whatToDo.join(u' ') << QString::fromUtf8(words);
        };
        row("truncated", Error(saml::VerifyError::NotXml).with("line", "3"), "cut off");
        row("oversized", Error(saml::VerifyError::TooLarge).with("seen", "1200000"), "1,200,000 characters");
        row("not base64", Error(saml::VerifyError::NotBase64).with("offset", "7"), "position 7");
        row("dtd", Error(saml::VerifyError::HasDoctype), "DOCTYPE");
        row("comment", Error(saml::VerifyError::ForbiddenNode).with("seen", "comment"), "Found: comment.");
        row("comment in XML", Error(xml::XmlError::ForbiddenNode).with("seen", "comment").with("line", "3"), "Found: comment.");
        row("wide element", Error(xml::XmlError::TooManyAttributes).with("seen", "Attribute").with("line", "3"), "It is in Attribute.");
        row("end of metadata", Error(saml::MetadataError::NoLongerValid).with("seen", "soon"), "Its validUntil is “soon”, which is no time.");
        row("two assertions", Error(saml::VerifyError::SeveralAssertions).with("seen", "2"), "It holds 2.");
        row("wrong signature", Error(saml::VerifyError::SignatureInvalid), "changed after the provider signed it");
        row("not yet valid", Error(saml::VerifyError::NotYetValid), "clock");
        row("wrong audience", Error(saml::VerifyError::WrongAudience).with("seen", "urn:other"), "Its audience is urn:other.");
        row("wrong recipient", Error(saml::VerifyError::WrongRecipient).with("seen", "https://evil.example/saml"), "https://evil.example/saml");
        row("no role", Error(aws::ClaimError::NoRoleAttribute), "offers no AWS role");
        row("bad pair", Error(aws::ClaimError::NotAPair).with("seen", "arn:x"), "arn:x");
        row("unreachable", Error(ui::LoginError::ProviderUnreachable).with("host", "sso.example"), "sso.example cannot be reached");
        row("tls", Error(cloud::NetError::Tls).with("host", "sso.example").with("reason", "self-signed"), "self-signed");
        row("proxy", Error(cloud::NetError::ProxyAuthentication).with("proxy", "proxy.example:3128"), "proxy.example:3128 wants a name and a password");
        row("sts refuses", Error(cloud::StsError::AccessDenied), "trust policy");
        row("read-only home", Error(store::FileError::ReadOnly).with("path", "/home/ines/.aws/config"), "/home/ines/.aws/config cannot be written");
        row("full disk", Error(store::FileError::DiskFull), "The disk is full");
        row("config syntax", Error(sessions::ConfigError::Syntax).with("line", "12").with("column", "5"), "a mistake in line 12, column 5");
        row("second instance", Error(sessions::AgentError::AlreadyRunning), "brought forward");
        row("engine killed", Error(ui::LoginError::EngineDied), "Nothing was captured");
        row("network gone", Error(cloud::NetError::Offline), "no connection");
        row("sts unreachable", Error(cloud::StsError::NoAnswer).because(Error(cloud::NetError::Dns).with("host", "sts.eu-west-1.amazonaws.com")),
            "sts.eu-west-1.amazonaws.com was not found");
    }
    void badInputReadsClearly() {
        QFETCH(QString, shown);
        QFETCH(QString, words);
        QVERIFY2(shown.contains(words), qPrintable(shown));
    }

    // Outside text cannot break out of its sentence or fill the screen.
    void outsideTextIsTamed() {
        const auto text = explain(Error(saml::VerifyError::WrongAudience).with("seen", std::string(5000, 'a') + "\n\x1b[2J{path}[x]"));
        QVERIFY(text.why.size() < 400);
        QVERIFY(!text.why.contains(u'\x1b'));
    }

    void briefIsOneLine() {
        const QString brief = ui::explainBriefly(Error(sessions::SessionError::Expired));
        QCOMPARE(brief, QStringLiteral("The session has expired. Open Gatewarden and start the role again."));
    }
};

} // namespace gw

QTEST_GUILESS_MAIN(gw::ErrorsTextTest)
#include "errors_text_test.moc"
