#include "models/estate/campaign/report.h"

#include "saml/base/csv.h"
#include "saml/base/json.h"

namespace gw::estate::campaign {
namespace {

Json orNull(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

Json itemJson(const Item& item) {
    const Subject& subject = item.subject;
    Json json{{"id", item.id},
              {"kind", subject.kind},
              {"who", subject.who},
              {"provider", orNull(subject.provider)},
              {"role", subject.role},
              {"environment", orNull(subject.environment)},
              {"privilege", orNull(subject.privilege)},
              {"people", subject.people ? Json(*subject.people) : Json()},
              {"findings", subject.findings},
              {"reviewer", item.reviewer},
              {"decision", Json()}};
    if (const auto& one = item.decision)
        json["decision"] = {{"verdict", std::string(verdictName(one->verdict))},
                            {"reason", one->reason},
                            {"change", orNull(one->change)},
                            {"by", one->by},
                            {"at", one->at.toRfc3339()},
                            {"seconds", one->seconds}};
    return json;
}

} // namespace

std::string reportJson(const Campaign& campaign, UtcTime now) {
    const Record& record = campaign.record();
    const Progress progress = campaign.progress(now);
    Json json{{"title", record.title},
              {"scope", record.scope},
              {"owner", record.owner},
              {"state", std::string(stateName(record.state))},
              {"created", record.created.toRfc3339()},
              {"due", record.due.toRfc3339()},
              {"signed", Json()},
              {"progress",
               {{"items", progress.items},
                {"decided", progress.decided},
                {"keep", progress.keep},
                {"remove", progress.remove},
                {"change", progress.change}}}};
    if (const Event* const signing = campaign.signing())
        json["signed"] = {{"by", signing->by}, {"at", signing->at.toRfc3339()}, {"statement", signing->reason}};
    json["reviewers"] = Json::array();
    for (const Progress::Reviewer& each : progress.reviewers)
        json["reviewers"].push_back({{"person", each.person}, {"items", each.items}, {"decided", each.decided}});
    json["rubber_stamps"] = Json::array();
    for (const RubberStamp& each : campaign.rubberStamps())
        json["rubber_stamps"].push_back({{"person", each.person},
                                         {"decisions", each.decisions},
                                         {"hasty", each.hasty},
                                         {"median_seconds", each.medianSeconds},
                                         {"keeps_in_a_row", each.inARow}});
    json["items"] = Json::array();
    for (const Item& each : record.items) json["items"].push_back(itemJson(each));
    json["history"] = Json::array();
    for (const Event& each : record.history)
        json["history"].push_back({{"what", std::string(eventName(each.kind))},
                                   {"at", each.at.toRfc3339()},
                                   {"by", each.by},
                                   {"item", orNull(each.item)},
                                   {"detail", orNull(each.detail)},
                                   {"reason", orNull(each.reason)}});
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string reportCsv(const Campaign& campaign) {
    std::string csv = "id,kind,who,provider,role,environment,privilege,people,findings,reviewer,verdict,reason,change,by,at,seconds\r\n";
    for (const Item& item : campaign.record().items) {
        const Subject& subject = item.subject;
        std::string findings;
        for (const std::string& each : subject.findings) findings += (findings.empty() ? "" : "; ") + each;
        std::vector<std::string> cells{item.id,
                                       subject.kind,
                                       subject.who,
                                       subject.provider,
                                       subject.role,
                                       subject.environment,
                                       subject.privilege,
                                       subject.people ? std::to_string(*subject.people) : std::string(),
                                       findings,
                                       item.reviewer};
        if (const auto& one = item.decision)
            cells.insert(cells.end(), {std::string(verdictName(one->verdict)), one->reason, one->change, one->by, one->at.toRfc3339(),
                                       std::to_string(one->seconds)});
        else
            cells.resize(cells.size() + 6);
        for (std::size_t i = 0; i < cells.size(); ++i) csv += (i == 0 ? "" : ",") + csvCell(csvText(cells[i]));
        csv += "\r\n";
    }
    return csv;
}

} // namespace gw::estate::campaign
