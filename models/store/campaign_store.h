// Review campaigns in the store. Everything that was kept comes back as it was; the history is only added to. For the thread
// that opened the database.
#pragma once

#include "models/estate/campaign/campaign.h"
#include "models/store/database.h"

#include <functional>
#include <string>
#include <vector>

namespace gw::store {

class CampaignStore {
public:
    // Borrows the database.
    explicit CampaignStore(Database& database) : database_(database) {}

    struct Listed {
        std::string id, title, scope, owner;
        estate::campaign::State state = estate::campaign::State::Draft;
        UtcTime created, due;
        std::size_t items = 0, decided = 0;
        std::size_t waiting = 0; // that `person` has and did not decide
    };
    // The newest first.
    [[nodiscard]] Result<std::vector<Listed>> list(const std::string& person = {});

    struct Kept {
        estate::campaign::Campaign campaign;
        std::int64_t revision = 0; // for save()
    };
    [[nodiscard]] Result<Kept> load(const std::string& id);
    // Whether somebody saved it since; cheap. NotFound.
    [[nodiscard]] Result<std::int64_t> revision(const std::string& id);

    // Writes what changed since `revision`: 0 for one that is new. Returns the next revision. ChangedMeanwhile where somebody
    // saved in between: load it again.
    [[nodiscard]] Result<std::int64_t> save(const estate::campaign::Campaign& campaign, std::int64_t revision);

    // Does a step and saves it. Where somebody else saved in between, the step is done on what they saved: nobody's work is
    // lost, and the step can refuse what it finds then. Afterwards `kept` is what the store has; a step that fails leaves it
    // there. Errors: those of the step and of the store.
    [[nodiscard]] Status change(Kept& kept, const std::function<Status(estate::campaign::Campaign&)>& step);

private:
    Database& database_;
};

} // namespace gw::store
