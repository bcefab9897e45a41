// A campaign as its page shows it, made on the store's thread and then only read: the campaign itself and its items as a table.
#pragma once

#include "models/estate/campaign/campaign.h"
#include "models/items/table/table.h"
#include "models/store/campaign_store.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace gw::ui {

struct CampaignShown {
    estate::campaign::Campaign campaign;
    std::int64_t revision = 0;
    estate::campaign::Progress progress;
    std::vector<estate::campaign::RubberStamp> hasty;
    items::Table table; // a row for each item, in their order
    [[nodiscard]] const estate::campaign::Item& item(std::size_t row) const { return campaign.record().items[row]; }
};
using CampaignPtr = std::shared_ptr<const CampaignShown>;

// The columns of an item.
enum class ItemColumn : std::uint8_t { Decision, Who, Role, Env, Privilege, Findings, People, Reviewer, Reason, Seconds, count };
[[nodiscard]] constexpr std::size_t columnOf(ItemColumn column) { return static_cast<std::size_t>(column); }
[[nodiscard]] std::vector<items::Column> itemColumns();

// The columns of the list of campaigns.
enum class CampaignColumn : std::uint8_t { Title, State, Due, Items, Decided, Waiting, Owner, Scope, count };
[[nodiscard]] constexpr std::size_t columnOf(CampaignColumn column) { return static_cast<std::size_t>(column); }
// "running", "overdue": a state of its own for people, not for the store.
[[nodiscard]] items::Table campaignTable(const std::vector<store::CampaignStore::Listed>& listed, UtcTime now);

[[nodiscard]] CampaignPtr showCampaign(const store::CampaignStore::Kept& kept, UtcTime now);

} // namespace gw::ui
