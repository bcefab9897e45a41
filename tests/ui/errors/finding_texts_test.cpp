#include "ui/errors/finding_texts.h"

#include "saml/inspect/inspect_rules.h"
#include "saml/protocol/rules.h"
#include "ui/errors/finding_entry.h"

#include <QRegularExpression>
#include <QTest>

#include <set>

namespace gw {
namespace {

std::vector<const saml::Rule*> allRules() {
    std::vector<const saml::Rule*> all(inspect::inspectRules().begin(), inspect::inspectRules().end());
    all.insert(all.end(), saml::verifierRules().begin(), saml::verifierRules().end());
    return all;
}

saml::Finding findingOf(const saml::Rule& rule, bool facts) {
    saml::Finding finding;
    finding.rule = &rule;
    finding.severity = rule.severity;
    if (facts)
        for (const char* name : {"seen", "expected", "where", "name", "name_id", "subject", "fingerprint", "trusted", "entity", "who", "direction"})
            finding.facts.push_back({name, "something"});
    if (facts)
        for (const char* name : {"line", "offset", "count", "evil_line", "original_line", "first_line", "skew_seconds"}) finding.facts.push_back({name, "12"});
    if (facts)
        for (const char* name : {"instant", "now"}) finding.facts.push_back({name, "2026-11-24T14:07:19Z"});
    return finding;
}

QString name(const saml::Rule& rule) {
    return QString::fromUtf8(rule.id.data(), static_cast<qsizetype>(rule.id.size()));
}

} // namespace

class FindingTextsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyRuleHasText() {
        for (const saml::Rule* rule : allRules()) QVERIFY2(ui::hasFindingText(rule->id), qPrintable(name(*rule)));
    }

    void noTextWithoutARule() {
        std::set<std::string_view> known;
        for (const saml::Rule* rule : allRules()) known.insert(rule->id);
        for (const auto table : {ui::errors::responseFindingTexts(), ui::errors::attackFindingTexts(), ui::errors::metadataFindingTexts()})
            for (const auto& entry : table) QVERIFY2(known.contains(entry.rule), entry.rule.data());
    }

    // The look's rules for words, and nothing of the templates left over, with and without facts.
    void textsKeepTheRules() {
        static const QRegularExpression forbidden(QStringLiteral("!|\\boops\\b|\\bplease\\b|are you sure|[{}\\[\\]|]"),
                                                  QRegularExpression::CaseInsensitiveOption);
        for (const saml::Rule* rule : allRules())
            for (const bool facts : {false, true}) {
                const ui::FindingText text = ui::explainFinding(findingOf(*rule, facts));
                QVERIFY2(!text.title.isEmpty() && !text.title.endsWith(u'.'), qPrintable(name(*rule)));
                for (const QString& one : {text.title, text.detail, text.fix})
                    QVERIFY2(!one.contains(forbidden), qPrintable(name(*rule) + QStringLiteral(": ") + one));
                // What was seen stands in a sentence of its own words.
                static const QRegularExpression bare(QStringLiteral("^(something)?$|something \\p{Lu}"));
                if (facts) QVERIFY2(!text.detail.contains(bare) || text.detail.isEmpty(), qPrintable(name(*rule) + QStringLiteral(": ") + text.detail));
                QVERIFY2(!ui::findingMessage(findingOf(*rule, facts)).isEmpty(), qPrintable(name(*rule)));
            }
    }

    void fixesNameTheProvidersField() {
        const saml::Finding finding = findingOf(*saml::verifierRule("wrong-audience"), true);
        std::set<QString> different;
        using inspect::ProviderKind;
        for (const ProviderKind kind : {ProviderKind::Unknown, ProviderKind::Okta, ProviderKind::Entra, ProviderKind::Adfs, ProviderKind::Google,
                                        ProviderKind::Ping, ProviderKind::Keycloak})
            different.insert(ui::explainFinding(finding, kind).fix);
        QCOMPARE(different.size(), std::size_t{7});
        QVERIFY(ui::explainFinding(finding, ProviderKind::Okta).fix.contains(QStringLiteral("Audience URI")));
    }

    // Every fatal rule and every one on which AWS refuses says what to do.
    void whatMattersHasAFix() {
        for (const saml::Rule* rule : allRules()) {
            if (rule->severity < saml::Severity::Error) continue;
            static const std::set<std::string_view> without{"not-base64", "not-xml", "not-utf8", "not-a-response", "bad-structure", "status-not-success",
                                                            "no-assertion", "unknown-condition", "no-authn-statement", "wrong-in-response-to", "internal",
                                                            "empty-line", "line-too-long", "malformed-json", "unknown-json-key", "bad-json-value",
                                                            "missing-response", "missing-certificate", "bad-certificate", "bad-metadata", "bad-decryption-key"};
            if (without.contains(rule->id)) continue;
            QVERIFY2(!ui::explainFinding(findingOf(*rule, true)).fix.isEmpty(), qPrintable(name(*rule)));
        }
    }

    // What goes into evidence and JSON must not depend on where the computer stands.
    void instantsAreInUtc() {
        qputenv("TZ", "Asia/Tokyo");
        const QString text = ui::findingMessage(findingOf(*saml::verifierRule("expired"), true));
        QVERIFY2(text.contains(QStringLiteral("2026-11-24 14:07:19 UTC")), qPrintable(text));
        qputenv("TZ", "UTC");
    }
};

} // namespace gw

QTEST_GUILESS_MAIN(gw::FindingTextsTest)
#include "finding_texts_test.moc"
