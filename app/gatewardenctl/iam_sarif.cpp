// SARIF 2.1.0: one run, a rule for each that was met, a result for each finding.
#include "app/gatewardenctl/iam_lint_output.h"
#include "app/gatewardenctl/json_writer.h"
#include "ui/errors/lint_texts.h"

#include <algorithm>
#include <vector>

namespace gw::ctl {

namespace lint = policy::lint;

namespace {

// "error", "warning" or "note": 3.27.10 of the standard.
std::string_view levelOf(lint::Severity severity) {
    switch (severity) {
    case lint::Severity::Low:
        return "note";
    case lint::Severity::Medium:
        return "warning";
    case lint::Severity::High:
    case lint::Severity::Critical:
    case lint::Severity::Error:
        break;
    }
    return "error";
}

// A relative or file URI (RFC 3986): everything that is not plainly allowed is percent-encoded.
std::string uriOf(const std::string& file) {
    if (file == "-") return "stdin";
    static constexpr std::string_view hex = "0123456789ABCDEF";
    std::string uri = file.starts_with('/') ? "file://" : "";
    for (const char each : file) {
        const auto octet = static_cast<unsigned char>(each);
        const bool plain = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9') ||
                           std::string_view("-._~/").find(each) != std::string_view::npos;
        if (plain)
            uri += each;
        else
            uri = uri + '%' + hex[octet >> 4U] + hex[octet & 15U];
    }
    return uri;
}

void writeMessage(JsonWriter& json, std::string_view name, std::string_view text) {
    json.key(name).beginObject().member("text", text).endObject();
}

void writeRule(JsonWriter& json, const lint::Rule& rule) {
    json.beginObject().member("id", rule.id);
    writeMessage(json, "shortDescription", ui::lintTitle(rule.id).toStdString());
    json.key("defaultConfiguration").beginObject().member("level", levelOf(rule.severity)).endObject();
    json.key("properties").beginObject().member("severity", lint::severityName(rule.severity)).member("clause", rule.clause).endObject();
    json.endObject();
}

void writeLocation(JsonWriter& json, const std::string& uri, const lint::Place& place) {
    json.beginObject().key("physicalLocation").beginObject();
    json.key("artifactLocation").beginObject().member("uri", uri).endObject();
    json.key("region").beginObject().count("startLine", place.begin.line).count("startColumn", place.begin.column);
    json.count("endLine", place.end.line).count("endColumn", place.end.column).endObject().endObject();
    json.key("logicalLocations").beginArray().beginObject().member("fullyQualifiedName", place.pointer).endObject().endArray();
    json.endObject();
}

void writeResult(JsonWriter& json, const std::string& uri, const lint::Finding& finding, std::size_t ruleIndex) {
    const std::string fix = ui::explainLint(finding).fix.toStdString();
    std::string message = ui::lintMessage(finding).toStdString();
    if (!message.ends_with('.')) message += '.';
    json.beginObject().member("ruleId", finding.rule->id).count("ruleIndex", ruleIndex).member("level", levelOf(finding.severity));
    writeMessage(json, "message", fix.empty() ? message : message + " " + fix);
    json.key("locations").beginArray();
    writeLocation(json, uri, finding.places.front());
    json.endArray();
    if (finding.places.size() > 1) {
        json.key("relatedLocations").beginArray();
        for (auto place = finding.places.begin() + 1; place != finding.places.end(); ++place) writeLocation(json, uri, *place);
        json.endArray();
    }
    if (finding.suppressed) {
        json.key("suppressions").beginArray().beginObject().member("kind", "external").member("status", "accepted");
        json.member("justification", finding.suppressed->reason).key("properties").beginObject();
        json.member("until", finding.suppressed->until.toRfc3339()).endObject().endObject().endArray();
    }
    json.key("properties").beginObject().member("severity", lint::severityName(finding.severity));
    if (!finding.rule->accessAnalyzer.empty()) json.member("accessAnalyzer", finding.rule->accessAnalyzer);
    json.endObject().endObject();
}

} // namespace

std::string lintSarif(const LintedFile& linted) {
    std::vector<const lint::Rule*> met;
    const auto indexOf = [&](const lint::Rule* rule) {
        const auto known = std::find_if(met.begin(), met.end(), [&](const lint::Rule* each) { return each->id == rule->id; });
        return static_cast<std::size_t>(known - met.begin());
    };
    for (const lint::Finding& each : linted.report.findings)
        if (indexOf(each.rule) == met.size()) met.push_back(each.rule);

    JsonWriter json;
    json.beginObject().member("$schema", "https://json.schemastore.org/sarif-2.1.0.json").member("version", "2.1.0");
    json.key("runs").beginArray().beginObject();
    json.key("tool").beginObject().key("driver").beginObject().member("name", "gatewardenctl").member("version", GATEWARDEN_VERSION);
    json.key("rules").beginArray();
    for (const lint::Rule* each : met) writeRule(json, *each);
    json.endArray().endObject().endObject();
    json.member("columnKind", "unicodeCodePoints");
    const std::string uri = uriOf(linted.file);
    json.key("results").beginArray();
    for (const lint::Finding& each : linted.report.findings) writeResult(json, uri, each, indexOf(each.rule));
    json.endArray().key("properties").beginObject().member("type", lint::kindName(linted.report.kind));
    if (linted.catalogue != nullptr) json.member("catalogueDate", linted.catalogue->date()).member("catalogueSource", linted.catalogue->source());
    json.key("notChecked").beginArray();
    for (const lint::NotChecked& each : linted.report.notChecked) json.beginObject().member("rule", each.rule).member("needs", each.needs).endObject();
    json.endArray().endObject().endObject().endArray().endObject();
    json.endLine();
    return json.text();
}

} // namespace gw::ctl
