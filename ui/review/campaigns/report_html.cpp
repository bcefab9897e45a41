#include "ui/review/campaigns/report_html.h"

#include "models/items/review/mapping_rows.h"
#include "saml/base/markup.h"
#include "ui/errors/utf8.h"
#include "ui/review/campaigns/campaign_words.h"
#include "ui/review/campaigns/verdict_form.h"
#include "ui/review/review_words.h"
#include "ui/widgets/time_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace gw::ui {
namespace {

namespace campaign = estate::campaign;

struct CampaignReport {
    Q_DECLARE_TR_FUNCTIONS(CampaignReport)
};

// Black on white with lines only: it is printed.
constexpr const char* style = "body{font:14px/1.45 sans-serif;margin:2em auto;max-width:75em;padding:0 1em}"
                              "h1{font-size:1.6em;margin:0 0 .3em}h2{font-size:1.15em;margin:1.6em 0 .4em}"
                              "table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid;text-align:left;vertical-align:top;padding:.35em .6em .35em 0}"
                              "th{font-weight:600}td.code{font-family:monospace;overflow-wrap:anywhere}thead{display:table-header-group}tr{break-inside:avoid}";

std::string escaped(const QString& text) {
    return escapedMarkup(text.toStdString());
}

class Page {
public:
    void heading(const QString& words) { html += "<h2>" + escaped(words) + "</h2>\n"; }
    void paragraph(const QString& words) { html += "<p>" + escaped(words) + "</p>\n"; }
    void beginTable(const QStringList& heads) {
        html += "<table><thead><tr>";
        for (const QString& each : heads) html += "<th>" + escaped(each) + "</th>";
        html += "</tr></thead><tbody>\n";
    }
    void cell(std::string_view utf8, bool code = false) { html += (code ? "<td class=\"code\">" : "<td>") + escapedMarkup(utf8) + "</td>"; }
    void cell(const QString& words) { cell(words.toStdString()); }
    void beginRow() { html += "<tr>"; }
    void endRow() { html += "</tr>\n"; }
    void endTable() { html += "</tbody></table>\n"; }
    std::string html;
};

QString utc(UtcTime at) {
    return fromUtf8(at.toRfc3339()).replace(QLatin1Char('T'), QLatin1Char(' ')).replace(QLatin1Char('Z'), QStringLiteral(" UTC"));
}

void addItems(Page& page, const campaign::Record& record) {
    page.heading(CampaignReport::tr("Items"));
    page.beginTable({CampaignReport::tr("Group or claim"), CampaignReport::tr("Role"), CampaignReport::tr("Privilege"), CampaignReport::tr("Findings"),
                     CampaignReport::tr("Decision"), CampaignReport::tr("Reason"), CampaignReport::tr("By"), CampaignReport::tr("When"), CampaignReport::tr("Time on it")});
    for (const campaign::Item& each : record.items) {
        page.beginRow();
        page.cell(granteeName(each.subject));
        page.cell(each.subject.role, true);
        page.cell(each.subject.privilege);
        std::string findings;
        for (const std::string& one : each.subject.findings) findings += (findings.empty() ? "" : ", ") + one;
        page.cell(findings, true);
        if (const auto& said = each.decision) {
            page.cell(verdictWord(said->verdict));
            page.cell(said->change.empty() ? said->reason : said->change + ". " + said->reason);
            page.cell(said->by);
            page.cell(utc(said->at));
            page.cell(durationText(std::chrono::seconds(said->seconds)));
        } else {
            page.cell(CampaignReport::tr("open"));
            page.cell(QString());
            page.cell(each.reviewer);
            page.cell(QString());
            page.cell(QString());
        }
        page.endRow();
    }
    page.endTable();
}

void addHistory(Page& page, const campaign::Record& record) {
    page.heading(CampaignReport::tr("What happened"));
    page.beginTable({CampaignReport::tr("When"), CampaignReport::tr("Who"), CampaignReport::tr("What"), CampaignReport::tr("Of which item"), CampaignReport::tr("Detail"),
                     CampaignReport::tr("Reason")});
    std::map<std::string_view, const campaign::Item*> items;
    for (const campaign::Item& each : record.items) items.emplace(each.id, &each);
    for (const campaign::Event& each : record.history) {
        if (each.kind == campaign::EventKind::Looked) continue;
        page.beginRow();
        page.cell(utc(each.at));
        page.cell(each.by);
        page.cell(campaign::eventName(each.kind));
        const auto item = items.find(each.item);
        page.cell(item == items.end() ? QString() : granteeName(item->second->subject) + QStringLiteral(" → ") + fromUtf8(items::shortName(item->second->subject.role)));
        page.cell(each.detail);
        page.cell(each.reason);
        page.endRow();
    }
    page.endTable();
}

} // namespace

QByteArray reportHtml(const campaign::Campaign& of, UtcTime now) {
    const campaign::Record& record = of.record();
    const campaign::Progress progress = of.progress(now);
    Page page;
    page.html = "<!DOCTYPE html>\n<html lang=\"" + escaped(QLocale().bcp47Name()) + "\">\n<head><meta charset=\"utf-8\"><title>" + escapedMarkup(record.title) + "</title><style>" +
                style + "</style></head>\n<body>\n<h1>" + escapedMarkup(record.title) + "</h1>\n";
    const QLocale locale;
    page.paragraph(CampaignReport::tr("%1. Made by %2 on %3, due %4. %5: %6 keep, %7 change, %8 remove.")
                       .arg(stateWords(record.state, record.due, now).words, fromUtf8(record.owner), utc(record.created), utc(record.due),
                            progressWords(progress.decided, progress.items), locale.toString(static_cast<qulonglong>(progress.keep)),
                            locale.toString(static_cast<qulonglong>(progress.change)), locale.toString(static_cast<qulonglong>(progress.remove))));
    page.paragraph(record.scope.empty() ? CampaignReport::tr("All rows of the mapping table were chosen.") : CampaignReport::tr("Chosen by the filter: %1").arg(fromUtf8(record.scope)));
    if (const auto* signing = of.signing())
        page.paragraph(CampaignReport::tr("Signed off by %1 on %2: “%3”").arg(fromUtf8(signing->by), utc(signing->at), fromUtf8(signing->reason)));
    else
        page.paragraph(CampaignReport::tr("Not signed off. This is what was known on %1.").arg(utc(now)));
    page.heading(CampaignReport::tr("Reviewers"));
    page.beginTable({CampaignReport::tr("Who"), CampaignReport::tr("Items"), CampaignReport::tr("Decided")});
    for (const auto& each : progress.reviewers) {
        page.beginRow();
        page.cell(each.person);
        page.cell(locale.toString(static_cast<qulonglong>(each.items)));
        page.cell(locale.toString(static_cast<qulonglong>(each.decided)));
        page.endRow();
    }
    page.endTable();
    for (const auto& each : of.rubberStamps()) page.paragraph(hastyWords(each, {}));
    addItems(page, record);
    addHistory(page, record);
    page.html += "</body>\n</html>\n";
    return QByteArray::fromStdString(page.html);
}

} // namespace gw::ui
