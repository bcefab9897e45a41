#include "ui/review/campaigns/campaign_shown.h"

#include "models/items/review/mapping_rows.h"

namespace gw::ui {

namespace campaign = estate::campaign;

namespace {

items::Column text(const char* id, bool searched) {
    items::Column column;
    column.id = id;
    column.searched = searched;
    return column;
}

items::Column choice(const char* id, std::vector<std::string> choices) {
    items::Column column;
    column.id = id;
    column.kind = items::ColumnKind::Choice;
    column.choices = std::move(choices);
    return column;
}

items::Column value(const char* id, items::ColumnKind kind) {
    items::Column column;
    column.id = id;
    column.kind = kind;
    return column;
}

// What is open comes first, then by what becomes of it.
std::size_t decisionChoice(const campaign::Item& item) {
    return item.decision ? 1 + static_cast<std::size_t>(item.decision->verdict) : 0;
}

} // namespace

std::vector<items::Column> itemColumns() {
    std::vector<items::Column> columns(columnOf(ItemColumn::count));
    const auto set = [&columns](ItemColumn column, items::Column made) { columns[columnOf(column)] = std::move(made); };
    set(ItemColumn::Decision, choice("decision", {"open", "keep", "remove", "change"}));
    set(ItemColumn::Who, text("group", true));
    columns[columnOf(ItemColumn::Who)].aliases = {"who", "claim", "person"};
    set(ItemColumn::Role, text("role", true));
    set(ItemColumn::Env, choice("env", {"prod", "stage", "dev", "shared"}));
    set(ItemColumn::Privilege, choice("privilege", {"unknown", "none", "read", "write", "escalating", "admin"}));
    set(ItemColumn::Findings, value("findings", items::ColumnKind::Number));
    set(ItemColumn::People, value("people", items::ColumnKind::Number));
    set(ItemColumn::Reviewer, text("reviewer", true));
    set(ItemColumn::Reason, text("reason", true));
    set(ItemColumn::Seconds, value("time", items::ColumnKind::Duration));
    return columns;
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
    std::vector<items::Column> columns(columnOf(CampaignColumn::count));
    const auto set = [&columns](CampaignColumn column, items::Column made) { columns[columnOf(column)] = std::move(made); };
    set(CampaignColumn::Title, text("title", true));
    set(CampaignColumn::State, choice("state", {"overdue", "running", "draft", "signed", "cancelled"}));
    set(CampaignColumn::Due, value("due", items::ColumnKind::Time));
    set(CampaignColumn::Items, value("items", items::ColumnKind::Number));
    set(CampaignColumn::Decided, value("decided", items::ColumnKind::Number));
    set(CampaignColumn::Waiting, value("waiting", items::ColumnKind::Number));
    set(CampaignColumn::Owner, text("owner", true));
    set(CampaignColumn::Scope, text("scope", true));
    items::Table table(std::move(columns));
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
