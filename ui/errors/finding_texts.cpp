#include "ui/errors/finding_texts.h"

#include "saml/inspect/inspect_rules.h"
#include "saml/protocol/rules.h"
#include "ui/errors/error_entry.h"
#include "ui/errors/finding_entry.h"
#include "ui/errors/render.h"

#include <QCoreApplication>

#include <string>
#include <unordered_map>

namespace gw::ui {
namespace {

using errors::FindingEntry;
using errors::Topic;
using inspect::ProviderKind;

struct Text {
    const char* title = nullptr;
    const char* detail = nullptr;
    Topic topic = Topic::None;
    bool local = false;      // the detail's instants are written for a person at this computer
};

std::string codeName(std::string_view domain, std::string_view name) {
    return std::string(domain) + "." + std::string(name);
}

// Rule to text, made once. Rules of the verifier and of AWS's claims share the texts of their errors.
const std::unordered_map<std::string_view, Text>& texts() {
    static const std::unordered_map<std::string_view, Text> all = [] {
        std::unordered_map<std::string, const errors::ErrorEntry*> byCode;
        for (const errors::ErrorEntry& entry : errors::samlTexts()) byCode.emplace(entry.id, &entry);
        std::unordered_map<std::string_view, Text> map;
        const auto share = [&](std::string_view rule, const std::string& code) {
            const auto entry = byCode.find(code);
            if (entry != byCode.end()) map[rule] = {entry->second->title, entry->second->why, errors::topicOf(rule), true};
        };
        for (std::size_t i = 0; i < saml::VerifyErrorDomain.codes.size(); ++i)
            share(saml::ruleOf(static_cast<saml::VerifyError>(i)).id, codeName(saml::VerifyErrorDomain.name, saml::VerifyErrorDomain.codes[i]));
        for (std::size_t i = 0; i < aws::ClaimErrorDomain.codes.size(); ++i)
            share(inspect::ruleOf(static_cast<aws::ClaimError>(i)).id, codeName(aws::ClaimErrorDomain.name, aws::ClaimErrorDomain.codes[i]));
        for (const auto table : {errors::responseFindingTexts(), errors::attackFindingTexts(), errors::metadataFindingTexts()})
            for (const FindingEntry& entry : table) map[entry.rule] = {entry.title, entry.detail, entry.topic, false};
        return map;
    }();
    return all;
}

QString tr(const char* text) {
    return QCoreApplication::translate("ErrorText", text);
}

QString filled(QString text, const saml::Finding& finding, bool local) {
    if (local) text.replace(QStringLiteral(":time}"), QStringLiteral(":utc}"));
    Error facts(saml::VerifyError::Internal);
    for (const Fact& fact : finding.facts) facts.with(fact.name, fact.value);
    return errors::render(text, facts, QString());
}

const char* fixFor(Topic topic, ProviderKind provider) {
    const char* general = nullptr;
    for (const errors::FixEntry& entry : errors::fixTexts()) {
        if (entry.topic != topic) continue;
        if (entry.provider == provider) return entry.text;
        if (entry.provider == ProviderKind::Unknown) general = entry.text;
    }
    return general;
}

} // namespace

FindingText explainFinding(const saml::Finding& finding, ProviderKind provider) {
    FindingText out;
    const auto found = texts().find(finding.rule->id);
    if (found == texts().end()) {
        out.title = QString::fromUtf8(finding.rule->id.data(), static_cast<qsizetype>(finding.rule->id.size()));
        return out;
    }
    const Text& text = found->second;
    out.title = filled(tr(text.title), finding, text.local);
    if (text.detail != nullptr) out.detail = filled(tr(text.detail), finding, text.local);
    if (const char* fix = fixFor(text.topic, provider); fix != nullptr && text.topic != Topic::None) out.fix = filled(tr(fix), finding, false);
    return out;
}

QString findingMessage(const saml::Finding& finding) {
    const auto found = texts().find(finding.rule->id);
    if (found == texts().end()) return QString::fromUtf8(finding.rule->id.data(), static_cast<qsizetype>(finding.rule->id.size()));
    const Text& text = found->second;
    QString out = filled(tr(text.title), finding, text.local);
    if (text.detail == nullptr || *text.detail == '\0') return out;
    return out + QStringLiteral(". ") + filled(tr(text.detail), finding, text.local);
}

bool hasFindingText(std::string_view rule) {
    return texts().contains(rule);
}

QString providerName(ProviderKind provider) {
    switch (provider) {
    case ProviderKind::Okta:
        return QStringLiteral("Okta");
    case ProviderKind::Entra:
        return QStringLiteral("Microsoft Entra ID");
    case ProviderKind::Adfs:
        return QStringLiteral("AD FS");
    case ProviderKind::Google:
        return QStringLiteral("Google Workspace");
    case ProviderKind::Ping:
        return QStringLiteral("Ping");
    case ProviderKind::Keycloak:
        return QStringLiteral("Keycloak");
    case ProviderKind::Unknown:
        break;
    }
    return {};
}

} // namespace gw::ui
