#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/saml_commands.h"
#include "app/gatewardenctl/saml_inspect_json.h"
#include "app/gatewardenctl/saml_text.h"
#include "app/gatewardenctl/saml_trust.h"
#include "ui/errors_text.h"

#include <algorithm>

namespace gw::ctl {
namespace {

bool anyBad(const std::vector<saml::Finding>& findings) {
    return std::any_of(findings.begin(), findings.end(), [](const saml::Finding& one) { return one.severity >= saml::Severity::Error; });
}

std::string metadataOutput(const std::string_view xml, UtcTime now, bool asJson, bool& bad) {
    const inspect::MetadataReport report = inspect::reportMetadata(xml, now);
    bad = bad || anyBad(report.findings);
    if (!asJson) return metadataText(report);
    JsonWriter json;
    writeMetadata(json, report);
    return json.text() + "\n";
}

std::optional<Secret> readInput(const std::string& file, std::size_t most) {
    std::string text;
    if (!readOrComplain(file, most, text)) return std::nullopt;
    return Secret(std::move(text));
}

} // namespace

int runInspect(const Invocation& invocation) {
    const std::string& file = invocation.arguments[0];
    const auto input = readInput(file, maxMessageFile);
    if (!input) return usage;
    auto found = inspect::findMessages(input->reveal());
    if (!found) {
        complain("gatewardenctl: " + file + ": " + ui::explainBriefly(found.error()).toStdString());
        return usage;
    }
    bool bad = false;
    bool first = true;
    for (inspect::FoundMessage& message : *found) {
        const auto now = timeFromOptions(invocation);
        if (!now) return usage;
        std::string text;
        if (message.kind == inspect::MessageKind::Metadata) {
            text = metadataOutput(message.xml.reveal(), *now, invocation.json(), bad);
        } else {
            inspect::InspectOptions options;
            options.now = *now;
            if (!invocation.values("--metadata").empty() || !invocation.values("--certificate").empty()) {
                const inspect::StatedClaims stated = inspect::readStated(inspect::SourceTree::read(std::string(message.xml.reveal())));
                auto trust = trustFromOptions(invocation, stated.issuer.empty() ? stated.responseIssuer : stated.issuer);
                if (!trust) return usage;
                options.trust = std::move(trust->provider);
            }
            const inspect::Inspection inspection = inspect::inspect(std::move(message), options);
            bad = bad || anyBad(inspection.findings) || !inspection.aws.overall.accepted;
            if (invocation.json()) {
                JsonWriter json;
                writeInspection(json, inspection);
                text = json.text() + "\n";
            } else {
                text = inspectionText(inspection);
            }
        }
        if (!print((first || invocation.json() ? "" : "\n") + text)) return usage;
        first = false;
    }
    return bad ? no : done;
}

int runMetadata(const Invocation& invocation) {
    const auto now = timeFromOptions(invocation);
    if (!now) return usage;
    const auto input = readInput(invocation.arguments[0], maxMetadataFile);
    if (!input) return usage;
    bool bad = false;
    const inspect::MetadataReport report = inspect::reportMetadata(input->reveal(), *now);
    const bool unreadable = report.entities.empty() && std::any_of(report.findings.begin(), report.findings.end(), [](const saml::Finding& one) {
                                return one.rule->id == "metadata-unreadable";
                            });
    if (!print(metadataOutput(input->reveal(), *now, invocation.json(), bad))) return usage;
    return unreadable ? usage : bad ? no : done;
}

} // namespace gw::ctl
