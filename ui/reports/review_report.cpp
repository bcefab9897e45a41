#include "ui/reports/review_report.h"

#include "saml/base/csv.h"
#include "saml/base/markup.h"
#include "ui/errors/review_texts.h"
#include "ui/reports/sarif.h"

#include <algorithm>
#include <map>
#include <vector>

namespace gw::ui {

namespace lint = policy::lint;
namespace review = estate::review;

namespace {

void writeResult(JsonWriter& json, const review::Finding& finding, std::size_t ruleIndex) {
    const std::string fix = explainReview(finding).fix.toStdString();
    std::string message = reviewMessage(finding).toStdString();
    if (!message.ends_with('.')) message += '.';
    json.beginObject().member("ruleId", finding.rule->id).count("ruleIndex", ruleIndex).member("level", sarifLevel(finding.severity));
    writeSarifMessage(json, "message", fix.empty() ? message : message + " " + fix);
    json.key("locations").beginArray().beginObject();
    if (!finding.place.file.empty()) {
        json.key("physicalLocation").beginObject();
        json.key("artifactLocation").beginObject().member("uri", sarifUri(finding.place.file)).endObject();
        json.key("region").beginObject().count("startLine", std::max<std::size_t>(finding.place.position.line, 1));
        json.count("startColumn", std::max<std::size_t>(finding.place.position.column, 1)).endObject().endObject();
    }
    json.key("logicalLocations").beginArray().beginObject().member("name", finding.object);
    json.member("fullyQualifiedName", finding.place.pointer.empty() ? finding.object : finding.place.pointer).endObject().endArray();
    json.endObject().endArray();
    if (finding.suppressed) {
        json.key("suppressions").beginArray().beginObject().member("kind", "external").member("status", "accepted");
        json.member("justification", finding.suppressed->reason).key("properties").beginObject();
        json.member("until", finding.suppressed->until.toRfc3339()).endObject().endObject().endArray();
    }
    json.key("properties").beginObject().member("severity", lint::severityName(finding.severity)).member("object", finding.object);
    if (!finding.rule->accessAnalyzer.empty()) json.member("accessAnalyzer", finding.rule->accessAnalyzer);
    json.endObject().endObject();
}

constexpr std::string_view style = R"(
:root{color-scheme:light dark}
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #8884}
code{font:13px ui-monospace,monospace;overflow-wrap:anywhere}
.severity{font-weight:600;white-space:nowrap}.accepted{opacity:.6}
)";

void writeRow(std::string& out, const review::Finding& finding) {
    const ReviewText text = explainReview(finding);
    out += finding.suppressed ? "<tr class=\"accepted\">" : "<tr>";
    out += "<td class=\"severity\">" + std::string(lint::severityName(finding.severity)) + "</td><td><strong>" + escapedMarkup(text.title.toStdString()) +
           "</strong><br>" + escapedMarkup(text.detail.toStdString()) + "<br><code>" + escapedMarkup(finding.rule->id) + "</code></td>";
    out += "<td><code>" + escapedMarkup(finding.object) + "</code>";
    if (!finding.place.file.empty())
        out += "<br><code>" + escapedMarkup(finding.place.file) + ":" + std::to_string(finding.place.position.line) + "</code>";
    out += "</td><td>" + escapedMarkup(text.fix.toStdString());
    if (finding.fix && !finding.fix->patch.empty()) out += "<details><summary>JSON Patch</summary><code>" + escapedMarkup(finding.fix->patch) + "</code></details>";
    if (finding.suppressed)
        out += "<br>Accepted until " + finding.suppressed->until.toRfc3339() + ": " + escapedMarkup(finding.suppressed->reason);
    out += "</td></tr>\n";
}

} // namespace

std::string reviewSarif(const ReviewReport& report, std::string_view program) {
    std::vector<const lint::Rule*> met;
    std::map<std::string_view, std::size_t> index;
    for (const review::Finding& each : report.review.findings)
        if (index.emplace(each.rule->id, met.size()).second) met.push_back(each.rule);
    JsonWriter json;
    beginSarif(json, program);
    for (const lint::Rule* each : met) writeSarifRule(json, *each, reviewTitle(each->id).toStdString());
    json.endArray().endObject().endObject();
    json.member("columnKind", "unicodeCodePoints").key("results").beginArray();
    for (const review::Finding& each : report.review.findings) writeResult(json, each, index[each.rule->id]);
    json.endArray().key("properties").beginObject().count("objects", report.review.objects);
    if (!report.catalogueDate.empty()) json.member("catalogueDate", report.catalogueDate);
    json.key("notChecked").beginArray();
    for (const review::NotChecked& each : report.review.notChecked)
        json.beginObject().member("rule", each.rule).member("needs", each.needs).endObject();
    json.endArray().endObject().endObject().endArray().endObject().endLine();
    return json.text();
}

std::string reviewCsv(const ReviewReport& report) {
    std::string out = "severity,rule,object,file,pointer,line,column,title,detail,fix,accepted,until\r\n";
    for (const review::Finding& finding : report.review.findings) {
        const ReviewText text = explainReview(finding);
        const std::vector<std::string> cells{std::string(lint::severityName(finding.severity)), std::string(finding.rule->id), finding.object,
                                             finding.place.file, finding.place.pointer, std::to_string(finding.place.position.line),
                                             std::to_string(finding.place.position.column), text.title.toStdString(), text.detail.toStdString(),
                                             text.fix.toStdString(), finding.suppressed ? finding.suppressed->reason : std::string(),
                                             finding.suppressed ? finding.suppressed->until.toRfc3339() : std::string()};
        for (std::size_t i = 0; i < cells.size(); ++i) out += (i == 0 ? "" : ",") + csvCell(csvText(cells[i]));
        out += "\r\n";
    }
    return out;
}

std::string reviewHtml(const ReviewReport& report) {
    std::string out = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Review</title><style>" + std::string(style) +
                      "</style></head><body>\n<h1>Review of " + report.now.toRfc3339() + "</h1>\n<p>" +
                      std::to_string(report.review.objects) + " objects:";
    for (int i = static_cast<int>(lint::Severity::Error); i >= 0; --i)
        out += " " + std::to_string(report.review.counts[static_cast<std::size_t>(i)]) + " " +
               std::string(lint::severityName(static_cast<lint::Severity>(i))) + (i == 0 ? "." : ",");
    out += "</p>\n<table><thead><tr><th>Severity</th><th>Finding</th><th>Object</th><th>Fix</th></tr></thead><tbody>\n";
    for (const review::Finding& each : report.review.findings) writeRow(out, each);
    out += "</tbody></table>\n<h2>Not checked, or not everywhere</h2>\n<ul>\n";
    for (const review::NotChecked& each : report.review.notChecked)
        out += "<li><code>" + escapedMarkup(each.rule) + "</code> needs " + escapedMarkup(each.needs) + "</li>\n";
    return out + "</ul>\n</body></html>\n";
}

} // namespace gw::ui
