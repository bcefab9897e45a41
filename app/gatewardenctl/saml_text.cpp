#include "app/gatewardenctl/saml_text.h"

#include "app/gatewardenctl/output.h"
#include "saml/aws/claims.h"
#include "ui/errors/finding_texts.h"

namespace gw::ctl {
namespace {

using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t mostElements = 400;

std::string utf8(const QString& text) {
    return text.toStdString();
}

std::string printOf(const saml::Certificate& certificate) {
    return certificate.fingerprint().substr(0, 16) + "  " + certificate.keyDescription() + "  ends " + certificate.notAfter().toRfc3339() + "  " +
           certificate.subject();
}

void addClaims(Rows& rows, const saml::VerifiedAssertion& assertion) {
    rows.push_back({"issuer", assertion.issuer()});
    rows.push_back({"assertion", assertion.id()});
    rows.push_back({"name id", assertion.nameId().value});
    for (const std::string& audience : assertion.audiences()) rows.push_back({"audience", audience});
    rows.push_back({"recipient", assertion.recipient()});
    rows.push_back({"valid until", assertion.notOnOrAfter().toRfc3339()});
    if (const auto over = assertion.sessionNotOnOrAfter()) rows.push_back({"session until", over->toRfc3339()});
    const aws::Claims claims = aws::readClaims(assertion);
    if (!claims.roleSessionName.empty()) rows.push_back({"session name", claims.roleSessionName});
    if (!claims.sourceIdentity.empty()) rows.push_back({"source identity", claims.sourceIdentity});
    for (const auto& [name, value] : claims.principalTags) rows.push_back({"tag " + name, value});
    for (const aws::RolePair& pair : claims.roles) rows.push_back({"role", pair.role.value(), pair.provider.value()});
}

void addTree(std::string& out, const inspect::Inspection& inspection) {
    out += "\nStructure (R covered by the response's digest, A by an assertion's, ! a claim that nothing covers)\n";
    const inspect::SourceTree& tree = inspection.tree;
    Rows rows;
    std::size_t shown = 0;
    for (inspect::NodeIndex at = 0; at < tree.nodes().size(); ++at) {
        const inspect::SourceNode& node = tree.node(at);
        if (node.kind != inspect::NodeKind::Element) continue;
        if (++shown > mostElements) break;
        const inspect::CoverageRun* run = inspection.coverage.at(node.startTag.begin);
        std::string mark;
        if (run != nullptr && run->standing >= inspect::Standing::Consistent) {
            if ((run->covers & inspect::byResponse) != 0) mark += 'R';
            if ((run->covers & inspect::byAssertion) != 0) mark += 'A';
        }
        const inspect::Range content = tree.contentRange(at);
        const inspect::CoverageRun* inside = content.empty() ? nullptr : inspection.coverage.at(content.begin);
        if (inside != nullptr && inside->kind == inspect::ByteKind::Posing) mark += '!';
        std::string name = std::string(std::min<std::size_t>(node.depth, 40) * 2, ' ') + std::string(tree.text(node.name));
        if (const auto id = tree.attribute(at, "ID")) name += " " + *id;
        rows.push_back({std::to_string(tree.lineOf(at)), mark, name});
    }
    out += columns(rows);
    if (shown > mostElements) out += "…\n";
}

void addSignatures(std::string& out, const inspect::Inspection& inspection) {
    for (const inspect::SignatureReport& signature : inspection.signatures) {
        out += "\nSignature, line " + std::to_string(inspection.tree.lineOf(signature.node)) + "\n";
        Rows rows;
        rows.push_back({"  method", signature.method});
        for (const inspect::ReferenceReport& reference : signature.references) {
            const std::string target = reference.target() == inspect::noNode ? "nothing" : std::string(inspection.tree.path(reference.target()));
            rows.push_back({"  covers", reference.uri + " " + target});
            rows.push_back({"  digest stated", reference.stated});
            rows.push_back({"  digest computed", reference.computed.empty() ? "not computed" : reference.computed});
            if (reference.repair != inspect::Repair::None) rows.push_back({"  fits when undone", std::string(repairName(reference.repair))});
        }
        for (const inspect::TriedKey& key : signature.keys)
            rows.push_back({key.holds ? "  holds under" : "  not under", std::string(originName(key.origin)) + " key " + printOf(key.certificate)});
        for (const inspect::Vote& vote : signature.votes)
            rows.push_back({"  " + vote.verifier, std::string(voteName(vote.state)) + (vote.reason ? " (" + vote.reason->code().id() + ")" : "")});
        out += columns(rows);
    }
}

void addAws(std::string& out, const inspect::Inspection& inspection) {
    out += "\nWhat AWS would say (predicted, not asked)\n";
    const auto answerText = [](const inspect::AwsAnswer& answer) {
        return answer.accepted ? std::string("yes, if the trust policy allows it") : std::string(answer.code) + ": " + answer.message;
    };
    Rows rows;
    if (inspection.aws.roles.empty()) rows.push_back({"  ", answerText(inspection.aws.overall)});
    for (const inspect::RoleForecast& role : inspection.aws.roles)
        rows.push_back({"  " + (role.pair ? role.pair->role.value() : role.value), answerText(role.answer)});
    out += columns(rows);
    const inspect::SessionLength& session = inspection.aws.session;
    out += "  session " + std::to_string(session.length.count()) + " s, decided by " + std::string(limitName(session.decidedBy)) + "\n";
    std::string actions;
    for (const std::string& action : inspection.aws.trust.actions) actions += (actions.empty() ? "" : ", ") + action;
    out += "  trust policy needs " + actions + "; SAML:aud " + inspection.aws.trust.audience + "\n";
    out += "  size " + std::to_string(inspection.aws.size) + " of " + std::to_string(inspection.aws.sizeLimit) + "\n";
}

} // namespace

std::string findingsText(const std::vector<saml::Finding>& findings, inspect::ProviderKind provider) {
    std::string out;
    for (const saml::Finding& one : findings) {
        const ui::FindingText text = ui::explainFinding(one, provider);
        out += columns({{std::string(severityName(one.severity)), std::string(one.rule->id), utf8(text.title)}});
        if (!text.detail.isEmpty()) out += "    " + columns({{utf8(text.detail)}});
        std::string place = one.where;
        if (one.line > 0) place += (place.empty() ? "line " : ", line ") + std::to_string(one.line);
        out += "    " + columns({{std::string(one.rule->clause) + (place.empty() ? "" : "; " + place)}});
        if (!text.fix.isEmpty() && one.severity >= saml::Severity::Warning) out += "    → " + columns({{utf8(text.fix)}});
    }
    return out;
}

std::string verdictText(const Verdict& verdict) {
    Rows rows;
    rows.push_back({verdict.accepted ? "accepted" : "rejected",
                    verdict.accepted ? "" : std::string(verdict.findings.empty() ? "" : verdict.findings.front().rule->id)});
    rows.push_back({"signed", std::string(signedName(verdict.signedPart))});
    if (verdict.accepted) addClaims(rows, *verdict.accepted);
    std::string out = columns(rows);
    if (!verdict.findings.empty())
        out += "\n" + findingsText(verdict.findings, verdict.accepted ? inspect::providerOf(verdict.accepted->issuer()) : inspect::ProviderKind::Unknown);
    return out;
}

std::string verdictLine(std::string_view id, const Verdict& verdict) {
    std::vector<std::string> row{verdict.accepted ? "accepted" : "rejected", std::string(id)};
    if (!verdict.accepted && !verdict.findings.empty()) {
        row.emplace_back(verdict.findings.front().rule->id);
        row.push_back(utf8(ui::findingMessage(verdict.findings.front())));
    }
    return columns({row});
}

std::string inspectionText(const inspect::Inspection& inspection) {
    Rows head;
    const char* summary = inspection.verdict == inspect::Verdict::Accepted     ? "accepted by both verifiers"
                          : inspection.verdict == inspect::Verdict::Consistent ? "consistent in itself; whose key it is was not checked"
                                                                               : "rejected";
    head.push_back({"verdict", summary});
    if (const saml::Finding* decisive = inspection.decisive()) head.push_back({"because", utf8(ui::findingMessage(*decisive))});
    head.push_back({"input", std::string(wrappingName(inspection.message.wrapping)) + (inspection.message.deflated ? ", deflated" : "") + ", " +
                                 std::to_string(inspection.message.base64Size) + " octets of base64, " +
                                 std::to_string(inspection.tree.text().size()) + " of XML"});
    const QString provider = ui::providerName(inspection.provider);
    head.push_back({"issuer", inspection.stated.issuer.empty() ? inspection.stated.responseIssuer : inspection.stated.issuer, utf8(provider)});
    head.push_back({"covered", std::to_string(inspection.coverage.covered) + " of " + std::to_string(inspection.coverage.total) + " octets, " +
                                   std::string(standingName(inspection.coverage.best))});
    if (inspection.shadow.misled && inspection.verdict == inspect::Verdict::Rejected)
        head.push_back({"a careless reader", "would take " + inspection.shadow.nameId +
                                                 (inspection.shadow.roles.empty() ? "" : " and " + inspection.shadow.roles.front())});
    head.push_back({"clock", std::string(clockFindingName(inspection.clocks.finding))});
    std::string out = columns(head);
    if (!inspection.findings.empty()) out += "\nFindings\n" + findingsText(inspection.findings, inspection.provider);
    addTree(out, inspection);
    addSignatures(out, inspection);
    addAws(out, inspection);
    return out;
}

std::string metadataText(const inspect::MetadataReport& report) {
    std::string out;
    for (const inspect::MetadataEntity& entity : report.entities) {
        Rows rows;
        rows.push_back({"entity", entity.entityId, entity.identityProvider ? "identity provider" : entity.serviceProvider ? "service provider" : ""});
        if (entity.validUntil) rows.push_back({"valid until", entity.validUntil->toRfc3339()});
        for (const inspect::MetadataEndpoint& one : entity.endpoints) rows.push_back({one.service, one.binding, one.location});
        for (const std::string& format : entity.nameIdFormats) rows.push_back({"NameIDFormat", format});
        for (const inspect::MetadataKey& key : entity.keys)
            rows.push_back({"key", key.use.empty() ? "any use" : key.use, key.certificate ? printOf(*key.certificate) : "unreadable"});
        out += columns(rows) + "\n";
    }
    if (report.entityCount > report.entities.size()) out += std::to_string(report.entityCount) + " entities in all\n";
    out += findingsText(report.findings, report.entities.size() == 1 ? report.entities.front().provider : inspect::ProviderKind::Unknown);
    return out;
}

} // namespace gw::ctl
