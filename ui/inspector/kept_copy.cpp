#include "ui/inspector/kept_copy.h"

#include "models/store/files.h"
#include "saml/base/json.h"
#include "saml/dsig/sha256_hex.h"
#include "saml/inspect/inspect_rules.h"
#include "saml/inspect/safe_copy.h"
#include "ui/inspector/finding_list.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace gw::ui {

namespace {

Json findingJson(const saml::Finding& finding, const Examined& examined) {
    const FindingText words = textOf(finding, examined);
    Json facts = Json::object();
    for (const Fact& fact : finding.facts) facts[fact.name] = fact.value;
    constexpr const char* severities[] = {"info", "warning", "error", "fatal"};
    return {{"rule", finding.rule->id},
            {"severity", severities[static_cast<std::size_t>(finding.severity)]},
            {"clause", finding.rule->clause},
            {"title", words.title.toStdString()},
            {"detail", words.detail.toStdString()},
            {"where", finding.where},
            {"facts", std::move(facts)}};
}

const char* verdictName(inspect::Verdict verdict) {
    switch (verdict) {
    case inspect::Verdict::Accepted: return "accepted";
    case inspect::Verdict::Consistent: return "consistent";
    case inspect::Verdict::Rejected: return "rejected";
    }
    return "";
}

// The quoted facts of a redacted copy must not bring back what the copy leaves out.
bool tellsNobody(std::string_view fact) {
    static constexpr std::string_view harmless[] = {"instant", "now", "offset", "skew_seconds", "where", "place", "line", "fingerprint", "expected"};
    return std::find(std::begin(harmless), std::end(harmless), fact) != std::end(harmless);
}

} // namespace

QString suggestedName(CopyKind kind, const Examined& examined) {
    QString base = QFileInfo(examined.origin.name).completeBaseName();
    if (base.isEmpty() || base.contains(QLatin1Char(' '))) base = QStringLiteral("response");
    switch (kind) {
    case CopyKind::Redacted: return base + QStringLiteral("-redacted.xml");
    case CopyKind::Resigned: return base + QStringLiteral("-signed-anew.xml");
    case CopyKind::Evidence: return base + QStringLiteral("-evidence.json");
    }
    return base;
}

std::string evidenceText(const CopyRequest& request) {
    const Examined& examined = *request.examined;
    Json findings = Json::array();
    for (const auto& finding : examined.findings()) {
        Json one = findingJson(finding, examined);
        if (!request.withOriginal) {
            Json kept = Json::object();
            for (const auto& [name, value] : one["facts"].items())
                if (tellsNobody(name)) kept[name] = value;
            one["facts"] = std::move(kept);
            // Its words may quote the facts.
            one.erase("detail");
            one.erase("title");
        }
        findings.push_back(std::move(one));
    }
    Json evidence = {{"kind", "gatewarden-saml-evidence"},
                     {"version", 1},
                     {"program", QCoreApplication::applicationVersion().toStdString()},
                     {"examined_at", examined.at.toRfc3339()},
                     {"octets", examined.tree().text().size()}};
    // A digest of the whole lets nobody guess a value, and proves later which response it was.
    evidence["sha256"] = saml::sha256Hex(examined.tree().text());
    if (const auto* response = examined.response()) {
        evidence["verdict"] = verdictName(response->verdict);
        evidence["trusted"] = request.trust.toStdString();
        Json attacks = Json::array();
        for (const auto& attack : response->attacks) attacks.push_back(inspect::attackName(attack.attack));
        evidence["attacks"] = std::move(attacks);
    }
    evidence["findings"] = std::move(findings);
    evidence["contains_original"] = request.withOriginal;
    evidence["message"] = request.withOriginal ? std::string(examined.tree().text()) : inspect::redacted(examined.tree(), request.salt);
    return evidence.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<WrittenCopy> writeCopy(const CopyRequest& request) {
    WrittenCopy written{request.path, {}};
    const inspect::SourceTree& tree = request.examined->tree();
    switch (request.kind) {
    case CopyKind::Redacted: GW_CHECK(store::writeFileAtomically(request.path, inspect::redacted(tree, request.salt))); break;
    case CopyKind::Evidence: GW_CHECK(store::writeFileAtomically(request.path, evidenceText(request))); break;
    case CopyKind::Resigned: {
        GW_TRY(const auto copy, inspect::resigned(tree, request.examined->at));
        GW_CHECK(store::writeFileAtomically(request.path, copy.xml));
        written.certificate = std::filesystem::path(request.path).replace_extension(".pem");
        GW_CHECK(store::writeFileAtomically(written.certificate, copy.certificatePem));
        break;
    }
    }
    return written;
}

} // namespace gw::ui
