#include "app/gatewardenctl/iam_lint_output.h"

#include "saml/base/json_writer.h"
#include "app/gatewardenctl/output.h"
#include "ui/errors/lint_texts.h"

#include <algorithm>
#include <array>

namespace gw::ctl {

namespace lint = policy::lint;

namespace {

void writePlace(JsonWriter& json, const lint::Place& place) {
    json.member("pointer", place.pointer).count("line", place.begin.line).count("column", place.begin.column);
    json.count("end_line", place.end.line).count("end_column", place.end.column);
}

void writeFinding(JsonWriter& json, const std::string& file, const lint::Finding& finding) {
    const ui::LintText text = ui::explainLint(finding);
    const lint::Place& place = finding.places.front();
    json.beginObject().member("rule", finding.rule->id).member("severity", lint::severityName(finding.severity));
    json.member("object", lint::statementOf(place.pointer));
    json.key("where").beginObject().member("file", file);
    writePlace(json, place);
    json.endObject().member("title", text.title.toStdString()).member("detail", text.detail.toStdString());
    json.key("evidence").beginObject();
    for (const Fact& fact : finding.facts) {
        // JSON already, as in a review.
        if (fact.name.ends_with("[]"))
            json.key(fact.name.substr(0, fact.name.size() - 2)).raw(fact.value);
        else
            json.member(fact.name, fact.value);
    }
    json.key("places").beginArray();
    for (const lint::Place& each : finding.places) {
        json.beginObject();
        writePlace(json, each);
        json.endObject();
    }
    json.endArray().endObject();
    json.key("fix").beginObject().member("kind", "edit").member("text", text.fix.toStdString()).endObject();
    json.member("clause", finding.rule->clause).memberOrNull("access_analyzer", finding.rule->accessAnalyzer);
    if (finding.suppressed)
        json.key("suppressed").beginObject().member("reason", finding.suppressed->reason).member("until", finding.suppressed->until.toRfc3339()).endObject();
    json.endObject();
}

} // namespace

bool counts(const LintedFile& linted, const lint::Finding& finding) {
    return !finding.suppressed && finding.severity >= linted.threshold;
}

std::string lintText(const LintedFile& linted) {
    std::string out;
    std::vector<std::vector<std::string>> rows{{"line", "severity", "rule", "where", "finding"}};
    std::size_t suppressed = 0, told = 0;
    for (const lint::Finding& finding : linted.report.findings) {
        if (finding.suppressed) {
            ++suppressed;
            continue;
        }
        ++told;
        const lint::Place& place = finding.places.front();
        const ui::LintText text = ui::explainLint(finding);
        rows.push_back({std::to_string(place.begin.line) + ":" + std::to_string(place.begin.column), std::string(lint::severityName(finding.severity)),
                        std::string(finding.rule->id), place.pointer, ui::lintMessage(finding).toStdString()});
        if (!text.fix.isEmpty()) rows.push_back({"", "", "", "", "→ " + text.fix.toStdString()});
    }
    if (told != 0) out += columns(rows) + "\n";
    out += std::to_string(told) + (told == 1 ? " finding" : " findings");
    if (suppressed != 0) out += ", " + std::to_string(suppressed) + " suppressed";
    out += " in " + std::string(lint::kindName(linted.report.kind)) + " policy " + linted.file;
    out += linted.catalogue == nullptr ? "; without the action catalogue" : "; action catalogue of " + linted.catalogue->date();
    out += "\n";
    if (linted.report.notChecked.empty()) return out;
    out += "Not checked, since one document does not tell:";
    for (const lint::NotChecked& each : linted.report.notChecked) out += " " + std::string(each.rule) + " (" + std::string(each.needs) + ")";
    return out + "\n";
}

std::string lintJson(const LintedFile& linted) {
    JsonWriter json;
    json.beginObject().member("file", linted.file).member("type", lint::kindName(linted.report.kind));
    json.key("catalogue");
    if (linted.catalogue == nullptr)
        json.null();
    else
        json.beginObject().member("date", linted.catalogue->date()).member("source", linted.catalogue->source()).endObject();
    json.key("findings").beginArray();
    std::array<std::size_t, 5> bySeverity{};
    std::size_t suppressed = 0;
    for (const lint::Finding& finding : linted.report.findings) {
        writeFinding(json, linted.file, finding);
        if (finding.suppressed)
            ++suppressed;
        else
            ++bySeverity[static_cast<std::size_t>(finding.severity)];
    }
    json.endArray().key("summary").beginObject().key("findings").beginObject();
    for (std::size_t i = bySeverity.size(); i-- > 0;) json.count(lint::severityName(static_cast<lint::Severity>(i)), bySeverity[i]);
    json.endObject().count("suppressed", suppressed).key("not_checked").beginArray();
    for (const lint::NotChecked& each : linted.report.notChecked) json.beginObject().member("rule", each.rule).member("needs", each.needs).endObject();
    json.endArray().endObject().endObject();
    json.endLine();
    return json.text();
}

} // namespace gw::ctl
