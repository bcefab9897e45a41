#include "ui/review/campaigns/campaign_shown.h"

#include "models/items/review/mapping_rows.h"
#include "models/items/table/column_list.h"

namespace gw::ui {

namespace campaign = estate::campaign;
using items::ColumnKind;

namespace {

// What is open comes first, then by what becomes of it.
std::size_t decisionChoice(const campaign::Item& item) {
    return item.decision ? 1 + static_cast<std::size_t>(item.decision->verdict) : 0;
}

} // namespace

std::vector<items::Column> itemColumns() {
    items::ColumnList<ItemColumn> columns;
    columns.add(ItemColumn::Decision, "decision", ColumnKind::Choice).choices = {"open", "keep", "remove", "change"};
    columns.add(ItemColumn::Who, "group").aliases = {"who", "claim", "person"};
    columns.add(ItemColumn::Role, "role");
    columns.add(ItemColumn::Env, "env", ColumnKind::Choice).choices = {"prod", "stage", "dev", "shared"};
    columns.add(ItemColumn::Privilege, "privilege", ColumnKind::Choice).choices = {"unknown", "none", "read", "write", "escalating", "admin"};
    columns.add(ItemColumn::Findings, "findings", ColumnKind::Number);
    columns.add(ItemColumn::People, "people", ColumnKind::Number);
    columns.add(ItemColumn::Reviewer, "reviewer");
    columns.add(ItemColumn::Reason, "reason");
    columns.add(ItemColumn::Seconds, "time", ColumnKind::Duration);
    return columns.take();
}

CampaignPtr showCampaign(const store::CampaignStore::Kept& kept, UtcTime now) {
    items::Table table(itemColumns());
    const auto& columns = table.columns();
    const auto choose = [&](ItemColumn column, std::string_view word) {
        const auto& words = columns[columnOf(column)].choices;
        for (std::size_t i = 0; i < words.size(); ++i)
            if (words[i] == word) table.addChoice(columnOf(column), i);
    };
    for (const campaign::Item& each : kept.campaign.record().items) {
        table.addRow();
        table.addChoice(columnOf(ItemColumn::Decision), decisionChoice(each));
        table.addText(columnOf(ItemColumn::Who), each.subject.who);
        table.addText(columnOf(ItemColumn::Role), items::shortName(each.subject.role));
        choose(ItemColumn::Env, each.subject.environment);
        choose(ItemColumn::Privilege, each.subject.privilege);
        table.setValue(columnOf(ItemColumn::Findings), static_cast<std::int64_t>(each.subject.findings.size()));
        if (each.subject.people) table.setValue(columnOf(ItemColumn::People), static_cast<std::int64_t>(*each.subject.people));
        table.addText(columnOf(ItemColumn::Reviewer), each.reviewer);
        if (each.decision) {
            table.addText(columnOf(ItemColumn::Reason), each.decision->reason);
            table.setValue(columnOf(ItemColumn::Seconds), each.decision->seconds);
        }
    }
    table.finish();
    return std::make_shared<const CampaignShown>(
        CampaignShown{kept.campaign, kept.revision, kept.campaign.progress(now), kept.campaign.rubberStamps(), std::move(table)});
}

items::Table campaignTable(const std::vector<store::CampaignStore::Listed>& listed, UtcTime now) {
    items::ColumnList<CampaignColumn> columns;
    columns.add(CampaignColumn::Title, "title");
    columns.add(CampaignColumn::State, "state", ColumnKind::Choice).choices = {"overdue", "running", "draft", "signed", "cancelled"};
    columns.add(CampaignColumn::Due, "due", ColumnKind::Time);
    columns.add(CampaignColumn::Items, "items", ColumnKind::Number);
    columns.add(CampaignColumn::Decided, "decided", ColumnKind::Number);
    columns.add(CampaignColumn::Waiting, "waiting", ColumnKind::Number);
    columns.add(CampaignColumn::Owner, "owner");
    columns.add(CampaignColumn::Scope, "scope");
    items::Table table(columns.take());
    for (const auto& each : listed) {
        table.addRow();
        table.addText(columnOf(CampaignColumn::Title), each.title);
        std::size_t state = 0;
        switch (each.state) {
        case campaign::State::Open:
            state = each.due < now ? 0 : 1;
            break;
        case campaign::State::Draft:
            state = 2;
            break;
        case campaign::State::Signed:
            state = 3;
            break;
        case campaign::State::Cancelled:
            state = 4;
            break;
        }
        table.addChoice(columnOf(CampaignColumn::State), state);
        table.setValue(columnOf(CampaignColumn::Due), each.due.unixSeconds());
        table.setValue(columnOf(CampaignColumn::Items), static_cast<std::int64_t>(each.items));
        table.setValue(columnOf(CampaignColumn::Decided), static_cast<std::int64_t>(each.decided));
        table.setValue(columnOf(CampaignColumn::Waiting), static_cast<std::int64_t>(each.waiting));
        table.addText(columnOf(CampaignColumn::Owner), each.owner);
        table.addText(columnOf(CampaignColumn::Scope), each.scope);
    }
    table.finish();
    return table;
}

} // namespace gw::ui
