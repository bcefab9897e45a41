#include "app/gatewardenctl/review_output.h"

#include "saml/base/json_writer.h"
#include "app/gatewardenctl/output.h"
#include "ui/errors/review_texts.h"

#include <vector>

namespace gw::ctl {

namespace lint = policy::lint;
namespace review = estate::review;

namespace {

std::string nameOf(lint::Severity severity) {
    return std::string(lint::severityName(severity));
}

// As the contract spells it: what is worst comes first, what does not work last.
constexpr lint::Severity inOrder[] = {lint::Severity::Critical, lint::Severity::High, lint::Severity::Medium, lint::Severity::Low,
                                      lint::Severity::Error};

void writeFinding(JsonWriter& json, const review::Finding& finding) {
    const ui::ReviewText text = ui::explainReview(finding);
    json.beginObject().member("rule", finding.rule->id).member("severity", nameOf(finding.severity)).member("object", finding.object);
    json.key("where").beginObject().member("file", finding.place.file).member("pointer", finding.place.pointer);
    json.count("line", finding.place.position.line).count("column", finding.place.position.column).endObject();
    json.member("title", text.title.toStdString()).member("detail", text.detail.toStdString());
    json.key("evidence").beginObject();
    for (const Fact& each : finding.evidence) {
        if (each.name.ends_with("[]"))
            json.key(each.name.substr(0, each.name.size() - 2)).raw(each.value);
        else
            json.member(each.name, each.value);
    }
    json.endObject();
    json.key("fix").beginObject().member("kind", fixKindName(finding.fix ? finding.fix->kind : review::FixKind::Manual));
    json.member("text", text.fix.toStdString());
    if (finding.fix && !finding.fix->patch.empty()) json.key("patch").raw(finding.fix->patch);
    json.endObject();
    if (finding.suppressed)
        json.key("suppressed").beginObject().member("reason", finding.suppressed->reason).member("until", finding.suppressed->until.toRfc3339()).endObject();
    json.endObject().endLine();
}

} // namespace

std::string_view fixKindName(review::FixKind kind) {
    static constexpr std::string_view names[] = {"edit", "plan", "manual"};
    return names[static_cast<std::size_t>(kind)];
}

bool counts(const Reviewed& reviewed, const review::Finding& finding) {
    return !finding.suppressed && finding.severity >= reviewed.threshold;
}

std::string reviewText(const Reviewed& reviewed) {
    std::string out;
    std::vector<std::vector<std::string>> rows{{"severity", "rule", "object", "finding"}};
    std::size_t suppressed = 0;
    for (const review::Finding& finding : reviewed.review.findings) {
        if (finding.suppressed) {
            ++suppressed;
            continue;
        }
        const ui::ReviewText text = ui::explainReview(finding);
        rows.push_back({nameOf(finding.severity), std::string(finding.rule->id), finding.object, ui::reviewMessage(finding).toStdString()});
        if (!text.fix.isEmpty()) rows.push_back({"", "", "", "→ " + text.fix.toStdString()});
    }
    if (rows.size() > 1) out += columns(rows) + "\n";
    std::string found;
    for (const lint::Severity each : inOrder) {
        const std::size_t count = reviewed.review.counts[static_cast<std::size_t>(each)];
        if (count != 0) found += (found.empty() ? "" : ", ") + std::to_string(count) + " " + nameOf(each);
    }
    out += (found.empty() ? "Nothing found" : found) + " in " + std::to_string(reviewed.review.objects) + " objects";
    if (suppressed != 0) out += "; " + std::to_string(suppressed) + " accepted";
    out += reviewed.catalogue == nullptr ? "; without the action catalogue" : "; action catalogue of " + reviewed.catalogue->date();
    out += "\n";
    if (reviewed.review.notChecked.empty()) return out;
    out += "Not checked, or not everywhere, since the estate does not tell:";
    for (const review::NotChecked& each : reviewed.review.notChecked) out += " " + std::string(each.rule) + " (" + std::string(each.needs) + ")";
    return out + "\n";
}

std::string reviewJson(const Reviewed& reviewed) {
    JsonWriter json;
    for (const review::Finding& each : reviewed.review.findings) writeFinding(json, each);
    json.beginObject().key("summary").beginObject().count("objects", reviewed.review.objects).key("findings").beginObject();
    for (const lint::Severity each : inOrder) json.count(nameOf(each), reviewed.review.counts[static_cast<std::size_t>(each)]);
    json.endObject().key("not_checked").beginArray();
    for (const review::NotChecked& each : reviewed.review.notChecked)
        json.beginObject().member("rule", each.rule).member("needs", each.needs).endObject();
    json.endArray().endObject().endObject().endLine();
    return json.text();
}

} // namespace gw::ctl
