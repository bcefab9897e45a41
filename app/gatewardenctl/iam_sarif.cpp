// SARIF 2.1.0: one run, a rule for each that was met, a result for each finding.
#include "app/gatewardenctl/iam_lint_output.h"
#include "ui/reports/sarif.h"
#include "ui/errors/lint_texts.h"

#include <algorithm>
#include <vector>

namespace gw::ctl {

namespace lint = policy::lint;

namespace {

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
    json.beginObject().member("ruleId", finding.rule->id).count("ruleIndex", ruleIndex).member("level", ui::sarifLevel(finding.severity));
    ui::writeSarifMessage(json, "message", fix.empty() ? message : message + " " + fix);
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
    ui::beginSarif(json, "gatewardenctl");
    for (const lint::Rule* each : met) ui::writeSarifRule(json, *each, ui::lintTitle(each->id).toStdString());
    json.endArray().endObject().endObject();
    json.member("columnKind", "unicodeCodePoints");
    const std::string uri = ui::sarifUri(linted.file);
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
