// Review campaigns in the store. Everything that was kept comes back as it was; the history is only added to. For the thread
// that opened the database.
#pragma once

#include "models/estate/campaign/campaign.h"
#include "models/store/database.h"

#include <string>
#include <vector>

namespace gw::store {

class CampaignStore {
public:
    // Borrows the database.
    explicit CampaignStore(Database& database) : database_(database) {}

    struct Listed {
        std::string id, title, owner;
        estate::campaign::State state = estate::campaign::State::Draft;
        UtcTime due;
        std::size_t items = 0, decided = 0;
    };
    // The newest first.
    [[nodiscard]] Result<std::vector<Listed>> list();

    struct Kept {
        estate::campaign::Campaign campaign;
        std::int64_t revision = 0; // for save()
    };
    [[nodiscard]] Result<Kept> load(const std::string& id);

    // Writes what changed since `revision`: 0 for one that is new. Returns the next revision. ChangedMeanwhile where somebody
    // saved in between: load it again.
    [[nodiscard]] Result<std::int64_t> save(const estate::campaign::Campaign& campaign, std::int64_t revision);

private:
    Database& database_;
};

} // namespace gw::store
